import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { standingOf, type DatedVersion, type Standing } from '../domain/profile/in-force.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { profileVersion, profilesIn, type InstalledProfile } from './profiles.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** Which profiles new tickets can run by, and in which version, at an instant (X1). */

/** Where every installed profile stands, by id. */
export async function standings(db: Kysely<Database>, now: Instant): Promise<ReadonlyMap<string, Standing>> {
  return standingsIn(await dated(db, []), now)
}

/** A version of a profile as {@link standings} reads it. */
export interface DatedRow extends DatedVersion {
  readonly id: string
  readonly retiredAt: Instant | null
}

/** Where each profile stands whose versions these are. */
export function standingsIn(rows: readonly DatedRow[], now: Instant): ReadonlyMap<string, Standing> {
  const first = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    [...first].map(([id, { retiredAt }]) => {
      const versions = rows.filter((row) => row.id === id)
      return [id, standingOf(versions, { retiredAt, now })]
    }),
  )
}

/** Of every version of a profile: from when it counts, and since when its profile is retired. */
export const datedVersions = `
  select profiles.id, version, effective_at as "effectiveAt", retired_at as "retiredAt"
  from profiles left join retired_profiles on retired_profiles.id = profiles.id`

const dated = statement<DatedRow>(datedVersions)

/** What a profile is now, retired or not: the highest version that counts; undefined: there is none, or none counts yet. */
export async function currentProfile(db: Kysely<Database>, id: string, now: Instant): Promise<Profile | undefined> {
  const version = (await standings(db, now)).get(id)?.version
  return version === undefined ? undefined : profileVersion(db, id, version)
}

/** The highest version that counts of every profile, by id. `retired`: of those, too, by which no new ticket runs. */
export async function currentProfiles(
  db: Kysely<Database>,
  now: Instant,
  { retired = false }: { readonly retired?: boolean } = {},
): Promise<InstalledProfile[]> {
  const all = await standings(db, now)
  const current = [...all].flatMap(([id, { state, version }]) =>
    version !== undefined && (retired || state === 'current') ? [{ id, version }] : [],
  )
  return profilesIn(db, current)
}
