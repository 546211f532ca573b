import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
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

describe('M6, X6: as a workbook', () => {
  it('has the rows behind every figure, as many as the report says', async () => {
    const heard = await office.api().request(`/api/reports/${weekly}/content?format=xlsx`, {
      headers: { Authorization: `Bearer ${await office.token('lead-xu')}`, ...zh },
    })
    expect(heard.headers.get('content-disposition')).toContain('"report-tech-support-weekly-2026-W48.xlsx"')
    const { sheets } = await readXlsx(new Uint8Array(await heard.arrayBuffer()))
    const submitted = sheets.find(({ name }) => name.includes('受理量'))
    // A line of headings, and the five tickets.
    expect(submitted?.rows.filter(([number]) => String(number).startsWith('TS2026')).length).toBe(5)
  })
})

describe('T17: a report keeps its numbers', () => {
  it('and says what was recorded since', async () => {
    const changed = async () =>
      (await people.quality.get(`/api/reports/${weekly}/changes`, zh)).items.find(({ figure }) => figure === 'submitted')
    expect(await changed()).toBeUndefined()
    // One of its tickets is withdrawn after the report was made.
    const { items } = await people.supervisor.get('/api/tickets?stage=intake&limit=1')
    await does(people.agent, String(items[0]?.['number']), 'withdraw')
    const withdrawn = (count: number) => ({ n: 5, marks: [{ id: 'withdrawn', count }] })
    expect(await changed()).toMatchObject({ label: '受理量', reported: withdrawn(1), now: withdrawn(2) })
    const { body } = await people.lead.get(`/api/reports/${weekly}/content`)
    expect(JSON.stringify(body)).toBe(JSON.stringify((await people.lead.get(`/api/reports/${weekly}/content`)).body))
  })
})

describe('who may not read reports', () => {
  it.each(['agent', 'engineer', 'customer', 'service'] as const)('%s finds none', async (who) => {
    const asked = who === 'customer' ? 403 : 404
    for (const [path, status] of [
      ['', 404],
      ['/events', asked],
      ['/clocks', asked],
      ['/outlook', asked],
      ...['/content', '/changes', '/content?format=html', '/content?format=xlsx'].map((one) => [one, 403] as const),
    ] as const)
      expect((await people[who].get(`/api/reports/${weekly}${path}`)).status, path).toBe(status)
    expect((await people[who].post(`/api/reports/${weekly}/approve`, {})).status).toBe(404)
    const { status, items } = await people[who].get('/api/reports')
    expect({ status, items: items?.length ?? 0 }).toEqual({ status: who === 'customer' ? 200 : 403, items: 0 })
  })
})

describe('S17: the monthly report of a support desk', () => {
  it('counts by type, keyword and classification, and says so where nothing happened', async () => {
    now = new Date('2026-12-01T02:00:00.000Z')
    const heard = await people.supervisor.post('/api/reports', { profile: 'standard-ticket', report: 'monthly', period: '2026-11' }, zh)
    expect(heard.status).toBe(201)
    await office.settled()
    const { body } = await people.management.get(`/api/reports/${heard.number}/content`)
    expect(body).toMatchObject({ quiet: true })
    const kinds = z.array(z.looseObject({ id: z.string() })).parse(body['sections'])
    expect(kinds.map(({ id }) => id)).toEqual(expect.arrayContaining(['by-type', 'by-keyword', 'by-module', 'suggestions']))
    const page = await people.management.get(`/api/reports/${heard.number}/content?format=html`, zh)
    expect(page.body['text']).toContain('本期没有新的工单')
  })
})
