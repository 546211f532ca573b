import type { Calendar } from '../../domain/calendar/schema.ts'
import type { Instant } from '../../domain/instant.ts'
import { clockOfMilestone, milestonePromised, timesMilestones } from '../../domain/milestones.ts'
import { isAmong, type Moment } from '../../domain/profile/moments.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import { passRung } from './ladder.ts'
import type { Entry } from '../process.ts'
import type { PromiseState, Unpromised } from '../promise.ts'
import {
  breakPromise,
  cancelPromise,
  fulfilPromise,
  isOwed,
  pausePromise,
  recountPromise,
  resumePromise,
  wouldHaveHeld,
} from './promises.ts'
import { noRest, restBetween, sumOfRests } from './reckoning.ts'
import { begunPromise, restsOf, summed, type Clocked } from './rests.ts'
import { Book } from './book.ts'
import { clockOf, ladderFor, restsFor, termsOf } from './terms.ts'
import type { ClockEvent } from './clock-events.ts'
import { factsOf } from './facts.ts'
import { onFacts, retargetedAtFirst } from './retargeting.ts'

/** An event as the clocks see it. */
export interface Happened extends Pick<Entry, 'at' | 'occurredAt'> {
  /** Which moments of a clock's life it is, in the order in which they count. */
  readonly moments: readonly Moment[]
  /** Whether a moment of the type is told however late. */
  readonly isToldLate: (moment: Moment) => boolean
  /** The instant that it promises itself. */
  readonly stated: Instant | undefined
  /** The milestone that it concerns (R9); undefined: none. */
  readonly milestone?: number | undefined
  /** What else it does to promises. */
  readonly news: ClockNews | undefined
}

/** What an event does to promises beside the moments that it is. */
export type ClockNews =
  | ClockEvent
  | { readonly type: 'waiting-started'; readonly for: string }
  | { readonly type: 'waiting-ended' }
  /** Another priority, or another fact that conditions name or clocks count from. */
  | { readonly type: 'retargeted'; /** By what it runs from now on; absent: as before. */ readonly to?: Policy }
  | { readonly type: 'calendar-changed'; readonly calendar: Calendar }
  /** Nothing is owed any more. */
  | { readonly type: 'over' }

/**
 * What the clocks of the profile do on an event: the promises it starts, moves or ends, as they stand after it. This is
 * the one place where promises change.
 */
export function promisesAfter(before: Clocked, after: Clocked, happened: Happened, policy: Policy): Pick<Entry, 'promises' | 'unpromised'> {
  const book = new Book(before)
  onEvent(book, before, after, happened, policy)
  const onMoment = policy.reckoning === undefined ? onMomentAtFirst : onMomentAsItHappened
  for (const moment of happened.moments)
    for (const clock of policy.clocks)
      for (const one of concerned(clock, happened, book)) onMoment(book, one, moment, after, happened, policy)
  const changed = book.changed()
  return { ...changed, promises: changed.promises.map((promise) => withoutNeedless(promise, happened, policy)) }
}

/** A clock of the profile; where it times milestones, as each that the event concerns names it: one, or all that are owed. */
function concerned(clock: PolicyClock, { milestone }: Happened, book: Book): readonly PolicyClock[] {
  if (!timesMilestones(clock)) return [clock]
  if (milestone !== undefined) return [{ ...clock, id: clockOfMilestone(clock.id, milestone) }]
  return book.owed().flatMap((promise) => (milestonePromised(promise.clock)?.clock === clock.id ? { ...clock, id: promise.clock } : []))
}

/** What nothing can change any more, needs nothing to be worked out from. */
function withoutNeedless(promise: PromiseState, { news, isToldLate }: Happened, policy: Policy): PromiseState {
  if (promise.stoppedAt === null || news?.type === 'promise-lapsed') return promise
  const { basis: _, ...over } = promise
  const clock = clockOf(policy, promise.clock)
  return clock && [...clock.stops, ...clock.cancels].some(isToldLate) ? promise : over
}

/** A thing ends the cycle in which it took place, whenever it is told; what is told after a later end or start begins nothing. */
function onMomentAsItHappened(book: Book, clock: PolicyClock, moment: Moment, after: Clocked, happened: Happened, policy: Policy): void {
  const { occurredAt } = happened
  const { calendar } = policy.calendar
  const newest = book.latest(clock.id)
  const unpromised = book.unpromised(clock.id)
  const starts = isAmong(moment, clock.starts)
  const isOvertaken =
    (newest !== undefined && occurredAt < (newest.stoppedAt ?? newest.startedAt)) ||
    (unpromised !== undefined && occurredAt < unpromised.startedAt)
  const stops = isAmong(moment, clock.stops)
  if (stops || isAmong(moment, clock.cancels)) {
    const cycle = book.cycleAt(clock.id, occurredAt)
    const untouched = cycle === undefined || (starts && isOvertaken && !wouldHaveHeld(cycle, occurredAt, calendar))
    if (!untouched) book.put(stops ? fulfilPromise(cycle, occurredAt, calendar) : cancelPromise(cycle, occurredAt, calendar))
    if (unpromised !== undefined && occurredAt >= unpromised.startedAt) book.forget(clock.id)
  }
  if (starts && !isOvertaken) start(book, clock, after, happened, policy)
}

