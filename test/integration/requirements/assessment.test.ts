import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { putPerson } from '../../../db/people.ts'
import { recurringNumber } from '../../../domain/recurring/recurring.ts'
import type { Speaker } from '../../support/api.ts'
import { until } from '../../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { does, peopleOf, walkedTo, walksOn, zh, type People } from '../../support/walk.ts'

/**
 * A month of work and what is said of it: two tickets of one engineer, one of them late for a cause that they state themselves, and the assessment of that
 * month by docs/examples/assessment.yaml from its reckoning to the end, on a server that skips time.
 */

let office: OfficeOnTemporal
let people: People
let other: Speaker
let number: string
let delayed: string

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
  const manager = { name: '何宁', email: 'he@bihuan.example', active: true, teams: [], skills: [] }
  await putPerson(office.db, { id: 'manager-he', roles: ['management'], ...manager })
  other = await office.person('manager-he')
  const shipped = z.looseObject({ version: z.int() }).parse(yamlOf('profiles/tech-support.yaml'))
  const { assessments } = z.object({ assessments: z.array(z.looseObject({})) }).parse(yamlOf('docs/examples/assessment.yaml'))
  // Everybody had few tickets: it is the rules that are looked at.
  const changed = { ...shipped, version: shipped.version + 1, assessments: assessments.map((one) => ({ ...one, rankedFrom: 1 })) }
  const heard = await people.quality.send('PUT', '/api/profiles/tech-support', JSON.stringify(changed), {
    'Content-Type': 'application/json',
  })
  if (heard.status !== 201) throw new Error(JSON.stringify(heard.body))
  // Within one month, whatever day it is.
  if ((await today()).day > 20) await office.later('P12D')
}, 120_000)
afterAll(() => office.close())

function yamlOf(path: string): unknown {
  return parse(readFileSync(join(import.meta.dirname, '../../..', path), 'utf8'))
}

/** The day in Shanghai. */
async function today(): Promise<{ readonly day: number; readonly month: string }> {
  const text = new Date((await office.temporal.currentTimeMs()) + 8 * 3_600_000).toISOString()
  return { day: Number(text.slice(8, 10)), month: text.slice(0, 7) }
}

const act = (who: Speaker, command: string, input: object) => who.post(`/api/assessments/${number}/${command}`, input, zh)
const stage = async () => (await people.management.get(`/api/assessments/${number}`)).body['stage']
const reaches = (wanted: string) => until(async () => ((await stage()) === wanted ? true : undefined))

const accountSchema = z.looseObject({
  account: z.looseObject({
    deduction: z.number(),
    state: z.string(),
    criteria: z.array(z.looseObject({ criterion: z.string(), items: z.array(z.looseObject({ id: z.string(), what: z.string() })) })),
  }),
})
const wang = 'person:engineer-wang'
const workSchema = z.looseObject({ assessments: z.array(z.looseObject({ number: z.string(), commendations: z.number() })) })
const waiting = async () =>
  workSchema.parse((await people.management.get('/api/me/work', zh)).body).assessments.find((one) => one.number === number)?.commendations
async function account(who: Speaker) {
  const heard = await who.get(`/api/assessments/${number}/scores/person/engineer-wang`, zh)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return accountSchema.parse(heard.body).account
}
const handling = async (who: Speaker) => (await account(who)).criteria.find(({ criterion }) => criterion === 'handling')

