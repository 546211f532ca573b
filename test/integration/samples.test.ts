import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOffice, type Office } from '../support/api.ts'
import { draws, drawn, good, judges, kinds, longRecorded, named, numbersIn, ticketsIn, withSamples } from '../support/samples.ts'
import { samplesSchema } from '../../domain/profile/samples.ts'
import { does, noticesOf, peopleOf, registered, walkedTo, zh, type People } from '../support/walk.ts'

/** Samples 抽检 through the API: how they are drawn, who judges, and who sees what. */

let office: Office
let people: People
/** Tickets in the order in which they came. */
let tickets: string[]
beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
  await withSamples(office)
  tickets = []
  for (let nth = 0; nth < 6; nth += 1) tickets.push(await walkedTo(nth < 2 ? 'follow-up' : 'handling', people))
  const withdrawn = await registered(people.agent)
  await does(people.agent, withdrawn, 'withdraw')
  await office.settled()
  await longRecorded(office)
})
afterAll(() => office.close())

const read = async (number: string) => (await people.quality.get(`/api/samples/${number}`, zh)).body
const eventsOf = async (number: string) => (await people.quality.get(`/api/samples/${number}/events?limit=200`)).items
const abandoned = async (number: string) =>
  expect((await people.quality.post(`/api/samples/${number}/abandon`, { reason: '演示' })).status).toBe(200)

