import { roundTheClock } from '../../domain/calendar/round-the-clock.ts'
import type { WorkingCalendar } from '../../domain/calendar/working-time.ts'
import { own } from '../../domain/own.ts'
import { priorityOf, type Policy, type PolicyCalendar, type PolicyClock } from '../../domain/profile/policy.ts'
import type { Terms } from './reckoning.ts'

/** What the clocks of a profile promise. */

/** What a clock promises to a process of that priority; undefined when it does not concern it. */
export function termsOf(clock: PolicyClock, priority: string, policy: Policy): Terms | undefined {
  const within = clock.within === null ? null : own(clock.within, priority)
  if (within === undefined || (clock.priorities !== null && !clock.priorities.includes(priority))) return undefined
  // An instant that was agreed upon is that instant, whatever the calendar says.
  const timeBase = within === null ? 'elapsed' : (clock.timeBase ?? priorityOf(policy, priority)?.timeBase ?? 'elapsed')
  return { clock: clock.id, within, timeBase, ladder: clock.ladder, calendar: policy.calendar.calendar, reckoning: policy.reckoning }
}

/** What the clocks of any process go by. */
export interface ClockPolicy {
  readonly clocks: readonly PolicyClock[]
  /** Absent: the type knows no working time, and every hour counts. */
  readonly calendar?: PolicyCalendar
}

/** The calendar by which the promises count. */
export function workingCalendarOf({ calendar }: Pick<ClockPolicy, 'calendar'>): WorkingCalendar {
  return calendar?.calendar ?? roundTheClock
}

export function clockOf(policy: Pick<Policy, 'clocks'>, id: string): PolicyClock | undefined {
  return policy.clocks.find((clock) => clock.id === id)
}

/** Whether a clock rests while the process waits for that. */
export function restsFor(clock: PolicyClock, waitedFor: string): boolean {
  return clock.pauses.includes(waitedFor) || clock.pauses.includes('any')
}
