import { latestCalendar } from '../db/calendars.ts'
import { latestProfile } from '../db/profiles.ts'
import { reportsMade, reportsSince } from '../db/reports.ts'
import { epochMs, plus, type Instant } from '../domain/instant.ts'
import { reportsDue, type DueReport } from '../domain/reports/due.ts'
import { hasCommonRoutes, hostOf, type World } from '../processes/hosting.ts'
import { openBySystem } from './opening.ts'
import type { Reach } from './reach.ts'

export type DueWorld = World & Reach

/**
 * Opens every report of a profile that is due by `upTo` and not yet made: each under the one number that it can have, so it is opened once,
 * whoever asks how often. What was missed for a while is made up for.
 */
export async function openDue(
  world: DueWorld,
  { profile: id, upTo }: { readonly profile: string; readonly upTo: Instant },
): Promise<string[]> {
  const { db, processes, log } = world
  const host = hostOf(processes, 'report')
  const profile = await latestProfile(db, id)
  if (!host || !hasCommonRoutes(host) || !profile) return []
  const installed = await latestCalendar(db, profile.calendar)
  if (!installed) throw new Error(`calendar ${profile.calendar} is not installed, but profile ${id} counts by it`)
  const since = await reportsSince(db, id)
  const due: DueReport[] = []
  for (const one of profile.reports ?? []) {
    const asked = since.get(one.id) ?? upTo
    // Whoever has the schedule fill in a time before there were such reports wants those of that time, day by day.
    const after = upTo <= asked ? plus(upTo, '-P1D') : asked
    due.push(...reportsDue({ ...profile, reports: [one] }, installed.calendar, { after, upTo, made: await reportsMade(db, id, after) }))
  }
  due.sort((one, other) => epochMs(one.period.dueAt) - epochMs(other.period.dueAt))
  const opened: string[] = []
  for (const { number, report, period } of due) {
    const input = { report: report.id, period: period.id }
    const origin = { profile: profile.id, profileVersion: profile.version }
    const refusal = await openBySystem(world, { host, number, key: number, input, origin })
    if (refusal === 'invalid-input') log.warn({ number }, 'a report that is due was refused')
    if (refusal === null) opened.push(number)
  }
  return opened
}
