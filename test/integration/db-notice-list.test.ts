import { sql, type CompiledQuery, type Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../db/schema.ts'
import { noticesQuery } from '../../db/notice-list.ts'
import { tokenQuery } from '../../db/tokens.ts'
import { openDatabase } from './db-story.ts'

/** Lists that grow for ever are read by an index, whatever they are narrowed to. */

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => ({ db, close } = await openDatabase()))
afterAll(() => close())

/** How Postgres would read it; a table of few rows is read whole, unless that is forbidden. */
async function planOf({ sql: text, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    const { rows } = await trx.executeQuery<{ 'QUERY PLAN': string }>({ ...sql`select 1`.compile(trx), sql: `explain ${text}`, parameters })
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}

it('notices of a kind, newest first', async () => {
  const plan = await planOf(noticesQuery(db, { kind: 'ticket-queued', reader: { id: 'agent-li', roles: ['agent'] }, limit: 50 }).compile())
  expect(plan).toContain('Index Scan Backward using notices_by_kind')
  expect(plan).not.toContain('Sort')
})

it('the token of an id', async () => {
  expect(await planOf(tokenQuery(db, '0123456789ab').compile())).toContain('tokens_pkey')
})
