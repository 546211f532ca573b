import { Migrator, sql, type Kysely, type Migration, type MigrationProvider } from 'kysely'
import { hasCode } from '../runtime/error-code.ts'
import { connect } from './connect.ts'
import { setHeads, type Headed } from './heads.ts'
import type { Database } from './schema.ts'
import * as firstTables from './migrations/0001-first-tables.ts'
import * as delivery from './migrations/0002-delivery.ts'
import * as clocks from './migrations/0003-clocks.ts'
import * as asks from './migrations/0004-asks.ts'
import * as runningPromises from './migrations/0005-running-promises.ts'
import * as contactsAtOnce from './migrations/0006-contacts-at-once.ts'
import * as contactsAtRest from './migrations/0007-contacts-at-rest.ts'
import * as allowances from './migrations/0008-allowances.ts'
import * as unreached from './migrations/0009-unreached.ts'
import * as storms from './migrations/0010-storms.ts'
import * as processes from './migrations/0011-processes.ts'
import * as dealings from './migrations/0012-dealings.ts'
import * as figures from './migrations/0013-figures.ts'
import * as reports from './migrations/0014-reports.ts'
import * as reviews from './migrations/0015-reviews.ts'
import * as figuresByType from './migrations/0016-figures-by-type.ts'
import * as bulkNotices from './migrations/0017-bulk-notices.ts'
import * as assessments from './migrations/0018-assessments.ts'
import * as samples from './migrations/0019-samples.ts'
import * as derivedProfiles from './migrations/0020-derived-profiles.ts'
import * as customers from './migrations/0021-customers.ts'
import * as helpers from './migrations/0023-helpers.ts'
import * as resolvedWithoutCustomer from './migrations/0026-resolved-without-customer.ts'
import * as profilesInForce from './migrations/0027-profiles-in-force.ts'
import * as departments from './migrations/0028-departments.ts'
import * as taughtKeys from './migrations/0029-taught-keys.ts'

/** By their names, whose order is theirs. */
export type Migrations = Readonly<Record<string, Migration>>

/** Every migration ever released, in order and forward only: a mistake is put right by the next one. */
const migrations: Migrations = {
  '0001-first-tables': firstTables,
  '0002-delivery': delivery,
  '0003-clocks': clocks,
  '0004-asks': asks,
  '0005-running-promises': runningPromises,
  '0006-contacts-at-once': contactsAtOnce,
  '0007-contacts-at-rest': contactsAtRest,
  '0008-allowances': allowances,
  '0009-unreached': unreached,
  '0010-storms': storms,
  '0011-processes': processes,
  '0012-dealings': dealings,
  '0013-figures': figures,
  '0014-reports': reports,
  '0015-reviews': reviews,
  '0016-figures-by-type': figuresByType,
  '0017-bulk-notices': bulkNotices,
  '0018-assessments': assessments,
  '0019-samples': samples,
  '0020-derived-profiles': derivedProfiles,
  '0021-customers': customers,
  '0023-helpers': helpers,
  '0026-resolved-without-customer': resolvedWithoutCustomer,
  '0027-profiles-in-force': profilesInForce,
  '0028-departments': departments,
  '0029-taught-keys': taughtKeys,
}

/** Somebody holds what a migration must change. The message says who, as far as that can be seen, and what to do. */
export class LockedError extends Error {
  override name = 'LockedError'
}

/**
 * Brings the database to the newest schema and gives the names of the migrations it took, none when it was there
 * already. Two processes may start at once: one migrates, the other waits for it. All or nothing: the migrations and the view of all
 * processes are one transaction. `types` are those of which the view tells, `others` the migrations of types that are not the product's.
 * A database that a newer release has migrated, or one that keeps other types, is refused and stays as it is.
 * @throws LockedError when something else, a back-up say, keeps a table or the view locked for longer than `patienceMs`
 */
export async function migrateToLatest(
  url: string,
  types: readonly Headed[],
  others: Migrations = {},
  patienceMs = lockPatienceMs,
): Promise<string[]> {
  // An index on a large table takes as long as it takes.
  const db = connect(url, { poolSize: 1, statementTimeoutMs: 0, applicationName: 'bihuan-migrate' })
  try {
    return await db.connection().execute((connection) => migrateBy(connection, { types, others, patienceMs }))
  } finally {
    await db.destroy()
  }
}

/** Whoever asks for a table or the view while a migration waits for it, waits behind the migration. */
const lockPatienceMs = 10_000

interface Migrating {
  readonly types: readonly Headed[]
  readonly others: Migrations
  readonly patienceMs: number
}

