import { sleep } from '@temporalio/workflow'
import { changedTicket, type TicketInput } from './changed.ts'

/** Breaks running tickets: a timer more, whatever their history says. */
export async function ticket(input: TicketInput): Promise<void> {
  await changedTicket(input, { beforeWriting: () => sleep('1 second', { summary: 'breath' }) })
}

// A worker keeps the other types as well: all of the product's but the one above.
export * from '../../../workflows/index.ts'
