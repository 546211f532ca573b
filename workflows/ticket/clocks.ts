import type { Instant } from '../../domain/instant.ts'
import { knownClocks } from '../../domain/profile/clocks.ts'
import type { Moment } from '../../domain/profile/moments.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import { passRung } from '../common/ladder.ts'
import type { Entry, PromiseState, Unpromised } from '../process.ts'
import {
  breakPromise,
  cancelPromise,
  fulfilPromise,
  isOwed,
  latest,
  makePromise,
  pausePromise,
  recountPromise,
  resumePromise,
  wouldHaveHeld,
} from '../common/promises.ts'
import { noRest, restBetween, sumOfRests } from '../common/reckoning.ts'
import { Book } from './book.ts'
import { clockOf, restsFor, termsOf } from '../common/terms.ts'
import type { RecordedTicketEvent } from './events.ts'
import { momentsOf, toldLate } from './moments.ts'
import { onPriority, retargetedAtFirst } from './retargeting.ts'
import type { TicketState } from './state.ts'

/**
 * What the clocks of the profile do on an event: the promises it starts, moves or ends, as they stand after it. This is
 * the one place where promises change.
 */
export function promisesAfter(
  before: TicketState,
  after: TicketState,
  event: RecordedTicketEvent,
  policy: Policy,
): Pick<Entry, 'promises' | 'unpromised'> {
  const book = new Book(before)
  const moments = momentsOf(before, after, event)
  onEvent(book, before, after, event, policy, moments)
  const onMoment = policy.reckoning === undefined ? onMomentAtFirst : onMomentAsItHappened
  for (const moment of moments) for (const clock of policy.clocks) onMoment(book, clock, moment, after, event, policy)
  const changed = book.changed()
  return { ...changed, promises: changed.promises.map((promise) => withoutNeedless(promise, event, policy)) }
}

/** What nothing can change any more, needs nothing to be worked out from. */
function withoutNeedless(promise: PromiseState, event: RecordedTicketEvent, policy: Policy): PromiseState {
  if (promise.stoppedAt === null || event.type === 'promise-lapsed') return promise
  const { basis: _, ...over } = promise
  const clock = clockOf(policy, promise.clock)
  return clock && [...clock.stops, ...clock.cancels].some((moment) => toldLate.includes(moment)) ? promise : over
}

/** A thing ends the cycle in which it took place, whenever it is told; what is told after a later end or start begins nothing. */
function onMomentAsItHappened(
  book: Book,
  clock: PolicyClock,
  moment: Moment,
  after: TicketState,
  event: RecordedTicketEvent,
  policy: Policy,
): void {
  const { occurredAt } = event
  const { calendar } = policy.calendar
  const newest = book.latest(clock.id)
  const unpromised = book.unpromised(clock.id)
  const starts = clock.starts.includes(moment)
  const isOvertaken =
    (newest !== undefined && occurredAt < (newest.stoppedAt ?? newest.startedAt)) ||
    (unpromised !== undefined && occurredAt < unpromised.startedAt)
  const stops = clock.stops.includes(moment)
  if (stops || clock.cancels.includes(moment)) {
    const cycle = book.cycleAt(clock.id, occurredAt)
    const untouched = cycle === undefined || (starts && isOvertaken && !wouldHaveHeld(cycle, occurredAt, calendar))
    if (!untouched) book.put(stops ? fulfilPromise(cycle, occurredAt, calendar) : cancelPromise(cycle, occurredAt, calendar))
    if (unpromised !== undefined && occurredAt >= unpromised.startedAt) book.forget(clock.id)
  }
  if (starts && !isOvertaken) start(book, clock, after, event, policy)
}

/** By the first reckoning (ADR 38): what was told after the cycle had ended, or about an earlier one, changed nothing. */
function onMomentAtFirst(
  book: Book,
  clock: PolicyClock,
  moment: Moment,
  after: TicketState,
  event: RecordedTicketEvent,
  policy: Policy,
): void {
  const { calendar } = policy.calendar
  const running = book.latest(clock.id)
  if (isOwed(running) && event.occurredAt < running.startedAt && clock.stops.includes(moment)) return
  if (isOwed(running) && clock.stops.includes(moment)) book.put(fulfilPromise(running, event.occurredAt, calendar))
  else if (isOwed(running) && clock.cancels.includes(moment)) book.put(cancelPromise(running, event.occurredAt, calendar))
  if (clock.starts.includes(moment)) start(book, clock, after, event, policy)
}

/** Starts the next cycle. One still owed is cancelled by it: never two at once of a kind. */
function start(book: Book, clock: PolicyClock, state: TicketState, event: RecordedTicketEvent, policy: Policy): void {
  const terms = termsOf(clock, state.priority, policy)
  const dueAt = clock.within === null ? statedInstant(event) : undefined
  if (clock.within === null && dueAt === undefined) return
  const { occurredAt: startedAt } = event
  const rests = restsOf(clock, startedAt, state, policy)
  if (!terms) {
    if (policy.reckoning !== undefined) book.begin({ clock: clock.id, startedAt, dueAt: dueAt ?? null, ...summed(rests, policy) })
    return
  }
  const { calendar } = policy.calendar
  const before = book.latest(clock.id)
  if (isOwed(before)) book.put(cancelPromise(before, startedAt, calendar))
  book.forget(clock.id)
  let promise = makePromise(terms, (before?.cycle ?? 0) + 1, startedAt, dueAt === undefined ? {} : { dueAt })
  for (const { from, to } of rests) {
    promise = pausePromise(promise, from)
    if (to !== null) promise = resumePromise(promise, to, calendar)
  }
  book.put(promise)
}

