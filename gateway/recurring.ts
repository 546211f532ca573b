import { latestCalendar } from '../db/calendars.ts'
import { currentProfile } from '../db/profile-standings.ts'
import { recurringMade, recurringSince } from '../db/recurring.ts'
import { epochMs, instantOf, type Instant } from '../domain/instant.ts'
import { recurringDue } from '../domain/recurring/due.ts'
import { hasCommonRoutes, hostOf, type World } from '../processes/hosting.ts'
import { openBySystem } from './opening.ts'
import type { Reach } from './reach.ts'

/** Clocks differ by less; what falls due later than that, somebody had filled in too early. */
const clocksDifferMs = 3_600_000

export type DueWorld = World & Reach

/**
 * Opens every report and every assessment of a profile that is due by `upTo` and not yet made: each under the one number that it can have, so it is
 * opened once, whoever asks how often. What was missed for a while is made up for.
 * @throws Error if something falls due only soon by the clock here, after what is due by it was opened
 */
export async function openDue(
  world: DueWorld,
  { profile: id, upTo }: { readonly profile: string; readonly upTo: Instant },
): Promise<string[]> {
  const { db, processes, log, clock } = world
  const now = instantOf(clock.now().getTime())
  const profile = await currentProfile(db, id, now)
  if (!profile) return []
  const installed = await latestCalendar(db, profile.calendar)
  if (!installed) throw new Error(`calendar ${profile.calendar} is not installed, but profile ${id} counts by it`)
  const [since, made] = [await recurringSince(db, id, now), await recurringMade(db, id)]
  const opened: string[] = []
  const ahead: string[] = []
  for (const { number, recurring, period } of recurringDue(profile, installed.calendar, { since, upTo, made })) {
    const early = epochMs(period.dueAt) - clock.now().getTime()
    if (early > 0) {
      if (early <= clocksDifferMs) ahead.push(number)
      continue
    }
    const host = hostOf(processes, recurring.type)
    if (!host || !hasCommonRoutes(host)) continue
    // Each type calls its kind as it is called itself.
    const input = { [recurring.type]: recurring.id, period: period.id }
    const origin = { profile: profile.id, profileVersion: profile.version }
    const refusal = await openBySystem(world, { host, number, key: number, input, origin })
    if (refusal === 'invalid-input') log.warn({ number }, 'what is due was refused')
    if (refusal === null) opened.push(number)
  }
  // The schedule looks two minutes after the hour: who is further behind than that looks again soon, and not only at the next hour, days later.
  if (ahead.length > 0) throw new Error(`the clock here is behind: ${ahead.join(', ')} should be due by ${upTo}`)
  return opened
}
