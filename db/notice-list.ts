import { sql, type Kysely, type Selectable } from 'kysely'
import { z } from 'zod'
import { cursorAt, pageOf, positionOf, type Page } from './cursor.ts'
import type { Database, NoticesTable } from './schema.ts'

/** The outbox as people look at it. */

export type ListedNotice = Omit<Selectable<NoticesTable>, 'said'>

export interface NoticeQuery {
  readonly ticket?: string | undefined
  readonly status?: ListedNotice['status'] | undefined
  readonly kind?: string | undefined
  /** Id of a person or team, `supervisor@tech-support`, or `customer`. Whoever it reached instead counts too. */
  readonly recipient?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** One page of notices, newest first. @throws CursorError */
export async function listNotices(db: Kysely<Database>, { cursor, limit, ...filters }: NoticeQuery): Promise<Page<ListedNotice>> {
  const list = ['notices', filters]
  const { ticket, status, kind, recipient } = filters
  let query = db
    .selectFrom('notices')
    .select(listedColumns)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (ticket !== undefined) query = query.where('process', '=', ticket)
  if (status !== undefined) query = query.where('status', '=', status)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (recipient === 'customer') query = query.where('recipientKind', '=', 'customer')
  else if (recipient !== undefined) query = query.where(sql<boolean>`(recipient_id = ${recipient} or reached @> ${[recipient]})`)
  if (cursor !== undefined) query = query.where('id', '<', positionOf(list, cursor, place)[0])
  return pageOf(await query.execute(), limit, ({ id }) => cursorAt(list, [id]))
}

/** One notice, with what it said if it was sent. */
export async function findNotice(db: Kysely<Database>, id: number): Promise<Selectable<NoticesTable> | undefined> {
  return db
    .selectFrom('notices')
    .select([...listedColumns, 'said'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Queues a dead notice again, as if it had never been tried; whether it was dead. */
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
      cause: null,
      lastError: null,
    })
    .where('id', '=', id)
    .where('status', '=', 'dead')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

const place = z.tuple([z.int()])

const listedColumns = [
  ...(['id', 'process', 'seq', 'kind', 'recipientKind', 'recipientId', 'params', 'createdAt', 'status'] as const),
  ...(['heldUntil', 'heldPriority', 'retryAt', 'claimedUntil', 'dueAt', 'attempts', 'firstFailedAt', 'triedAt', 'sentAt'] as const),
  ...(['channel', 'reached', 'address', 'messageId', 'cause', 'lastError', 'providerId'] as const),
]
