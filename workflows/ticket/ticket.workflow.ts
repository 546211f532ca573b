import { proxyActivities } from '@temporalio/workflow'
import type { TicketActivities } from '../../activities/ticket.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { ProcessInput } from '../shell/protocol.ts'
import { runProcess } from '../shell/run-process.ts'
import { withSummary } from '../shell/with-summary.ts'
import type { TicketEvent } from './events.ts'
import { ticketProcess } from './process.ts'
import type { TicketState } from './state.ts'

const { projectTicket } = proxyActivities<TicketActivities>({
  // What has happened must reach the rows however long Postgres is away, so it is tried for ever; writing twice changes nothing.
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
})

const { answerTicket } = proxyActivities<TicketActivities>({
  // Looking something up twice does no harm, and a ticket that stopped asking would never be dispatched: it is tried for
  // ever. A lookup takes milliseconds; the worker that has not answered by then is dead.
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
})

/** One ticket, from intake to archiving. */
export async function ticket(input: ProcessInput<TicketState, TicketEvent, Policy>): Promise<void> {
  await runProcess(ticketProcess, input, withSummary(projectTicket), withSummary(answerTicket))
}
