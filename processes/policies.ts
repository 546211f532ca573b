import type { Kysely } from 'kysely'
import { calendarVersion, latestCalendar, type InstalledCalendar } from '../db/calendars.ts'
import { profileVersion } from '../db/profiles.ts'
import type { Database } from '../db/schema.ts'
import { dateOf, localDay } from '../domain/calendar/local-time.ts'
import type { Calendar } from '../domain/calendar/schema.ts'
import { calendarFrom } from '../domain/calendar/working-time.ts'
import { epochMs, type Instant } from '../domain/instant.ts'
import { Memories, Memory } from '../domain/memory.ts'
import { policyFor, type Policy, type PolicyCalendar } from '../domain/profile/policy.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { TicketState } from '../workflows/ticket/state.ts'

/** Profiles as the running tickets know them. */

/** Which version of which profile a ticket keeps until it is migrated on purpose (X1). */
export interface ProfileOf {
  readonly profile: string
  readonly profileVersion: number
}

/** Far more than an organisation has in use at once. */
const mostKept = 200

export type ProfileReader = (ticket: ProfileOf) => Promise<Profile>

/** Reads each installed version once: a version never changes. */
export function createProfileReader(db: Kysely<Database>): ProfileReader {
  const kept = new Memory<string, Profile>(mostKept)
  return async ({ profile: id, profileVersion: version }) => {
    const key = `${id}@${version}`
    const known = kept.known(key)
    if (known) return known
    const profile = await profileVersion(db, id, version)
    if (!profile) throw new Error(`profile ${id} version ${version} is not installed, but a ticket runs by it`)
    return kept.keep(key, profile)
  }
}

/** What a policy is made for: a ticket of a type, whose first clock starts when it is submitted. */
export interface RunningTicket extends ProfileOf {
  readonly type: string
  readonly submittedAt: Instant
}

/** The policy that a ticket runs by, with the working calendar as it is announced now. */
export async function policyOf(
  { db, profileOf }: { readonly db: Kysely<Database>; readonly profileOf: ProfileReader },
  ticket: RunningTicket,
): Promise<Policy> {
  const profile = await profileOf(ticket)
  return policyFrom(profile, ticket.type, await calendarOf(db, profile, ticket.submittedAt))
}

/** {@link policyOf} by the version of the calendar that the ticket counts by, which needs no question once it is known. */
export async function policyAsCounted(
  { db, profileOf }: { readonly db: Kysely<Database>; readonly profileOf: ProfileReader },
  ticket: RunningTicket,
  counted: TicketState['calendar'],
): Promise<Policy> {
  const [profile, installed] = await Promise.all([profileOf(ticket), calendarVersion(db, counted.id, counted.version)])
  return policyFrom(profile, ticket.type, calendarFor(profile, installed, ticket.submittedAt))
}

function policyFrom(profile: Profile, type: string, calendar: PolicyCalendar): Policy {
  const policy = policyBy(profile, type, calendar)
  if (!policy) throw new Error(`profile ${profile.id} version ${profile.version} has no type ${type}, but a ticket is of it`)
  return policy
}

/** The newest version of the profile's calendar, without the days before `from`: what lies behind a ticket moves none of its promises. */
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

/** The policy for tickets of one type, made once for each profile, type and calendar; undefined when there is no such type. */
export function policyBy(profile: Profile, type: string, calendar: PolicyCalendar): Policy | undefined {
  return byType.of(calendar).of(`${profile.id}@${profile.version} ${type}`, () => policyFor(profile, type, calendar))
}

/*
 * Versions of profiles and calendars never change, so what is made of them keeps. It is kept with the calendar's object, which
 * is read once for each database.
 */
const byDay = new Memories<Calendar, string, PolicyCalendar>(mostKept)
const byType = new Memories<PolicyCalendar, string, Policy | undefined>(mostKept)
