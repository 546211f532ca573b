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
}

/**
 * Brings the database to the newest schema and gives the names of the migrations it took, none when it was there
 * already. Two processes may start at once: one migrates, the other waits for it. All or nothing. `types` are those of which the
 * view of all processes tells, `others` the migrations of types that are not the product's.
 */
export async function migrateToLatest(url: string, types: readonly Headed[], others: Migrations = {}): Promise<string[]> {
  // An index on a large table takes as long as it takes.
  const db = connect(url, { poolSize: 1, statementTimeoutMs: 0, applicationName: 'bihuan-migrate' })
  try {
    // Those of other types have tables of their own: neither list needs to know how far the other has come.
    const ours = new Migrator({ db, provider: providing(migrations) })
    const theirs = new Migrator({
      db,
      provider: providing(others),
      migrationTableName: 'type_migration',
      migrationLockTableName: 'type_migration_lock',
    })
    const applied: string[] = []
    for (const migrator of Object.keys(others).length === 0 ? [ours] : [ours, theirs]) {
      const { error, results } = await migrator.migrateToLatest()
      if (error !== undefined) throw error instanceof Error ? error : new Error('the migration failed', { cause: error })
      applied.push(...(results ?? []).map(({ migrationName }) => migrationName))
    }
    await db.transaction().execute((trx) => setHeads(trx, types))
    return applied
  } finally {
    await db.destroy()
  }
}

function providing(list: Migrations): MigrationProvider {
  return { getMigrations: () => Promise.resolve({ ...list }) }
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
