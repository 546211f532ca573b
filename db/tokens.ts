import { createHash, randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { plus, type Instant } from '../domain/instant.ts'
import type { Actor, Role } from '../domain/people.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/**
 * API tokens. Only a token's hash is stored, so the database gives nobody's away; the hash needs no salt, since a token
 * is 256 random bits.
 */

/** Who a token is. */
export interface TokenHolder extends Actor {
  readonly name: string
}

/** Makes a token for a person and gives it, this once: `bhn_` and 43 characters of base64url. `expiresAt` null: it is valid until it is revoked. */
export async function createToken(
  db: Kysely<Database>,
  person: string,
  label: string,
  createdAt: Instant,
  expiresAt: Instant | null = null,
): Promise<string> {
  const token = `bhn_${randomBytes(32).toString('base64url')}`
  await db
    .insertInto('tokens')
    .values({ hash: hashOf(token), person, label, createdAt, expiresAt })
    .execute()
  return token
}

/** The active person whose token this is; undefined when it is unknown, expired, revoked, or of somebody who left. */
export async function personOfToken(db: Kysely<Database>, token: string, now: Instant): Promise<TokenHolder | undefined> {
  const [holder] = await peopleOfTokens(db, [token], now)
  return holder
}

/** {@link personOfToken} of several, in their order. */
export async function peopleOfTokens(
  db: Kysely<Database>,
  tokens: readonly string[],
  now: Instant,
): Promise<readonly (TokenHolder | undefined)[]> {
  const hashes = tokens.map(hashOf)
  const rows = await holdersOfTokens(db, [hashes, now])
  const unnoticed = rows.filter(({ lastUsedAt }) => lastUsedAt === null || plus(lastUsedAt, noticedEvery) <= now).map(({ hash }) => hash)
  if (unnoticed.length > 0) await db.updateTable('tokens').set({ lastUsedAt: now }).where('hash', 'in', unnoticed).execute()
  return hashes.map((hash) => {
    const row = rows.find((candidate) => candidate.hash.equals(hash))
    return row && { id: row.id, name: row.name, roles: row.roles, teams: row.teams }
  })
}

const holdersOfTokens = statement<TokenHolder & { readonly hash: Buffer; readonly lastUsedAt: Instant | null }>(`
  select tokens.hash, people.id, people.name, people.roles, tokens.last_used_at,
    array(select team from memberships where person = people.id order by team) as teams
  from tokens join people on people.id = tokens.person
  where tokens.hash = any($1::bytea[]) and people.active and tokens.revoked_at is null and (tokens.expires_at is null or tokens.expires_at > $2)`)

/** Whether this database gave out the token and its time is not over; it may be revoked. */
export async function isToken(db: Kysely<Database>, token: string, now: Instant): Promise<boolean> {
  const record = await findToken(db, idOf(token))
  return record !== undefined && (record.expiresAt === null || record.expiresAt > now)
}

export interface TokenRecord {
  /** Names the token in lists; the first digits of its hash. */
  readonly id: string
  readonly person: string
  readonly label: string
  readonly roles: readonly Role[]
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
  readonly expiresAt: Instant | null
  readonly revokedAt: Instant | null
}

/** All tokens, newest first; of one person when named. */
export async function listTokens(db: Kysely<Database>, person?: string): Promise<TokenRecord[]> {
  const query = records(db).orderBy('createdAt', 'desc').orderBy('hash')
  return (person === undefined ? query : query.where('person', '=', person)).execute()
}

/** The token of that id; undefined when there is none. */
export async function findToken(db: Kysely<Database>, id: string): Promise<TokenRecord | undefined> {
  return idForm.test(id) ? tokenQuery(db, id).executeTakeFirst() : undefined
}

/** By the hash, which has an index, and begins with the id. */
export function tokenQuery(db: Kysely<Database>, id: string) {
  const first = Buffer.from(id, 'hex')
  const last = Buffer.concat([first, Buffer.alloc(32 - first.length, 0xff)])
  return records(db).where('hash', '>=', first).where('hash', '<=', last)
}

/** How many valid tokens a person has; until the transaction is over, nobody else who asks this is told. */
export async function countValid(trx: Kysely<Database>, person: string, now: Instant): Promise<number> {
  await trx.selectFrom('people').select('id').where('id', '=', person).forUpdate().execute()
  const { count } = await trx
    .selectFrom('tokens')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('person', '=', person)
    .where('revokedAt', 'is', null)
    .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', now)]))
    .executeTakeFirstOrThrow()
  return count
}

/** What is on record of a token that this database gave out. */
export async function recordOf(db: Kysely<Database>, token: string): Promise<TokenRecord> {
  return records(db).where('hash', '=', hashOf(token)).executeTakeFirstOrThrow()
}

function records(db: Kysely<Database>) {
  return db
    .selectFrom('tokens')
    .innerJoin('people', 'people.id', 'tokens.person')
    .select(['person', 'label', 'people.roles', 'createdAt', 'lastUsedAt', 'expiresAt', 'revokedAt'])
    .select(tokenId.as('id'))
}

/** Revokes the tokens of a person, all or those with that label or id; how many. A revoked token stays on record. */
export async function revokeTokens(
  db: Kysely<Database>,
  { person, label, id }: { readonly person: string; readonly label?: string; readonly id?: string },
  revokedAt: Instant,
): Promise<number> {
  let update = db.updateTable('tokens').set({ revokedAt }).where('person', '=', person).where('revokedAt', 'is', null)
  if (label !== undefined) update = update.where('label', '=', label)
  if (id !== undefined) update = update.where(tokenId, '=', id)
  const { numUpdatedRows } = await update.executeTakeFirst()
  return Number(numUpdatedRows)
}

/** To the hour is enough to find tokens nobody uses, and spares a write with each request. */
const noticedEvery = 'PT1H'

const idForm = /^[0-9a-f]{12}$/

const tokenId = sql<string>`left(encode(hash, 'hex'), 12)`

/** The id of a token in lists. */
function idOf(token: string): string {
  return hashOf(token).toString('hex').slice(0, 12)
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest()
}
