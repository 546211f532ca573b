import type { MiddlewareHandler } from 'hono'
import { peopleOfTokens } from '../db/tokens.ts'
import { instantOf } from '../domain/instant.ts'
import type { Actor } from '../domain/people.ts'
import { together } from '../runtime/together.ts'
import type { Deps } from './deps.ts'
import type { Env } from './operation.ts'
import { problem } from './problem.ts'

/** Who calls: the person a bearer token belongs to. */
export interface Caller extends Actor {
  readonly name: string
}

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