/** The migrator begins transactions of its own, one for each list, and takes none that others have begun: this one is begun by hand. */
async function migrateBy(connection: Kysely<Database>, migrating: Migrating): Promise<string[]> {
  await sql`begin`.execute(connection)
  try {
    // Held until the end of the transaction, longer than the migrator holds its own: who waits here then finds everything done.
    await sql`select pg_advisory_xact_lock(hashtextextended('bihuan-migrate', 0))`.execute(connection)
    const applied = await migrateIn(connection, migrating)
    await sql`commit`.execute(connection)
    return applied
  } catch (error) {
    // A connection that is lost has taken the transaction with it.
    await sql`rollback`.execute(connection).catch(() => undefined)
    throw isLocked(error) ? await lockedBy(connection, migrating.patienceMs, error) : error
  }
}

async function migrateIn(db: Kysely<Database>, { types, others, patienceMs }: Migrating): Promise<string[]> {
  const ours = new Migrator({ db, disableTransactions: true, provider: providing(migrations, patienceMs) })
  // Those of other types have tables of their own: neither list needs to know how far the other has come.
  const theirs = new Migrator({
    db,
    disableTransactions: true,
    provider: providing(others, patienceMs),
    migrationTableName: 'type_migration',
    migrationLockTableName: 'type_migration_lock',
  })
  const applied: string[] = []
  // Where other types were kept before, a release that knows none of them would take them out of the view, and nobody would wake them.
  const keepsOthers = Object.keys(others).length > 0 || (await isThere(db, 'type_migration'))
  for (const migrator of keepsOthers ? [ours, theirs] : [ours]) {
    const { error, results } = await migrator.migrateToLatest()
    if (error !== undefined) throw error instanceof Error ? error : new Error('the migration failed', { cause: error })
    applied.push(...(results ?? []).map(({ migrationName }) => migrationName))
  }
  await patiently(db, patienceMs, (trx) => setHeads(trx, types))
  return applied
}

function providing(list: Migrations, patienceMs: number): MigrationProvider {
  const patient = ({ up }: Migration): Migration => ({ up: (trx) => patiently(trx, patienceMs, up) })
  return { getMigrations: () => Promise.resolve(Object.fromEntries(Object.entries(list).map(([name, one]) => [name, patient(one)]))) }
}

async function isThere(db: Kysely<Database>, table: string): Promise<boolean> {
  const { rows } = await sql<{ found: string | null }>`select to_regclass(${table})::text as found`.execute(db)
  return typeof rows[0]?.found === 'string'
}

/** Does it with that much patience for each lock; the migrator's own is an hour. */
async function patiently<D>(trx: Kysely<D>, patienceMs: number, change: (trx: Kysely<D>) => Promise<void>): Promise<void> {
  await sql`select set_config('lock_timeout', ${String(patienceMs)}, true)`.execute(trx)
  await change(trx)
}

/** A lock was not to be had in time, or two waited for each other. */
function isLocked(error: unknown): boolean {
  return hasCode(error, '55P03') || hasCode(error, '40P01')
}

async function lockedBy(connection: Kysely<Database>, patienceMs: number, cause: unknown): Promise<LockedError> {
  const { rows } = await sql<{ pid: number; name: string; since: string }>`
    select pid, coalesce(nullif(application_name, ''), usename, '?') as name, xact_start as since from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start < now() - make_interval(secs => ${patienceMs / 1_000})
    order by xact_start limit 5`.execute(connection)
  const held = rows.map(({ pid, name, since }) => `${name} (pid ${pid}, in a transaction since ${since})`)
  return new LockedError(
    `The database could not be migrated: a table or view that has to change stayed locked for ${patienceMs / 1_000} s. ` +
      (held.length > 0 ? `It may be held by ${held.join(', ')}. ` : '') +
      'Nothing was changed. Wait until a back-up or whatever else reads for long has ended, or end it (select pg_terminate_backend(pid)), and migrate again.',
    { cause },
  )
}

/** The migrations that this version needs and the database has not had. Throws when the database does not answer. */
export async function missingMigrations(db: Kysely<Database>): Promise<string[]> {
  const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(db).catch((error: unknown) => {
    if (isUndefinedTable(error)) return { rows: [] }
    throw error
  })
  const known = new Set(applied.rows.map(({ name }) => name))
  return Object.keys(migrations).filter((name) => !known.has(name))
}

/** Nothing was ever migrated. */
function isUndefinedTable(error: unknown): boolean {
  return hasCode(error, '42P01')
}
