import type { Kysely } from 'kysely'
import { insertProcesses } from '../../../db/intake.ts'
import { project } from '../../../db/projection.ts'
import type { Database } from '../../../db/schema.ts'
import { forgetWorkflows } from '../../../db/started-workflows.ts'
import { ticketTable } from '../../../processes/ticket/table.ts'
import type { Life } from './simulate.ts'

/**
 * Nobody is told now of what happened weeks ago, nor is it on record that they were: what the history would have queued is not written. What
 * falls due from now on is told as always, by the workflows of the tickets that are open.
 */
const quiet = { table: ticketTable, process: { notices: () => [] } }

/** So many registrations in a statement. */
const atOnce = 100

/**
 * Writes the lives by the functions that write registrations and acts, in the transaction it is called in: neither sweeper nor waker sees a
 * ticket that is not yet where it has come to. Those that have ended count as started, as every one that has ended; the rest is left to the
 * sweeper, which starts each from its row, as after `bihuan restart-workflows`.
 */
export async function writeLives(trx: Kysely<Database>, lives: readonly Life[]): Promise<void> {
  for (let from = 0; from < lives.length; from += atOnce) {
    const some = lives.slice(from, from + atOnce)
    await insertProcesses(
      trx,
      some.map(({ intake }) => ({ ...intake, of: quiet })),
    )
    for (const { ticket } of some) {
      const { number: id, events, state, wakeAt } = ticket
      await project(trx, quiet, { id, events: events.slice(1), state, outcomes: [], wakeAt })
    }
  }
  await forgetWorkflows(
    trx,
    [ticketTable],
    lives.flatMap(({ ticket }) => (ticket.hasEnded ? [] : [ticket.number])),
  )
}
