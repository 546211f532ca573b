import type { Instant } from '../../domain/instant.ts'
import { knownClocks } from '../../domain/profile/clocks.ts'
import type { Moment } from '../../domain/profile/moments.ts'
import { priorityOf, type Policy, type PolicyClock } from '../../domain/profile/policy.ts'
import type { PromiseState } from '../process.ts'
import {
  breakPromise,
  cancelPromise,
  fulfilPromise,
  isOwed,
  latest,
  makePromise,
  passRung,
  pausePromise,
  recountPromise,
  resumePromise,
  retargetPromise,
  withPromises,
  type Terms,
} from '../promises.ts'
import type { RecordedTicketEvent } from './events.ts'
import { momentsOf } from './moments.ts'
import type { TicketState } from './state.ts'
import { own } from '../../domain/own.ts'

/**
 * What the clocks of the profile do on an event: the promises it starts, moves or ends, as they stand after it. This is
 * the one place where promises change.
 */
export function promisesAfter(before: TicketState, after: TicketState, event: RecordedTicketEvent, policy: Policy): PromiseState[] {
  const book = new Book(before.promises)
  onEvent(book, before, after, event, policy)
  for (const moment of momentsOf(before, after, event))
    for (const clock of policy.clocks) onMoment(book, clock, moment, after, event, policy)
  return book.changed()
}

/** The promises while an event is being worked out. */
class Book {
  readonly #before: readonly PromiseState[]
  readonly #written = new Map<string, PromiseState>()

  constructor(before: readonly PromiseState[]) {
    this.#before = before
  }

  latest(clock: string): PromiseState | undefined {
    return latest([...this.#before, ...this.#written.values()], clock)
  }

  put(promise: PromiseState): void {
    if (!this.#before.includes(promise)) this.#written.set(`${promise.clock} ${promise.cycle}`, promise)
  }

  /** Of every clock the newest cycle, if something is owed by it. */
  owed(): PromiseState[] {
    return withPromises(this.#before, this.changed()).filter(isOwed)
  }

  changed(): PromiseState[] {
    return [...this.#written.values()]
  }
}

function onMoment(book: Book, clock: PolicyClock, moment: Moment, after: TicketState, event: RecordedTicketEvent, policy: Policy): void {
  const running = book.latest(clock.id)
  // Told later about an earlier cycle: that one is over, and this one is not touched.
  if (isOwed(running) && event.occurredAt < running.startedAt && clock.stops.includes(moment)) return
  if (isOwed(running) && clock.stops.includes(moment)) book.put(fulfilPromise(running, event.occurredAt))
  else if (isOwed(running) && clock.cancels.includes(moment)) book.put(cancelPromise(running, event.occurredAt))
  if (clock.starts.includes(moment)) start(book, clock, after, event, policy)
}

/** Starts the next cycle. One still owed is cancelled by it: never two at once of a kind. */
function start(book: Book, clock: PolicyClock, state: TicketState, event: RecordedTicketEvent, policy: Policy): void {
  const terms = termsOf(clock, state.priority, policy)
  const dueAt = clock.within === null ? statedInstant(event) : undefined
  if (!terms || (clock.within === null && dueAt === undefined)) return
  const before = book.latest(clock.id)
  if (isOwed(before)) book.put(cancelPromise(before, event.occurredAt))
  const resting = state.waiting !== null && restsFor(clock, state.waiting.for)
  book.put(makePromise(terms, (before?.cycle ?? 0) + 1, event.occurredAt, { ...(dueAt !== undefined && { dueAt }), resting }))
}

function onEvent(book: Book, before: TicketState, after: TicketState, event: RecordedTicketEvent, policy: Policy): void {
  const each = (change: (promise: PromiseState, clock: PolicyClock) => PromiseState) => {
    for (const promise of book.owed()) {
      const clock = policy.clocks.find(({ id }) => id === promise.clock)
      if (clock) book.put(change(promise, clock))
    }
  }
  switch (event.type) {
    case 'promise-broken':
      return each((promise) => (promise.clock === event.clock ? breakPromise(promise) : promise))
    case 'promise-lapsed':
      return each((promise) => (promise.clock === event.clock ? cancelPromise(promise, event.occurredAt) : promise))
    case 'level-reached':
      return each((promise, { ladder }) =>
        promise.clock === event.clock ? passRung(promise, event.rung, { ladder, calendar: policy.calendar.calendar }) : promise,
      )
    case 'waiting-started':
      return each((promise, clock) => (restsFor(clock, event.for) ? pausePromise(promise, event.occurredAt) : promise))
    case 'waiting-ended':
      return each((promise) => resumePromise(promise, event.occurredAt, policy.calendar.calendar))
    case 'priority-change-decided':
    case 'review-meeting-recorded':
      if (after.priority === before.priority) return
      return each((promise, clock) => retargeted(promise, clock, after.priority, policy, event.at))
    case 'calendar-changed':
      return each((promise, { ladder }) => recountPromise(promise, ladder, event.calendar, event.at))
    case 'withdrawn':
      return each((promise) => cancelPromise(promise, event.occurredAt))
    case 'closed':
      return event.silence ? each((promise) => cancelPromise(promise, event.occurredAt)) : undefined
    default:
  }
}

/** The promise under another priority; cancelled where that priority makes no such promise. */
export function retargeted(promise: PromiseState, clock: PolicyClock, priority: string, policy: Policy, at: Instant): PromiseState {
  if (clock.within === null) return promise
  const terms = termsOf(clock, priority, policy)
  return terms ? retargetPromise(promise, terms, at) : cancelPromise(promise, at)
}

/** What a clock promises to a ticket of that priority; undefined when it does not concern it. */
export function termsOf(clock: PolicyClock, priority: string, policy: Policy): Terms | undefined {
  const within = clock.within === null ? null : own(clock.within, priority)
  if (within === undefined || (clock.priorities !== null && !clock.priorities.includes(priority))) return undefined
  // An instant that was agreed upon is that instant, whatever the calendar says.
  const timeBase = within === null ? 'elapsed' : (clock.timeBase ?? priorityOf(policy, priority)?.timeBase ?? 'elapsed')
  return { clock: clock.id, within, timeBase, ladder: clock.ladder, calendar: policy.calendar.calendar }
}

export function clockOf(policy: Pick<Policy, 'clocks'>, id: string): PolicyClock | undefined {
  return policy.clocks.find((clock) => clock.id === id)
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

function restsFor(clock: PolicyClock, waitedFor: string): boolean {
  return clock.pauses.includes(waitedFor) || clock.pauses.includes('any')
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
