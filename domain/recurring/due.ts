import type { WorkingCalendar } from '../calendar/working-days.ts'
import { epochMs, plus, type Instant } from '../instant.ts'
import type { Profile } from '../profile/schema.ts'
import { periodsDue, type Period } from './periods.ts'
import { recurringKey, recurringNumber, recurringOf, type Recurring, type RecurringLists } from './recurring.ts'

/** A report or an assessment that is to be made. */
export interface Due {
  /** `report:tech-support:monthly:2026-11`, which is the id of its workflow too. */
  readonly number: string
  readonly recurring: Recurring
  readonly period: Period
}

/** Since when, up to when, and what there is already. */
export interface DueWithin {
  /** Since when each is in the profile, by its key. */
  readonly since: ReadonlyMap<string, Instant>
  readonly upTo: Instant
  /** Numbers of those that are made. */
  readonly made: ReadonlySet<string>
}

/**
 * Numbers of the assessments that looking at each time of a span would open, as {@link recurringDue} is asked at each: what fell due in it or on the day
 * before, and since the profile has them.
 */
export function assessmentsOpened(
  { id, zone, assessments = [] }: Pick<Profile, 'id' | 'zone'> & RecurringLists,
  calendar: WorkingCalendar,
  { since, upTo, made, from }: DueWithin & { readonly from: Instant },
): string[] {
  return recurringOf({ assessments })
    .flatMap((recurring) => {
      const begun = since.get(recurringKey(recurring)) ?? upTo
      const after = [plus(from, '-P1D'), ...(begun < upTo ? [begun] : [])].toSorted()[0] ?? from
      const periods = periodsDue({ ...recurring, zone, calendar }, { after, upTo }, mostDue + made.size)
      return periods.map((period) => recurringNumber(recurring.type, id, recurring.id, period.id))
    })
    .filter((number) => !made.has(number))
}

/** So many at a time: what is left is found the next time. */
export const mostDue = 400

/**
 * Every report and assessment of a profile that is due and not yet made, in the order in which they fell due. It looks at all of that time whenever
 * it is asked: asked twice, late, or never for a week, each is found once, with the period that was its own. Whoever asks of a time before there was
 * such a one, as when a schedule is filled in, wants those of that day.
 */
export function recurringDue(
  profile: Pick<Profile, 'id' | 'zone'> & RecurringLists,
  calendar: WorkingCalendar,
  { since, upTo, made }: DueWithin,
): Due[] {
  const due = recurringOf(profile).flatMap((recurring) => {
    const begun = since.get(recurringKey(recurring)) ?? upTo
    const after = upTo <= begun ? plus(upTo, '-P1D') : begun
    return periodsDue({ ...recurring, zone: profile.zone, calendar }, { after, upTo }, mostDue + made.size).map((period): Due => ({
      number: recurringNumber(recurring.type, profile.id, recurring.id, period.id),
      recurring,
      period,
    }))
  })
  return due
    .filter(({ number }) => !made.has(number))
    .toSorted((one, other) => epochMs(one.period.dueAt) - epochMs(other.period.dueAt))
    .slice(0, mostDue)
}
