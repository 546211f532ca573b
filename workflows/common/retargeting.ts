import type { Instant } from '../../domain/instant.ts'
import type { Moment } from '../../domain/profile/moments.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import type { ProcessState } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import { cancelPromise, isOwed, makePromise, retargetPromise, unpromisedOf } from './promises.ts'
import { Book } from './book.ts'
import type { PromiseBroken } from './clock-events.ts'
import { clockOf, termsOf } from './terms.ts'

/** What another priority does to the promises of a process (S12). */

/** A process whose promises depend on its priority. */
export interface Prioritised extends ProcessState {
  readonly priority: string
}

type BrokenByRetarget = { readonly type: 'promise-broken' } & PromiseBroken

/**
 * Each promise gets its target under the new priority, from the original start. One that this priority does not make is
 * cancelled, one that only this priority makes is made. What the same act fulfils was promised by the old one: `moments` are
 * those that the act brings.
 */
export function onPriority(book: Book, priority: string, policy: Policy, at: Instant, moments: readonly Moment[]): void {
  for (const clock of policy.clocks) {
    if (clock.stops.some((moment) => moments.includes(moment))) continue
    const newest = book.latest(clock.id)
    const next = (newest?.cycle ?? 0) + 1
    const terms = termsOf(clock, priority, policy)
    const unpromised = book.unpromised(clock.id)
    if (isOwed(newest)) {
      book.put(terms ? retargetPromise(newest, terms, at) : cancelPromise(newest, at, policy.calendar.calendar))
      const begun = terms ? undefined : unpromisedOf(newest)
      if (begun) book.begin(begun)
    } else if (terms && unpromised) {
      const { startedAt, dueAt, pausedAt, paused } = unpromised
      const beginning = { ...(dueAt !== null && { dueAt }), pausedAt, paused, decidedAt: at }
      book.forget(clock.id)
      book.put(makePromise(terms, next, startedAt, beginning))
    }
  }
}

/** By the first reckoning (ADR 38) nothing was made, and an instant that was stated stayed. */
export function retargetedAtFirst(promise: PromiseState, clock: PolicyClock, priority: string, policy: Policy, at: Instant): PromiseState {
  if (clock.within === null) return promise
  const terms = termsOf(clock, priority, policy)
  return terms ? retargetPromise(promise, terms, at) : cancelPromise(promise, at, policy.calendar.calendar)
}

/** The promises that another priority puts into the past: broken by the decision, and stamped with it. */
export function brokenByRetarget(
  state: Prioritised,
  priority: string,
  policy: Policy,
  at: Instant,
  moments: readonly Moment[] = [],
): BrokenByRetarget[] {
  if (priority === state.priority) return []
  const broken = new Set(state.promises.filter(isBroken).map(({ clock, cycle }) => `${clock} ${cycle}`))
  return promisesUnder(state, priority, policy, at, moments)
    .filter((promise) => isBroken(promise) && !broken.has(`${promise.clock} ${promise.cycle}`))
    .map(({ clock, cycle, dueAt }) => ({ type: 'promise-broken', clock, cycle, dueAt, cause: 'retarget' }))
}

function isBroken({ state }: PromiseState): boolean {
  return state === 'broken'
}

function promisesUnder(
  state: Prioritised,
  priority: string,
  policy: Policy,
  at: Instant,
  moments: readonly Moment[],
): readonly PromiseState[] {
  if (policy.reckoning === undefined)
    return state.promises.filter(isOwed).map((promise) => {
      const clock = clockOf(policy, promise.clock)
      return clock ? retargetedAtFirst(promise, clock, priority, policy, at) : promise
    })
  const book = new Book(state)
  onPriority(book, priority, policy, at, moments)
  return book.changed().promises
}
