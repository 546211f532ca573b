import type { Instant } from '../../domain/instant.ts'
import type { Facts } from '../../domain/profile/conditions.ts'
import { isAmong, type Moment } from '../../domain/profile/moments.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import type { PromiseState } from '../promise.ts'
import { cancelPromise, isOwed, makePromise, recallPromise, retargetAtFirst, retargetPromise, unpromisedOf } from './promises.ts'
import { begunPromise, restedSince, restsOf, type Clocked } from './rests.ts'
import { Book } from './book.ts'
import { withPromises } from './cycles.ts'
import type { PromiseBroken } from './clock-events.ts'
import { factsOf, isAlike, type Factual } from './facts.ts'
import { dueUnder, type Terms } from './reckoning.ts'
import { clockOf, termsOf } from './terms.ts'

/** What another priority, or another fact that conditions name or clocks count from, does to the promises of a process (S12, X10, X11). */

type BrokenByRetarget = { readonly type: 'promise-broken' } & PromiseBroken

/** What conditions are told before an event and after it. */
interface Change {
  readonly before: Facts
  readonly after: Facts
}

/** By what a process runs before an event and after it. */
interface Policies {
  readonly before: Policy
  readonly after: Policy
}

/**
 * Each promise gets the target and the ladder it has now, from the original start. One that is made no longer is
 * cancelled, one that is made only now is made, and of one that was broken and is made again the same one is owed: it was broken once. What the
 * same act ends was promised before: `moments` are those that the act brings. Another priority has every promise worked out anew; another fact those whose terms it changes. `state` says what the
 * process waited for.
 */
export function onFacts(
  book: Book,
  state: Clocked,
  { before, after }: Change,
  policies: Policies,
  at: Instant,
  moments: readonly Moment[],
): void {
  const policy = policies.after
  for (const clock of policy.clocks) {
    if (isEndedBy(moments, clock, policy)) continue
    const newest = book.latest(clock.id)
    const next = (newest?.cycle ?? 0) + 1
    const terms = termsOf(clock, after, policy)
    // What the same act begins anew counts from what it says.
    if (terms?.from !== undefined && moments.some((moment) => isAmong(moment, clock.starts))) continue
    const clockBefore = clockOf(policies.before, clock.id)
    const termsBefore = clockBefore && termsOf(clockBefore, before, policies.before)
    if (before.priority === after.priority && isSame(terms, termsBefore)) continue
    const unpromised = book.unpromised(clock.id)
    const rested = terms?.from === undefined ? undefined : restedSince(clock, terms.from, state, policy)
    const { broken } = unpromised ?? {}
    if (isOwed(newest) && terms && isPromisedAnew(newest, terms, at)) {
      book.put(cancelPromise(newest, at, policy.calendar.calendar))
      book.put(begunPromise(terms, next, at, { rests: restsOf(clock, at, state, policy) }))
    } else if (isOwed(newest)) {
      const rechecked = { isOtherLadder: !isSameLadder(terms, termsBefore), rested }
      book.put(terms ? retargetPromise(newest, terms, at, rechecked) : cancelPromise(newest, at, policy.calendar.calendar))
      const begun = terms ? undefined : unpromisedOf(newest)
      if (begun) book.begin(begun)
    } else if (terms && unpromised && broken && !isPromisedAnew(broken, terms, at)) {
      const { pausedAt, paused } = unpromised
      book.forget(clock.id)
      book.put(recallPromise(broken, terms, at, { pausedAt, paused: rested ?? paused }))
    } else if (terms && unpromised) {
      const { startedAt, dueAt, pausedAt, paused } = unpromised
      const beginning = { ...(dueAt !== null && { dueAt }), pausedAt, paused: rested ?? paused, decidedAt: at }
      book.forget(clock.id)
      book.put(makePromise(terms, next, startedAt, beginning))
    }
  }
}

