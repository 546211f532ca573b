import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** When tickets are to be woken, as the rows say it. */

export interface TicketToWake {
  readonly number: string
  /** How far its rows reach. */
  readonly version: number
  readonly wakeAt: Instant
}

/** The tickets that are to be woken first, the earliest first, also those whose instant is yet to come; `except` are left out. */
export async function ticketsToWake(
  db: Kysely<Database>,
  { except, limit }: { readonly except: readonly string[]; readonly limit: number },
): Promise<TicketToWake[]> {
  return toWake(db, [except, limit])
}

const toWake = statement<TicketToWake>(`
  select number, version, wake_at from tickets
  where wake_at is not null and workflow_started_at is not null and number <> all($1::text[])
  order by wake_at, number limit $2::int`)

/** Puts right when a ticket is to be woken, as its workflow knows it; a row that has gone on since is right already. */
export async function rescheduleWake(
  db: Kysely<Database>,
  { number, version, wakeAt }: Omit<TicketToWake, 'wakeAt'> & { readonly wakeAt: Instant | null },
): Promise<void> {
  await db.updateTable('tickets').set({ wakeAt }).where('number', '=', number).where('version', '=', version).execute()
}