describe('Q7: drawing a sample', () => {
  it('takes the first by the hash of seed and number, so that anybody can draw it again', async () => {
    const number = await drawn(people.quality, { seed: 'november', count: 4 })
    const byHash = tickets.toSorted((one, other) => (hash('november', one) < hash('november', other) ? -1 : 1))
    expect(await numbersIn(people.quality, number)).toEqual(byHash.slice(0, 4))
    expect(await read(number)).toMatchObject({
      ...{ process: 'sample', stage: 'judging', stageLabel: '评定中', assignee: 'quality-wu', manner: 'random', seed: 'november' },
      ...{ frame: 6, wanted: 4, drawn: 4, judged: 0, excused: 0, drawnFrom: 'submitted', periodFrom: '2019-12-31T16:00:00.000Z' },
      promises: [{ clock: 'judging', state: 'running' }],
    })
    const again = await people.management.get(`/api/samples/${number}/draw`)
    expect(again.body).toMatchObject({ seed: 'november', frame: 6, tickets: byHash.slice(0, 4), same: true })
    await abandoned(number)
  })

  it('draws the same again where what had happened just before came into the rows after it', async () => {
    const number = await drawn(people.quality, { seed: 'late', count: 8 })
    const [opened] = await eventsOf(number)
    const late = await registered(people.agent)
    await office.settled()
    const before = new Date(Date.parse(String(opened?.at)) - 1_000).toISOString()
    await sql`update tickets set submitted_at = ${before} where number = ${late}`.execute(office.db)
    await sql`update events set at = ${before}, occurred_at = ${before} where process = ${late}`.execute(office.db)
    const again = (await people.quality.get(`/api/samples/${number}/draw`)).body
    expect(again).toMatchObject({ frame: 6, same: true, asOf: opened?.['asOf'] })
    expect(Date.parse(String(opened?.at)) - Date.parse(String(again['asOf']))).toBe(120_000)
    await does(people.agent, late, 'withdraw')
    await office.settled()
    await abandoned(number)
  })

  it('takes one that nobody chose where nobody names one, and all tickets where there are fewer, and says so', async () => {
    const number = await drawn(people.management, { sample: 'records', count: 40 })
    expect((await numbersIn(people.quality, number)).toSorted()).toEqual(tickets.toSorted())
    expect(await read(number)).toMatchObject({ wanted: 40, frame: 6, drawn: 6, seed: expect.stringMatching(/^[0-9a-f]{16}$/) })
    await abandoned(number)
  })

  it('draws from the closed ones, from those that were so, and so many of each', async () => {
    const closed = await drawn(people.quality, { of: 'closed' })
    expect((await numbersIn(people.quality, closed)).toSorted()).toEqual(tickets.slice(0, 2).toSorted())
    await abandoned(closed)
    // A word that nothing is called by leaves nothing to draw, and is told to be the reason.
    expect((await draws(people.quality, { only: { team: 'no-team' } })).errors).toMatchObject([{ path: 'only.team', code: 'not-a-choice' }])
    const each = await drawn(people.quality, { each: 'module', count: 1 })
    // One of those that are classified, and one of those that are not yet.
    expect(await read(each)).toMatchObject({ drawn: 2, frame: 6 })
    expect((await people.quality.get(`/api/samples/${each}/draw`)).body).toMatchObject({ same: true })
    await abandoned(each)
  })

  it('leaves out what a sample of the kind has already, and draws the same again whatever came since', async () => {
    const first = await drawn(people.quality, { count: 4, seed: 'a' })
    const second = await drawn(people.quality, { count: 4, seed: 'a' })
    const [one, other] = [await numbersIn(people.quality, first), await numbersIn(people.quality, second)]
    expect(other).toHaveLength(2)
    expect(one.filter((ticket) => other.includes(ticket))).toEqual([])
    expect((await draws(people.quality)).errors).toMatchObject([
      { path: 'from', code: 'nothing-to-draw', message: expect.stringContaining(first) },
    ])
    // Of another kind they may be looked at, too.
    await abandoned(await drawn(people.management, { sample: 'records' }))
    await abandoned(first)
    expect((await people.quality.get(`/api/samples/${second}/draw`)).body).toMatchObject({ without: [first], frame: 2, same: true })
    await abandoned(second)
  })

  it('takes tickets that are named, instead of chance', async () => {
    const [a = '', b = ''] = tickets
    const number = await named(people.quality, [b, a, b])
    expect(await numbersIn(people.quality, number)).toEqual([b, a])
    expect(await read(number)).toMatchObject({ manner: 'targeted', seed: null, frame: null, wanted: 3, drawn: 2 })
    expect((await people.quality.get(`/api/samples/${number}/draw`)).status).toBe(404)
    await abandoned(number)
    expect(await draws(people.quality, { tickets: [a], count: 2, only: { type: 'consulting' } })).toMatchObject({
      status: 422,
      errors: ['from', 'until', 'of', 'count', 'only'].map((path) => ({ path, code: 'one-of-two' })),
    })
    const unknown = await people.quality.post('/api/samples', { profile: 'tech-support', sample: 'service', tickets: [a, 'TS0'] }, zh)
    expect(unknown.errors).toMatchObject([{ path: 'tickets[1]', code: 'unknown-ticket' }])
    const other = await registered(people.agent, { profile: 'standard-ticket', type: 'consultation', fields: { topic: '账单' } })
    const elsewhere = await people.quality.post('/api/samples', { profile: 'tech-support', sample: 'service', tickets: [other] }, zh)
    expect(elsewhere.errors).toMatchObject([
      { path: 'tickets[0]', code: 'of-other-profile', message: expect.stringContaining('standard-ticket') },
    ])
  })

  it('is refused with everything that is wrong', async () => {
    const refused = async (changes: object) =>
      (await draws(people.quality, { ...changes })).errors.map(({ path, code }) => `${path} ${code}`)
    expect(await refused({ sample: 'none' })).toEqual(['sample not-a-choice'])
    expect(await refused({ sample: 'records' })).toEqual(['sample other-roles'])
    expect(await refused({ from: undefined, of: undefined })).toEqual(['from required', 'of required'])
    expect(await refused({ from: '2026-02-01', until: '2026-01-01' })).toEqual(['until before-from'])
    expect(await refused({ count: 9, judge: 'engineer-wang' })).toEqual(['judge cannot-handle', 'count too-big'])
    expect(await refused({ only: { person: 'engineer-wang' } })).toEqual([expect.stringMatching(/^only/)])
    expect(await refused({ each: 'person' })).toEqual(['each not-a-choice'])
    expect(await refused({ from: '2019-01-01', until: '2019-02-01' })).toEqual(['from nothing-to-draw'])
  })
})

