import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../../domain/instant.ts'
import { cursorAt, pageOf, partOf, positionOf, type Page } from '../cursor.ts'
import { json } from '../json.ts'
import type { Database } from '../schema.ts'
import type { CustomerLogTable } from '../tables/customers.ts'

/** What was done with an entry of the directory: who, when, what. Nothing personal stands there, so that erasing leaves it. */

export interface EntryAct {
  readonly customer: string
  readonly at: Instant
  readonly by: string
  readonly act: CustomerLogTable['act']
  readonly members?: readonly string[]
  readonly reason?: string | undefined
}

export async function noteEntryAct(db: Kysely<Database>, { members = [], reason, ...act }: EntryAct): Promise<void> {
  await db
    .insertInto('customerLog')
    .values({ ...act, details: json({ members, reason: reason ?? null }) })
    .execute()
}

/** One page, newest first. @throws CursorError */
export async function entryLog(
  db: Kysely<Database>,
  customer: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<Selectable<CustomerLogTable>>> {
  const list = ['customer-log', customer]
  let query = db.selectFrom('customerLog').selectAll().where('customer', '=', customer)
  if (cursor !== undefined) {
    const [before] = positionOf(list, cursor, z.tuple([partOf.id]))
    query = query.where('id', '<', before)
  }
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ id }) => cursorAt(list, [id]))
}
