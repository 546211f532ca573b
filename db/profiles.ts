import { sql, type ExpressionBuilder, type Kysely } from 'kysely'
import { refText, type BaseRef } from '../domain/derivation/base.ts'
import type { Instant } from '../domain/instant.ts'
import { effectiveAt } from '../domain/profile/in-force.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { upgraded, type StoredProfile } from '../domain/profile/upgrade.ts'
import { json } from './json.ts'
import { refusedId } from './profile-ids.ts'
import { reinstateProfile, shipped } from './profile-retirements.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'
import { inTransaction } from './transaction.ts'

/** Installed versions of process profiles (X1). A version never changes: tickets refer to it for as long as they live. */

export interface InstalledProfile {
  readonly profile: Profile
  /** The document as it was written; null when there is none. */
  readonly source: string | null
  readonly installedAt: Instant
  readonly installedBy: string
}

export interface ProfileToInstall extends InstalledProfile {
  /** What it extends, in the version that was taken; absent: it stands for itself. */
  readonly base?: BaseRef | null
}

/**
 * Installs a validated profile; whether it is new. One that is retired is so in use again, from the day of this version. The same content again is no change, nor is the same document over the same base: what
 * this version of the product makes of it may be more than an older one did.
 * @throws ProfileVersionTaken, or IdTaken when a template has its id
 */
export async function installProfile(
  db: Kysely<Database>,
  { profile, source, base, installedAt, installedBy }: ProfileToInstall,
): Promise<boolean> {
  const { id, version } = profile
  const content = json(profile)
  const over = base ? refText(base) : null
  return inTransaction(db, async (trx) => {
    await refusedId(trx, id, 'profileTemplates')
    const effective = effectiveAt(profile)
    if (effective <= installedAt) await reinstateProfile(trx, id, installedBy)
    const added = await trx
      .insertInto('profiles')
      .values({ id, version, content, source, base: over, effectiveAt: effective, installedAt, installedBy })
      .onConflict((conflict) => conflict.columns(['id', 'version']).doNothing())
      .returning('version')
      .executeTakeFirst()
    if (added) return true
    const there = await trx
      .selectFrom('profiles')
      .select([
        'base',
        sql<boolean>`content = ${content}::jsonb`.as('alike'),
        sql<boolean>`source is not distinct from ${source}`.as('written'),
      ])
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    if (there.alike || (source !== null && there.written && there.base === over)) {
      if (effective > installedAt) await announcedAgain(trx, { id, version, installedAt, installedBy })
      return false
    }
    throw new ProfileVersionTaken(id, version, there.base === over ? undefined : { before: there.base, now: over })
  })
}

/** One that was announced before its profile was retired takes it back into use, on its day, when somebody installs it once more. */
async function announcedAgain(
  trx: Kysely<Database>,
  { id, version, installedAt, installedBy }: BaseRef & Pick<InstalledProfile, 'installedAt' | 'installedBy'>,
): Promise<void> {
  if (installedBy === shipped) return
  await trx
    .updateTable('profiles')
    .set({ installedAt, installedBy })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('id', 'in', trx.selectFrom('retiredProfiles').select('id'))
    .execute()
}

/** That version has other content: a changed profile needs the next version. */
export class ProfileVersionTaken extends Error {
  override name = 'ProfileVersionTaken'
  readonly id: string
  readonly version: number
  /** What it extended when it was installed, and would extend now, where these differ. */
  readonly bases: { readonly before: string | null; readonly now: string | null } | undefined
  constructor(id: string, version: number, bases?: ProfileVersionTaken['bases']) {
    super(`version ${version} of profile ${id} is installed with other content; give the changed one the next version`)
    this.id = id
    this.version = version
    this.bases = bases
  }
}

/** The highest version, whether it counts already or not. */
export async function latestProfile(db: Kysely<Database>, id: string): Promise<Profile | undefined> {
  const [row] = await newestVersion(db, [id])
  return row && profileVersion(db, id, row.version)
}

const newestVersion = statement<{ readonly version: number }>('select version from profiles where id = $1 order by version desc limit 1')

/** What new tickets ran by at that instant; the first version where none counted then. */
export async function profileAsOf(db: Kysely<Database>, id: string, asOf: Instant): Promise<Profile | undefined> {
  const [then] = await versionThen(db, [id, asOf])
  return then && profileVersion(db, id, then.version)
}

const versionThen = statement<{ readonly version: number }>(
  `select version from profiles, lateral (select greatest(installed_at, effective_at) <= $2::timestamptz as counted)
    where id = $1 order by counted desc, case when counted then -version else version end limit 1`,
)

/** A given version, such as the one a ticket began with. */
export async function profileVersion(db: Kysely<Database>, id: string, version: number): Promise<Profile | undefined> {
  const row = await db.selectFrom('profiles').select('content').where('id', '=', id).where('version', '=', version).executeTakeFirst()
  return row && upgraded(row.content)
}

/** The latest version of each profile, by id. */
export async function listProfiles(db: Kysely<Database>): Promise<InstalledProfile[]> {
  return read(await installed(db).distinctOn('id').orderBy('id').orderBy('version', 'desc').execute())
}

/** These versions, by id. */
export async function profilesIn(db: Kysely<Database>, versions: readonly BaseRef[]): Promise<InstalledProfile[]> {
  if (versions.length === 0) return []
  const rows = await installed(db).where(isOneOf(versions)).orderBy('id').execute()
  return read(rows)
}

/** A version is one of these, of which there is at least one. */
export function isOneOf(versions: readonly BaseRef[]) {
  return ({ eb, refTuple, tuple }: ExpressionBuilder<Database, 'profiles'>) =>
    eb(
      refTuple('id', 'version'),
      'in',
      versions.map(({ id, version }) => tuple(id, version)),
    )
}

/** Ids of all that are installed. */
export async function profileIds(db: Kysely<Database>): Promise<string[]> {
  return (await db.selectFrom('profiles').select('id').distinct().orderBy('id').execute()).map(({ id }) => id)
}

/** The numbers of the versions of one, newest first. */
export async function versionNumbers(db: Kysely<Database>, id: string): Promise<number[]> {
  const rows = await db.selectFrom('profiles').select('version').where('id', '=', id).orderBy('version', 'desc').execute()
  return rows.map(({ version }) => version)
}

/** Every version of one profile, newest first. */
export async function profileVersions(db: Kysely<Database>, id: string): Promise<InstalledProfile[]> {
  return read(await installed(db).where('id', '=', id).orderBy('version', 'desc').execute())
}

function installed(db: Kysely<Database>) {
  return db.selectFrom('profiles').select(['content as profile', 'source', 'installedAt', 'installedBy'])
}

function read(rows: readonly (Omit<InstalledProfile, 'profile'> & { readonly profile: StoredProfile })[]): InstalledProfile[] {
  return rows.map((row) => ({ ...row, profile: upgraded(row.profile) }))
}
