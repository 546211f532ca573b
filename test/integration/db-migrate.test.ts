import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headsText } from '../../db/heads.ts'
import { LockedError, migrateToLatest } from '../../db/migrate.ts'
import type { Database } from '../../db/schema.ts'
import { processes } from '../../processes/index.ts'
import { loan } from '../loan/processes/loan/host.ts'
import * as loans from '../loan/processes/loan/migration.ts'
import { openDatabase } from './db-story.ts'

/** Bringing a database up to date while others use it. */

let db: Kysely<Database>
let url: string
let close: () => Promise<void>
beforeAll(async () => ({ db, url, close } = await openDatabase()))
afterAll(() => close())

const types = [...processes, loan]
const others = { '0001-loans': loans }
const patienceMs = 300
const state = async () => {
  const { rows } = await sql<{ view: string; loans: boolean; taken: boolean }>`
    select obj_description('processes'::regclass, 'pg_class') as view, to_regclass('loans') is not null as loans,
      to_regclass('type_migration') is not null as taken`.execute(db)
  return rows[0]
}

it('gives up when the view stays locked: says who has it and what to do, and has changed nothing', async () => {
  const before = await state()
  expect(before).toEqual({ view: headsText(processes), loans: false, taken: false })

  await db.transaction().execute(async (reader) => {
    await sql`set local application_name = 'a back-up'`.execute(reader)
    await reader.selectFrom('processes').select('number').execute()
    const refused = await migrateToLatest(url, types, others, patienceMs).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(LockedError)
    expect(String(refused)).toMatch(
      /stayed locked for 0\.3 s\. It may be held by a back-up \(pid \d+, .*Nothing was changed\. .*migrate again/,
    )
    // Whoever reads meanwhile does not wait for what was given up.
    await db.selectFrom('processes').select('number').execute()
  })
  expect(await state()).toEqual(before)

  expect(await migrateToLatest(url, types, others, patienceMs)).toEqual(['0001-loans'])
  expect(await state()).toEqual({ view: headsText(types), loans: true, taken: true })
})

it('does nothing by halves when a later migration fails: neither the earlier ones nor the view stay', async () => {
  const before = await state()
  const second = { up: (trx: Kysely<unknown>) => sql`create table second (id integer)`.execute(trx).then(() => undefined) }
  const broken = { up: () => Promise.reject(new Error('no room')) }
  const migrating = migrateToLatest(url, processes, { ...others, '0002-second': second, '0003-broken': broken })
  await expect(migrating).rejects.toThrow('no room')
  expect(await state()).toEqual(before)
  expect((await sql`select to_regclass('second') as there`.execute(db)).rows).toEqual([{ there: null }])
})
