import { latestCalendar } from '../db/calendars.ts'
import { latestProfile } from '../db/profiles.ts'
import { reportsMade, reportsSince } from '../db/reports.ts'
import type { Instant } from '../domain/instant.ts'
import { reportsDue } from '../domain/reports/due.ts'
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
  const [since, made] = [await reportsSince(db, id), await reportsMade(db, id)]
  const opened: string[] = []
  for (const { number, report, period } of reportsDue(profile, installed.calendar, { since, upTo, made })) {
    const input = { report: report.id, period: period.id }
    const origin = { profile: profile.id, profileVersion: profile.version }
    const refusal = await openBySystem(world, { host, number, key: number, input, origin })
    if (refusal === 'invalid-input') log.warn({ number }, 'a report that is due was refused')
    if (refusal === null) opened.push(number)
  }
  return opened
}