describe('R14, R11: what a month is scored by', () => {
  it('R11: who is late states the cause and when it will be done; that alone excuses nothing', async () => {
    const { month } = await today()
    number = recurringNumber('assessment', 'tech-support', 'monthly', month)
    await walkedTo('follow-up', people, { form: { priority: 'high', channel: 'phone', live: true } })
    delayed = await walkedTo('handling', people, { form: { priority: 'high', channel: 'phone', live: true } })
    await does(people.engineer, delayed, 'defer', { cause: 'objective', reason: '机房停电，供电公司书面通知' })
    await office.later('P4D')
    await walksOn(delayed, 'handling', 'follow-up', people)
    // Past the month and the holidays after it.
    await office.later('P45D')
    const opened = await people.management.post('/api/assessments', { profile: 'tech-support', assessment: 'monthly', period: month }, zh)
    expect(opened, JSON.stringify(opened.body)).toMatchObject({ status: 201, number })
    await reaches('draft')
    expect(await handling(people.management)).toMatchObject({
      n: 2,
      hits: 1,
      rate: 50,
      below: true,
      items: [{ ticket: delayed, what: 'broken', deferral: { cause: 'objective' } }],
    })
    expect(await account(people.management)).toMatchObject({ state: 'draft', suspended: false })
    expect((await account(people.management)).deduction).toBeGreaterThan(0)
  }, 200_000)

  it('R14: the head of the department confirms it, who is scored objects, and nothing is deducted until the management has decided', async () => {
    expect(await act(people.lead, 'confirm', { subject: wang })).toMatchObject({ status: 200 })
    const { items } = await people.management.get(`/api/assessments/${number}/scores`, zh)
    for (const { kind, id } of items.filter((one) => one['id'] !== 'engineer-wang'))
      expect(await act(people.management, 'confirm', { subject: `${String(kind)}:${String(id)}` })).toMatchObject({ status: 200 })
    await reaches('confirmed')
    expect(await act(people.engineer, 'object', { subject: wang, reason: '停电系客观原因，已按规定报告' })).toMatchObject({ status: 200 })
    expect(await account(people.engineer)).toMatchObject({ state: 'objected', suspended: true })
  }, 100_000)

  it('R11: a cause that nobody could help excuses the delay once a superior finds so', async () => {
    const item = (await handling(people.engineer))?.items[0]?.id ?? ''
    const upheld = { subject: wang, upheld: true, reason: '供电公司通知属实', excused: [item] }
    expect(await act(people.engineer, 'decide-objection', upheld)).toMatchObject({ status: 403 })
    expect(await act(other, 'decide-objection', upheld)).toMatchObject({ status: 200 })
    expect(await handling(people.engineer)).toMatchObject({ n: 1, hits: 1, excused: 1, rate: 100, below: false })
    expect(await account(people.engineer)).toMatchObject({ state: 'settled', suspended: false })
  }, 100_000)

  it('R14: it is final when the time for objections is over, and outstanding people are commended by the management', async () => {
    const nominated = { person: 'engineer-wang', ticket: delayed, why: '用备用线路先行恢复' }
    expect(await act(people.agent, 'nominate', nominated)).toMatchObject({ status: 200 })
    await office.later('P10D')
    await reaches('final')
    expect(await act(people.management, 'commend', { nomination: 1 })).toMatchObject({ status: 200 })
    // Who answered at once is level with who solved it.
    await until(async () => ((await waiting()) === 2 ? true : undefined))
    for (const person of ['agent-li', 'engineer-wang'])
      expect(await act(people.management, 'commend-outstanding', { person })).toMatchObject({ status: 200 })
    await reaches('closed')
    await until(async () => {
      const { status } = await office.client.workflow.getHandle(number).describe()
      return status.name === 'COMPLETED' ? true : undefined
    })
  }, 100_000)

  it('R14: what Temporal keeps of it stays sealed, whoever asks the API to open it', async () => {
    const { events } = await office.client.workflow.getHandle(number).fetchHistory()
    const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []
    if (!payload) throw new Error('the history begins with nothing')
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    const sealed = {
      metadata: Object.fromEntries(Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, text(value)])),
      data: text(payload.data ?? new Uint8Array()),
    }
    for (const who of [people.admin, people.supervisor]) {
      const { body } = await who.post('/api/codec/decode', { payloads: [sealed] })
      expect(body['payloads']).toEqual([sealed])
    }
  })
})
