import type { Kysely } from 'kysely'
import { askId } from '../domain/ask-id.ts'
import type { Draft, Recorded } from '../workflows/process.ts'
import type { OpenAsk } from '../workflows/shell/protocol.ts'
import { json } from './json.ts'
import type { Database } from './schema.ts'

/**
 * What processes have to do with others, opening and telling them: on record with the event that wants it, until it is done. So a
 * process whose workflow was lost takes it up again from its rows, also one that has ended.
 */

/** Writes what these events want done. Once done it stays so, however late its event is written. In the transaction that writes them. */
export async function noteDealings(trx: Kysely<Database>, process: string, events: readonly Recorded<Draft>[]): Promise<void> {
  const rows = events.flatMap(({ seq, dealings = [] }) => dealings.map((ask): OpenAsk => ({ ...ask, id: askId(process, seq, ask) })))
  if (rows.length === 0) return
  await trx
    .insertInto('dealings')
    .values(rows.map((ask) => ({ id: ask.id, process, ask: json(ask) })))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** Whether any of these events wants something done. */
export function wantDealings(events: readonly Recorded<Draft>[]): boolean {
  return events.some(({ dealings = [] }) => dealings.length > 0)
}

/** Notes that it is done. Its event may not be in the rows yet. */
export async function settleDealing(db: Kysely<Database>, process: string, id: string): Promise<void> {
  await db
    .insertInto('dealings')
    .values({ id, process, ask: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ask: null }))
    .execute()
}

/** What a process has still to do. */
export async function openDealings(db: Kysely<Database>, process: string): Promise<OpenAsk[]> {
  const rows = await db.selectFrom('dealings').select('ask').where('process', '=', process).where('ask', 'is not', null).execute()
  return rows.flatMap(({ ask }) => (ask === null ? [] : [ask]))
}
