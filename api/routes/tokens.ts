import { z } from 'zod'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import { countValid, createToken, findToken, listTokens, recordOf, revokeTokens, type TokenRecord } from '../../db/tokens.ts'
import { instantOf, plus } from '../../domain/instant.ts'
import { personIdSchema } from '../../domain/people.ts'
import { wordSchema } from '../../workflows/common/inputs.ts'
import { everyRole } from '../access/access.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { requestKey, tellReplayed } from '../http/headers.ts'
import { refuseUnknownNames } from './filters.ts'
import { none, reads, writes, type App } from '../openapi/operation.ts'
import { problem } from '../problems/problem.ts'
import { instantAnswer, personAnswer, wholeList } from '../views/schemas.ts'

const tokenShape = {
  id: z.string().describe('names the token in lists; says nothing about it'),
  person: personAnswer('whose token it is'),
  label: z.string().describe('what it is for'),
  createdAt: instantAnswer('when it was made'),
  lastUsedAt: instantAnswer('when it was last used, to the hour; null: never').nullable(),
  expiresAt: instantAnswer('until when it is valid; null: until it is revoked').nullable(),
  revokedAt: instantAnswer('since when it is revoked; null: it is not').nullable(),
}
const tokenSchema = z.object(tokenShape).meta({ id: 'Token', description: 'An API token, without what it is' })
const newTokenSchema = z
  .object({
    ...tokenShape,
    token: z
      .string()
      .nullable()
      .describe(
        'what to send as `Authorization: Bearer …`. Told this once; null when the request is repeated, since only a hash of it is kept',
      ),
  })
  .meta({ id: 'IssuedToken', description: 'A token that was just made' })

/** Tokens of one's own: to make one for each use, see which are used, and end those that are not. Admins see and end anybody's. */
export function addTokens(app: App, { db, clock, once }: Context): void {
  const now = () => instantOf(clock.now().getTime())

  reads(
    app,
    {
      path: '/api/tokens',
      id: 'listTokens',
      tag: 'Tokens',
      summary: 'Tokens, with when each was last used and until when it is valid',
      description: "One's own; as admin with `person` anybody's. Newest first, those that ended too.",
      roles: everyRole,
      params: none,
      query: z.strictObject({ person: personIdSchema.optional().describe('whose; default: your own') }),
      answer: { status: 200, description: 'The tokens', schema: wholeList(tokenSchema, {}) },
      problems: [403],
    },
    async ({ c, caller, query: { person = caller.id } }) => {
      requireOwn(caller, person)
      const tokens = await listTokens(db, person)
      if (tokens.length === 0) await refuseUnknownNames(db, { person })
      return c.json({ items: tokens.map(tokenView) })
    },
  )

  writes(
    app,
    {
      method: 'post',
      path: '/api/tokens',
      id: 'createToken',
      tag: 'Tokens',
      summary: 'Make a token of your own',
      description: `It can do what you can do, and ends by itself. Nobody has more than ${mostValid} that are valid.`,
      roles: everyRole,
      params: none,
      query: none,
      body: z.strictObject({
        label: wordSchema.describe('what it is for, such as “night report”'),
        days: z.int().min(1).max(longestDays).default(usualDays).describe('after how many days it ends'),
      }),
      keyed: true,
      answer: { status: 201, description: 'Made', schema: newTokenSchema },
      problems: [409],
    },
    async ({ c, caller, body: { label, days }, raw }) => {
      const key = requestKey(c)
      const at = now()
      let made: string | null = null
      const answer = await once({ caller: caller.id, key, route: 'POST /api/tokens', ticket: null, body: raw }, (request) =>
        inRowsOnce(db, request, at, async (trx) => {
          if ((await countValid(trx, caller.id, at)) >= mostValid) throw problem('too-many-tokens', { limit: mostValid })
          made = await createToken(trx, caller.id, label, at, plus(at, `P${days}D`))
          return { status: 201, body: await recordOf(trx, made) }
        }),
      )
      tellReplayed(c, answer)
      return c.json({ ...storedRecord.parse(answer.body), token: answer.replayed ? null : made }, 201)
    },
  )

  writes(
    app,
    {
      method: 'post',
      path: '/api/tokens/{id}/revoke',
      id: 'revokeToken',
      tag: 'Tokens',
      summary: 'End a token at once',
      description: "One's own; as admin anybody's. It stays in the list, as revoked; revoking it again changes nothing.",
      roles: everyRole,
      params: z.strictObject({ id: z.string().min(1).max(12).describe('id of the token') }),
      query: none,
      body: none,
      answer: { status: 200, description: 'Revoked', schema: tokenSchema },
      problems: [404],
    },
    async ({ c, caller, params: { id } }) => {
      const found = await findToken(db, id)
      // Whose token it is, is nobody else's business: to them it is not there.
      if (!found || !isOwn(caller, found.person)) throw problem('unknown-token', { id })
      await revokeTokens(db, { person: found.person, id }, now())
      return c.json(tokenView((await findToken(db, id)) ?? found))
    },
  )
}

/** One for each use that somebody keeps apart; more would be in nobody's mind. */
const mostValid = 20

/** A quarter of a year: long enough not to be in the way, short enough that what was forgotten ends. */
const usualDays = 90
const longestDays = 366

const storedRecord = z.object(tokenShape)

function tokenView({ id, person, label, createdAt, lastUsedAt, expiresAt, revokedAt }: TokenRecord) {
  return { id, person, label, createdAt, lastUsedAt, expiresAt, revokedAt }
}

function isOwn({ id, roles }: Caller, person: string): boolean {
  return person === id || roles.includes('admin')
}

function requireOwn(caller: Caller, person: string): void {
  if (!isOwn(caller, person)) throw problem('only-for-yourself', { roles: ['admin'] })
}