interface Resting {
  readonly from: Instant
  /** Null: it still does. */
  readonly to: Instant | null
}

/** When a clock has rested that started at an instant which may lie back, by what the ticket waited for since. */
function restsOf(clock: PolicyClock, startedAt: Instant, { waiting, rests = [] }: TicketState, policy: Policy): readonly Resting[] {
  const now = waiting !== null && restsFor(clock, waiting.for) ? [{ from: waiting.since, to: null }] : []
  if (policy.reckoning === undefined) return now.map(() => ({ from: startedAt, to: null }))
  const over = rests.filter((rest) => restsFor(clock, rest.for) && rest.to > startedAt)
  return [...over, ...now].map(({ from, to }) => ({ from: from < startedAt ? startedAt : from, to }))
}

function summed(rests: readonly Resting[], policy: Policy): Pick<Unpromised, 'pausedAt' | 'paused'> {
  const over = rests.map(({ from, to }) => (to === null ? noRest : restBetween(from, to, policy.calendar.calendar)))
  return { pausedAt: rests.find(({ to }) => to === null)?.from ?? null, paused: over.reduce(sumOfRests, noRest) }
}

function onEvent(
  book: Book,
  before: TicketState,
  after: TicketState,
  event: RecordedTicketEvent,
  policy: Policy,
  moments: readonly Moment[],
): void {
  const { calendar } = policy.calendar
  const eachUnpromised = (change: (one: Unpromised, clock: PolicyClock) => Unpromised) => {
    for (const one of book.allUnpromised()) {
      const clock = clockOf(policy, one.clock)
      if (clock) book.begin(change(one, clock))
    }
  }
  const endAll = () => {
    for (const { clock } of book.allUnpromised()) book.forget(clock)
    each((promise) => cancelPromise(promise, event.occurredAt, calendar))
  }
  const each = (change: (promise: PromiseState, clock: PolicyClock) => PromiseState) => {
    for (const promise of book.owed()) {
      const clock = clockOf(policy, promise.clock)
      if (clock) book.put(change(promise, clock))
    }
  }
  switch (event.type) {
    case 'promise-broken':
      return each((promise) => (promise.clock === event.clock ? breakPromise(promise) : promise))
    case 'promise-lapsed':
      return each((promise) => (promise.clock === event.clock ? cancelPromise(promise, event.occurredAt, calendar) : promise))
    case 'level-reached':
      return each((promise, { ladder }) => (promise.clock === event.clock ? passRung(promise, event.rung, { ladder, calendar }) : promise))
    case 'waiting-started':
      eachUnpromised((one, clock) => (restsFor(clock, event.for) ? { ...one, pausedAt: one.pausedAt ?? event.occurredAt } : one))
      return each((promise, clock) => (restsFor(clock, event.for) ? pausePromise(promise, event.occurredAt) : promise))
    case 'waiting-ended':
      eachUnpromised((one) => {
        const rested = one.pausedAt === null ? noRest : restBetween(one.pausedAt, event.occurredAt, calendar)
        return { ...one, pausedAt: null, paused: sumOfRests(one.paused, rested) }
      })
      return each((promise) => resumePromise(promise, event.occurredAt, calendar))
    case 'priority-change-decided':
    case 'review-meeting-recorded':
      if (after.priority === before.priority) return
      if (policy.reckoning !== undefined) return onPriority(book, after.priority, policy, event.at, moments)
      return each((promise, clock) => retargetedAtFirst(promise, clock, after.priority, policy, event.at))
    case 'calendar-changed':
      return each((promise, { ladder }) => recountPromise(promise, ladder, calendar, event.calendar, event.at))
    case 'withdrawn':
      return endAll()
    case 'closed':
      return event.silence ? endAll() : undefined
    default:
  }
}

/** Until when the ticket is to be solved as things stand: the newest promise that the solution fulfils (T6); null when there is none. */
export function solvingDeadline({ promises }: Pick<TicketState, 'promises'>, policy: Pick<Policy, 'clocks'>): PromiseState | null {
  const solving = promises.filter((promise) => isOwed(promise) && clockOf(policy, promise.clock)?.stops.includes('resolved'))
  const newest = solving.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0)).at(-1)
  return newest ?? null
}

/** The promise that work starts (T3). */
export function startPromiseIn(promises: readonly PromiseState[]): PromiseState | undefined {
  return latest(promises, knownClocks.start)
}

/** The instant that the event itself promises. */
function statedInstant(event: RecordedTicketEvent): Instant | undefined {
  switch (event.type) {
    case 'review-meeting-recorded':
      return event.dueAt ?? undefined
    case 'planned':
      return event.estimatedFinishAt
    case 'deferred':
      return event.newDueAt
    default:
      return undefined
  }
}
