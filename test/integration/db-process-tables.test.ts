import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { processesBehindCalendar } from '../../db/calendars.ts'
import { createProcessTable, tableStatements, type Tabled } from '../../db/create-process-table.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import type { Database } from '../../db/schema.ts'
import { headSubjects } from '../../processes/head-subjects.ts'
import { migrations, processes as withLoans } from '../loan/processes/index.ts'
import { callProcess, callTable } from '../support/call.ts'
import { openDatabase } from './db-story.ts'

/** The tables of the types, beside what they declare. */

const call = { process: callProcess, table: callTable }
const tabled: readonly Tabled[] = [...withLoans, call]

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => {
  const opened = await openDatabase()
  db = opened.db
  close = opened.close
  const calls = { up: (trx: Kysely<never>) => createProcessTable(trx, call) }
  await migrateToLatest(opened.url, [...withLoans, call], { ...migrations, '0002-calls': calls })
})
afterAll(() => close())

/** What of a table is declared, as Postgres has it. */
async function columnsOf(on: Kysely<Database>, table: string, schema: string): Promise<Map<string, Record<string, unknown>>> {
  const { rows } = await sql<Record<string, unknown>>`
    select column_name as name, data_type as type, udt_name as udt, is_nullable, datetime_precision as precision, collation_name as collation,
      generation_expression as made
    from information_schema.columns where table_name = ${table} and table_schema = ${schema}`.execute(on)
  return new Map(rows.map(({ name, ...column }) => [String(name), column]))
}

it.each(tabled.map((type) => [type.table.name, type] as const))(
  '%s has the columns that its type declares, as it declares them',
  async (name, type) => {
    const declared = await db.transaction().execute(async (trx) => {
      await sql`create schema declared`.execute(trx)
      await sql`set local search_path = declared`.execute(trx)
      for (const statement of tableStatements(type)) await sql.raw(statement).execute(trx)
      const columns = await columnsOf(trx, name, 'declared')
      await sql`drop schema declared cascade`.execute(trx)
      return columns
    })
    expect(declared.size).toBeGreaterThan(Object.keys(type.table.columns).length)
    expect(await columnsOf(db, name, 'public')).toEqual(declared)
  },
)

it('is brought to what is declared later, with what stands in it', async () => {
  await sql`insert into calls (number, profile, profile_version, stage, version, state, request_id, team, agreed_at)
    values ('CA1', 'tech-support', 1, 'open', 1, '{}', 'r1', 'tech-support', now())`.execute(db)
  const later = {
    ...call,
    table: { ...callTable, columns: { ...callTable.columns, ...({ topic: { type: 'text', nullable: true, prose: true } } as const) } },
  }
  const indexes = async () => {
    const { rows } = await sql<{ on: string }>`select indexdef as on from pg_indexes where tablename = 'calls' order by 1`.execute(db)
    return rows.map(({ on }) => on)
  }
  const before = await indexes()
  await db.transaction().execute(async (trx) => {
    await createProcessTable(trx.withTables<never>(), later)
    await createProcessTable(trx.withTables<never>(), later)
  })
  expect((await sql`select number, topic from calls`.execute(db)).rows).toEqual([{ number: 'CA1', topic: null }])
  expect(await indexes()).toEqual(before)
})

it('leaves out what a type does not know: it is told of with nulls, and of no news of calendars', async () => {
  const [head] = await db.selectFrom('processes').selectAll().where('processType', '=', 'call').execute()
  expect(head).toMatchObject({ number: 'CA1', title: 'tech-support', team: 'tech-support', open: true, inHand: true, ended: false })
  expect(head).toMatchObject({
    calendar: null,
    calendarVersion: null,
    parent: null,
    priority: null,
    priorityRank: null,
    representative: null,
  })
  expect(Object.keys(callTable.columns)).not.toContain('calendar')
  await sql`update calls set workflow_started_at = now()`.execute(db)
  expect(await processesBehindCalendar(db, { types: ['call'], except: [], limit: 5 })).toEqual([])
})

it('S8: notices tell of a process by its head, until it has ended; of numbers of other types and of none they tell nothing', async () => {
  const subjects = headSubjects(call)
  const [made, none] = await subjects(db, ['CA1', 'nowhere'])
  expect(none).toBeUndefined()
  expect(made).toMatchObject({ number: 'CA1', title: 'tech-support', type: null, priority: null, customer: null, assignee: null })
  const notice = { seq: 1, recipientId: null, params: {} }
  expect(made?.isStillSo('deadline-missed', notice, '2026-03-02T01:00:00.000Z')).toBe(true)
  await sql`update calls set stage = 'made'`.execute(db)
  const [over] = await headSubjects(call, ({ stage }) => ({ atAnyHour: stage === 'made' }))(db, ['CA1'])
  expect(over?.isStillSo('deadline-missed', notice, '2026-03-02T01:00:00.000Z')).toBe(false)
  expect(over?.atAnyHour).toBe(true)
})
