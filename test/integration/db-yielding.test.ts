import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { yielding } from '../../db/yielding.ts'
import { openDatabase } from './db-story.ts'

let test: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())

const asked = sql<{ readonly taken: number }>`select 1 as taken, pg_sleep(0.2)`

it('rests after each statement for as long as it took, within a transaction too, and answers the same', async () => {
  const db = yielding(test.db)
  const begun = performance.now()
  const { rows } = await asked.execute(db)
  const alone = performance.now()
  await db.transaction().execute(async (trx) => {
    await asked.execute(trx)
  })
  const ended = performance.now()
  expect(rows[0]?.taken).toBe(1)
  // Twice 200 ms, but for what timers round off.
  expect(alone - begun).toBeGreaterThan(390)
  expect(ended - alone).toBeGreaterThan(390)
})
