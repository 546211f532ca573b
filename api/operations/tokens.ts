import { z } from 'zod'
import { personIdSchema } from '../../domain/people.ts'
import { wordSchema } from '../../workflows/common/inputs.ts'
import { instantAnswer, personAnswer, wholeList } from '../views/schemas.ts'
import { none, reading, writing } from '../openapi/operation.ts'
import { everyRole } from '../access/roles.ts'

/** One for each use that somebody keeps apart; more would be in nobody's mind. */
export const mostValid = 20

/** A quarter of a year: long enough not to be in the way, short enough that what was forgotten ends. */
const usualDays = 90
const longestDays = 366

const tokenShape = {
  id: z.string().describe('names the token in lists; says nothing about it'),
  person: personAnswer('whose token it is'),
  label: z.string().describe('what it is for'),
  createdAt: instantAnswer('when it was made'),
  lastUsedAt: instantAnswer('when it was last used, to the hour; null: never').nullable(),
  expiresAt: instantAnswer('until when it is valid; null: until it is revoked').nullable(),
  revokedAt: instantAnswer('since when it is revoked; null: it is not').nullable(),
}
export const tokenSchema = z.object(tokenShape).meta({ id: 'Token', description: 'An API token, without what it is' })
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

export const listTokens = reading({
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
})

export const createToken = writing({
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
})

export const revokeToken = writing({
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
})
