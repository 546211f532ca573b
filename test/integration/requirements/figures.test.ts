import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { z } from 'zod'
import { openOffice, type Heard, type Office } from '../../support/api.ts'
import { does, english, peopleOf, registered, tw, walkedTo, zh, type People } from '../../support/walk.ts'

/** Figures on demand, by the public API. */

let office: Office
let people: People
let began: string

beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
  began = new Date(Date.now() - 1_000).toISOString()
  for (const stage of ['follow-up', 'follow-up', 'handling', 'intake'] as const) await walkedTo(stage, people)
  await does(people.agent, await registered(people.agent, { keywords: ['支付'] }), 'withdraw')
  await office.settled()
})
afterAll(() => office.close())

function ask(id: string, query: Readonly<Record<string, string>> = {}, who: keyof People = 'quality', headers = zh): Promise<Heard> {
  const asked = { profile: 'tech-support', from: began, until: new Date(Date.now() + 3_600_000).toISOString(), ...query }
  return people[who].get(`/api/figures/${id}?${new URLSearchParams(asked).toString()}`, headers)
}

const numbers = z.object({
  n: z.number(),
  hits: z.number().nullable(),
  share: z.number().nullable(),
  few: z.boolean(),
  marks: z.array(z.looseObject({ id: z.string(), count: z.number() })),
})
const figure = z.looseObject({
  total: numbers.nullable(),
  parts: z.array(numbers.extend({ key: z.string().nullable(), label: z.string() })),
})

async function told(...asked: Parameters<typeof ask>) {
  const heard = await ask(...asked)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return figure.parse(heard.body)
}

describe('figures', () => {
  it('Q7: are listed with what they mean, in the language asked for', async () => {
    const heard = await people.agent.get('/api/figures', tw)
    expect(heard.items.find(({ id }) => id === 'resolution-rate')).toMatchObject({ label: '解決率', kind: 'share' })
    expect(heard.items.length).toBeGreaterThan(15)
  })

  it('R12, T17: count what came in, what was solved and what is left', async () => {
    expect((await told('submitted')).total).toMatchObject({ n: 5, marks: [{ id: 'withdrawn', count: 1, label: '已撤回' }] })
    expect((await told('closed')).total).toMatchObject({ n: 2 })
    expect((await told('backlog')).total).toMatchObject({ n: 2 })
    expect((await told('resolution-rate')).total).toMatchObject({
      n: 4,
      hits: 2,
      share: 0.5,
      few: true,
      marks: [{ id: 'running', count: 2 }],
    })
  })

  it('S17: by type, keyword and classification, each part by its name', async () => {
    const { parts } = await told('closed', { splitBy: 'classification' })
    expect(parts).toMatchObject([{ key: 'software-fault', n: 2 }])
    const byKeyword = await told('submitted', { splitBy: 'keyword', keyword: '支付' })
    expect(byKeyword).toMatchObject({ total: { n: 1 }, parts: [{ key: '支付', label: '支付', n: 1 }] })
    expect((await told('submitted', { splitBy: 'team' }, 'quality', english)).parts).toMatchObject([
      { key: 'tech-support', label: 'Technical support', n: 5 },
    ])
  })

  it('T17: promises clock by clock, and never over several', async () => {
    const all = await told('attainment')
    expect(all.total).toBeNull()
    expect(all.parts.map(({ key }) => key)).not.toContain('customer-answer')
    expect(
      (await told('attainment', { clock: 'first-response', until: '2099-01-01' })).total?.marks.reduce((sum, { count }) => sum + count, 0),
    ).toBeGreaterThan(0)
    expect(await ask('attainment', { splitBy: 'team' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'clock', code: 'required' }] },
    })
  })

  it('R12: compared with the time before and the year before, and as it was known', async () => {
    const now = new Date().toISOString()
    const { body } = await ask('submitted', { compare: 'true', asOf: now })
    // Nothing was kept then: that is no 0.
    expect(body).toMatchObject({ before: null, yearBefore: null, asOf: now })
    await registered(people.agent)
    await office.settled()
    expect(await ask('submitted', { compare: 'true', asOf: now })).toMatchObject({ body: { ...body, until: expect.any(String) } })
    expect((await told('submitted')).total?.n).toBe(6)
  })

  it('T17: over time, with natural limits from eight values on', async () => {
    const [from = '', until = ''] = [-1, 23].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString())
    const over = { from, until, series: '9', compare: 'true' }
    expect((await ask('submitted', over)).body).toMatchObject({ before: null, series: { points: [{ n: 6, until }], limits: null } })
    const [oldest] = (await people.agent.get('/api/tickets?limit=1')).items
    await sql`update tickets set submitted_at = now() - interval '30 days' where number = ${oldest?.number}`.execute(office.db)
    const { body } = await ask('submitted', over)
    // Of all of that time something is known, and of the year before nothing.
    expect(body).toMatchObject({ total: { n: 5 }, before: { n: 0 }, yearBefore: null })
    const { series } = z
      .looseObject({ series: z.looseObject({ points: z.array(z.looseObject({ until: z.string(), n: z.number() })) }) })
      .parse(body)
    expect(series.points.map(({ n }) => n)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 5])
    expect(series).toMatchObject({
      limits: { lower: 0 },
      points: expect.arrayContaining([expect.objectContaining({ value: 5, signal: 'above' })]),
    })
    expect(await ask('attainment', { series: '3' })).toMatchObject({ body: { series: null } })
    expect(await ask('submitted', { series: '1' })).toMatchObject({ status: 422, body: { errors: [{ path: 'series' }] } })
  })
})

