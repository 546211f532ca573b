import type { Instant } from '../domain/instant.ts'

/** One promise: a cycle of a clock. At most one cycle of a clock runs at a time. */
export interface PromiseState {
  readonly clock: string
  readonly cycle: number
  readonly startedAt: Instant
  readonly dueAt: Instant
  readonly pausedMinutes: number
  readonly state: 'running' | 'paused' | 'kept' | 'broken' | 'cancelled'
  readonly stoppedAt: Instant | null
  /** Kept in time but recorded after the breach was stamped. */
  readonly recordedLate: boolean
  /** Due beyond the last day whose holidays are known, so that it may still move (X2). */
  readonly provisional: boolean
  /**
   * What is ahead is worked out from this and, once nothing is owed any more, what a thing that is told late does to it. Absent when
   * nothing can change the promise any more: over by the first reckoning (ADR 38), or by what is never told late.
   */
  readonly basis?: PromiseBasis
}

/** What a promise's due instant and ladder are worked out from. */
export interface PromiseBasis {
  /** ISO 8601 duration promised; null where an instant was. */
  readonly within: string | null
  readonly timeBase: 'elapsed' | 'working'
  /** The instant in a field that the target counts from (X11); absent: from the start. */
  readonly from?: Instant
  /** Since when it rests; a broken promise can rest too, and its ladder with it. */
  readonly pausedAt: Instant | null
  /** What it rested so far, from the instant on that its target counts from. */
  readonly paused: Rests
  /** Rungs of the ladder still ahead, soonest first. */
  readonly rungs: readonly RungAhead[]
  /** Length of the target in milliseconds of its own time, of which the rungs' shares are; absent: the first reckoning (ADR 38). */
  readonly length?: number
  /** For how many times rungs have spoken, by their id; absent: none has. */
  readonly spoken?: Readonly<Record<string, number>>
  /** When a decision broke it: what took place until then was in time. Absent: none did. */
  readonly brokenAt?: Instant
}

/** Milliseconds of rest, counted both ways, since a change of priority can change how time counts. */
export interface Rests {
  readonly elapsed: number
  readonly working: number
}

/** A clock that began, and would run if the ticket's priority and facts made its promise. Others may (S12, X10). */
export interface Unpromised {
  readonly clock: string
  readonly startedAt: Instant
  /** The instant that was stated; null where the target is a duration. */
  readonly dueAt: Instant | null
  /** Since when it rests. */
  readonly pausedAt: Instant | null
  readonly paused: Rests
  /** The promise that it was until facts ended it, where that was broken: called for again, the same one is owed again. Absent: it was not. */
  readonly broken?: PromiseState
}

/** A rung of the ladder that has not spoken yet. */
export interface RungAhead {
  /** Its id in the profile. */
  readonly id: string
  readonly at: Instant
  /** Which time it will speak, from 1. */
  readonly time: number
}
