import { inRowsOnce } from '../../db/once-in-rows.ts'
import { countValid, createToken, findToken, listTokens, recordOf, revokeTokens, type TokenRecord } from '../../db/tokens.ts'
import { instantOf, plus } from '../../domain/instant.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { requestKey, tellReplayed } from '../http/headers.ts'
import { refuseUnknownNames } from './filters.ts'
import { problem } from '../problems/problem.ts'
import * as operations from '../operations/tokens.ts'
import { reads, writes, type App } from './serving.ts'

/** Tokens of one's own: to make one for each use, see which are used, and end those that are not. Admins see and end anybody's. */
export function addTokens(app: App, { db, clock, once }: Context): void {
  const now = () => instantOf(clock.now().getTime())

  reads(app, operations.listTokens, async ({ caller, query: { person = caller.id }, answer }) => {
    requireOwn(caller, person)
    const tokens = await listTokens(db, person)
    if (tokens.length === 0) await refuseUnknownNames(db, { person })
    return answer({ items: tokens.map(tokenView) })
  })

  writes(app, operations.createToken, async ({ c, caller, body: { label, days }, raw, answer }) => {
    const key = requestKey(c)
    const at = now()
    let made: string | null = null
    const done = await once({ caller: caller.id, key, route: 'POST /api/tokens', ticket: null, body: raw }, (request) =>
      inRowsOnce(db, request, at, async (trx) => {
        if ((await countValid(trx, caller.id, at)) >= operations.mostValid)
          throw problem('too-many-tokens', { limit: operations.mostValid })
        made = await createToken(trx, caller.id, label, at, plus(at, `P${days}D`))
        return { status: 201, body: await recordOf(trx, made) }
      }),
    )
    tellReplayed(c, done)
    return answer({ ...operations.tokenSchema.parse(done.body), token: done.replayed ? null : made })
  })

  writes(app, operations.revokeToken, async ({ caller, params: { id }, answer }) => {
    const found = await findToken(db, id)
    // Whose token it is, is nobody else's business: to them it is not there.
    if (!found || !isOwn(caller, found.person)) throw problem('unknown-token', { id })
    await revokeTokens(db, { person: found.person, id }, now())
    return answer(tokenView((await findToken(db, id)) ?? found))
  })
}

function tokenView({ id, person, label, createdAt, lastUsedAt, expiresAt, revokedAt }: TokenRecord) {
  return { id, person, label, createdAt, lastUsedAt, expiresAt, revokedAt }
}

function isOwn({ id, roles }: Caller, person: string): boolean {
  return person === id || roles.includes('admin')
}

function requireOwn(caller: Caller, person: string): void {
  if (!isOwn(caller, person)) throw problem('only-for-yourself', { roles: ['admin'] })
}
