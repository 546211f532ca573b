import { DateTime } from 'luxon'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import { plus, type Instant } from '../instant.ts'
import type { Profile } from '../profile/schema.ts'
import { settles } from '../settling.ts'
import { periodsDue } from './periods.ts'
import { recurringOf, type RecurringLists } from './recurring.ts'

/** A time of day, on the clocks of the profile's zone. */
export interface TimeOfDay {
  readonly hour: number
  readonly minute: number
}

/** So far ahead calendars are looked at; holidays beyond are announced by then. */
const ahead = 'P400D'
/** Of each: more than there are days. */
const mostPeriods = 500

/** At which times of a day reports and assessments of a profile can be due, a little later: when its schedule looks. */
export function recurringHours(profile: Pick<Profile, 'zone'> & RecurringLists, calendar: WorkingCalendar, now: Instant): TimeOfDay[] {
  const { zone } = profile
  const within = { after: now, upTo: plus(now, ahead) }
  const times = recurringOf(profile).flatMap((recurring) =>
    periodsDue({ ...recurring, zone, calendar }, within, mostPeriods).map(({ dueAt }) =>
      DateTime.fromISO(plus(dueAt, settles), { zone }).toFormat('HH:mm'),
    ),
  )
  return [...new Set(times)].toSorted().map((time) => ({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) }))
}