/** By the first reckoning (ADR 38): what was told after the cycle had ended, or about an earlier one, changed nothing. */
function onMomentAtFirst(book: Book, clock: PolicyClock, moment: Moment, after: Clocked, happened: Happened, policy: Policy): void {
  const { calendar } = policy.calendar
  const running = book.latest(clock.id)
  if (isOwed(running) && happened.occurredAt < running.startedAt && isAmong(moment, clock.stops)) return
  if (isOwed(running) && isAmong(moment, clock.stops)) book.put(fulfilPromise(running, happened.occurredAt, calendar))
  else if (isOwed(running) && isAmong(moment, clock.cancels)) book.put(cancelPromise(running, happened.occurredAt, calendar))
  if (isAmong(moment, clock.starts)) start(book, clock, after, happened, policy)
}

/** Starts the next cycle. One still owed is cancelled by it: never two at once of a kind. */
function start(book: Book, clock: PolicyClock, state: Clocked, happened: Happened, policy: Policy): void {
  const terms = termsOf(clock, factsOf(state), policy)
  const isStated = clock.within === null && clock.from === undefined
  const dueAt = isStated ? happened.stated : undefined
  if (isStated && dueAt === undefined) return
  const { occurredAt: startedAt } = happened
  const rests = restsOf(clock, startedAt, state, policy)
  if (!terms) {
    if (policy.reckoning !== undefined) book.begin({ clock: clock.id, startedAt, dueAt: dueAt ?? null, ...summed(rests, policy) })
    return
  }
  const { calendar } = policy.calendar
  const before = book.latest(clock.id)
  if (isOwed(before)) book.put(cancelPromise(before, startedAt, calendar))
  book.forget(clock.id)
  book.put(begunPromise(terms, (before?.cycle ?? 0) + 1, startedAt, { rests, dueAt }))
}

function onEvent(book: Book, before: Clocked, after: Clocked, { news, moments, at, occurredAt }: Happened, policy: Policy): void {
  if (!news) return
  const { calendar } = policy.calendar
  const eachUnpromised = (change: (one: Unpromised, clock: PolicyClock) => Unpromised) => {
    for (const one of book.allUnpromised()) {
      const clock = clockOf(policy, one.clock)
      if (clock) book.begin(change(one, clock))
    }
  }
  const endAll = () => {
    for (const { clock } of book.allUnpromised()) book.forget(clock)
    each((promise) => cancelPromise(promise, occurredAt, calendar))
  }
  const each = (change: (promise: PromiseState, clock: PolicyClock) => PromiseState) => {
    for (const promise of book.owed()) {
      const clock = clockOf(policy, promise.clock)
      if (clock) book.put(change(promise, clock))
    }
  }
  const facts = { before: factsOf(before), after: factsOf(after) }
  switch (news.type) {
    case 'promise-broken':
      return each((promise) => (promise.clock === news.clock ? breakPromise(promise) : promise))
    case 'promise-lapsed':
      return each((promise) => (promise.clock === news.clock ? cancelPromise(promise, occurredAt, calendar) : promise))
    case 'level-reached':
      return each((promise, { ladder }) => (promise.clock === news.clock ? passRung(promise, news.rung, { ladder, calendar }) : promise))
    case 'waiting-started':
      eachUnpromised((one, clock) => (restsFor(clock, news.for) ? { ...one, pausedAt: one.pausedAt ?? occurredAt } : one))
      return each((promise, clock) => (restsFor(clock, news.for) ? pausePromise(promise, occurredAt) : promise))
    case 'waiting-ended':
      eachUnpromised((one) => {
        const rested = one.pausedAt === null ? noRest : restBetween(one.pausedAt, occurredAt, calendar)
        return { ...one, pausedAt: null, paused: sumOfRests(one.paused, rested) }
      })
      return each((promise) => resumePromise(promise, occurredAt, calendar))
    case 'retargeted':
      if (policy.reckoning !== undefined) return onFacts(book, after, facts, { before: policy, after: news.to ?? policy }, at, moments)
      return each((promise, clock) => retargetedAtFirst(promise, clock, facts, policy, at))
    case 'calendar-changed':
      return each((promise, clock) => recountPromise(promise, ladderFor(clock, facts.after), calendar, news.calendar, at))
    case 'over':
      return endAll()
  }
}
