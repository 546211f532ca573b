import { patched, sleep } from '@temporalio/workflow'
import { changedTicket, type TicketInput } from './changed.ts'

/** The same timer, only where no history says otherwise. */
export async function ticket(input: TicketInput): Promise<void> {
  await changedTicket(input, {
    async beforeWriting() {
      if (patched('breath-before-writing')) await sleep('1 second', { summary: 'breath' })
    },
  })
}

// A worker keeps the other types as well: all of the product's but the one above.
export * from '../../../workflows/index.ts'
