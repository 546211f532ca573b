import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installProfile, latestProfile } from '../../db/profiles.ts'
import { epochMs, plus, type Instant } from '../../domain/instant.ts'
import { openOffice, type Office } from '../support/api.ts'
import { until } from '../support/launcher.ts'
import { peopleOf, zh, type People } from '../support/walk.ts'

/** Signatures under a report: who is asked, who hears that one is late, and who comes first of two. */

const begun: Instant = '2026-11-03T02:00:00.000Z'
let now: Instant = begun
let office: Office
let people: People

beforeAll(async () => {
  office = await openOffice({ clock: { now: () => new Date(now) } })
  people = await peopleOf(office)
  const profile = await latestProfile(office.db, 'tech-support')
  if (!profile) throw new Error('the profile is gone')
  const [weekly, monthly] = [profile.reports?.[0], profile.reports?.[1]]
  if (!weekly || !monthly?.release) throw new Error('the profile has other reports')
  const patient = { ...profile, id: 'patient', reports: [weekly, { ...monthly, release: { ...monthly.release, late: 'wait' as const } }] }
  await installProfile(office.db, { profile: patient, source: null, installedAt: '2026-01-01T00:00:00.000Z', installedBy: 'admin-lin' })
}, 60_000)
afterAll(() => office.close())

async function made(profile: string, period: string): Promise<string> {
  expect(await people.quality.post('/api/reports', { profile, report: 'monthly', period }, zh)).toMatchObject({ status: 201 })
  await office.settled()
  const number = `report:${profile}:monthly:${period}`
  await until(async () => ((await stageOf(number)) === 'draft' ? true : undefined))
  return number
}
const reportOf = async (number: string) => (await people.management.get(`/api/reports/${number}`)).body
const stageOf = async (number: string) => (await reportOf(number))['stage']
const sign = (number: string, who: keyof People, command: string, input: object = {}, headers = {}) =>
  people[who].post(`/api/reports/${number}/${command}`, input, { ...zh, ...headers })
const texts = (analysis: string) => ({ texts: { analysis } })

async function dueOf(number: string, clock: string): Promise<Instant> {
  const { dueAt } = await office.db
    .selectFrom('promises')
    .select('dueAt')
    .where('process', '=', number)
    .where('clock', '=', clock)
    .orderBy('cycle', 'desc')
    .executeTakeFirstOrThrow()
  return dueAt
}

/** Each mail that was queued: its kind, and to whom. */
async function told(number: string): Promise<Record<string, string[]>> {
  await office.settled()
  const rows = await office.db.selectFrom('notices').select(['kind', 'recipientId']).where('process', '=', number).orderBy('id').execute()
  const by: Record<string, string[]> = {}
  for (const { kind, recipientId } of rows) (by[kind] ??= []).push(recipientId ?? '')
  return by
}

