import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import type { AnyNoticeKind } from '../domain/notices/custom.ts'
import { confidentialKinds } from '../domain/notices/kinds.ts'
import type { Actor } from '../domain/people.ts'
import { cursorAt, pageOf, partOf, positionOf, type Page } from './cursor.ts'
import { notOfCustomer } from './own-processes.ts'
import type { Database } from './schema.ts'
import type { NoticesTable } from './tables/notices.ts'
import { statement } from './statement.ts'

/** The outbox as people look at it. */

export type ListedNotice = Omit<Selectable<NoticesTable>, 'said' | 'bulk'>

export interface NoticeQuery {
  readonly ticket?: string | undefined
  readonly status?: ListedNotice['status'] | undefined
  readonly kind?: AnyNoticeKind | undefined
  /** Id of a person or team, `supervisor@tech-support`, or `customer`. Whoever it reached instead counts too. */
  readonly recipient?: string | undefined
  /** Who asks: notices about tickets that are theirs as a customer are left out. */
  readonly reader: Reader
  readonly cursor?: string | undefined
  readonly limit: number
}

export type Reader = Pick<Actor, 'id' | 'roles'>

/** One page of notices, newest first. @throws CursorError */
export async function listNotices(db: Kysely<Database>, query: NoticeQuery): Promise<Page<ListedNotice>> {
  return pageOf(await noticesQuery(db, query).execute(), query.limit, ({ id }) => cursorAt(listOf(query), [id]))
}

/** The question behind {@link listNotices}. */
export function noticesQuery(db: Kysely<Database>, { cursor, limit, ...filters }: NoticeQuery) {
  const { ticket, status, kind, recipient, reader } = filters
  let query = db
    .selectFrom('notices')
    .select(listedColumns)
    .where(notOfCustomer(reader.id))
    .where(notInConfidence(reader))
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (ticket !== undefined) query = query.where('process', '=', ticket)
  if (status !== undefined) query = query.where('status', '=', status)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (recipient === 'customer') query = query.where('recipientKind', '=', 'customer')
  else if (recipient !== undefined) query = query.where(sql<boolean>`(recipient_id = ${recipient} or reached @> ${[recipient]})`)
  if (cursor !== undefined) query = query.where('id', '<', positionOf(listOf(filters), cursor, place)[0])
  return query
}

/** What a cursor is of: it continues this list and no other. */
function listOf({ ticket, status, kind, recipient, reader }: Omit<NoticeQuery, 'cursor' | 'limit'>): readonly unknown[] {
  return ['notices', { ticket, status, kind, recipient, reader: reader.id }]
}

/** One notice, with what it said if it was sent; none about a ticket that is the reader's as a customer. */
export async function findNotice(
  db: Kysely<Database>,
  id: number,
  reader: Reader,
): Promise<Omit<Selectable<NoticesTable>, 'bulk'> | undefined> {
  return db
    .selectFrom('notices')
    .select([...listedColumns, 'said'])
    .where('id', '=', id)
    .where(notOfCustomer(reader.id))
    .where(notInConfidence(reader))
    .executeTakeFirst()
}

/** Leaves out what only who gets it, and the management, may know of. */
function notInConfidence({ id, roles }: Reader): RawBuilder<boolean> {
  return roles.includes('management')
    ? sql`true`
    : sql`(kind <> all(${[...confidentialKinds]}::text[]) or (recipient_kind = 'person' and recipient_id = ${id}) or reached @> ${[id]})`
}

/**
 * Queues a notice again, as if it had never been tried; whether that was possible: it was given up, or went another way than it
 * was meant to, or waits for another try. What was sent as it was meant to is not sent twice.
 */
export async function retryNotice(db: Kysely<Database>, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({
      status: 'queued',
      attempts: 0,
      firstFailedAt: null,
      retryAt: null,
      heldUntil: null,
      heldPriority: null,
      gatheredFor: null,
      digest: null,
      cause: null,
      passedOver: [],
      lastError: null,
      sentAt: null,
      channel: null,
      reached: [],
      address: null,
      messageId: null,
      providerId: null,
      said: null,
    })
    .where('id', '=', id)
    .where((row) =>
      row.or([
        row('status', '=', 'dead'),
        row.and([row('status', '=', 'sent'), row.or([row('cause', 'is not', null), row('channel', '=', 'relay')])]),
        row.and([row('status', '=', 'queued'), row('retryAt', 'is not', null), row('claimedUntil', 'is', null)]),
      ]),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A notice that was meant for a ticket's customer and did not reach them, or reaches them only once a colleague has told them. */
export type Undelivered = Pick<ListedNotice, 'process' | 'id' | 'kind' | 'status' | 'channel' | 'reached' | 'cause'> & {
  readonly since: Instant
}

/**
 * What each ticket's customer has not heard by mail, oldest first, as long as nobody has spoken with them since: since mail failed, or since there
 * was something to be passed on.
 */
export async function undeliveredToEach(db: Kysely<Database>, tickets: readonly string[]): Promise<readonly Undelivered[][]> {
  const found = await undelivered(db, [tickets])
  return tickets.map((ticket) => found.filter(({ process }) => process === ticket))
}

const undelivered = statement<Undelivered>(`
  select process, id, kind, status, channel, reached, cause, coalesce(tried_at, created_at) as since
  from notices
  where process = any($1::text[]) and recipient_kind = 'customer' and (cause is not null or channel = 'relay') and status <> 'muted' and not exists (
    select from contacts where contacts.process = notices.process and contacts.reached and contacts.at > case when cause is null then created_at else coalesce(tried_at, created_at) end)
  order by id`)

const place = z.tuple([partOf.id])

const listedColumns = [
  ...(['id', 'process', 'seq', 'kind', 'recipientKind', 'recipientId', 'params', 'createdAt', 'status'] as const),
  ...([
    'heldUntil',
    'heldPriority',
    'gatheredFor',
    'digest',
    'retryAt',
    'claimedUntil',
    'dueAt',
    'attempts',
    'firstFailedAt',
    'triedAt',
    'sentAt',
  ] as const),
  ...(['channel', 'reached', 'address', 'messageId', 'cause', 'lastError', 'providerId', 'passedOver'] as const),
]
