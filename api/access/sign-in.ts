import type { MiddlewareHandler } from 'hono'
import { peopleOfTokens } from '../../db/tokens.ts'
import { instantOf } from '../../domain/instant.ts'
import { together } from '../../runtime/batching.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../http/env.ts'
import { problem } from '../problems/problem.ts'

/** Lets through who sends a valid token; everybody else gets 401. The token itself is never logged. */
export function signIn({ db, clock }: Pick<Deps, 'db' | 'clock'>): MiddlewareHandler<Env> {
  const personOfToken = together((tokens: readonly string[]) => peopleOfTokens(db, tokens, instantOf(clock.now().getTime())))
  return async (c, next) => {
    const token = /^Bearer +([\x21-\x7e]{1,512}) *$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const person = token === undefined ? undefined : await personOfToken(token)
    if (!person) throw problem('not-signed-in')
    c.set('caller', { id: person.id, name: person.name, roles: person.roles, teams: person.teams })
    await next()
  }
}