async function holding(...roles: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from people where active and roles && ${roles}::text[] order by id`.execute(
    office.db,
  )
  return rows.map(({ id }) => id)
}

describe('Q8: a report that waits for a signature', () => {
  it('reminds who is to sign and tells who waits for it, each once a rung, though nobody was there for a day', async () => {
    now = begun
    const number = await made('patient', '2026-10')
    const signers = await holding('supervisor')
    const readers = await holding('supervisor', 'department-lead', 'quality', 'management')
    expect(await told(number)).toEqual({ 'report-to-sign': signers })
    // Whose signature it may be has it in their work, with its deadline; nobody else has.
    const toSign = async (who: keyof People) => (await people[who].get('/api/me/work')).body['toSign']
    const due = await dueOf(number, 'writing')
    expect(await toSign('supervisor')).toEqual(
      expect.arrayContaining([expect.objectContaining({ number, stage: 'draft', nextDueAt: due })]),
    )
    for (const who of ['management', 'engineer'] as const) expect(await toSign(who)).toEqual([])
    const params = await office.db.selectFrom('notices').select('params').where('process', '=', number).executeTakeFirstOrThrow()
    expect(params.params).toMatchObject({ dueAt: due })
    await office.stopWorker()
    now = plus(await dueOf(number, 'writing'), 'PT25H')
    await office.startWorker()
    // The reminder, that it is late, and that it still is a day later.
    await until(async () => ((await told(number))['report-late']?.length === 2 * readers.length ? true : undefined))
    const all = await told(number)
    expect(all['report-to-sign']?.toSorted()).toEqual([...signers, ...signers].toSorted())
    expect(all['report-late']?.toSorted()).toEqual([...readers, ...readers].toSorted())
    for (const admin of await holding('admin')) expect(Object.values(all).flat()).not.toContain(admin)
    expect(await reportOf(number)).toMatchObject({ stage: 'draft', unreviewed: false })
    expect(await sign(number, 'supervisor', 'write', texts('登录接口'))).toMatchObject({ status: 200 })
  })

  it('goes out as it is where the profile says so, marked, the moment its deadline passes: a signature then is too late', async () => {
    now = begun
    const number = await made('tech-support', '2026-10')
    const other = await made('tech-support', '2026-09')
    now = await dueOf(number, 'writing')
    // The very instant still counts.
    expect(await sign(other, 'supervisor', 'write', texts('到期时刻'))).toMatchObject({ status: 200 })
    expect(await stageOf(number)).toBe('draft')
    now = plus(now, 'PT0.001S')
    expect(await sign(number, 'supervisor', 'write', texts('到期时刻'))).toMatchObject({ status: 409 })
    await until(async () => ((await stageOf(number)) === 'sent' ? true : undefined))
    expect(await reportOf(number)).toMatchObject({ unreviewed: true, preparer: null })
    const all = await told(number)
    expect(all['report-late']).toBeUndefined()
    expect(all['report-ready']).toEqual(await holding('supervisor', 'department-lead', 'quality', 'management'))
  })

  it('asks the management, and never who looks after the machine, where nobody holds the role', async () => {
    now = begun
    await sql`update people set active = false where roles && '{supervisor}'`.execute(office.db)
    const number = await made('patient', '2026-09')
    expect(await told(number)).toEqual({ 'report-to-sign': await holding('management') })
    // It is not theirs to sign while there is time; then it is, since else it would wait for good.
    expect(await sign(number, 'management', 'write', texts('登录接口'))).toMatchObject({ status: 403 })
    now = plus(await dueOf(number, 'writing'), 'PT0.001S')
    expect(await sign(number, 'quality', 'write', texts('登录接口'))).toMatchObject({ status: 403 })
    expect(await sign(number, 'management', 'write', texts('登录接口'))).toMatchObject({ status: 200 })
    // The next signature has a time of its own.
    expect(await sign(number, 'management', 'review')).toMatchObject({ status: 403, body: { type: '/problems/wrong-role' } })
    await sql`update people set active = true where roles && '{supervisor}'`.execute(office.db)
  })
})

describe('Q8: two at once', () => {
  it('of two texts, and of an approval and a return, one takes effect; nobody signs twice; who has read an older version is told', async () => {
    now = begun
    const number = await made('patient', '2026-08')
    const etag = `"${String((await reportOf(number))['version'])}"`
    const writes = await Promise.all([
      sign(number, 'supervisor', 'write', texts('甲')),
      sign(number, 'otherSupervisor', 'write', texts('乙')),
    ])
    expect(writes.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const written = writes[0].status === 200 ? '甲' : '乙'
    const { body } = await people.management.get(`/api/reports/${number}/content`, zh)
    expect(JSON.stringify(body)).not.toContain(written === '甲' ? '乙' : '甲')
    expect(await sign(number, 'lead', 'review', {}, { 'If-Match': etag })).toMatchObject({ status: 412 })

    const preparer = String((await reportOf(number))['preparer'])
    await sql`update people set roles = roles || '{department-lead,management}'::text[] where id = ${preparer}`.execute(office.db)
    const self = preparer === 'supervisor-zhang' ? 'supervisor' : 'otherSupervisor'
    expect(await sign(number, self, 'review')).toMatchObject({ status: 409, body: { type: '/problems/own-signature' } })
    expect(await sign(number, 'lead', 'review')).toMatchObject({ status: 200 })
    expect(await sign(number, self, 'approve')).toMatchObject({ status: 409, body: { type: '/problems/own-signature' } })

    const ends = await Promise.all([
      sign(number, 'management', 'approve'),
      sign(number, 'management', 'send-back', { reason: '数据待核对' }),
    ])
    expect(ends.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    await office.settled()
    expect(['sent', 'sending', 'draft']).toContain(await stageOf(number))
    expect(epochMs(now)).toBe(epochMs(begun))
  })
})
