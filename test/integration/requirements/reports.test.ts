import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOffice, type Office } from '../../support/api.ts'
import { does, peopleOf, registered, tw, walkedTo, zh, type People } from '../../support/walk.ts'

/** Periodic reports, by the public API. */

let now = new Date('2026-11-25T02:00:00.000Z')
let office: Office
let people: People

beforeAll(async () => {
  office = await openOffice({ clock: { now: () => new Date(now) } })
  people = await peopleOf(office)
  for (const stage of ['follow-up', 'follow-up', 'handling', 'intake'] as const) await walkedTo(stage, people)
  await does(people.agent, await registered(people.agent, { keywords: ['支付'] }), 'withdraw')
  await office.settled()
})
afterAll(() => office.close())

const weekly = 'report:tech-support:weekly:2026-W48'

async function made(report: string, period: string, who: keyof People = 'supervisor') {
  return people[who].post('/api/reports', { profile: 'tech-support', report, period }, zh)
}

describe('T17: the weekly report', () => {
  it('is not made of a week that is not over, nor of a time that is none', async () => {
    expect(await made('weekly', '2026-W48')).toMatchObject({ status: 422, errors: [{ path: 'period', code: 'period-not-over' }] })
    expect(await made('weekly', '2026-11')).toMatchObject({ status: 422, errors: [{ path: 'period', code: 'no-such-period' }] })
    expect(await made('yearly', '2026')).toMatchObject({ status: 422, errors: [{ path: 'report', code: 'not-a-choice' }] })
    expect(await made('weekly', '2026-W48', 'agent')).toMatchObject({ status: 403 })
  })

  it('is made once, on Monday, as of then', async () => {
    now = new Date('2026-11-30T01:05:00.000Z')
    expect(await made('weekly', '2026-W48')).toMatchObject({ status: 201, number: weekly })
    await office.settled()
    expect(await made('weekly', '2026-W48')).toMatchObject({ status: 409, body: { type: '/problems/made-already' } })
    const { body } = await people.lead.get(`/api/reports/${weekly}`, zh)
    expect(body).toMatchObject({ stage: 'sent', report: 'weekly', period: '2026-W48', dueAt: '2026-11-30T01:00:00.000Z' })
    const { body: model } = await people.lead.get(`/api/reports/${weekly}/content`, zh)
    expect(model).toMatchObject({ period: '2026-W48', asOf: '2026-11-30T01:00:00.000Z', quiet: false })
  })
})

describe('X6: as a page', () => {
  it('is in the language asked for, and runs nothing', async () => {
    const { body, headers } = await people.lead.get(`/api/reports/${weekly}/content?format=html`, tw)
    expect(body['text']).toContain('技術支援週報')
    expect(body['text']).not.toMatch(/<script|javascript:/i)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
