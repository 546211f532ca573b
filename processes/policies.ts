import type { Kysely } from 'kysely'
import { latestCalendar, type InstalledCalendar } from '../db/calendars.ts'
import type { ProfileOf } from '../db/process-table.ts'
import { profileVersion } from '../db/profiles.ts'
import type { Database } from '../db/schema.ts'
import { dateOf, localDay } from '../domain/calendar/local-time.ts'
import type { Calendar } from '../domain/calendar/schema.ts'
import { calendarFrom } from '../domain/calendar/working-time.ts'
import { epochMs, type Instant } from '../domain/instant.ts'
import { Memories, Memory } from '../domain/memory.ts'
import type { PolicyCalendar } from '../domain/profile/policy.ts'
import type { Profile } from '../domain/profile/schema.ts'

/** What the policies of running processes are made of: installed profiles and calendars, each read once. */

/** Far more than an organisation has in use at once. */
const mostKept = 200

export type ProfileReader = (running: ProfileOf) => Promise<Profile>

/** Reads each installed version once: a version never changes. */
export function createProfileReader(db: Kysely<Database>): ProfileReader {
  const kept = new Memory<string, Profile>(mostKept)
  return async ({ profile: id, profileVersion: version }) => {
    const key = `${id}@${version}`
    const known = kept.known(key)
    if (known) return known
    const profile = await profileVersion(db, id, version)
    if (!profile) throw new Error(`profile ${id} version ${version} is not installed, but a process runs by it`)
    return kept.keep(key, profile)
  }
}

/** The newest version of the profile's calendar, without the days before `from`: what lies behind a process moves none of its promises. */
export async function calendarOf(db: Kysely<Database>, profile: Profile, from: Instant): Promise<PolicyCalendar> {
  return calendarFor(profile, await latestCalendar(db, profile.calendar), from)
}

/** {@link calendarOf} of the version that is known to be the newest. */
export function calendarFor({ id, calendar: name }: Profile, installed: InstalledCalendar | undefined, from: Instant): PolicyCalendar {
  if (!installed) throw new Error(`calendar ${name} is not installed, but profile ${id} counts by it`)
  const { calendar, version } = installed
  const day = dateOf(localDay(calendar.timezone, epochMs(from)))
  const make = (): PolicyCalendar => ({ version, calendar: calendarFrom(calendar, from) })
  return byDay.of(calendar).of(day, make)
}

/*
 * Versions of profiles and calendars never change, so what is made of them keeps. It is kept with the calendar's object, which
 * is read once for each database.
 */
const byDay = new Memories<Calendar, string, PolicyCalendar>(mostKept)
