import type { Instant } from '../../domain/instant.ts'
import { knownClocks } from '../../domain/profile/clocks.ts'
import { deadlineClocks } from '../../domain/profile/deadline.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { promisesAfter, type ClockNews } from '../common/clocks.ts'
import { factsOf, isAlike } from '../common/facts.ts'
import { isOwed } from '../common/promises.ts'
import { latest } from '../common/cycles.ts'
import type { Entry } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import type { RecordedTicketEvent } from './events.ts'
import { amend } from './amended.ts'
import { isToldLate, momentsOf } from './moments.ts'
import type { TicketState } from './state.ts'

/** What the clocks do on an event of a ticket. */
export function ticketPromises(
  before: TicketState,
  after: TicketState,
  event: RecordedTicketEvent,
  policy: Policy,
): Pick<Entry, 'promises' | 'unpromised'> {
  const { at, occurredAt } = event
  const moments = momentsOf(before, after, event)
  return promisesAfter(
    before,
    after,
    {
      ...{ at, occurredAt, moments, isToldLate },
      stated: statedInstant(event),
      milestone: 'milestone' in event ? event.milestone : undefined,
      news: newsOf(before, after, event, policy),
    },
    policy,
  )
}

/** What it does to promises beside the moments that it is. */
function newsOf(before: TicketState, after: TicketState, event: RecordedTicketEvent, policy: Policy): ClockNews | undefined {
  switch (event.type) {
    case 'promise-broken':
    case 'promise-lapsed':
    case 'level-reached':
    case 'waiting-started':
    case 'waiting-ended':
    case 'calendar-changed':
      return event
    case 'reclassified':
      return { type: 'retargeted', to: amend(policy, event) }
    case 'priority-change-decided':
    case 'review-meeting-recorded':
      return after.priority === before.priority ? undefined : { type: 'retargeted' }
    case 'corrected':
    case 'supplemented':
    case 'act-recorded':
    case 'customer-tagged':
      return isAlike(factsOf(before), factsOf(after)) ? undefined : { type: 'retargeted' }
    case 'withdrawn':
      return { type: 'over' }
    case 'closed':
      return event.silence ? { type: 'over' } : undefined
    default:
      return undefined
  }
}

/** Until when the ticket is to be solved as things stand: the newest promise of the clocks that say so (T6); null when there is none. */
export function solvingDeadline(
  { promises }: Pick<TicketState, 'promises'>,
  policy: Pick<Policy, 'clocks' | 'deadline'>,
): PromiseState | null {
  return newestOwed(promises, deadlineClocks(policy)) ?? null
}

/** Of these clocks the promise that started last, of those still owed. */
export function newestOwed(promises: readonly PromiseState[], clocks: readonly string[]): PromiseState | undefined {
  const owed = promises.filter((promise) => isOwed(promise) && clocks.includes(promise.clock))
  return owed.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0)).at(-1)
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
    case 'milestone-set':
    case 'milestone-moved':
      return event.dueAt
    default:
      return undefined
  }
}
