import { findTicket } from '../db/tickets.ts'
import type { UnstartedTicket } from '../db/intake.ts'
import { createBackground } from './background.ts'
import { startWorkflow, type Reach } from './steps.ts'

/** Starting the workflows of new tickets: soon after the answer, or at once for a command that comes before that. */
export interface Starts {
  /** Starts it behind the answers. Nobody waits; what fails is left to the ticket's first command or the sweeper. */
  soon(number: string): void
  /** Starts it now, or joins the start that is under way. */
  now(ticket: UnstartedTicket, deadlineMs: number): Promise<void>
  /** Resolves when everything begun has ended. */
  settled(): Promise<void>
}

export function createStarts(reach: Reach, onError: (error: unknown) => void): Starts {
  const background = createBackground(startsAtOnce, onError)
  const underWay = new Map<string, Promise<void>>()

  function now(ticket: UnstartedTicket, deadlineMs: number): Promise<void> {
    const joined = underWay.get(ticket.number)
    if (joined) return joined
    const start = startWorkflow(reach, ticket, deadlineMs).finally(() => underWay.delete(ticket.number))
    underWay.set(ticket.number, start)
    return start
  }

  return {
    now,
    soon: (number) =>
      background.run(async () => {
        const ticket = await findTicket(reach.db, number)
        if (ticket && ticket.workflowStartedAt === null) await now(ticket, startDeadlineMs)
      }),
    settled: () => background.drain(),
  }
}

/** A burst of registrations is to be answered first: more starts at once would only take the machine away from it. */
const startsAtOnce = 2
const startDeadlineMs = 10_000
