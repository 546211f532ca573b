import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { madeOnce } from '../domain/memory.ts'
import { json } from './json.ts'
import { headColumns, headText, type Headed } from './heads.ts'
import type { Database, Head } from './schema.ts'
import type { RequestsTable } from './tables/requests.ts'
import { statement } from './statement.ts'

/**
 * Requests: each POST is a row before it takes effect, and its answer is stored with its effect, so that the same key
 * always gets the same answer and nothing accepted is lost. A refused request leaves no row: its key is free again.
 */

/** What makes two POSTs the same request: who, which key, where, and what they said. */
export interface RequestClaim {
  /** Id of the person or system that calls. */
  readonly caller: string
  /** The Idempotency-Key; made up by the API when absent. */
  readonly key: string
  /** Method and route, such as `POST /api/tickets/:number/claim`. */
  readonly route: string
  /** `bodyHash()` of contact-vault.ts. */
  readonly bodyHash: string
  /** Number of the ticket acted on; null while it has none. */
  readonly ticket: string | null
  readonly createdAt: Instant
}

/** A claim with its id, enough to write the row again should a rejected twin have removed it. */
export interface RequestIdentity extends RequestClaim {
  /** Derived from the claim, so that every attempt at one request is one Update to Temporal too. */
  readonly id: string
}

export interface StoredResponse {
  readonly status: number
  readonly body: unknown
}

export type BegunRequest = RequestIdentity &
  (
    | { readonly state: 'new' | 'pending' | 'different-body'; readonly response?: undefined }
    | { readonly state: 'done'; readonly response: StoredResponse }
  )

/**
 * Registers a request before anything happens. `new`: carry it out. `pending`: another attempt at the same request is or
 * was under way; carry it out all the same, both end in one effect. `done`: give the stored answer. `different-body`:
 * the caller used the key for something else. One statement unless the key was used before.
 */
export async function beginRequest(db: Kysely<Database>, claim: RequestClaim): Promise<BegunRequest> {
  const identity = identityOf(claim)
  for (;;) {
    if (await insertPending(db, identity)) return { ...identity, state: 'new' }
    const found = await lookedUp(db, identity)
    if (found.state !== 'new') return found
    // Refused and forgotten in between: the key is free again.
  }
}

/**
 * {@link beginRequest} for an act on a process of a type, and what is known of it, in one statement. Undefined, and nothing begun, when
 * there is no such process or it is not of `requester`, where given.
 */
export async function beginRequestOn(
  db: Kysely<Database>,
  type: Headed,
  claim: RequestClaim,
  requester: string | null,
): Promise<{ readonly request: BegunRequest; readonly head: Head } | undefined> {
  const identity = identityOf(claim)
  const { id, caller, key, route, bodyHash, ticket: number, createdAt } = identity
  for (;;) {
    const [found] = await claimingOn(type)(db, [id, caller, key, route, bodyHash, number, createdAt, requester])
    if (!found) return undefined
    const { begun, ...head } = found
    const request: BegunRequest = begun ? { ...identity, state: 'new' } : await lookedUp(db, identity)
    if (begun || request.state !== 'new') return { request, head }
  }
}

type Claimed = Head & { readonly begun: boolean }

const claimingOn = madeOnce((type: Headed) =>
  statement<Claimed>(`
  with
    head as (select * from (${headText(type)}) as head where number = $6 and ($8::text is null or requester = $8)),
    begun as (
      insert into requests (id, caller, key, route, body_hash, ticket, created_at) select $1, $2, $3, $4, $5, $6, $7::timestamptz from head
      on conflict (caller, key) do nothing
      returning id)
  select ${headColumns}, exists (select from begun) as begun from head`),
)

/** What {@link beginRequest} would say, without beginning anything. */
export async function findRequest(db: Kysely<Database>, claim: RequestClaim): Promise<BegunRequest> {
  return lookedUp(db, identityOf(claim))
}

export function identityOf(claim: RequestClaim): RequestIdentity {
  return { ...claim, id: requestId(claim) }
}

async function lookedUp(db: Kysely<Database>, identity: RequestIdentity): Promise<BegunRequest> {
  const [row] = await requestOfKey(db, [identity.caller, identity.key])
  if (row === undefined) return { ...identity, state: 'new' }
  if (row.id !== identity.id) return { ...identity, state: 'different-body' }
  const response = storedResponse(row)
  return response ? { ...identity, state: 'done', response } : { ...identity, state: 'pending' }
}

const requestOfKey = statement<{ readonly id: string; readonly responseStatus: number | null; readonly response: unknown }>(
  'select id, response_status, response from requests where caller = $1 and key = $2',
)

/** Writes the row as `pending` if its key is free; whether it did. */
export async function insertPending(db: Kysely<Database>, request: RequestIdentity): Promise<boolean> {
  const { id, caller, key, route, bodyHash, ticket, createdAt } = request
  const inserted = await insertClaim(db, [id, caller, key, route, bodyHash, ticket, createdAt])
  return inserted.length > 0
}

