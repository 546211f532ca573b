import { project } from '../db/projection.ts'
import type { Reply } from '../workflows/process.ts'
import type { Batch, OpenAsk } from '../workflows/shell/protocol.ts'
import type { TicketEvent } from '../workflows/ticket/events.ts'
import { ticketNotices } from '../workflows/ticket/notices.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { answer, type World } from './answers.ts'

export interface TicketActivities {
  /** Writes what time or a signal did to a ticket into the rows. Writing it again changes nothing. */
  projectTicket(batch: Batch<TicketState, TicketEvent>): Promise<void>
  /** Looks up what a ticket asks. */
  answerTicket(ask: OpenAsk): Promise<Reply>
}

export function createTicketActivities(world: World): TicketActivities {
  return {
    async projectTicket(batch) {
      await project(world.db, batch, ticketNotices)
    },
    answerTicket: (ask) => answer(world, ask),
  }
}
