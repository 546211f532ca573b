import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** Whether somebody ever had a ticket in hand: as whoever handles it, or as its representative. */
export async function hadTicket(db: Kysely<Database>, ticket: string, person: string): Promise<boolean> {
  const { rows } = await sql<{ readonly had: boolean }>`
    select exists (select from tickets where number = ${ticket} and ${person} in (assignee, representative))
      or exists (select from assignments where process = ${ticket} and assignee = ${person})
      or exists (select from events where process = ${ticket} and type in ('submitted', 'representative-changed')
        and ${person} in (data ->> 'representative', data ->> 'to')) as had`.execute(db)
  return rows[0]?.had ?? false
}
