import type { Kysely } from 'kysely'
import { retirementOf } from '../../db/profile-retirements.ts'
import { standings } from '../../db/profile-standings.ts'
import { templateVersions } from '../../db/profile-templates.ts'
import { latestProfile, profileIds, profileVersion } from '../../db/profiles.ts'
import type { Database } from '../../db/schema.ts'
import type { Instant } from '../../domain/instant.ts'
import { effectiveDay } from '../../domain/profile/in-force.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { problem, type Problem } from '../problems/problem.ts'

/** Installed profiles as callers name them. */

/** One by which something new can run, in the version in force. @throws Problem 404 where there is none, 409 where it is not in force */
export async function profileInForce(db: Kysely<Database>, id: string, now: Instant): Promise<Profile> {
  const all = await standings(db, now)
  const { state, version, next } = all.get(id) ?? {}
  const profile = version === undefined ? undefined : await profileVersion(db, id, version)
  if (state === 'current' && profile) return profile
  if (state === undefined) throw await unknownProfile(db, id)
  const upcoming = next && (await profileVersion(db, id, next.version))
  const since = (await retirementOf(db, id))?.retiredAt
  throw problem('profile-not-in-force', {
    profile: id,
    profiles: [...all].flatMap(([other, standing]) => (standing.state === 'current' ? [other] : [])),
    ...(since !== undefined ? { since } : upcoming && { from: effectiveDay(upcoming) }),
  })
}

/** A version of one, the newest when none is named. @throws Problem 404 where there is none */
export async function installedProfile(db: Kysely<Database>, id: string, version: number | undefined): Promise<Profile> {
  const found = await (version === undefined ? latestProfile(db, id) : profileVersion(db, id, version))
  if (!found) throw await unknownProfile(db, id, version)
  return found
}

/** `version`: which of its versions was asked for; where the profile is there, only that one is not. */
export async function unknownProfile(db: Kysely<Database>, id: string, version?: number): Promise<Problem> {
  const profiles = await profileIds(db)
  const isTemplate = version === undefined && (await templateVersions(db, id)).length > 0
  return problem('unknown-profile', {
    profile: id,
    profiles,
    ...(version !== undefined && profiles.includes(id) && { version }),
    ...(isTemplate && { template: id }),
  })
}
