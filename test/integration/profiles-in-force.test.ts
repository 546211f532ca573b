import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standings } from '../../db/profile-standings.ts'
import { installShipped } from '../../db/shipped.ts'
import type { ReportSchedules } from '../../gateway/report-schedules.ts'
import { shippedDocuments } from '../../runtime/shipped-profiles.ts'
import { startReportSchedules } from '../../worker/report-schedules.ts'
import { form as usualForm, openOffice, type Heard, type Office } from '../support/api.ts'
import { english, log, peopleOf, registered, ticket, tw, walksOn, zh, type People } from '../support/walk.ts'

/** From when a profile counts, and what becomes of one that is retired (X1). */

let office: Office
let people: People
let now = '2026-11-30T15:59:59.999Z'
/** Of a calendar that ships, and in force from a day that is still to come. */
const hotel = readFileSync('docs/examples/hotel.yaml', 'utf8')
  .replace(/^calendar: .*$/m, 'calendar: cn-office')
  .replace(/effectiveFrom: "[^"]*"/, 'effectiveFrom: "2026-12-01"')

beforeAll(async () => {
  office = await openOffice({ clock: { now: () => new Date(now) } })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const put = (id: string, document: string, headers = {}): Promise<Heard> =>
  people.admin.send('PUT', `/api/profiles/${id}`, document, { 'Content-Type': 'application/yaml', ...headers })
const retire = (id: string, who = people.admin, headers = {}) =>
  who.post(`/api/profiles/${id}/retire`, { reason: '已由新流程取代' }, headers)
const listed = async (id: string, who = people.agent) => (await who.get('/api/profiles')).items.find((item) => item['id'] === id)
const guest = { ...usualForm, profile: 'hotel', type: 'repair', priority: 'high', channel: 'front-desk', fields: { room: '1208' } }
const register = (headers = {}) => people.agent.post('/api/tickets', guest, headers)
const versionOf = async (number: string) => (await ticket(people.agent, number))['profileVersion']

/** For which profiles the worker keeps a schedule of reports now. */
async function scheduled(): Promise<string[]> {
  const kept = new Set<string>()
  const schedules: Pick<ReportSchedules, 'put' | 'remove'> = {
    put: async (profile) => void kept.add(profile),
    remove: async (profile) => void kept.delete(profile),
  }
  const unused = () => Promise.reject(new Error('nobody looks there'))
  const rounds = startReportSchedules({
    db: office.db,
    schedules: { ...schedules, find: unused, pause: unused, resume: unused, trigger: unused, backfill: unused },
    clock: { now: () => new Date(now) },
    log: pino({ level: 'silent' }),
  })
  await rounds.stop()
  return [...kept].toSorted()
}

describe('X1: no ticket runs by a profile before its day', () => {
  let first: string

  it('X1: until midnight in its zone it is installed, listed as upcoming, and a registration is refused with the date', async () => {
    expect((await put('hotel', hotel)).status).toBe(201)
    expect(await listed('hotel')).toMatchObject({ state: 'upcoming', version: 1, next: { version: 1, effectiveFrom: '2026-12-01' } })
    expect(await listed('hotel', people.customer)).toBeUndefined()
    expect((await people.agent.get('/api/profiles/hotel')).body).toMatchObject({ version: 1, state: 'upcoming' })
    const messages = [
      [zh, /^自 2026-12-01 \(Asia\/Shanghai\) 起生效；在此之前请选择：.*tech-support/],
      [tw, /^自 2026-12-01 \(Asia\/Shanghai\) 起生效；在此之前請選擇：/],
      [english, /^comes into force on 2026-12-01 \(Asia\/Shanghai\); until then choose one of: .*tech-support/],
    ] as const
    for (const [language, message] of messages) {
      const heard = await register(language)
      expect([heard.status, heard.errors]).toEqual([
        422,
        [expect.objectContaining({ path: 'profile', code: 'profile-upcoming', message: expect.stringMatching(message) })],
      ])
      const asked = await people.agent.get('/api/profiles/hotel/form', language)
      expect(asked).toMatchObject({ status: 409, detail: expect.stringContaining('2026-12-01 (Asia/Shanghai)') })
    }
    now = '2026-11-30T16:00:00.000Z'
    expect(await listed('hotel')).toMatchObject({ state: 'current', version: 1, next: null })
    const heard = await register()
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    first = heard.number
    expect((await people.agent.get('/api/profiles/hotel/form')).status).toBe(200)
  })

  it('X1: a version of a later day waits for it: forms, tickets and rehearsals are by the one in force, tickets keep theirs', async () => {
    const later = hotel
      .replace('version: 1', 'version: 2')
      .replace('"2026-12-01"', '"2026-12-05"')
      .replace('zh-CN: 客房报修', 'zh-CN: 报修')
    expect((await put('hotel', later)).status).toBe(201)
    expect(await listed('hotel')).toMatchObject({ state: 'current', version: 1, next: { version: 2, effectiveFrom: '2026-12-05' } })
    expect(await versionOf((await register()).number)).toBe(1)
    const rehearsed = async () => {
      const { channel, fields, type, priority } = guest
      const asked = { profile: 'hotel', ticket: { channel, fields, type, priority, at: '2026-12-02 09:30' } }
      return (await people.supervisor.post('/api/profiles/rehearse', asked, zh)).body
    }
    expect(await rehearsed()).toMatchObject({ type: { label: '客房报修' } })
    now = '2026-12-04T16:00:00.000Z'
    expect(await listed('hotel')).toMatchObject({ state: 'current', version: 2, next: null })
    expect(await versionOf((await register()).number)).toBe(2)
    expect(await rehearsed()).toMatchObject({ type: { label: '报修' } })
    expect(await versionOf(first)).toBe(1)
  })
})

describe('X1: a profile that is retired', () => {
  it('X1: takes no new tickets, and those that run go on to their end; nothing of it is deleted', async () => {
    const running = await registered(people.agent)
    expect((await retire('tech-support', people.agent)).status).toBe(403)
    expect((await retire('nobody')).status).toBe(404)
    const retired = await retire('tech-support', people.quality)
    expect(retired).toMatchObject({
      status: 200,
      body: { id: 'tech-support', retiredAt: now, retiredBy: 'quality-wu', reason: '已由新流程取代' },
    })
    expect((await retire('tech-support')).body).toEqual(retired.body)

    const refused = await people.agent.post('/api/tickets', usualForm, english)
    expect(refused.errors).toMatchObject([
      {
        path: 'profile',
        code: 'profile-retired',
        message: expect.stringMatching(/^is retired and takes nothing new; choose one of: .*hotel/),
      },
    ])
    expect((await people.agent.get('/api/profiles/tech-support/form', english)).detail).toMatch(
      /^Nothing new can be registered by “tech-support”: it is retired since /,
    )
    expect(await listed('tech-support')).toMatchObject({ state: 'retired' })
    expect(await listed('tech-support', people.customer)).toBeUndefined()

    await walksOn(running, 'intake', 'follow-up', people)
    expect(await log(people.agent, running)).toContainEqual(expect.objectContaining({ type: 'closed' }))
    expect((await people.agent.get(`/api/templates?profile=tech-support`)).items.length).toBeGreaterThan(0)
    expect((await people.management.get('/api/figures/resolution-rate?profile=tech-support&from=2026-11-01&until=2026-12-05')).status).toBe(
      200,
    )
    expect((await people.agent.get('/api/profiles/tech-support')).body).toMatchObject({ state: 'retired' })
  })

  it('X1: is reported on while its tickets run and for a quarter after the last of them, and no longer', async () => {
    expect(await scheduled()).toContain('tech-support')
    await office.db.updateTable('tickets').set({ stage: 'archived' }).where('profile', '=', 'tech-support').execute()
    expect(await scheduled()).toContain('tech-support')
    now = '2027-03-20T00:00:00.000Z'
    const left = await scheduled()
    expect(left).not.toContain('tech-support')
    expect(left).toContain('standard-ticket')
  })

  it('X1: stays retired when the product that ships it starts again, and is in use when it is installed again', async () => {
    await installShipped(office.db, await shippedDocuments())
    expect(await listed('tech-support')).toMatchObject({ state: 'retired' })
    const text = String((await people.admin.get('/api/profiles/tech-support', { Accept: 'application/yaml' })).body['text'])
    expect((await put('tech-support', text)).status).toBe(200)
    expect(await listed('tech-support')).toMatchObject({ state: 'current' })
    expect((await people.agent.post('/api/tickets', usualForm)).status).toBe(201)
  })

  it('X1: is in use again only from the day of a version that is installed after; check and installation say which version never will be', async () => {
    const version = (number: number, day: string) => hotel.replace('version: 1', `version: ${number}`).replace('"2026-12-01"', `"${day}"`)
    expect((await put('hotel', version(3, '2027-03-22'))).status).toBe(201)
    now = '2027-03-20T00:00:01.000Z'
    expect((await retire('hotel')).status).toBe(200)
    now = '2027-03-20T00:00:02.000Z'
    expect((await put('hotel', version(4, '2027-03-21'))).status).toBe(201)
    expect(await listed('hotel')).toMatchObject({ state: 'retired', version: 2, next: { version: 4, effectiveFrom: '2027-03-21' } })
    expect((await register(english)).errors).toMatchObject([{ code: 'profile-retired' }])
    now = '2027-03-20T16:00:00.000Z'
    expect(await listed('hotel')).toMatchObject({ state: 'current', version: 4 })
    expect((await register()).status).toBe(201)
    const again = await retire('hotel')
    expect(again.body).toMatchObject({ retiredAt: now })
    expect((await retire('hotel')).body).toEqual(again.body)
    expect(await listed('hotel')).toMatchObject({ state: 'retired', version: 4 })

    now = '2027-03-20T16:00:01.000Z'
    expect((await put('hotel', version(5, '2027-04-01'))).status).toBe(201)
    now = '2027-03-20T16:00:02.000Z'
    expect((await retire('hotel')).body).toMatchObject({ retiredAt: now })
    const day = '2027-04-01T00:00:00.000Z'
    expect((await standings(office.db, day)).get('hotel')).toMatchObject({ state: 'retired', version: 5 })
    now = '2027-03-20T16:00:03.000Z'
    expect((await put('hotel', version(5, '2027-04-01'))).status).toBe(200)
    expect(await listed('hotel')).toMatchObject({ state: 'retired', version: 4, next: { version: 5 } })
    expect((await standings(office.db, day)).get('hotel')).toMatchObject({ state: 'current', version: 5 })

    const fix = version(6, '2027-03-01')
    const warning = expect.objectContaining({
      code: 'announced-ended',
      path: 'version',
      text: expect.stringMatching(/^version 5, which is installed and was to come into force on 2027-04-01, never will/),
      remedy: expect.stringContaining('once more as version 7 with its day'),
    })
    const yaml = { 'Content-Type': 'application/yaml', ...english }
    const checked = await people.admin.send('POST', '/api/profiles/check', fix, yaml)
    expect(checked.body['warnings']).toContainEqual(warning)
    expect((await put('hotel', version(5, '2027-04-01'), english)).body['warnings']).not.toContainEqual(warning)
    const installed = await put('hotel', fix, english)
    expect([installed.status, installed.body['warnings']]).toEqual([201, expect.arrayContaining([warning])])
    expect(await listed('hotel')).toMatchObject({ state: 'current', version: 6, next: null })
  })

  it('X1: a template that is retired is extended by nothing new; what extends it goes on', async () => {
    expect((await retire('base')).status).toBe(200)
    const { body } = await people.agent.get('/api/profiles?templates=true')
    expect(body['templates']).toContainEqual(expect.objectContaining({ id: 'base', retiredAt: now }))
    const next = await put('hotel', hotel.replace('version: 1', 'version: 7'), english)
    expect(next.errors).toMatchObject([
      { path: 'extends', message: expect.stringMatching(/^"base" is retired, and nothing new extends it/) },
    ])
    expect(await versionOf((await register()).number)).toBe(6)
    const whole = await people.agent.get('/api/profiles/hotel?showing=whole', { Accept: 'application/yaml' })
    expect(String(whole.body['text'])).toContain('reopeningWindow: P7D')
    expect((await put('base', readFileSync('profiles/base.yaml', 'utf8'))).status).toBe(200)
    expect((await put('hotel', hotel.replace('version: 1', 'version: 7'))).status).toBe(201)
  })
})
