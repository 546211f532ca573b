import { project } from '../db/projection.ts'
import type { Reply } from '../workflows/process.ts'
import type { Batch, OpenAsk } from '../workflows/shell/protocol.ts'
import type { TicketEvent } from '../workflows/ticket/events.ts'
import { ticketNotices } from '../workflows/ticket/notices.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { answer, type World } from '../processes/ticket/answers.ts'

export interface TicketActivities {
  /** Writes what time or a signal did to a ticket into the rows. Writing it again changes nothing. */
  projectTicket(batch: Batch<TicketState, TicketEvent>): Promise<void>
  /** Looks up what a ticket asks. */
  answerTicket(ask: OpenAsk): Promise<Reply>
}

export function createTicketActivities(world: World): TicketActivities {
  return {
    async projectTicket(batch) {
      await told(world, 'the rows of a ticket could not be written; Temporal tries again', aboutBatch(batch), () =>
        project(world.db, batch, ticketNotices),
      )
    },
    answerTicket: (ask) =>
      told(world, 'what a ticket asks could not be answered; Temporal tries again', aboutAsk(ask), () => answer(world, ask)),
  }
}

/** The SDK knows that an activity failed; which ticket, events and acts it was about is known here. */
async function told<T>({ log }: World, failing: string, about: object, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (err) {
    log.warn({ err, ...about }, failing)
    throw err
  }
}

function aboutBatch({ id, events, state, outcomes }: Batch<TicketState, TicketEvent>) {
  return { number: id, from: events[0]?.seq, to: state.version, actIds: outcomes.map(({ requestId }) => requestId) }
}

/** An ask's id begins with the ticket's number, and is the act's id of what its answer makes happen. */
function aboutAsk({ id, kind }: OpenAsk) {
  return { actId: id, kind }
}
