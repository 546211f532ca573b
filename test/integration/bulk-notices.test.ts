import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { claimBulkText } from '../../db/bulk-notices.ts'
import { claimText } from '../../db/notices.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { keepModel, reportModels } from '../../db/models.ts'
import { techSupport } from '../support/tickets.ts'
import { queueMails } from '../../processes/report/mails.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { smtpTransport } from '../../delivery/smtp.ts'
import { until } from '../support/launcher.ts'
import { sampleReport } from '../support/sample-reports.ts'
import { openDelivery, toCustomer, type Delivering, type Outbox } from './delivery-story.ts'

/** What goes to ten thousand at once: it reaches each of them once, and holds nothing else up. */

const recipients = 10_000
const keys = keysOf(Buffer.alloc(32, 7))
const report = 'report:tech-support:weekly:2026-W09'

let world: Delivering
let outbox: Outbox
beforeAll(async () => {
  world = await openDelivery()
  ;({ outbox } = world)
  const state = { number: report, version: 3, stage: 'sending', promises: [] }
  await sql`
    insert into reports (number, profile, profile_version, stage, version, state, request_id, report, period, title, opened_at, due_at, unreviewed)
    values (${report}, 'tech-support', ${techSupport.version}, 'sending', 3, ${JSON.stringify(state)}, 'r', 'weekly', '2026-W09', 'weekly',
      ${outbox.now()}, ${outbox.now()}, false)`.execute(outbox.db)
  await keepModel(outbox.db, reportModels, report, sampleReport('weekly'), outbox.now())
}, 60_000)
afterAll(() => world.close())
beforeEach(async () => {
  await world.emptied()
  await outbox.db.deleteFrom('people').where('id', 'like', 'reader-%').execute()
})

/** Gives so many people a role that gets reports, and queues the mails about one. */
async function queued(count: number): Promise<number> {
  const profileOf = createProfileReader(outbox.db)
  await sql`insert into people (id, name, email, roles)
    select 'reader-' || n, '读者' || n, 'reader-' || n || '@bihuan.example', '{quality}' from generate_series(1, ${count}::int) as n`.execute(
    outbox.db,
  )
  return queueMails(
    { db: outbox.db, clock: { now: () => new Date(outbox.now()) }, log: pino({ level: 'silent' }), keys, profileOf },
    { number: report, seq: 3, kind: 'report-ready', roles: ['quality'] },
  )
}

const bulkLeft = async () => {
  const { rows } = await sql<{ left: number }>`select count(*)::int as left from notices where bulk and status = 'queued'`.execute(
    outbox.db,
  )
  return rows[0]?.left ?? 0
}

describe('X6: mails about a report to ten thousand', () => {
  it('reach each of them once, and a ticket’s notice that comes later goes out before them, though the mail server is slow', async () => {
    const { office } = world
    const count = await queued(recipients)
    expect(count).toBeGreaterThanOrEqual(recipients)
    office.takesItsTime(20)
    const transport = smtpTransport(office.url)
    const loop = outbox.loop(transport, 1_000)
    try {
      await until(async () => (office.mails.length > 20 ? true : undefined))
      const number = await outbox.ticket()
      await outbox.told(number, { kind: 'progress', recipient: toCustomer, params: { number, text: '已定位' } })
      const sentBefore = office.mails.length
      await until(async () => ((await outbox.notices(number)).every(({ status }) => status === 'sent') ? true : undefined))
      // A few mails of two places: a hundredth of what is queued would be a hundred.
      expect(office.mails.length - sentBefore).toBeLessThan(60)
      expect(await bulkLeft()).toBeGreaterThan(recipients / 2)
    } finally {
      await loop.stop()
    }

    // Those of a thousand more, by two workers at once: more of them say nothing new.
    await sql`delete from notices where bulk and status = 'queued' and id > (
      select id from notices where bulk and status = 'queued' order by id offset 1000 limit 1)`.execute(outbox.db)
    office.takesItsTime(0)
    const others = [1, 2].map(() => outbox.loop(smtpTransport(office.url), 1_000))
    try {
      await until(async () => ((await bulkLeft()) === 0 ? true : undefined))
    } finally {
      await Promise.all(others.map((other) => other.stop()))
    }
    const sent = (await outbox.notices(report)).map(({ recipientId, status }) => `${recipientId ?? ''} ${status}`)
    expect(sent.length).toBeGreaterThan(1_000)
    const got = office.mails.flatMap(({ to }) => to.filter((one) => one.startsWith('reader-')))
    expect(got.map((one) => `${one.split('@')[0] ?? ''} sent`).toSorted()).toEqual(
      sent.filter((one) => one.startsWith('reader-')).toSorted(),
    )
  }, 120_000)
})

