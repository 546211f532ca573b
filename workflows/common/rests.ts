import type { Instant } from '../../domain/instant.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import type { PromiseState, Rests } from '../promise.ts'
import type { Factual } from './facts.ts'
import { makePromise, pausePromise, resumePromise } from './promises.ts'
import { noRest, restBetween, sumOfRests, type Terms } from './reckoning.ts'
import { restsFor } from './terms.ts'

/** When clocks have rested: what their process waited for, told by its state. */

/** A process as its clocks see it. */
export interface Clocked extends Factual {
  readonly waiting: { readonly for: string; readonly since: Instant } | null
  /** What it waited for last, the latest at the end. */
  readonly rests?: readonly { readonly for: string; readonly from: Instant; readonly to: Instant }[]
}

export interface Resting {
  readonly from: Instant
  /** Null: it still does. */
  readonly to: Instant | null
}

/** When a clock has rested that started at an instant which may lie back, by what the process waited for since. */
export function restsOf(clock: PolicyClock, startedAt: Instant, { waiting, rests = [] }: Clocked, policy: Policy): readonly Resting[] {
  const now = waiting !== null && restsFor(clock, waiting.for) ? [{ from: waiting.since, to: null }] : []
  if (policy.reckoning === undefined) return now.map(() => ({ from: startedAt, to: null }))
  const over = rests.filter((rest) => restsFor(clock, rest.for) && rest.to > startedAt)
  return [...over, ...now].map(({ from, to }) => ({ from: from < startedAt ? startedAt : from, to }))
}

/** What of it is over, and since when it rests now. */
export function summed(rests: readonly Resting[], policy: Policy): { readonly pausedAt: Instant | null; readonly paused: Rests } {
  const over = rests.map(({ from, to }) => (to === null ? noRest : restBetween(from, to, policy.calendar.calendar)))
  return { pausedAt: rests.find(({ to }) => to === null)?.from ?? null, paused: over.reduce(sumOfRests, noRest) }
}

/** How long a clock has rested since an instant, what still goes on left out. */
export function restedSince(clock: PolicyClock, since: Instant, state: Clocked, policy: Policy): Rests {
  return summed(restsOf(clock, since, state, policy), policy).paused
}

/** The promise of a cycle that began at an instant and has rested since; `dueAt`: the instant that is promised, where the terms name none. */
export function begunPromise(
  terms: Terms,
  cycle: number,
  startedAt: Instant,
  { rests, dueAt }: { readonly rests: readonly Resting[]; readonly dueAt?: Instant | undefined },
): PromiseState {
  let promise = makePromise(terms, cycle, startedAt, dueAt === undefined ? {} : { dueAt })
  for (const { from, to } of rests) {
    promise = pausePromise(promise, from)
    if (to !== null) promise = resumePromise(promise, to, terms.calendar)
  }
  return promise
}
