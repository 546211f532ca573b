import { sleep } from '@temporalio/workflow'
import { changedTicket, type TicketInput } from './changed.ts'

/** Breaks running tickets: a timer more, whatever their history says. */
export async function ticket(input: TicketInput): Promise<void> {
  await changedTicket(input, { beforeWriting: () => sleep('1 second', { summary: 'breath' }) })
}

// A worker keeps the other types as well.
export { report } from '../../../workflows/report/report.workflow.ts'
export { review } from '../../../workflows/review/review.workflow.ts'
