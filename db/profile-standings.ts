import { sql, type Kysely } from 'kysely'
import type { BaseRef } from '../domain/derivation/base.ts'
import { dateOf, localDay } from '../domain/calendar/local-time.ts'
import { epochMs, type Instant } from '../domain/instant.ts'
import { announcedAmong, standingOf, type DatedVersion, type Standing } from '../domain/profile/in-force.ts'
import type { AnnouncedVersion } from '../domain/profile/installation-warnings.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { shipped } from './profile-retirements.ts'
import { isOneOf, profileVersion, profilesIn, type InstalledProfile } from './profiles.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** Which profiles new tickets can run by, and in which version, at an instant (X1). */

/** Where every installed profile stands, by id. */
export async function standings(db: Kysely<Database>, now: Instant): Promise<ReadonlyMap<string, Standing>> {
  return standingsIn(await dated(db, []), now)
}

/** Where one of them stands; undefined: it is not installed. */
export async function standingFor(db: Kysely<Database>, id: string, now: Instant): Promise<Standing | undefined> {
  return standingsIn(await datedOf(db, [id]), now).get(id)
}

/** The other versions of one that are still to come, with their days in that zone. */
export async function announcedBeside(
  db: Kysely<Database>,
  { id, version, zone }: Pick<Profile, 'id' | 'version' | 'zone'>,
  now: Instant,
): Promise<AnnouncedVersion[]> {
  const others = (await datedOf(db, [id])).filter((row) => row.version !== version)
  return announcedAmong(others, now).map((next) => ({
    version: next.version,
    effectiveFrom: dateOf(localDay(zone, epochMs(next.effectiveAt))),
  }))
}

/** Since when profiles and templates are retired, by id. */
export async function retirements(db: Kysely<Database>, now: Instant): Promise<ReadonlyMap<string, Instant>> {
  const [rows, all] = await Promise.all([db.selectFrom('retiredProfiles').select(['id', 'retiredAt']).execute(), standings(db, now)])
  return new Map(rows.flatMap(({ id, retiredAt }) => ((all.get(id)?.state ?? 'retired') === 'retired' ? [[id, retiredAt] as const] : [])))
}

/** The zone of all profiles by which new tickets run; undefined while they have none in common. */
export async function houseZone(db: Kysely<Database>, now: Instant): Promise<string | undefined> {
  const inForce = refsIn(await standings(db, now), ({ state }) => state === 'current')
  if (inForce.length === 0) return undefined
  const zones = await db
    .selectFrom('profiles')
    .select(sql<string>`content ->> 'zone'`.as('zone'))
    .where(isOneOf(inForce))
    .distinct()
    .execute()
  return zones.length === 1 ? zones[0]?.zone : undefined
}

/** A version of a profile as {@link standings} reads it. */
export interface DatedRow extends DatedVersion {
  readonly id: string
  readonly retiredAt: Instant | null
}

/** Where each profile stands whose versions these are. */
export function standingsIn(rows: readonly DatedRow[], now: Instant): ReadonlyMap<string, Standing> {
  const versions = new Map<string, DatedRow[]>()
  for (const row of rows) {
    const others = versions.get(row.id)
    if (others) others.push(row)
    else versions.set(row.id, [row])
  }
  return new Map([...versions].map(([id, ofIt]) => [id, standingOf(ofIt, { retiredAt: ofIt[0]?.retiredAt ?? null, now })]))
}

/** Of every version of a profile: from when it counts, when somebody installed it, and when its profile was retired last. */
export const datedVersions = `
  select profiles.id, version, effective_at as "effectiveAt", retired_at as "retiredAt",
    case when installed_by <> '${shipped}' then installed_at end as "putAt"
  from profiles left join retired_profiles on retired_profiles.id = profiles.id`

const dated = statement<DatedRow>(datedVersions)
const datedOf = statement<DatedRow>(`${datedVersions} where profiles.id = $1`)

/** What a profile is now, retired or not: the highest version that counts; undefined: there is none, or none counts yet. */
export async function currentProfile(db: Kysely<Database>, id: string, now: Instant): Promise<Profile | undefined> {
  const version = (await standingFor(db, id, now))?.version
  return version === undefined ? undefined : profileVersion(db, id, version)
}

/** The highest version that counts of every profile, by id. `retired`: of those, too, by which no new ticket runs. */
export async function currentProfiles(
  db: Kysely<Database>,
  now: Instant,
  { retired = false }: { readonly retired?: boolean } = {},
): Promise<InstalledProfile[]> {
  return profilesIn(
    db,
    refsIn(await standings(db, now), ({ state }) => retired || state === 'current'),
  )
}

/** The versions that count of those profiles. */
function refsIn(all: ReadonlyMap<string, Standing>, wanted: (standing: Standing) => boolean): BaseRef[] {
  return [...all].flatMap(([id, standing]) =>
    standing.version !== undefined && wanted(standing) ? [{ id, version: standing.version }] : [],
  )
}
