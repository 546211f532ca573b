import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf, plus } from '../../../domain/instant.ts'
import { until } from '../../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { drawn, good, judges, longRecorded, named, numbersIn, ticketsIn, withSamples } from '../../support/samples.ts'
import { noticesOf, peopleOf, walkedTo, zh, type People } from '../../support/walk.ts'

/** The quality department watches the service: samples of tickets, judged by a day that was promised, whose results are figures. Time is skipped. */

let office: OfficeOnTemporal
let people: People
let tickets: string[]

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
  await withSamples(office)
  tickets = []
  for (let nth = 0; nth < 4; nth += 1) tickets.push(await walkedTo('follow-up', people))
  await longRecorded(office)
}, 120_000)
afterAll(() => office.close())

const nowMs = () => office.temporal.currentTimeMs()
const read = async (number: string) => (await people.quality.get(`/api/samples/${number}`, zh)).body
const clockOf = async (number: string, clock: string) =>
  (await people.quality.get(`/api/samples/${number}/clocks`)).items.findLast((one) => one['clock'] === clock)
const happened = (number: string, type: string) =>
  until(async () => (await people.quality.get(`/api/samples/${number}/events?limit=200`)).items.findLast((event) => event.type === type))
const figure = async (id: string, query = '', who: keyof People = 'quality') => {
  const now = instantOf(await nowMs())
  return people[who].get(`/api/figures/${id}?profile=tech-support&from=${plus(now, '-P60D')}&until=${plus(now, 'P1D')}${query}`, zh)
}

describe('Q7: a sample that is judged in time', () => {
  it('Q7: is drawn by chance, judged, corrected, and closes by itself; what was found are figures', async () => {
    const number = await drawn(people.quality, { of: 'closed', count: 4 })
    const [first = '', second = '', third = '', fourth = ''] = await numbersIn(people.quality, number)
    expect([first, second, third, fourth].toSorted()).toEqual(tickets.toSorted())
    const bad = { greeting: 'no', solution: 3, callback: 'not-applicable' }
    expect((await judges(people.quality, number, first, { remark: '处理规范' })).status).toBe(200)
    expect((await judges(people.quality, number, second, { answers: bad, finding: '未说明回退步骤' })).status).toBe(200)
    expect((await judges(people.quality, number, third)).status).toBe(200)
    const excuse = { ticket: fourth, reason: '录音缺失' }
    expect((await people.quality.post(`/api/samples/${number}/excuse-ticket`, excuse)).status).toBe(200)
    expect(await read(number)).toMatchObject({ stage: 'judged', judged: 3, excused: 1, faultless: 2 })
    expect(await clockOf(number, 'judging')).toMatchObject({ state: 'kept' })
    expect((await figure('judged-quality', '&splitBy=criterion')).body).toMatchObject({
      total: { n: 8, hits: 6 },
      parts: [
        { key: 'greeting', label: '开场规范', n: 3, hits: 2 },
        { key: 'solution', n: 3, hits: 2 },
        { key: 'callback', n: 2, hits: 2 },
      ],
    })
    const correction = { ticket: second, answers: { ...good, greeting: 'no' }, reason: '漏看方案附件' }
    expect((await people.quality.post(`/api/samples/${number}/rejudge`, correction)).status).toBe(200)
    expect((await figure('judged-without-fault', '&splitBy=team')).body).toMatchObject({
      total: { n: 3, hits: 2 },
      parts: [{ key: 'tech-support', n: 3, hits: 2 }],
    })
    expect((await figure('judged-quality', '&criterion=solution')).body).toMatchObject({ total: { n: 3, hits: 3 } })
    await office.later('P7D')
    await happened(number, 'closed')
    expect(await read(number)).toMatchObject({ stage: 'closed' })
    expect(await clockOf(number, 'closing')).toMatchObject({ state: 'cancelled' })
    expect(await ticketsIn(people.management, number)).toMatchObject([
      { state: 'judged' },
      { reason: '漏看方案附件' },
      {},
      { state: 'excused' },
    ])
  })

  it('Q7: tickets that were named are told apart; how people did, the management sees alone, and everybody of themselves', async () => {
    const number = await named(people.quality, tickets.slice(0, 1))
    expect((await judges(people.quality, number, tickets[0] ?? '')).status).toBe(200)
    expect((await figure('judged-without-fault')).body).toMatchObject({ total: { n: 3, marks: [{ id: 'targeted', count: 1 }] } })
    for (const query of ['&splitBy=person', '&person=engineer-wang']) {
      for (const who of ['quality', 'supervisor', 'lead', 'admin', 'agent'] as const)
        expect((await figure('judged-quality', query, who)).status, who).toBe(403)
      expect((await figure('judged-quality', query, 'management')).body).toMatchObject({ total: { n: 9 } })
    }
    expect((await figure('judged-quality', '&person=engineer-wang', 'engineer')).status).toBe(200)
  })
})

describe('Q7: a sample that nobody judges', () => {
  it('Q7: reminds who has it, then the quality department hears of it, then the management, and never who looks after the machine', async () => {
    const number = await named(people.quality, tickets.slice(1, 3))
    await office.later('P20D')
    await happened(number, 'promise-broken')
    const told = async () => {
      const rows = await noticesOf(office, number)
      return [...new Set(rows.map(({ kind, recipientId }) => `${kind} ${recipientId}`))].toSorted()
    }
    await until(async () => ((await told()).includes('sample-late manager-gao') ? true : undefined))
    expect(await told()).toEqual(['sample-due quality-wu', 'sample-late manager-gao', 'sample-late quality-wu'])
    expect(await clockOf(number, 'judging')).toMatchObject({ state: 'broken' })
    for (const ticket of tickets.slice(1, 3)) expect((await judges(people.quality, number, ticket)).status).toBe(200)
    expect((await people.quality.post(`/api/samples/${number}/close`, {})).status).toBe(200)
    expect(await clockOf(number, 'judging')).toMatchObject({ state: 'broken', stoppedAt: expect.any(String) })
  })

  it('Q7: is abandoned, and counts nowhere', async () => {
    const before = (await figure('judged-without-fault')).body['total']
    const number = await named(people.quality, tickets.slice(0, 2))
    expect((await judges(people.quality, number, tickets[0] ?? '')).status).toBe(200)
    expect((await people.management.post(`/api/samples/${number}/abandon`, { reason: '标准有误' })).status).toBe(200)
    expect((await figure('judged-without-fault')).body['total']).toEqual(before)
  })
})
