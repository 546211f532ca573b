import { sql, type Kysely, type RawBuilder } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { headOf, setHeads } from '../../db/heads.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import type { Database } from '../../db/schema.ts'
import { inHandOf } from '../../db/work.ts'
import { stageOf } from '../../domain/stages.ts'
import { processes } from '../../processes/index.ts'
import { migrations, processes as withLoans } from '../loan/processes/index.ts'
import { loanStages } from '../loan/workflows/loan/stages.ts'
import { openDatabase, registered, submitted } from './db-story.ts'

/** What every process has, as a view over the tables of the types. */

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => ({ db, close } = await openDatabase()))
afterAll(() => close())

it('tells of each stage of each type whether it is open and whether it has ended, as the type says', async () => {
  await registered(db, submitted('TS20231001001'))
  for (const { process, table } of processes) {
    for (const { id, is } of process.stages) {
      await sql`update ${sql.table(table.name)} set stage = ${id}`.execute(db)
      const head = await db.selectFrom('processes').select(['stage', 'open', 'ended']).where('processType', '=', process.name).execute()
      expect(head).toEqual([{ stage: id, open: is === 'open', ended: is === 'ended' }])
    }
  }
})

it('is made anew when the types are others, and else left alone', async () => {
  const made = async () => (await sql<{ oid: number }>`select 'processes'::regclass::oid::int as oid`.execute(db)).rows[0]?.oid
  const before = await made()
  await db.transaction().execute((trx) => setHeads(trx, processes))
  expect(await made()).toBe(before)
  const [ticket] = processes
  if (!ticket) throw new Error('there is no type')
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
  await db.transaction().execute((trx) => setHeads(trx, processes))
})

it('answers questions over all types by the indexes of each', async () => {
  const loans = await openDatabase()
  await migrateToLatest(loans.url, withLoans, migrations)
  // A table of few rows is read whole, unless that is forbidden.
  const plan = (question: RawBuilder<unknown>) =>
    loans.db.transaction().execute(async (trx) => {
      await sql`set local enable_seqscan = off`.execute(trx)
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${question}`.execute(trx)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
  const questions: readonly (readonly [RawBuilder<unknown>, readonly string[]])[] = [
    [sql`number = 'TS1'`, ['tickets_pkey', 'loans_pkey']],
    [sql`wake_at is not null order by wake_at, number limit 5`, ['tickets_to_wake', 'loans_to_wake']],
    [sql`workflow_started_at is null order by started_at limit 5`, ['tickets_unstarted', 'loans_unstarted']],
    [inHandOf(['a']), ['tickets_in_hand', 'tickets_represented', 'loans_in_hand']],
    [sql`not ended and calendar = 'cn' and calendar_version < 3`, ['tickets_by_calendar', 'loans_by_calendar']],
  ]
  for (const [question, indexes] of questions) {
    const answer = await plan(sql`select number from processes where ${question}`)
    for (const index of indexes) expect(answer, indexes.join()).toContain(index)
  }
  await loans.close()
})

it('knows nothing of numbers that nobody has', async () => {
  expect(await headOf(db, 'nowhere')).toBeUndefined()
  expect(stageOf(loanStages, 'nowhere')).toBeUndefined()
})
