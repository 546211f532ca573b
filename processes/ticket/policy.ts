import type { ProfileOf } from '../../db/process-table.ts'
import type { Kysely } from 'kysely'
import { calendarVersion } from '../../db/calendars.ts'
import type { Database } from '../../db/schema.ts'
import type { Instant } from '../../domain/instant.ts'
import { Memories } from '../../domain/memory.ts'
import { policyFor, type Policy, type PolicyCalendar } from '../../domain/profile/policy.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import { calendarFor, calendarOf, type ProfileReader } from '../policies.ts'

/** The policy of a ticket: of its profile what concerns its type. */

/** What it is made for: a ticket of a type, whose first clock starts when it is submitted. */
interface RunningTicket extends ProfileOf {
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

/** The policy for tickets of one type, made once for each profile, type and calendar; undefined when there is no such type. */
export function policyBy(profile: Profile, type: string, calendar: PolicyCalendar): Policy | undefined {
  return byType.of(calendar).of(`${profile.id}@${profile.version} ${type}`, () => policyFor(profile, type, calendar))
}

/** Far more than an organisation has in use at once. */
const mostKept = 200
/** Kept with the calendar's object, as the calendars themselves are (../policies.ts). */
const byType = new Memories<PolicyCalendar, string, Policy | undefined>(mostKept)
