import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrateToLatest } from '../../db/migrate.ts'
import type { Database } from '../../db/schema.ts'
import { createReadiness } from '../../gateway/readiness.ts'
import { processes as ours } from '../../processes/index.ts'
import type { Registry } from '../../processes/hosting.ts'
import { openDatabase } from '../integration/db-story.ts'
import { migrations, processes } from './processes/index.ts'

/** Who keeps a type is ready only on a database that has room for it; who does not know it, on any. */

let db: Kysely<Database>
let url: string
let close: () => Promise<void>
beforeAll(async () => ({ db, url, close } = await openDatabase()))
afterAll(() => close())

const gateway = { reachable: () => Promise.resolve({ ok: true } as const) }
const told = async (kept: Registry) => (await createReadiness({ db, processes: kept, gateway })()).migrations

it('a release with a new type is not ready before it has migrated; the one before is ready on either database', async () => {
  expect([await told(ours), await told(processes)]).toEqual(['ok', 'missing'])
  await migrateToLatest(url, processes, migrations)
  expect([await told(ours), await told(processes)]).toEqual(['ok', 'ok'])
})

it('a migration that lacks another type than those it knows is refused, and leaves the view as it is', async () => {
  await expect(migrateToLatest(url, ours)).rejects.toThrow('missing')
  expect(await told(processes)).toBe('ok')
})

it('a view that does not tell of a type, or a table without one of its columns, is noticed', async () => {
  await sql`comment on view processes is ${sql.lit('select 1')}`.execute(db)
  expect(await told(processes)).toBe('missing')
  await migrateToLatest(url, processes, migrations)
  await sql`alter table loans rename column returned_at to came_back`.execute(db)
  expect([await told(ours), await told(processes)]).toEqual(['ok', 'missing'])
})
