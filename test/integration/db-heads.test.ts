import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { headOf, setHeads } from '../../db/heads.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import type { Database } from '../../db/schema.ts'
import { stageOf } from '../../domain/stages.ts'
import { processes } from '../../processes/index.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { migrations, processes as withLoans } from '../loan/processes/index.ts'
import { loan } from '../loan/processes/loan/host.ts'
import { loanStages } from '../loan/workflows/loan/stages.ts'
import { openDatabase, registered, submitted } from './db-story.ts'

/** What every process has, as a view over the tables of the types. */

/** What is asked of all processes, whatever their type, and often: each question by an index of each table (docs/architecture.md). */
const asked = {
  'which has that number': `number = 'TS1'`,
  'which are to be woken first': 'wake_at is not null order by wake_at, number limit 5',
  'which have no workflow yet': 'workflow_started_at is null order by started_at limit 5',
  'what somebody has in hand': `in_hand and assignee = any('{a}')`,
  'for whose customers somebody keeps in touch': `owed and representative = any('{a}')`,
  'what counts by an older calendar': `not ended and calendar = 'cn' and calendar_version < 3`,
} as const

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => {
  const database = await openDatabase()
  ;({ db, close } = database)
  await migrateToLatest(database.url, withLoans, migrations)
  await registered(db, submitted('TS20231001001'))
})
afterAll(() => close())

describe.each(withLoans.map(({ process, table }) => [process.name, { process, table }] as const))('of a %s the view', (_, type) => {
  const { process, table } = type
  it('tells of each stage whether it is open and whether it has ended, as the type says', async () => {
    await expect(
      db.transaction().execute(async (trx) => {
        await anyRow(trx, table.name)
        for (const { id, is } of process.stages) {
          await sql`update ${sql.table(table.name)} set stage = ${id} where number = 'ANY'`.execute(trx)
          const head = await trx.selectFrom('processes').select(['processType', 'open', 'ended']).where('number', '=', 'ANY').execute()
          expect(head, id).toEqual([{ processType: process.name, open: is === 'open', ended: is === 'ended' }])
        }
        throw new Error('seen')
      }),
    ).rejects.toThrow('seen')
  })

  it.each(Object.entries(asked))('answers by an index of its table, %s', async (question, condition) => {
    const whole = await db.transaction().execute((trx) => readWhole(trx, condition))
    expect(whole, `${table.name} needs an index for the question ${question}: where ${condition}`).not.toContain(table.name)
  })
})

it('reads the table of a type whole that has no index for a question, and of no other type', async () => {
  const inHand = asked['what somebody has in hand']
  await expect(
    db.transaction().execute(async (trx) => {
      expect(await readWhole(trx, inHand)).toEqual([])
      await sql`drop index loans_in_hand`.execute(trx)
      expect(await readWhole(trx, inHand)).toEqual([loan.table.name])
      throw new Error('seen')
    }),
  ).rejects.toThrow('seen')
})

it('is made anew when the types are others, and else left alone', async () => {
  const made = async () => (await sql<{ oid: number }>`select 'processes'::regclass::oid::int as oid`.execute(db)).rows[0]?.oid
  const before = await made()
  await db.transaction().execute((trx) => setHeads(trx, withLoans))
  expect(await made()).toBe(before)
  const another = {
    process: { name: 'second', stages: loanStages },
    table: { ...ticket.table, head: { ...ticket.table.head, open: 'true' } },
  }
  await db.transaction().execute((trx) => setHeads(trx, [...processes, another]))
  expect(await made()).not.toBe(before)
  expect(await db.selectFrom('processes').select('processType').orderBy('processType').execute()).toEqual([
    { processType: 'second' },
    { processType: 'ticket' },
  ])
  await db.transaction().execute((trx) => setHeads(trx, withLoans))
})

it('knows nothing of numbers that nobody has', async () => {
  expect(await headOf(db, 'nowhere')).toBeUndefined()
  expect(stageOf(loanStages, 'nowhere')).toBeUndefined()
})

/** A row that says its number and nothing else: what else a type wants to know is not asked. */
async function anyRow(trx: Kysely<Database>, table: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and attnotnull and attgenerated = '' and attname not in ('number', 'stage')`.execute(
    trx,
  )
  for (const { name } of rows) await sql`alter table ${sql.table(table)} alter column ${sql.ref(name)} drop not null`.execute(trx)
  const checks = await sql<{ name: string }>`
    select conname as name from pg_constraint where conrelid = ${table}::regclass and contype in ('c', 'f')`.execute(trx)
  for (const { name } of checks.rows) await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(trx)
  await sql`insert into ${sql.table(table)} (number, stage) values ('ANY', '')`.execute(trx)
}

/** The tables that are read from end to end for that question. */
async function readWhole(trx: Kysely<Database>, condition: string): Promise<string[]> {
  // A table of few rows is read whole, unless that is forbidden.
  await sql`set local enable_seqscan = off`.execute(trx)
  const { rows } = await sql<{
    'QUERY PLAN': unknown
  }>`explain (format json) ${sql.raw(`select number from processes where ${condition}`)}`.execute(trx)
  return tablesIn(
    z
      .array(z.object({ Plan: planSchema }))
      .parse(rows[0]?.['QUERY PLAN'])
      .map(({ Plan }) => Plan),
  )
}

const planSchema = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  /** What the index was asked, and what was then left out row by row. */
  'Index Cond': z.string().optional(),
  Filter: z.string().optional(),
  get Plans() {
    return z.array(planSchema).optional()
  },
})
type Plan = z.output<typeof planSchema>

/** An index that holds nothing but the answer is not asked for anything, and nothing is left out. */
function tablesIn(plans: readonly Plan[]): string[] {
  return plans.flatMap((plan) => {
    const { 'Relation Name': table, Filter: filter, Plans: parts = [] } = plan
    if (table === undefined) return tablesIn(parts)
    const isWhole = plan['Node Type'] === 'Seq Scan' || (filter !== undefined && !isNarrowed(plan))
    return isWhole ? [table] : []
  })
}

/** Several indexes of one table are parts of its plan. */
function isNarrowed({ 'Index Cond': asked, Plans: parts = [] }: Plan): boolean {
  return asked !== undefined || (parts.length > 0 && parts.every(isNarrowed))
}
