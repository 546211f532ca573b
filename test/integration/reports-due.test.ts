import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recurringSince } from '../../db/recurring.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { installProfile, latestProfile } from '../../db/profiles.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Every } from '../../domain/recurring/periods.ts'
import { recurringKey, type RecurringType } from '../../domain/recurring/recurring.ts'
import { openDue } from '../../gateway/recurring.ts'
import { processes } from '../../processes/index.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { createLogger } from '../../runtime/logging.ts'
import { runWorker } from '../../worker/main.ts'
import { officeKey } from '../support/api.ts'
import { furnishAssessments, numberOf, profile as scored } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { peopleOf, zh, type People } from '../support/walk.ts'
import { minute } from './db-story.ts'

/** When reports fall due, on a real Temporal: many look at once, and profiles and calendars change meanwhile. */

let office: OfficeOnTemporal
let people: People
let other: Awaited<ReturnType<typeof runWorker>>
beforeAll(async () => {
  office = await openOfficeOnTemporal({ worker: false })
  people = await peopleOf(office)
  // As if it had been here since September: four weeks, and September itself, are due.
  await sql`update profiles set installed_at = '2026-09-28T02:00:00Z' where id = 'tech-support'`.execute(office.db)
  await furnishAssessments(office, ['monthly'], [])
  await sql`update profiles set installed_at = '2026-10-20T02:00:00Z' where id = ${scored}`.execute(office.db)
  await office.startWorker()
  other = await runWorker(office.config, createLogger('worker', 'error'))
}, 120_000)
afterAll(async () => {
  await other?.stop()
  await office.close()
})

const monthly = 'report:tech-support:monthly:2026-09'
const stageOf = async (number: string) => (await people.management.get(`/api/reports/${number}`)).body['stage']
const shaOf = async (number: string) =>
  (await office.db.selectFrom('reportModels').select('sha256').where('number', '=', number).executeTakeFirstOrThrow()).sha256

async function changed(change: (profile: Profile) => Profile): Promise<number> {
  const profile = await latestProfile(office.db, 'tech-support')
  if (!profile) throw new Error('the profile is gone')
  const next = { ...change(profile), version: profile.version + 1 }
  await installProfile(office.db, { profile: next, source: null, installedAt: instantOf(Date.now()), installedBy: 'admin-lin' })
  return next.version
}

/** Looks for what is due, by a clock of its own. */
function look(profile: string, upTo: string, now = upTo): Promise<string[]> {
  const { db, gateway } = office
  const clock = { now: () => new Date(now) }
  const of = { keys: keysOf(officeKey), processes, profileOf: createProfileReader(db), log: createLogger('worker', 'error') }
  return openDue({ db, gateway, clock, ...of }, { profile, upTo })
}

describe('T17: a report is made once', () => {
  it('by two workers, a schedule that is triggered three times at once, and people who ask for the same by hand', async () => {
    const handle = office.client.schedule.getHandle('reports:tech-support')
    await until(async () => handle.describe().catch(() => undefined))
    const byHand = (period: string) => people.supervisor.post('/api/reports', { profile: 'tech-support', report: 'weekly', period }, zh)
    const answers = await Promise.all([
      ...[1, 2, 3].map(async () => {
        expect((await people.management.post('/api/report-schedules/tech-support/trigger', {})).status).toBe(200)
        return undefined
      }),
      ...['2026-W40', '2026-W43', '2026-W43', '2026-W45'].map(byHand),
    ])
    for (const answer of answers) if (answer) expect([201, 409]).toContain(answer.status)
    const weeks = ['2026-W40', '2026-W41', '2026-W42', '2026-W43', '2026-W44', '2026-W45', '2026-W46']
    const numbers = weeks.map((week) => `report:tech-support:weekly:${week}`)
    for (const number of numbers) await until(async () => ((await stageOf(number)) === 'sent' ? true : undefined))
    await until(async () => ((await stageOf(monthly)) === 'draft' ? true : undefined))
    for (const number of numbers) {
      const events = await office.db.selectFrom('events').select('type').where('process', '=', number).orderBy('seq').execute()
      expect(events.map(({ type }) => type)).toEqual(['opened', 'reckoned', 'released', 'sent'])
      const notices = await office.db.selectFrom('notices').select('recipientId').where('process', '=', number).execute()
      expect(new Set(notices.map(({ recipientId }) => recipientId)).size).toBe(notices.length)
    }
  }, 120_000)
})

