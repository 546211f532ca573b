import { roundTheClock } from '../../domain/calendar/round-the-clock.ts'
import type { WorkingCalendar } from '../../domain/calendar/working-time.ts'
import { own } from '../../domain/own.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ClockFrom, Rung } from '../../domain/profile/clocks.ts'
import { milestonePromised } from '../../domain/milestones.ts'
import { queryWait } from '../../domain/waits.ts'
import { holds, type Facts } from '../../domain/profile/conditions.ts'
import { priorityOf, type Policy, type PolicyCalendar, type PolicyClock } from '../../domain/profile/policy.ts'
import type { Terms } from './reckoning.ts'

/** What the clocks of a profile promise. */

/** What a clock promises to a process of which these facts are so; undefined when it does not concern it. */
export function termsOf(clock: PolicyClock, facts: Facts, policy: Policy): Terms | undefined {
  const { priority } = facts
  if ((clock.priorities !== null && !clock.priorities.includes(priority)) || !holds(clock.when, facts)) return undefined
  const exception = clock.exceptions?.find(({ when, within }) => own(within, priority) !== undefined && holds(when, facts))
  const within = clock.within === null ? null : ((exception && own(exception.within, priority)) ?? own(clock.within, priority))
  if (within === undefined) return undefined
  const from = clock.from && instantIn(clock.from, facts)
  if (clock.from && from === undefined) return undefined
  // An instant that was agreed upon is that instant, whatever the calendar says.
  const timeBase =
    within === null ? 'elapsed' : (exception?.timeBase ?? clock.timeBase ?? priorityOf(policy, priority)?.timeBase ?? 'elapsed')
  return {
    clock: clock.id,
    within,
    ...(from !== undefined && { from }),
    timeBase,
    ladder: ladderFor(clock, facts),
    calendar: policy.calendar.calendar,
    reckoning: policy.reckoning,
  }
}

/** The instant in the field that a clock counts from; undefined while it is empty. */
function instantIn(from: ClockFrom, { fields }: Facts): Instant | undefined {
  const value = own(fields, factOf(from))
  return typeof value === 'string' ? value : undefined
}

/** By what name the facts of a process have the field that a clock counts from: no field of a form is called like one of an act. */
export function factOf({ act, field }: ClockFrom): string {
  return act === undefined ? field : `${act}.${field}`
}

/** The rungs that speak of such a process. */
export function ladderFor({ ladder }: Pick<PolicyClock, 'ladder'>, facts: Facts): readonly Rung[] {
  return ladder.some(({ when }) => when !== undefined) ? ladder.filter(({ when }) => holds(when, facts)) : ladder
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

/** The clock that a promise names; of a milestone the one that times them, by the name of that promise. */
export function clockOf(policy: Pick<Policy, 'clocks'>, id: string): PolicyClock | undefined {
  const name = milestonePromised(id)?.clock
  const clock = policy.clocks.find((one) => one.id === (name ?? id))
  return name === undefined || clock === undefined ? clock : { ...clock, id }
}

/** Whether a clock rests while the process waits for that; for what no profile lists only where it is named. */
export function restsFor(clock: PolicyClock, waitedFor: string): boolean {
  return clock.pauses.includes(waitedFor) || (clock.pauses.includes('any') && waitedFor !== queryWait.id)
}