describe('Q7: judging', () => {
  it('goes ticket by ticket, is put right on record, and ends by hand', async () => {
    const [a = '', b = '', c = ''] = tickets
    const number = await named(people.quality, [a, b, c], { judge: 'quality-wu' })
    const bad = { greeting: 'no', solution: 3, callback: 'not-applicable' }
    expect(await judges(people.quality, number, a, { remark: '开场完整', occurredAt: undefined })).toMatchObject({ status: 200 })
    expect(await judges(people.quality, number, b, { answers: bad, finding: '方案未说明回退步骤' })).toMatchObject({ status: 200 })
    expect(await judges(people.quality, number, a)).toMatchObject({ status: 409, body: { type: '/problems/judged-already' } })
    const again = { ticket: b, answers: { ...good, solution: 4 }, reason: '漏看回访记录' }
    expect((await people.quality.post(`/api/samples/${number}/rejudge`, { ...again, ticket: c })).status).toBe(422)
    expect((await people.quality.post(`/api/samples/${number}/close`, {})).body).toMatchObject({ type: '/problems/wrong-stage' })
    expect((await people.quality.post(`/api/samples/${number}/excuse-ticket`, { ticket: c, reason: '录音缺失' })).status).toBe(200)
    expect(await read(number)).toMatchObject({ stage: 'judged', judged: 2, excused: 1, faultless: 1, open: false })
    expect((await people.quality.post(`/api/samples/${number}/rejudge`, again)).status).toBe(200)
    expect(await read(number)).toMatchObject({ stage: 'judged', judged: 2, faultless: 2 })
    expect(await ticketsIn(people.management, number)).toMatchObject([
      { ticket: a, state: 'judged', met: 3, of: 3, remark: '开场完整', by: 'quality-wu', team: 'tech-support' },
      {
        ticket: b,
        state: 'judged',
        met: 3,
        of: 3,
        finding: null,
        reason: '漏看回访记录',
        answers: [{ label: '开场规范' }, { answer: 4 }, {}],
      },
      { ticket: c, state: 'excused', reason: '录音缺失', answers: [] },
    ])
    expect((await people.quality.post(`/api/samples/${number}/close`, {})).status).toBe(200)
    expect(await eventsOf(number)).toMatchObject([
      { type: 'opened', manner: 'targeted', tickets: [a, b, c] },
      { type: 'judged' },
      { type: 'judged', answers: [{ met: false }, { met: false }, { met: null }] },
      { type: 'ticket-excused' },
      { type: 'all-judged' },
      { type: 'rejudged' },
      { type: 'closed' },
    ])
    expect((await people.quality.get(`/api/samples/${number}/clocks`)).items).toMatchObject([
      { clock: 'judging', state: 'kept' },
      { clock: 'closing', state: 'kept' },
    ])
    // The lead of the team hears of the finding; whose work it was does not.
    expect(await noticesOf(office, number)).toMatchObject([
      { kind: 'sample-finding', recipientId: 'lead@tech-support', params: { ticket: b, text: '方案未说明回退步骤' } },
    ])
  })

  it('wants every criterion answered as it can be', async () => {
    const [a = ''] = tickets
    const number = await named(people.quality, [a])
    const wrong = async (answers: object) =>
      (await judges(people.quality, number, a, { answers })).errors.map(({ path, code }) => `${path} ${code}`)
    expect(await wrong({ greeting: 4, solution: 'yes', manners: 'yes' })).toEqual([
      'answers.manners not-a-choice',
      'answers.greeting not-a-choice',
      'answers.solution not-a-choice',
      'answers.callback required',
    ])
    expect(await wrong({ ...good, greeting: 'not-applicable' })).toEqual(['answers.greeting not-a-choice'])
    expect(await wrong({ ...good, solution: 6 })).toEqual([expect.stringMatching(/^answers.solution/)])
    await abandoned(number)
    const only = [{ ...kinds[0], criteria: kinds[0]?.criteria.filter(({ id }) => id === 'callback') }]
    await withSamples(office, 'tech-support', samplesSchema.parse(only))
    const other = await named(people.quality, [a])
    const nothing = await judges(people.quality, other, a, { answers: { callback: 'not-applicable' } })
    expect(nothing.errors).toMatchObject([{ path: 'answers', code: 'nothing-applies' }])
    await abandoned(other)
    await withSamples(office)
  })

  it('is for others than who handled the ticket, or whose it is', async () => {
    const own = await walkedTo('intake', people, { form: { assignee: undefined } })
    await office.db.updateTable('tickets').set({ requester: 'quality-wu' }).where('number', '=', own).execute()
    const number = await named(people.quality, [own, tickets[0] ?? ''])
    const refused = await judges(people.quality, number, own)
    expect(refused).toMatchObject({ status: 403, body: { type: '/problems/own-work', title: '不能评定自己的工作' } })
    expect((await people.quality.post(`/api/samples/${number}/excuse-ticket`, { ticket: own, reason: '不想评' })).status).toBe(403)
    expect((await judges(people.management, number, own)).body).toMatchObject({ type: '/problems/wrong-role' })
    expect((await judges(people.quality, number, tickets[0] ?? '')).status).toBe(200)
    await abandoned(number)
  })

  it('X8: goes to somebody who judges, and to nobody else', async () => {
    const number = await named(people.quality, tickets.slice(0, 1))
    const gives = (to: string) => people.management.post(`/api/samples/${number}/hand-over`, { from: 'quality-wu', to, reason: '休假' }, zh)
    expect((await gives('supervisor-zhang')).errors).toMatchObject([{ path: 'to', code: 'cannot-handle' }])
    await office.db
      .updateTable('people')
      .set({ roles: ['agent', 'quality'] })
      .where('id', '=', 'agent-zhao')
      .execute()
    expect((await gives('agent-zhao')).status).toBe(200)
    expect(await read(number)).toMatchObject({ assignee: 'agent-zhao' })
    expect(await noticesOf(office, number)).toMatchObject([{ kind: 'sample-given', recipientId: 'agent-zhao' }])
    await abandoned(number)
  })
})

