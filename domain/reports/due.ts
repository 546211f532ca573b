import type { WorkingCalendar } from '../calendar/working-days.ts'
import { epochMs, plus, type Instant } from '../instant.ts'
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
  /** Since when each report is in the profile, by its id. */
  readonly since: ReadonlyMap<string, Instant>
  readonly upTo: Instant
  /** Numbers of the reports that are made. */
  readonly made: ReadonlySet<string>
}

/** So many at a time: what is left is found the next time. */
export const mostDue = 400

/**
 * Every report of a profile that is due and not yet made, in the order in which they fell due. It looks at all of that time whenever it is asked:
 * asked twice, late, or never for a week, each report is found once, with the period that was its own. Whoever asks of a time before there was
 * such a report, as when a schedule is filled in, wants those of that day.
 */
export function reportsDue(
  profile: Pick<Profile, 'id' | 'zone' | 'reports'>,
  calendar: WorkingCalendar,
  { since, upTo, made }: DueWithin,
): DueReport[] {
  const due = (profile.reports ?? []).flatMap((report) => {
    const begun = since.get(report.id) ?? upTo
    const after = upTo <= begun ? plus(upTo, '-P1D') : begun
    return periodsDue({ ...report, zone: profile.zone, calendar }, { after, upTo }, mostDue + made.size).map((period): DueReport => ({
      number: reportNumber(profile.id, report.id, period.id),
      report,
      period,
    }))
  })
  return due
    .filter(({ number }) => !made.has(number))
    .toSorted((one, other) => epochMs(one.period.dueAt) - epochMs(other.period.dueAt))
    .slice(0, mostDue)
}

/** Number of a report, and id of its workflow. */
export function reportNumber(profile: string, report: string, period: string): string {
  return `report:${profile}:${report}:${period}`
}