const insertClaim = statement<{ readonly id: string }>(`
  insert into requests (id, caller, key, route, body_hash, ticket, created_at) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (caller, key) do nothing
  returning id`)

/**
 * Stores the answer, in the transaction of the effect. The first answer stays. Writes the row anew when a rejected twin
 * removed it, unless the key serves another request by now.
 */
export async function finishRequest(
  trx: Kysely<Database>,
  request: RequestIdentity,
  response: StoredResponse,
  doneAt: Instant,
): Promise<void> {
  await trx
    .insertInto('requests')
    .values({ ...claimed(request), status: 'done', responseStatus: response.status, response: json(response.body), doneAt })
    .onConflict((conflict) =>
      conflict
        .columns(['caller', 'key'])
        .doUpdateSet((row) => ({
          status: row.ref('excluded.status'),
          responseStatus: row.ref('excluded.responseStatus'),
          response: row.ref('excluded.response'),
          doneAt: row.ref('excluded.doneAt'),
          ticket: row.ref('excluded.ticket'),
        }))
        .whereRef('requests.id', '=', 'excluded.id')
        .where('requests.status', '=', 'pending'),
    )
    .execute()
}

/** Removes a refused request. An answer that a twin has stored meanwhile stays, and is given. */
export async function forgetRequest(db: Kysely<Database>, id: string): Promise<StoredResponse | undefined> {
  await db.deleteFrom('requests').where('id', '=', id).where('status', '<>', 'done').execute()
  const row = await db.selectFrom('requests').select(['responseStatus', 'response']).where('id', '=', id).executeTakeFirst()
  return row && storedResponse(row)
}

export interface RequestRecord {
  readonly id: string
  readonly key: string
  readonly route: string
  readonly ticket: string | null
  readonly createdAt: Instant
  readonly doneAt: Instant | null
  /** Null while pending. */
  readonly response: StoredResponse | null
}

/** What became of the caller's request with this key; undefined when there is none. */
export async function readRequest(db: Kysely<Database>, caller: string, key: string): Promise<RequestRecord | undefined> {
  const row = await db.selectFrom('requests').selectAll().where('caller', '=', caller).where('key', '=', key).executeTakeFirst()
  if (row === undefined) return undefined
  const { id, route, ticket, createdAt, doneAt } = row
  return { id, key, route, ticket, createdAt, doneAt, response: storedResponse(row) ?? null }
}

/**
 * Requests begun before `olderThan` and neither finished nor swept since: what a dead gateway left, longest ignored first. Those on the
 * processes in `except` are left out.
 */
export async function pendingRequests(
  db: Kysely<Database>,
  olderThan: Instant,
  limit: number,
  except: readonly string[] = [],
): Promise<RequestIdentity[]> {
  return db
    .selectFrom('requests')
    .select(['id', 'caller', 'key', 'route', 'bodyHash', 'ticket', 'createdAt'])
    .where('status', '=', 'pending')
    .where('createdAt', '<', olderThan)
    .where((row) => row.or([row('sweptAt', 'is', null), row('sweptAt', '<', olderThan)]))
    .where(sql<boolean>`(ticket is null or ticket <> all(${except}))`)
    .orderBy(sql`coalesce(swept_at, created_at)`)
    .limit(limit)
    .execute()
}

/** Notes that the sweeper asked and the question stays open, so that the next ones get their turn. */
export async function markSwept(db: Kysely<Database>, ids: readonly string[], sweptAt: Instant): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('requests').set({ sweptAt }).where('id', 'in', ids).where('status', '<>', 'done').execute()
}

/** Removes answered requests, whose keys nobody repeats any more; how many. */
export async function deleteRequestsDoneBefore(db: Kysely<Database>, instant: Instant): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('requests').where('status', '=', 'done').where('doneAt', '<', instant).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes those of these requests that are still without an answer; how many. */
export async function deletePendingRequests(db: Kysely<Database>, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const { numDeletedRows } = await db.deleteFrom('requests').where('id', 'in', ids).where('status', '=', 'pending').executeTakeFirst()
  return Number(numDeletedRows)
}

/** A UUID (version 8) of everything that makes a request this one. The instant does not. */
function requestId({ caller, key, route, ticket, bodyHash }: RequestClaim): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([caller, key, route, ticket, bodyHash]))
    .digest('hex')
  return [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `a${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-')
}

function claimed({ id, caller, key, route, bodyHash, ticket, createdAt }: RequestIdentity) {
  return { id, caller, key, route, bodyHash, ticket, createdAt }
}

function storedResponse(row: {
  readonly responseStatus: RequestsTable['responseStatus']
  readonly response: unknown
}): StoredResponse | undefined {
  return row.responseStatus === null ? undefined : { status: row.responseStatus, body: row.response }
}