describe('R14: an assessment is made by the same look', () => {
  it('once, when its month is over, also by a profile that has no reports', async () => {
    await until(async () =>
      office.client.schedule
        .getHandle(`reports:${scored}`)
        .describe()
        .catch(() => undefined),
    )
    for (const _ of [1, 2]) expect((await people.management.post(`/api/report-schedules/${scored}/trigger`, {})).status).toBe(200)
    const stage = async () => (await people.management.get(`/api/assessments/${numberOf('monthly')}`)).body['stage']
    await until(async () => ((await stage()) === 'draft' ? true : undefined))
    const { items } = await people.management.get('/api/assessments')
    expect(items.map(({ number }) => number)).toEqual([numberOf('monthly')])
  }, 60_000)
})

describe('T17: what changes after a report was made', () => {
  it('an amended calendar leaves it its numbers', async () => {
    const before = await shaOf(monthly)
    const { body } = await people.management.get(`/api/reports/${monthly}/content`, zh)
    const { body: calendar } = await people.admin.get('/api/calendars/cn-office', { Accept: 'application/yaml' })
    const text = String(calendar['text'])
    const amended = text
      .replace(/^version: *(\d+)/m, (_, version: string) => `version: ${Number(version) + 1}`)
      .replace(/2026-09-25/, '2026-09-24')
    expect(
      (await people.admin.send('PUT', '/api/calendars/cn-office', amended, { 'Content-Type': 'application/yaml' })).status,
    ).toBeLessThan(300)
    expect((await people.management.get(`/api/reports/${monthly}/content`, zh)).body).toEqual(body)
    expect(await shaOf(monthly)).toBe(before)
  })

  it('a worker whose clock is behind looks again soon, and opens it then; what is asked for far too early is nobody’s hurry', async () => {
    const { db } = office
    const profile = await latestProfile(db, 'tech-support')
    const weekly = profile?.reports?.find(({ every }) => every === 'week')
    if (!profile || !weekly) throw new Error('the profile has no weekly report')
    const copy = { ...profile, id: 'behind', reports: [weekly] }
    await installProfile(db, { profile: copy, source: null, installedAt: '2026-11-05T00:00:00.000Z', installedBy: 'admin-lin' })
    const numberOf = (week: string) => `report:behind:${weekly.id}:2026-${week}`
    // Monday at nine in Shanghai; here it is two minutes to.
    await expect(look('behind', '2026-11-16T01:02:00.000Z', '2026-11-16T00:58:00.000Z')).rejects.toThrow(numberOf('W46'))
    expect(await stageOf(numberOf('W45'))).toBeDefined()
    expect(await look('behind', '2026-11-16T01:02:00.000Z', '2026-11-16T01:00:00.000Z')).toEqual([numberOf('W46')])
    expect(await look('behind', '2026-12-14T01:02:00.000Z', '2026-11-16T01:00:00.000Z')).toEqual([])
  })

  it('one whose plan was taken out of the profile is read and signed all the same; where no plan is left, nobody looks any more', async () => {
    await changed(({ reports: _, ...profile }) => profile)
    await office.stopWorker()
    await office.startWorker()
    await until(async () => {
      const found = await office.client.schedule
        .getHandle('reports:tech-support')
        .describe()
        .then(
          () => 'there',
          () => 'gone',
        )
      return found === 'gone' ? true : undefined
    })
    expect((await people.management.get(`/api/reports/${monthly}/content`, zh)).body).toMatchObject({ period: '2026-09' })
    const sign = (who: keyof People, command: string, input: object) => people[who].post(`/api/reports/${monthly}/${command}`, input, zh)
    expect(await sign('supervisor', 'write', { texts: { analysis: '第三方登录接口不稳定' } })).toMatchObject({ status: 200 })
    expect(await sign('lead', 'review', {})).toMatchObject({ status: 200 })
    expect(await sign('management', 'approve', {})).toMatchObject({ status: 200 })
    await until(async () => ((await stageOf(monthly)) === 'sent' ? true : undefined))
  }, 60_000)

  it('one that is made every month instead of every week is due by months from then on, and what somebody makes of a month before is reckoned by months', async () => {
    const { db } = office
    const profile = await latestProfile(db, 'behind')
    const weekly = profile?.reports?.find(({ every }) => every === 'week')
    if (!profile || !weekly) throw new Error('the profile has no weekly report')
    const install = async (version: number, every: Every, installedAt: string) =>
      installProfile(db, {
        profile: { ...profile, id: 'changed', version, reports: [{ ...weekly, every }] },
        source: null,
        installedAt,
        installedBy: 'admin-lin',
      })
    await install(1, 'week', '2026-08-10T02:00:00.000Z')
    await install(2, 'month', '2026-11-10T02:00:00.000Z')
    expect(await look('changed', '2026-11-20T02:00:00.000Z')).toEqual([])
    const { status } = await people.supervisor.post('/api/reports', { profile: 'changed', report: weekly.id, period: '2026-09' }, zh)
    expect(status).toBe(201)
    const number = `report:changed:${weekly.id}:2026-09`
    await until(async () => ((await stageOf(number)) === 'sent' ? true : undefined))
    const { body } = await people.management.get(`/api/reports/${number}/content`, zh)
    expect(body).toMatchObject({ period: '2026-09', from: '2026-08-31T16:00:00.000Z', until: '2026-09-30T16:00:00.000Z' })
    // A day that the calendar of then had as a holiday, and which the calendar of now says was worked.
    await install(3, 'day', '2026-11-30T02:00:00.000Z')
    const daily = await people.supervisor.post('/api/reports', { profile: 'changed', report: weekly.id, period: '2026-09-25' }, zh)
    expect(daily.status).toBe(201)
    await until(async () => ((await stageOf(`report:changed:${weekly.id}:2026-09-25`)) === 'sent' ? true : undefined))
    await install(4, 'month', '2026-11-30T02:00:01.000Z')
    expect(await look('changed', '2027-01-05T02:00:00.000Z')).toEqual([
      `report:changed:${weekly.id}:2026-11`,
      `report:changed:${weekly.id}:2026-12`,
    ])
  }, 60_000)

  it('each plan counts from when the profile has had it made so often, and one that was put back begins anew', async () => {
    const { db } = office
    const install = (version: number, reports: Readonly<Record<string, string>>, at: number) => {
      const listed = Object.entries(reports).map(([id, every]) => ({ id, every }))
      const content = { ...(listed.length > 0 && { reports: listed }), assessments: [{ id: 'scores' }] }
      return sql`insert into profiles (id, version, content, installed_at, installed_by)
        values ('grown', ${version}, ${JSON.stringify(content)}::jsonb, ${minute(at)}, 'x')`.execute(db)
    }
    await install(1, {}, 1)
    await install(2, { weekly: 'week', daily: 'day', often: 'week' }, 2)
    await install(3, { weekly: 'week', often: 'month' }, 3)
    await install(4, { weekly: 'week', daily: 'day', monthly: 'month', often: 'month' }, 4)
    const since = await recurringSince(db, 'grown', instantOf(Date.now()))
    const sinceOf = (type: RecurringType, id: string, every: Every) => since.get(recurringKey({ type, id, every }))
    expect(sinceOf('report', 'weekly', 'week')).toBe(minute(2))
    expect(sinceOf('report', 'daily', 'day')).toBe(minute(4))
    expect(sinceOf('report', 'monthly', 'month')).toBe(minute(4))
    expect(sinceOf('report', 'often', 'month')).toBe(minute(3))
    expect(sinceOf('assessment', 'scores', 'month')).toBe(minute(1))
    await sql`delete from profiles where id = 'grown'`.execute(db)
  })
})
