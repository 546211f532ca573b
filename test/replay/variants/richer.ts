import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import { changedTicket, type TicketInput } from './changed.ts'

type Richer = TicketState & { readonly claims?: number }

/** Remembers something more: a new property of the state, absent in what older runs carry. */
export async function ticket(input: TicketInput): Promise<void> {
  await changedTicket(input, {
    process: {
      apply(before: Richer, event): Richer {
        const after: Richer = ticketProcess.apply(before, event)
        return event.type === 'assigned' && event.manner === 'claimed' ? { ...after, claims: (before.claims ?? 0) + 1 } : after
      },
    },
  })
}
