import { sql, type Kysely } from 'kysely'
import { refText, type BaseRef } from '../domain/derivation/base.ts'
import type { Instant } from '../domain/instant.ts'
import type { ProfileTemplate } from '../domain/profile/written.ts'
import { json } from './json.ts'
import { refusedId } from './profile-ids.ts'
import { reinstateProfile } from './profile-retirements.ts'
import { ProfileVersionTaken } from './profiles.ts'
import type { Database } from './schema.ts'
import { inTransaction } from './transaction.ts'

/** Installed versions of templates (X9): what profiles extend and no ticket runs by. A version never changes. */

export interface InstalledTemplate {
  readonly template: ProfileTemplate
  readonly source: string | null
  readonly installedAt: Instant
  readonly installedBy: string
}

export interface TemplateToInstall extends InstalledTemplate {
  readonly base: BaseRef | null
}

/**
 * Installs a checked template; whether it is new. The same content again is no change.
 * @throws ProfileVersionTaken when that version has other content, or IdTaken when a profile has its id
 */
export async function installTemplate(
  db: Kysely<Database>,
  { template, source, base, installedAt, installedBy }: TemplateToInstall,
): Promise<boolean> {
  const { id, version } = template
  const content = json(template)
  const over = base && refText(base)
  return inTransaction(db, async (trx) => {
    await refusedId(trx, id, 'profiles')
    await reinstateProfile(trx, id, installedBy)
    const added = await trx
      .insertInto('profileTemplates')
      .values({ id, version, content, source, base: over, installedAt, installedBy })
      .onConflict((conflict) => conflict.columns(['id', 'version']).doNothing())
      .returning('version')
      .executeTakeFirst()
    if (added) return true
    const there = await trx
      .selectFrom('profileTemplates')
      .select(['base', sql<boolean>`content = ${content}::jsonb`.as('alike')])
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    if (there.alike) return false
    throw new ProfileVersionTaken(id, version, there.base === over ? undefined : { before: there.base, now: over })
  })
}

/** The latest version of each template, by id. */
export async function listTemplates(db: Kysely<Database>): Promise<InstalledTemplate[]> {
  return installed(db).distinctOn('id').orderBy('id').orderBy('version', 'desc').execute()
}

/** Every version of every template by name, newest first. */
export async function templateRefs(db: Kysely<Database>): Promise<BaseRef[]> {
  return db.selectFrom('profileTemplates').select(['id', 'version']).orderBy('id').orderBy('version', 'desc').execute()
}

/** Every version of one template, newest first. */
export async function templateVersions(db: Kysely<Database>, id: string): Promise<InstalledTemplate[]> {
  return installed(db).where('id', '=', id).orderBy('version', 'desc').execute()
}

function installed(db: Kysely<Database>) {
  return db.selectFrom('profileTemplates').select(['content as template', 'source', 'installedAt', 'installedBy'])
}
