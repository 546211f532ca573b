import { GapError, project, type Finishing, type Projected, type TicketBatch } from '../db/projection.ts'
import { findTicket } from '../db/tickets.ts'
import { ticketNotices } from '../workflows/ticket/notices.ts'
import type { Context } from './deps.ts'

/** Writing into the rows what a ticket's workflow has told. */

export type Writing = Pick<Context, 'db' | 'gateway'>

/** Writes what the workflow answered; where the rows lack more than that, everything that they lack. */
export async function written({ db, gateway }: Writing, number: string, batch: TicketBatch, finishing?: Finishing): Promise<Projected> {
  return project(db, batch, ticketNotices, finishing).catch(async (error: unknown) => {
    if (!(error instanceof GapError)) throw error
    const wider = await gateway.batch(number, error.rowsReach)
    if (!wider) throw error
    return project(db, wider, ticketNotices, finishing)
  })
}

/** Brings the rows of a ticket up to what its workflow knows, and with them the answers of its requests. */
export async function catchUp({ db, gateway }: Writing, number: string): Promise<void> {
  const ticket = await findTicket(db, number)
  const batch = ticket && (await gateway.batch(number, ticket.version))
  if (batch) await project(db, batch, ticketNotices)
}
