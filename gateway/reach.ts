import type { Kysely } from 'kysely'
import { markWorkflowsStarted, type UnstartedTicket } from '../db/intake.ts'
import { GapError, project, type Finishing, type Projected, type TicketBatch } from '../db/projection.ts'
import type { Database } from '../db/schema.ts'
import { findTicket } from '../db/tickets.ts'
import { instantOf } from '../domain/instant.ts'
import type { Policy } from '../domain/profile/policy.ts'
import { policyOf, type ProfileReader } from '../processes/policies.ts'
import type { Clock } from '../runtime/clock.ts'
import { ticketNotices } from '../workflows/ticket/notices.ts'
import type { Gateway } from './gateway.ts'

/** Reaching a process: its workflow is started from its rows, and what the workflow tells is written into them. */

/** What it takes; API and worker have it alike. */
export interface Reach {
  readonly db: Kysely<Database>
  readonly gateway: Gateway
  readonly clock: Clock
  readonly profileOf: ProfileReader
}

export type Writing = Pick<Reach, 'db' | 'gateway'>

/** Starts the workflow of a ticket and notes it; one that runs already stays as it is. */
export async function startWorkflow(reach: Reach, ticket: UnstartedTicket, deadlineMs: number): Promise<void> {
  await beginWorkflow(reach, ticket, deadlineMs)
  await markWorkflowsStarted(reach.db, [ticket.number], instantOf(reach.clock.now().getTime()))
}

/** Starts the workflow of a ticket, by the policy it was taken in with or the one of now. */
export async function beginWorkflow(reach: Reach, ticket: UnstartedTicket, deadlineMs: number, policy?: Policy): Promise<void> {
  const { gateway, clock } = reach
  const { type, submittedAt } = ticket.state
  await gateway.start(
    {
      id: ticket.number,
      policy: policy ?? (await policyOf(reach, { ...ticket, type, submittedAt })),
      state: ticket.state,
      // Time never runs backwards on record; only for the first event is it known without reading the log.
      recordedAt: ticket.state.version === 1 ? submittedAt : instantOf(clock.now().getTime()),
      woken: true,
    },
    deadlineMs,
  )
}

/** Writes what the workflow answered; where the rows lack more than that, everything that they lack. */
export async function written({ db, gateway }: Writing, number: string, batch: TicketBatch, finishing?: Finishing): Promise<Projected> {
  return project(db, batch, ticketNotices, finishing).catch(async (error: unknown) => {
    if (!(error instanceof GapError)) throw error
    const wider = await gateway.batch(number, error.rowsReach)
    if (!wider) throw error
    return project(db, wider, ticketNotices, finishing)
  })
}

/** Brings the rows of a ticket up to what its workflow knows, and with them the answers of its requests. */
export async function catchUp({ db, gateway }: Writing, number: string): Promise<void> {
  const ticket = await findTicket(db, number)
  const batch = ticket && (await gateway.batch(number, ticket.version))
  if (batch) await project(db, batch, ticketNotices)
}