describe('X8: somebody who stands in', () => {
  it('gets one mail: for themselves where they have one of their own, else for all for whom they stand in', async () => {
    const { office, deliver } = world
    await queued(5)
    const { db } = outbox
    await sql`insert into people (id, name, email, roles) values ('reader-out', '替班', 'reader-out@bihuan.example', '{supervisor}')`.execute(
      db,
    )
    await sql`insert into absences (person, absent_from, deputy) values
      ('reader-1', ${outbox.now()}, 'reader-2'), ('reader-3', ${outbox.now()}, 'reader-out'), ('reader-4', ${outbox.now()}, 'reader-out')`.execute(
      db,
    )
    await deliver()
    const got = office.mails.flatMap(({ to }) => to.filter((one) => one.startsWith('reader-'))).toSorted()
    expect(got).toEqual(['reader-2', 'reader-5', 'reader-out'].map((id) => `${id}@bihuan.example`))
    expect(await bulkLeft()).toBe(0)
  })

  it('nobody above gets what only readers may read, not even where mail reaches none of them', async () => {
    const { office, deliver } = world
    await queued(1)
    await sql`update people set email = null where id = 'reader-1'`.execute(outbox.db)
    await deliver()
    const rows = await outbox.notices(report)
    expect(rows.find(({ recipientId }) => recipientId === 'reader-1')).toMatchObject({ status: 'dead', cause: 'nobody', reached: [] })
    expect(office.mails.flatMap(({ to }) => to)).not.toContain('admin@bihuan.example')
  })
})

it('each is found by an index of its own, so that neither is looked through for the other', async () => {
  await queued(recipients)
  const number = await outbox.ticket()
  await outbox.told(number, { kind: 'progress', recipient: toCustomer, params: { number, text: '已定位' } })
  await sql`vacuum analyze notices`.execute(outbox.db)
  const plan = async (text: string, values: readonly string[]) => {
    const filled = values.reduce((all, value, at) => all.replaceAll(`$${at + 1}`, `'${value}'::timestamptz`), text)
    const rolledBack = new Error('only looked at')
    let found = ''
    await outbox.db
      .transaction()
      .execute(async (trx) => {
        const { rows } = await sql<{
          'QUERY PLAN': string
        }>`explain (analyze, buffers, timing off, summary off) ${sql.raw(filled)}`.execute(trx)
        found = rows.map((row) => row['QUERY PLAN']).join('\n')
        throw rolledBack
      })
      .catch((error: unknown) => {
        if (error !== rolledBack) throw error
      })
    return found
  }
  const [now, later] = [outbox.now(), '2026-03-02T02:05:00.000Z']
  const ordinary = await plan(claimText(8), [later, now, now])
  expect(ordinary).toContain('notices_due on')
  expect(blocksIn(ordinary)).toBeLessThan(100)
  const bulk = await plan(claimBulkText(2), [later, now])
  expect(bulk).toContain('notices_due_in_bulk')
  expect(blocksIn(bulk)).toBeLessThan(200)
})

/** How many blocks of the database a statement has touched. */
function blocksIn(plan: string): number {
  return Number(/shared hit=(\d+)/.exec(plan)?.[1] ?? Number.NaN)
}