/** Under the reckoning of before (ADR 38) what was cancelled by an act had first been promised anew by it. */
function isEndedBy(moments: readonly Moment[], { stops, cancels }: PolicyClock, { reckoning }: Policy): boolean {
  return moments.some((moment) => isAmong(moment, stops) || (reckoning === 3 && isAmong(moment, cancels)))
}

/**
 * Whether another instant in the field (X11) is another promise: it lies ahead, and of the one before it somebody was warned already, or it is
 * broken. Its own warnings are still to come, and a new appointment does not undo that one was missed.
 */
function isPromisedAnew({ state, startedAt, basis }: PromiseState, terms: Terms, at: Instant): boolean {
  const isAnother = terms.from !== undefined && terms.from !== basis?.from
  return isAnother && (state === 'broken' || basis?.spoken !== undefined) && dueUnder(terms, startedAt) > at
}

/** By the first reckoning (ADR 38) nothing was made, an instant that was stated stayed, and no fact but the priority counted. */
export function retargetedAtFirst(
  promise: PromiseState,
  clock: PolicyClock,
  { before, after }: Change,
  policy: Policy,
  at: Instant,
): PromiseState {
  if (clock.within === null || before.priority === after.priority) return promise
  const terms = termsOf(clock, after, policy)
  return terms ? retargetAtFirst(promise, terms, at) : cancelPromise(promise, at, policy.calendar.calendar)
}

function isSame(one: Terms | undefined, other: Terms | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return one.within === other.within && one.from === other.from && one.timeBase === other.timeBase && isSameLadder(one, other)
}

/** Of one clock: its rungs are those of the profile, as far as they speak of such a process. */
function isSameLadder(one: Terms | undefined, other: Terms | undefined): boolean {
  const ids = (terms: Terms | undefined) => (terms?.ladder ?? []).map(({ id }) => id).join(' ')
  return ids(one) === ids(other)
}

type Changes = Partial<Pick<Factual, 'type' | 'priority' | 'channel' | 'facts' | 'customerTags' | 'language'>>

/** The promises that a change of facts puts into the past, but for those that the act ends by its `moments`: broken by the decision, and stamped with it. */
export function brokenByChange(
  state: Clocked,
  changes: Changes,
  policy: Policy,
  at: Instant,
  moments: readonly Moment[],
): BrokenByRetarget[] {
  return changed(state, changes, { before: policy, after: policy }, at, moments).broken
}

/** What a change of facts, and of what the process runs by, makes of its promises; with those that it puts into the past. */
export function changed(
  state: Clocked,
  changes: Changes,
  policies: Policies,
  at: Instant,
  moments: readonly Moment[] = [],
): { readonly promises: readonly PromiseState[]; readonly broken: BrokenByRetarget[] } {
  const facts = { before: factsOf(state), after: factsOf({ ...state, ...changes }) }
  if (isAlike(facts.before, facts.after)) return { promises: state.promises, broken: [] }
  const before = new Set(state.promises.filter(isBroken).map(({ clock, cycle }) => `${clock} ${cycle}`))
  const news = promisesUnder(state, facts, policies, at, moments)
  return {
    promises: withPromises(state.promises, news),
    broken: news
      .filter((promise) => isBroken(promise) && !before.has(`${promise.clock} ${promise.cycle}`))
      .map(({ clock, cycle, dueAt }) => ({ type: 'promise-broken', clock, cycle, dueAt, cause: 'retarget' })),
  }
}

function isBroken({ state }: PromiseState): boolean {
  return state === 'broken'
}

function promisesUnder(
  state: Clocked,
  facts: Change,
  policies: Policies,
  at: Instant,
  moments: readonly Moment[],
): readonly PromiseState[] {
  const policy = policies.after
  if (policy.reckoning === undefined)
    return state.promises.filter(isOwed).map((promise) => {
      const clock = clockOf(policy, promise.clock)
      return clock ? retargetedAtFirst(promise, clock, facts, policy, at) : promise
    })
  const book = new Book(state)
  onFacts(book, state, facts, policies, at, moments)
  return book.changed().promises
}
