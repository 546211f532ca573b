import type { Kysely } from 'kysely'
import { latestCalendar } from '../db/calendars.ts'
import { profileVersion } from '../db/profiles.ts'
import type { Database } from '../db/schema.ts'
import { calendarFrom } from '../domain/calendar/working-time.ts'
import type { Instant } from '../domain/instant.ts'
import { policyFor, type Policy, type PolicyCalendar } from '../domain/profile/policy.ts'
import type { Profile } from '../domain/profile/schema.ts'

/** Profiles as the running tickets know them. */

/** Which version of which profile a ticket keeps until it is migrated on purpose (X1). */
export interface ProfileOfTicket {
  readonly profile: string
  readonly profileVersion: number
}

export type ProfileReader = (ticket: ProfileOfTicket) => Promise<Profile>

/** Reads each installed version once: a version never changes. */
export function createProfileReader(db: Kysely<Database>): ProfileReader {
  const kept = new Map<string, Profile>()
  return async ({ profile: id, profileVersion: version }) => {
    const key = `${id}@${version}`
    const known = kept.get(key)
    if (known) return known
    const profile = await profileVersion(db, id, version)
    if (!profile) throw new Error(`profile ${id} version ${version} is not installed, but a ticket runs by it`)
    if (kept.size >= mostKept) kept.clear()
    kept.set(key, profile)
    return profile
  }
}

/** What a policy is made for: a ticket of a type, whose first clock starts when it is submitted. */
export interface RunningTicket extends ProfileOfTicket {
  readonly type: string
  readonly submittedAt: Instant
}

/** The policy that a ticket runs by, with the working calendar as it is announced now. */
export async function policyOf(
  { db, profileOf }: { readonly db: Kysely<Database>; readonly profileOf: ProfileReader },
  ticket: RunningTicket,
): Promise<Policy> {
  const profile = await profileOf(ticket)
  const policy = policyFor(profile, ticket.type, await calendarOf(db, profile, ticket.submittedAt))
  if (!policy) throw new Error(`profile ${profile.id} version ${profile.version} has no type ${ticket.type}, but a ticket is of it`)
  return policy
}

/** The newest version of the profile's calendar, without the days before `from`: what lies behind a ticket moves none of its promises. */
export async function calendarOf(db: Kysely<Database>, { id, calendar }: Profile, from: Instant): Promise<PolicyCalendar> {
  const installed = await latestCalendar(db, calendar)
  if (!installed) throw new Error(`calendar ${calendar} is not installed, but profile ${id} counts by it`)
  return { version: installed.version, calendar: calendarFrom(installed.calendar, from) }
}

/** Far more than an organisation has in use at once. */
const mostKept = 200
