import type { Kysely } from 'kysely'
import { entryColumns } from '../../../db/events.ts'
import type { Database } from '../../../db/schema.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import type { FoldedTicket } from './facts.ts'

/** Every event of a database, by the number of its process. */
export async function eventsIn(db: Kysely<Database>): Promise<ReadonlyMap<string, readonly RecordedTicketEvent[]>> {
  const rows = await db
    .selectFrom('events')
    .select(['process', ...entryColumns])
    .orderBy('process')
    .orderBy('seq')
    .execute()
  const events = new Map<string, RecordedTicketEvent[]>()
  for (const { process, data, ...entry } of rows) {
    // The row of an event holds it whole, what it says apart from what every event has.
    const event: RecordedTicketEvent = JSON.parse(JSON.stringify({ ...data, ...entry }))
    events.set(process, [...(events.get(process) ?? []), event])
  }
  return events
}

/** Every ticket of a database, as folds want them. */
export async function foldedTickets(
  db: Kysely<Database>,
  events: ReadonlyMap<string, readonly RecordedTicketEvent[]>,
): Promise<FoldedTicket[]> {
  const rows = await db.selectFrom('tickets').select(['number', 'profile', 'keywords', 'contactKeys', 'customerAccount']).execute()
  return rows.map(({ customerAccount: account, ...row }) => ({ ...row, account, events: events.get(row.number) ?? [] }))
}
