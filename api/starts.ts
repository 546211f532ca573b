import { findTicket } from '../db/tickets.ts'
import type { UnstartedTicket } from '../db/intake.ts'
import type { Policy } from '../domain/profile/policy.ts'
import { createBackground } from './background.ts'
import { startWorkflow, type Reach } from './steps.ts'

/** Starting the workflows of new tickets: soon after the answer, or at once for a command that comes before that. */
export interface Starts {
  /** Starts it behind the answers. Nobody waits; what fails is left to the ticket's first command or the sweeper. */
  soon(ticket: UnstartedTicket, policy: Policy): void
  /** Starts it now, or joins the start that is under way. */
  now(ticket: UnstartedTicket, deadlineMs: number): Promise<void>
  /** Resolves when everything begun has ended. */
  settled(): Promise<void>
}

export function createStarts(reach: Reach, onError: (error: unknown) => void): Starts {
  const background = createBackground(startsAtOnce, onError)
  const underWay = new Map<string, Promise<void>>()
  /** New tickets that wait for their turn. */
  const waiting = new Set<string>()

  function now(ticket: UnstartedTicket, deadlineMs: number, policy?: Policy): Promise<void> {
    const joined = underWay.get(ticket.number)
    if (joined) return joined
    waiting.delete(ticket.number)
    const start = startWorkflow(reach, ticket, deadlineMs, policy).finally(() => underWay.delete(ticket.number))
    underWay.set(ticket.number, start)
    return start
  }

  return {
    now,
    soon(ticket, policy) {
      const { number } = ticket
      const since = performance.now()
      waiting.add(number)
      background.run(async () => {
        // A command that came first has started it.
        if (!waiting.delete(number)) return
        if (performance.now() - since < fresh) return now(ticket, startDeadlineMs, policy)
        const read = await findTicket(reach.db, number)
        if (read && read.workflowStartedAt === null) await now(read, startDeadlineMs)
      })
    },
    settled: () => background.drain(),
  }
}

/** After waiting so long, because Temporal was away, the sweeper may have started it, and the ticket have gone on or ended. */
const fresh = 5_000
/** A burst of registrations is to be answered first: more starts at once would only take the machine away from it. */
const startsAtOnce = 2
const startDeadlineMs = 10_000
