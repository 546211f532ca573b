import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { insertAbsence } from '../../db/absences.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { putPerson } from '../../db/people.ts'
import { renderNumber } from '../../domain/numbering.ts'
import { answerFor } from '../../gateway/answering.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { systemClock } from '../../runtime/clock.ts'
import { opening } from '../../workflows/common/other-processes.ts'
import { apiDocument } from '../support/api-document.ts'
import { openOffice, type Heard, type Office } from '../support/api.ts'
import { does, english, peopleOf, registered, tw, zh, type People } from '../support/walk.ts'
import { migrations } from './processes/index.ts'
import { loan } from './processes/loan/host.ts'

/** How a process begins by the common route: what is said of it is judged by who is named, by what it is to belong to, and by the time. */

/** Loans that customers open, too. */
const { desk } = loan
if (!desk) throw new Error('a loan has a desk')
const processes = [ticket, { ...loan, desk: { ...desk, opens: [...desk.opens, 'customer' as const] } }]

let office: Office
let people: People
beforeAll(async () => {
  office = await openOffice({ worker: false, kept: { processes, migrations } })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
const opens = (who: keyof People, changes: object = {}, headers = english): Promise<Heard> =>
  people[who].post(
    '/api/loans',
    { profile: 'tech-support', device: '07 号', until: soon(3_600_000), team: 'tech-support', ...changes },
    headers,
  )

async function lent(changes: object = {}): Promise<string> {
  const heard = await opens('agent', { assignee: 'engineer-wang', ...changes })
  expect(heard, JSON.stringify(heard.body)).toMatchObject({ status: 201 })
  return heard.number
}

const read = async (number: string) => (await people.supervisor.get(`/api/loans/${number}`)).body
const lentOf = async (number: string) => (await people.supervisor.get(`/api/loans/${number}/events`)).items[0]

describe('a deadline', () => {
  it('lies ahead, and not absurdly far, whoever sets it when', async () => {
    for (const [until, code] of [
      [soon(-1_000), 'not-after-now'],
      ['9000-01-01T00:00:00Z', 'too-far'],
    ] as const) {
      const refused = { status: 422, errors: [{ path: 'until', code }] }
      expect(await opens('agent', { until })).toMatchObject(refused)
      const number = await lent()
      expect(await people.supervisor.post(`/api/loans/${number}/extend`, { until, reason: '项目未结束' })).toMatchObject(refused)
      expect(await people.supervisor.post(`/api/loans/${number}/replace`, { until, device: '08 号' })).toMatchObject(refused)
      expect(await read(number)).toMatchObject({ version: 1, stage: 'lent' })
    }
  })
})

describe('what it is to belong to', () => {
  it('is there, and the field that names it says so where it is not', async () => {
    expect(await opens('agent', { parent: 'TS20000101001' })).toMatchObject({
      status: 422,
      errors: [{ path: 'parent', code: 'unknown-ticket', message: expect.stringContaining('TS20000101001') }],
    })
  })

  it('is as good as not there for who may not see it', async () => {
    const others = await registered(people.agent)
    const theirs = await registered(people.customer)
    const unseen = await opens('customer', { parent: others })
    expect(unseen).toMatchObject({ status: 422, errors: [{ path: 'parent', code: 'unknown-ticket' }] })
    const unknown = await opens('customer', { parent: 'TS20000101001' })
    const said = ({ status, body: { requestId: _, ...body } }: Heard, number: string) =>
      JSON.stringify({ status, body }).replaceAll(number, 'N')
    expect(said(unseen, others)).toEqual(said(unknown, 'TS20000101001'))
    expect(await opens('customer', { parent: theirs })).toMatchObject({ status: 201, number: `${theirs}-L1` })
  })

  it('has not ended, and may itself be a loan', async () => {
    const parent = await registered(people.agent)
    const other = await lent({ parent })
    await does(people.agent, parent, 'withdraw', { reason: '不用了' })
    for (const [headers, words] of [
      [english, `ended already: ${parent}; name what is still on its way, or leave it out`],
      [zh, `已经结束：${parent}；请填写仍在进行中的编号，或留空`],
      [tw, `已經結束：${parent}；請填寫仍在進行中的編號，或留空`],
    ] as const) {
      const refused = await opens('agent', { parent }, headers)
      expect(refused).toMatchObject({
        status: 422,
        errors: [{ path: 'parent', code: 'parent-ended', message: expect.stringContaining(words) }],
      })
    }
    expect(await lent({ parent: other })).toBe(`${other}-L1`)
  })

  it('says by which profile what belongs to it runs: who opens that need not, and cannot say otherwise', async () => {
    const parent = await registered(people.agent)
    const number = (await opens('agent', { parent, profile: undefined })).number
    expect(await read(number)).toMatchObject({ parent, profile: 'tech-support' })
    for (const [headers, words] of [
      [english, 'must be that of what it belongs to: tech-support'],
      [zh, '必须与所属流程的一致：tech-support'],
      [tw, '必須與所屬流程的一致：tech-support'],
    ] as const)
      expect(await opens('agent', { parent, profile: 'standard-ticket' }, headers)).toMatchObject({
        status: 422,
        errors: [{ path: 'profile', code: 'profile-of-parent', message: expect.stringContaining(words) }],
      })
    expect(await opens('agent', { profile: undefined })).toMatchObject({ status: 422, errors: [{ path: 'profile', code: 'required' }] })
    expect((await opens('agent', { parent: 'TS20000101001', profile: undefined })).errors).toMatchObject([
      { path: 'parent', code: 'unknown-ticket' },
    ])
  })

  it('is told beside everything else that is wrong', async () => {
    const wrong = { parent: 'TS20000101001', until: soon(-1_000), team: 'none', assignee: 'nobody' }
    const heard = await opens('agent', wrong)
    expect(heard.errors.map(({ path, code }) => `${path}: ${code}`).toSorted()).toEqual([
      'assignee: unknown-person',
      'parent: unknown-ticket',
      'team: unknown-team',
      'until: not-after-now',
    ])
    const unlisted = await opens('agent', { ...wrong, profile: 'none' })
    expect(unlisted.errors.map(({ path }) => path).toSorted()).toEqual(['parent', 'profile'])
  })

  it('holds what is lent in the place of another one, whatever became of it', async () => {
    const parent = await registered(people.agent)
    const number = await lent({ parent })
    await does(people.agent, parent, 'withdraw', { reason: '不用了' })
    expect(await people.supervisor.post(`/api/loans/${number}/replace`, { device: '08 号', until: soon(3_600_000) })).toMatchObject({
      status: 200,
    })
    await office.settled()
    expect(await read(`${number}-R1`)).toMatchObject({ parent, device: '08 号', assignee: 'engineer-wang' })
  })
})

describe('who is to see that it comes back', () => {
  it.each([
    ['a customer', 'customer-he', 'cannot-handle'],
    ['somebody who handles nothing', 'quality-wu', 'cannot-handle'],
    ['nobody', 'nobody', 'unknown-person'],
  ])('is not %s', async (_, assignee, code) => {
    expect(await opens('agent', { assignee })).toMatchObject({ status: 422, errors: [{ path: 'assignee', code }] })
  })

  it('is not who has borrowed it, be it in their own place or in that of somebody absent', async () => {
    const borrowed = { requester: 'engineer-chen' }
    expect(await opens('agent', { ...borrowed, assignee: 'engineer-chen' })).toMatchObject({
      status: 422,
      errors: [{ path: 'assignee', code: 'not-staff' }],
    })
    await away('engineer-liu', 'engineer-chen')
    expect(await opens('agent', { ...borrowed, assignee: 'engineer-liu' })).toMatchObject({
      status: 422,
      errors: [{ path: 'assignee', code: 'absent-without-deputy' }],
    })
    // Nor does anybody hand it over to them later.
    const number = await lent(borrowed)
    for (const [to, code] of [
      ['engineer-chen', 'not-staff'],
      ['engineer-liu', 'absent-without-deputy'],
    ] as const) {
      const handed = await people.supervisor.post(`/api/loans/${number}/hand-over`, { from: 'engineer-wang', to, reason: '调岗' })
      expect(handed).toMatchObject({ status: 422, errors: [{ path: 'to', code }] })
    }
    expect(await read((await opens('agent', { requester: 'agent-li' })).number)).toMatchObject({ requester: 'agent-li', assignee: null })
  })

  it('is who lends it where nobody is named, if they handle work', async () => {
    expect(await read((await opens('agent')).number)).toMatchObject({ assignee: 'agent-li' })
    expect(await read((await opens('admin')).number)).toMatchObject({ assignee: null })
  })

  it('is there: who is absent is stood in for, or not named', async () => {
    await away('agent-zhao', null)
    expect(await opens('agent', { assignee: 'agent-zhao' })).toMatchObject({
      status: 422,
      errors: [{ path: 'assignee', code: 'absent-without-deputy' }],
    })
    await away('agent-zhou', 'engineer-wang')
    const number = await lent({ assignee: 'agent-zhou' })
    expect(await lentOf(number)).toMatchObject({ type: 'lent', assignee: 'engineer-wang', insteadOf: 'agent-zhou' })
    expect(await read(number)).toMatchObject({ assignee: 'engineer-wang' })
  })

  it('stays who had what it is lent in the place of, be they away by now', async () => {
    await putPerson(office.db, {
      ...{ id: 'agent-leaving', name: '林晓', email: 'leaving@bihuan.example', roles: ['agent'] },
      ...{ active: true, teams: ['service-desk'], skills: [] },
    })
    const number = await lent({ assignee: 'agent-leaving' })
    await away('agent-leaving', null)
    await people.supervisor.post(`/api/loans/${number}/replace`, { device: '08 号', until: soon(3_600_000) })
    await office.settled()
    expect(await read(`${number}-R1`)).toMatchObject({ assignee: 'agent-leaving' })
  })

  const away = (person: string, deputy: string | null) =>
    insertAbsence(office.db, { person, deputy, absentFrom: soon(-3_600_000), absentUntil: soon(3_600_000), note: null })
})

describe('what another process opens', () => {
  it.each([
    ['does not fit', { device: '08 号', until: '2026-13-01' }],
    ['belongs to what is not there', { device: '08 号', until: soon(3_600_000), team: 'tech-support', parent: 'TS20000101001' }],
    ['names a team that is none', { device: '08 号', until: soon(3_600_000), team: 'none' }],
  ])('and %s, it hears of, and nothing is written', async (_, input) => {
    const number = await lent()
    const ask = { ...opening('loan', `${number}-R1`, input, 'note-refusal'), id: `${number}-2-open` }
    const world = { ...office, keys: keysOf(...office.config.keys), clock: systemClock, log: pino({ level: 'silent' }), processes }
    const asker = { host: loan, number }
    expect(await answerFor({ ...world, profileOf: createProfileReader(office.db) }, asker, ask)).toEqual({
      command: 'note-refusal',
      input: { to: `${number}-R1`, command: 'open loan', code: 'invalid-input' },
    })
    expect((await people.supervisor.get(`/api/loans/${number}-R1`)).status).toBe(404)
  })
})

describe('the operation', () => {
  it('tells of nothing that is not there but its fields', async () => {
    const { paths } = await apiDocument(processes)
    expect(Object.keys(paths['/api/loans']?.['post']?.responses ?? {}).toSorted()).toEqual([
      '201',
      '400',
      '401',
      '403',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
    ])
  })
})

describe('its number', () => {
  it('is the first one free behind what others have, however many that are', async () => {
    const number = await lent()
    const numbers = typeof desk.numbers === 'string' ? desk.numbers : ''
    const serial = Number(number.slice(-3))
    const taken = Array.from({ length: 30 }, (_, at) =>
      renderNumber(numbers, { now: soon(0), zone: 'Asia/Shanghai', serial: serial + 1 + at }),
    )
    expect(taken[0]?.slice(0, -3)).toBe(number.slice(0, -3))
    await sql`
      insert into events (process, seq, type, at, occurred_at, actor, stage, data, promises)
      select number, 1, 'submitted', now(), now(), 'agent-li', 'intake', '{}', '[]' from unnest(${taken}::text[]) as number`.execute(
      office.db,
    )
    expect(Number((await lent()).slice(-3))).toBe(serial + 31)
  })
})
