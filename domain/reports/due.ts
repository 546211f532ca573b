import type { WorkingCalendar } from '../calendar/working-days.ts'
import type { Instant } from '../instant.ts'
import type { ProfileReport } from '../profile/reports.ts'
import type { Profile } from '../profile/schema.ts'
import { periodsDue, type Period } from './periods.ts'

/** A report that is to be made. */
export interface DueReport {
  /** `report:tech-support:monthly:2026-11`, which is the id of its workflow too. */
  readonly number: string
  readonly report: ProfileReport
  readonly period: Period
}

/** Since when, up to when, and what there is already. */
export interface DueWithin {
  readonly after: Instant
  readonly upTo: Instant
  /** Numbers of the reports that are made. */
  readonly made: ReadonlySet<string>
}

/** So many at a time: what is left is found the next time. */
export const mostDue = 400

/**
 * Every report of a profile that is due and not yet made, in the order in which they fell due. It looks at all of that time whenever it is asked:
 * asked twice, late, or never for a week, each report is found once, with the period that was its own.
 */
export function reportsDue(
  profile: Pick<Profile, 'id' | 'zone' | 'reports'>,
  calendar: WorkingCalendar,
  { made, ...within }: DueWithin,
): DueReport[] {
  const due = (profile.reports ?? []).flatMap((report) =>
    periodsDue({ ...report, zone: profile.zone, calendar }, within, mostDue + made.size).map((period): DueReport => ({
      number: reportNumber(profile.id, report.id, period.id),
      report,
      period,
    })),
  )
  return due
    .filter(({ number }) => !made.has(number))
    .toSorted((one, other) => (one.period.dueAt < other.period.dueAt ? -1 : Number(one.period.dueAt > other.period.dueAt)))
    .slice(0, mostDue)
}

/** Number of a report, and id of its workflow. */
export function reportNumber(profile: string, report: string, period: string): string {
  return `report:${profile}:${report}:${period}`
}
