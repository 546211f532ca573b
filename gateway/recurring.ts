import { latestCalendar } from '../db/calendars.ts'
import { latestProfile } from '../db/profiles.ts'
import { recurringMade, recurringSince } from '../db/recurring.ts'
import type { Instant } from '../domain/instant.ts'
import { recurringDue } from '../domain/reports/due.ts'
import { hasCommonRoutes, hostOf, type World } from '../processes/hosting.ts'
import { openBySystem } from './opening.ts'
import type { Reach } from './reach.ts'

export type DueWorld = World & Reach

/**
 * Opens every report and every assessment of a profile that is due by `upTo` and not yet made: each under the one number that it can have, so it is
 * opened once, whoever asks how often. What was missed for a while is made up for.
 */
export async function openDue(
  world: DueWorld,
  { profile: id, upTo }: { readonly profile: string; readonly upTo: Instant },
): Promise<string[]> {
  const { db, processes, log } = world
  const profile = await latestProfile(db, id)
  if (!profile) return []
  const installed = await latestCalendar(db, profile.calendar)
  if (!installed) throw new Error(`calendar ${profile.calendar} is not installed, but profile ${id} counts by it`)
  const [since, made] = [await recurringSince(db, id), await recurringMade(db, id)]
  const opened: string[] = []
  for (const { number, recurring, period } of recurringDue(profile, installed.calendar, { since, upTo, made })) {
    const host = hostOf(processes, recurring.type)
    if (!host || !hasCommonRoutes(host)) continue
    // Each type calls its kind as it is called itself.
    const input = { [recurring.type]: recurring.id, period: period.id }
    const origin = { profile: profile.id, profileVersion: profile.version }
    const refusal = await openBySystem(world, { host, number, key: number, input, origin })
    if (refusal === 'invalid-input') log.warn({ number }, 'what is due was refused')
    if (refusal === null) opened.push(number)
  }
  return opened
}
