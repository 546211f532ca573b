import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isDatabaseAway } from '../../db/connect.ts'
import { CursorError } from '../../db/cursor.ts'
import { namesOf } from '../../db/people.ts'
import type { Logger } from '../../runtime/logging.ts'
import { alsoTrace } from '../../runtime/trace.ts'
import type { Deps } from '../deps.ts'
import { retryAfterSeconds } from '../../gateway/trouble.ts'
import type { Env } from '../http/env.ts'
import { asProblem, invalidInput, namesNeeded, Problem, problem, problemBody, tellsInstants } from './problem.ts'
import { wordsFor } from './words.ts'
import { zoneSpokenOf } from './zone.ts'

/** How a problem becomes an answer: `application/problem+json` in the caller's language, always. */
export async function answerProblem(
  c: Context<Env>,
  thrown: Problem,
  { db, clock, processes }: Pick<Deps, 'db' | 'clock' | 'processes'>,
): Promise<Response> {
  alsoTrace({ problem: thrown.code })
  const locale = c.get('locale')
  const ids = namesNeeded(thrown)
  // A name is a courtesy; a database that is away must not take the answer with it.
  const names = ids.length === 0 ? {} : await namesOf(db, ids, locale).catch(() => ({}))
  const requestId = c.get('requestId')
  const zone = thrown.zone ?? (tellsInstants(thrown) ? await zoneSpokenOf(c, { db, clock }).catch(() => undefined) : undefined) ?? 'UTC'
  const words = wordsFor(processes, { about: thrown.about, path: c.req.path, locale })
  const body = problemBody(thrown, requestId, { locale, zone, names, terms: thrown.terms, ...words })
  return c.body(JSON.stringify(body), {
    status: thrown.status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Language': locale,
      ...(thrown.status === 401 && {
        'WWW-Authenticate':
          c.req.header('authorization') === undefined ? 'Bearer realm="bihuan"' : 'Bearer realm="bihuan", error="invalid_token"',
      }),
      // Which encodings of a body are taken (RFC 9110, 15.5.16).
      ...(thrown.code === 'unsupported-encoding' && { 'Accept-Encoding': 'identity' }),
      ...([429, 503, 504].includes(thrown.status) && { 'Retry-After': String(thrown.params['seconds'] ?? retryAfterSeconds) }),
    },
  })
}

/** The problem behind whatever was thrown. What nobody foresaw is logged whole and told to the caller by its request id alone. */
export function troubleOf(thrown: unknown, log: Logger): Problem {
  const error = asProblem(thrown)
  if (error instanceof Problem) {
    if (error.status >= 500) log.warn({ err: error.cause, code: error.code }, 'a request could not be served')
    return error
  }
  if (error instanceof CursorError) return invalidInput([{ path: 'cursor', code: 'bad-cursor' }])
  if (isDatabaseAway(error)) {
    log.warn({ err: error }, 'the database cannot be reached')
    return problem('database-away', { seconds: retryAfterSeconds })
  }
  if (error instanceof HTTPException && error.status === 413) return problem('body-too-large', { limit: '1 MiB' })
  log.error({ err: error }, 'a request failed')
  return problem('internal')
}
