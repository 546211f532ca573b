import type { Kysely } from 'kysely'
import type { Calendar } from '../domain/calendar/schema.ts'
import { instantOf, type Instant } from '../domain/instant.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { installCalendar, latestCalendar } from './calendars.ts'
import { installProfile, ProfileVersionTaken, type InstalledProfile } from './profiles.ts'
import type { Database } from './schema.ts'
import type { Shipped } from '../runtime/shipped-profiles.ts'

/**
 * Installs what ships with the product and is not there yet, after migrating; names of what is new. What an
 * organisation has made its own stays: its version of a profile, and a calendar it has changed.
 */
export async function installShipped(
  db: Kysely<Database>,
  profiles: readonly Shipped<Profile>[],
  calendars: readonly Shipped<Calendar>[],
  installedAt: Instant = instantOf(Date.now()),
): Promise<string[]> {
  const by = { installedAt, installedBy: shipped }
  const installed: string[] = []
  for (const { content: calendar, source } of calendars) {
    const latest = await latestCalendar(db, calendar.id)
    if (latest && latest.installedBy !== shipped) continue
    const version = await installCalendar(db, { calendar, source, ...by })
    if (version !== latest?.version) installed.push(`${calendar.id} ${version}`)
  }
  for (const { content: profile, source } of profiles) {
    if (await installUnlessTaken(db, { profile, source, ...by })) installed.push(`${profile.id} ${profile.version}`)
  }
  return installed
}

/** Stands as `installedBy`; no person can be called so, since ids have no space. */
const shipped = 'the product'

async function installUnlessTaken(db: Kysely<Database>, profile: InstalledProfile): Promise<boolean> {
  try {
    return await installProfile(db, profile)
  } catch (error) {
    if (error instanceof ProfileVersionTaken) return false
    throw error
  }
}