describe('who may', () => {
  it('R14: people are named to the management, and everybody to themselves', async () => {
    expect((await told('closed', { splitBy: 'person' }, 'management')).parts).toMatchObject([{ key: 'engineer-wang', label: '王强', n: 2 }])
    for (const who of ['supervisor', 'lead', 'quality', 'admin', 'agent', 'customer'] as const) {
      expect(await ask('closed', { splitBy: 'person' }, who)).toMatchObject({ status: 403, body: { type: '/problems/wrong-role' } })
      expect(await ask('closed', { person: 'engineer-wang' }, who)).toMatchObject({ status: 403 })
    }
    expect((await told('closed', { person: 'engineer-wang' }, 'engineer')).total).toMatchObject({ n: 2 })
    expect(await ask('closed', { person: 'engineer-chen' }, 'engineer')).toMatchObject({ status: 403 })
  })

  it('figures of teams are for whoever leads or watches', async () => {
    for (const who of ['supervisor', 'lead', 'quality', 'management', 'admin'] as const)
      expect((await ask('submitted', {}, who)).status).toBe(200)
    for (const who of ['agent', 'engineer', 'customer', 'service'] as const) expect((await ask('submitted', {}, who)).status).toBe(403)
  })
})

describe('what is asked wrongly', () => {
  it('is told with the remedy, all of it at once', async () => {
    expect(await ask('submittet', {}, 'quality', english)).toMatchObject({
      status: 404,
      body: { type: '/problems/unknown-figure', detail: expect.stringContaining('“submitted”') },
    })
    expect(await ask('submitted', { profile: 'nobody' })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'profile', code: 'not-a-choice' }] },
    })
    const { body } = await ask('submitted', { until: '2020-01-01', asOf: '2099-01-01T00:00:00Z', splitBy: 'clock', clock: 'start' })
    expect(
      z
        .object({ errors: z.array(z.object({ path: z.string() })) })
        .parse(body)
        .errors.map(({ path }) => path),
    ).toEqual(['until', 'asOf', 'splitBy', 'clock'])
    // A word that nothing is called by counts nothing, which looks like an answer.
    for (const path of ['type', 'priority', 'team', 'person'])
      expect(await ask('submitted', { [path]: 'bogus' }, 'management')).toMatchObject({ status: 422, body: { errors: [{ path }] } })
    for (const from of ['2026-02-30', 'yesterday', '2026-03-01T00:00:00', '', '0000-01-01'])
      expect(await ask('submitted', { from })).toMatchObject({ status: 422, body: { errors: [{ path: 'from' }] } })
  })

  it('no time is so long or so far that it takes long', async () => {
    for (const [path, day] of [
      ['from', '0001-01-01'],
      ['until', '9999-12-31'],
    ] as const)
      expect(await ask('ageing', { [path]: day })).toMatchObject({ status: 422, body: { errors: [{ path, code: 'too-far' }] } })
    const { body } = await ask('ageing', { from: '1950-01-01', until: '2100-01-01', series: '60', compare: 'true' })
    expect(body).toMatchObject({ total: { n: 3 }, before: null, series: { points: [{ n: 3 }] } })
  })

  it('hostile words are words', async () => {
    for (const word of ["'; drop table events; --", '__proto__', '%', '\\', '😀'])
      for (const dimension of ['keyword', 'cause']) expect((await told('submitted', { [dimension]: word })).total).toMatchObject({ n: 0 })
  })
})
