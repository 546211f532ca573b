import { proxyActivities } from '@temporalio/workflow'
import type { ProcessActivities } from '../../../activities/process.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import type { ProcessInput } from '../../../workflows/shell/protocol.ts'
import { runProcess } from '../../../workflows/shell/run-process.ts'
import type { TicketEvent } from '../../../workflows/ticket/events.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'

export type TicketInput = ProcessInput<TicketState, TicketEvent, Policy>

const { projectTicket, answerTicket } = proxyActivities<ProcessActivities>({ startToCloseTimeout: '30 seconds' })

export interface Change {
  readonly process?: Partial<typeof ticketProcess>
  /** Done before events are written that nobody waits for. */
  readonly beforeWriting?: () => Promise<void>
}

/** The ticket of the product, but for one change. */
export async function changedTicket(input: TicketInput, { process = {}, beforeWriting }: Change): Promise<void> {
  await runProcess(
    { ...ticketProcess, ...process },
    input,
    async (batch) => {
      await beforeWriting?.()
      await projectTicket(batch)
    },
    answerTicket,
  )
}
