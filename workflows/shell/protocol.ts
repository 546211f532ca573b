import type { Actor, Directory } from '../../domain/people.ts'
import type { Draft, ProcessState, Recorded } from '../process.ts'

/**
 * What is said between the API and a running process. The rows in Postgres always hold events 1 to some version without
 * a gap; each call says how far they reach (`writtenThrough`) and each answer brings everything after that. So any
 * answer that is written closes whatever gap an earlier, interrupted one left.
 */

/** Argument of every Update; the Update is named after the command and its id is the request's. */
export interface StepCall {
  readonly requestId: string
  readonly actor: Actor
  readonly input: unknown
  readonly directory: Directory
  readonly expectedVersion?: number
  readonly writtenThrough: number
}

/** Answer of every Update. */
export interface StepAnswer<S extends ProcessState, E extends Draft> {
  /** First and last sequence number of the request's own events. */
  readonly outcome: Outcome
  readonly batch: Batch<S, E>
}

export interface Outcome {
  readonly requestId: string
  readonly from: number
  readonly to: number
}

/** Everything the rows lack, and the full state after it. */
export interface Batch<S extends ProcessState, E extends Draft> {
  /** Id of the process: the ticket's number. */
  readonly id: string
  readonly events: readonly Recorded<E>[]
  readonly state: S
  /** Requests the process remembers, newest last; enough for the sweeper to finish what a dead gateway left. */
  readonly outcomes: readonly Outcome[]
}

/** Query: what the rows lack. Argument: how far they reach. */
export const batchQuery = 'batch'

/** `type` of the ApplicationFailure that carries a rejection as its only detail. */
export const rejectionType = 'rejection'
