import type { Kysely } from 'kysely'
import { listProfiles, profileVersions } from '../../db/profiles.ts'
import type { Database } from '../../db/schema.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { problem, type Problem } from '../problems/problem.ts'

/** Installed profiles as callers name them. */

/** A version of one, the newest when none is named. @throws Problem 404 where there is none */
export async function installedProfile(db: Kysely<Database>, id: string, version: number | undefined): Promise<Profile> {
  const versions = await profileVersions(db, id)
  const found = version === undefined ? versions[0] : versions.find(({ profile }) => profile.version === version)
  if (!found) throw await unknownProfile(db, id, versions.length > 0 ? version : undefined)
  return found.profile
}

/** `version` where the profile is there, and only that version of it is not. */
export async function unknownProfile(db: Kysely<Database>, id: string, version?: number): Promise<Problem> {
  const profiles = (await listProfiles(db)).map(({ profile }) => profile.id)
  return problem('unknown-profile', { profile: id, profiles, ...(version !== undefined && { version }) })
}
