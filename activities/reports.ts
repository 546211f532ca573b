import { openDue, type DueWorld } from '../gateway/recurring.ts'
import type { Instant } from '../domain/instant.ts'
import { alive } from './alive.ts'

/** What the schedules of reports have done in the world. */
export interface ReportActivities {
  /** Opens every report and assessment of the profile that is due by then and not yet made; their numbers. Doing it again opens none. */
  openDueReports(asked: { readonly profile: string; readonly upTo: Instant }): Promise<string[]>
}

export function createReportActivities(world: DueWorld): ReportActivities {
  return { openDueReports: (asked) => alive(() => openDue(world, asked)) }
}
