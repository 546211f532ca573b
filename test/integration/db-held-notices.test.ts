import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { claimDigest } from '../../db/digests.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { releaseReprioritised, releaseText } from '../../db/notices.ts'
import type { Database } from '../../db/schema.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { registryOf } from '../../processes/registry.ts'
import { loan } from '../loan/processes/loan/host.ts'
import { migrations } from '../loan/processes/index.ts'
import { minute, openDatabase } from './db-story.ts'

/** What is held or gathered, by the priority of what it is about: whatever its type. Here loans have one, by what is lent. */

const priority = `split_part(device, ' ', 1) collate "C"`
const head = { ...loan.table.head, priority, priorityRank: `case ${priority} when 'urgent' then 1 else 3 end` }
const types = registryOf(ticket, { ...loan, table: { ...loan.table, head } })

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => {
  const { url, ...opened } = await openDatabase({ furnished: true })
  ;({ db, close } = opened)
  await migrateToLatest(url, types, migrations)
})
afterAll(() => close())
beforeEach(async () => {
  await db.deleteFrom('notices').execute()
  await sql`delete from loans`.execute(db)
})

async function lent(number: string, device: string): Promise<void> {
  await sql`insert into loans (number, profile, profile_version, stage, version, state, request_id, device, team, lent_at)
    values (${number}, 'tech-support', 1, 'lent', 1, '{}', 'r', ${device}, 'tech-support', now())`.execute(db)
}

const told = (process: string, changes: { heldUntil?: string; heldPriority?: string | null; gatheredFor?: string[] }) =>
  db
    .insertInto('notices')
    .values({
      ...{ process, seq: 1, kind: 'deadline-missed', recipientKind: 'person', recipientId: 'agent-li', params: '{}' },
      ...{ createdAt: minute(0), ...changes },
    })
    .execute()

it('what quiet hours hold is free once its priority is another one, whatever its type; what has none stays held', async () => {
  await lent('LN1', 'urgent laptop')
  await lent('LN2', 'medium laptop')
  for (const process of ['LN1', 'LN2', 'nowhere']) await told(process, { heldUntil: minute(60), heldPriority: 'medium' })
  await releaseReprioritised(db, minute(1))
  const held = await db.selectFrom('notices').select('process').where('heldUntil', 'is not', null).orderBy('process').execute()
  expect(held.map(({ process }) => process)).toEqual(['LN2', 'nowhere'])
})

it('a digest has the most urgent first, whatever its type, and last what knows no urgency', async () => {
  await lent('LN1', 'medium laptop')
  await lent('LN2', 'urgent laptop')
  for (const process of ['LN1', 'LN2', 'nowhere']) await told(process, { heldUntil: minute(1), gatheredFor: ['agent-li'] })
  const digest = await claimDigest(db, { id: 'd', now: minute(2), until: minute(3), most: 10 })
  expect(digest?.notices.map(({ process }) => process)).toEqual(['LN2', 'LN1', 'nowhere'])
})

it('what is held is looked at by an index of the notices, and each by the number in its type’s table', async () => {
  const plan = await db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    const text = sql.raw(releaseText.replace('$1', `'${minute(0)}'`))
    return (await sql<{ 'QUERY PLAN': string }>`explain ${text}`.execute(trx)).rows.map((row) => row['QUERY PLAN']).join('\n')
  })
  for (const index of ['notices_held', 'tickets_pkey', 'loans_pkey']) expect(plan).toContain(index)
})
