import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadHistory } from '../../cli/demo/history/load.ts'
import { connect } from '../../db/connect.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { createDatabase, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createDatabase({ furnished: true })
})
afterAll(() => database.drop())

it('loads', async () => {
  const db = connect(database.url, { poolSize: 2 })
  const began = performance.now()
  const cpu = process.cpuUsage()
  const loaded = await loadHistory({ db, keys: keysOf(Buffer.alloc(32, 7)), seed: '1', now: Date.parse('2026-11-30T07:30:00Z') })
  console.log(loaded, performance.now() - began, process.cpuUsage(cpu), process.memoryUsage().rss / 1e6)
  expect(loaded.result).toBe('loaded')
  await db.destroy()
}, 300_000)