describe('who may not see samples', () => {
  it.each(['agent', 'engineer', 'supervisor', 'lead', 'admin', 'customer', 'service'] as const)('%s finds none', async (who) => {
    const number = await named(people.quality, tickets.slice(0, 1))
    // For colleagues it is not there, as for customers; what only judges ever read is nobody else's to ask for.
    const asked = who === 'customer' ? 403 : 404
    for (const [path, status] of [
      ['', 404],
      ['/events', asked],
      ['/clocks', asked],
      ['/outlook', asked],
      ['/tickets', 403],
      ['/draw', 403],
    ] as const)
      expect((await people[who].get(`/api/samples/${number}${path}`)).status, path).toBe(status)
    expect((await judges(people[who], number, tickets[0] ?? '')).status).toBe(404)
    for (const [command, body] of [
      ['abandon', { reason: '无权' }],
      ['close', {}],
    ] as const)
      expect((await people[who].post(`/api/samples/${number}/${command}`, body)).status, command).toBe(404)
    expect((await draws(people[who])).status).toBe(403)
    const { status, items } = await people[who].get('/api/samples')
    expect({ status, items: items?.length ?? 0 }).toEqual({ status: who === 'customer' ? 200 : 403, items: 0 })
    await abandoned(number)
  })

  it('nor who handled what is judged, but by the figures of people, which the management alone may see', async () => {
    const number = await named(people.quality, tickets.slice(0, 1))
    for (const who of ['quality', 'management'] as const)
      for (const path of ['', '/events', '/tickets', '/outlook'])
        expect(JSON.stringify((await people[who].get(`/api/samples/${number}${path}`)).body)).not.toContain('engineer-wang')
    await abandoned(number)
  })
})

function hash(seed: string, number: string): string {
  return createHash('sha256').update(`${seed} ${number}`).digest('hex')
}
