import type { Kysely } from 'kysely'
import { profileVersion } from '../db/profiles.ts'
import type { Database } from '../db/schema.ts'
import { policyFor, type Policy } from '../domain/profile/policy.ts'
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

/** The policy that a ticket runs by. */
export function policyIn(profile: Profile, type: string): Policy {
  const policy = policyFor(profile, type)
  if (!policy) throw new Error(`profile ${profile.id} version ${profile.version} has no type ${type}, but a ticket is of it`)
  return policy
}

/** Far more than an organisation has in use at once. */
const mostKept = 200
