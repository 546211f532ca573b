import type { Kysely } from 'kysely'
import { GapError, project, type AnyBatch, type Finishing, type Projected } from '../db/projection.ts'
import { openDealings } from '../db/dealings.ts'
import type { Database } from '../db/schema.ts'
import { headOf } from '../db/heads.ts'
import { markWorkflowsStarted, type UnstartedProcess } from '../db/started-workflows.ts'
import { instantOf } from '../domain/instant.ts'
import { hostOf, type Hosting, type Registry } from '../processes/hosting.ts'
import type { ProfileReader } from '../processes/policies.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Gateway } from './gateway.ts'

/** Reaching a process: its workflow is started from its rows, and what the workflow tells is written into them. */

/** What it takes; API and worker have it alike. */
export interface Reach {
  readonly db: Kysely<Database>
  readonly gateway: Gateway
  readonly clock: Clock
  readonly profileOf: ProfileReader
  readonly processes: Registry
}

export type Writing = Pick<Reach, 'db' | 'gateway'>

/** So long the server may take to start one that somebody waits for; a start that comes too late is found to have happened when it is tried again. */
export const startDeadlineMs = 5_000

/** Starts the workflow of a process and notes it; one that runs already stays as it is. */
export async function startWorkflow(reach: Reach, started: UnstartedProcess, deadlineMs: number): Promise<void> {
  await beginWorkflow(reach, started, deadlineMs)
  await markWorkflowsStarted(reach.db, typeOf(reach.processes, started), [started.number], instantOf(reach.clock.now().getTime()))
}

/** Starts the workflow of a process, by the policy it was taken in with or the one of now. */
export async function beginWorkflow(reach: Reach, started: UnstartedProcess, deadlineMs: number, policy?: unknown): Promise<void> {
  const { gateway, clock, processes } = reach
  const { number, state, startedAt } = started
  const host = typeOf(processes, started)
  const input = {
    id: number,
    policy: policy ?? (await host.policyOf(reach, started)),
    state,
    // Time never runs backwards on record; only for the first event is it known without reading the log.
    recordedAt: state.version === 1 ? startedAt : instantOf(clock.now().getTime()),
    woken: true,
    // Only what has just begun has still to do all that it was born with.
    ...(state.version > 1 && { dealings: await openDealings(reach.db, number) }),
  } as const
  await gateway.start(host.process, input, deadlineMs)
}

/** Its type, which whoever looked it up has asked for. */
export function typeOf(processes: Registry, { number, processType }: Pick<UnstartedProcess, 'number' | 'processType'>): Hosting {
  const host = hostOf(processes, processType)
  if (!host) throw new Error(`${number} is a ${processType}, of which this release knows nothing`)
  return host
}

/** Writes what the workflow answered; where the rows lack more than that, everything that they lack. */
export async function written({ db, gateway }: Writing, host: Hosting, batch: AnyBatch, finishing?: Finishing): Promise<Projected> {
  return project(db, host, batch, finishing).catch(async (error: unknown) => {
    if (!(error instanceof GapError)) throw error
    const wider = await gateway.batch(batch.id, error.rowsReach)
    if (!wider) throw error
    return project(db, host, wider, finishing)
  })
}

/**
 * Brings the rows of a process up to what its workflow knows, and with them the answers of its requests. False: it is of a type of which
 * this release knows nothing, so nobody was asked. Where there is no such process, or no workflow of it, there is nothing more to learn.
 */
export async function catchUp(
  { db, gateway, processes }: Pick<Reach, 'db' | 'processes'> & { readonly gateway: Pick<Gateway, 'batch'> },
  number: string,
): Promise<boolean> {
  const head = await headOf(db, number)
  if (!head) return true
  const host = hostOf(processes, head.processType)
  if (!host) return false
  const batch = await gateway.batch(number, head.version)
  if (batch) await project(db, host, batch)
  return true
}
