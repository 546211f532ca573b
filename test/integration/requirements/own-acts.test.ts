import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { epochMs, instantOf } from '../../../domain/instant.ts'
import { form as usualForm, type Heard, type Speaker } from '../../support/api.ts'
import { until } from '../../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { repairsText } from '../../support/own-acts.ts'
import { does, english, log, peopleOf, registered, ticket, tries, tw, zh, type Input, type People } from '../../support/walk.ts'

/** X11: a property manager's repairs. Workmen record what they do on the way, and promises count from the appointment. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  await installed()
})
afterAll(() => office.close())

/** The example of the documentation, checked and installed. */
async function installed(): Promise<void> {
  const yaml = { 'Content-Type': 'application/yaml' }
  const checked = await people.supervisor.send('POST', '/api/profiles/check', repairsText, yaml)
  expect(checked.status, JSON.stringify(checked.body)).toBe(200)
  expect((await people.admin.send('PUT', '/api/profiles/repairs', repairsText, yaml)).status).toBe(201)
}

/** A repair that Wang Qiang has in hand, with an appointment in so many minutes. */
async function repair(minutes: number | null, who: Speaker = people.agent): Promise<string> {
  const appointment = minutes === null ? {} : { appointment: ahead(minutes) }
  const form = { ...usualForm, profile: 'repairs', type: 'repair', channel: 'phone', fields: { room: '8-1203', ...appointment } }
  const number = await registered(who, form)
  await does(people.supervisor, number, 'assign')
  return number
}

const ahead = (minutes: number) => instantOf(Date.now() + minutes * 60_000)
const records = (who: Speaker, number: string, act: string, more: Input = {}) => does(who, number, 'record-act', { act, ...more })
const offered = async (who: Speaker, number: string) =>
  [(await ticket(who, number))['allowedActs']].flat().map((act) => (typeof act === 'object' && act && 'id' in act ? act.id : act))

async function promises(number: string, clock: string, who: Speaker = people.agent) {
  const { items } = await who.get(`/api/tickets/${number}/clocks`)
  return items.filter((item) => item['clock'] === clock)
}

const told = ({ body }: Heard) => String(body['detail'])

describe("X11: acts of the organisation's own", () => {
  it('X11: are listed for whom they are, recorded with their fields, and shown to the customer without what is internal', async () => {
    const number = await repair(1440, people.customer)
    const { engineer, supervisor, agent, customer } = people
    expect(await Promise.all([engineer, supervisor, agent, customer].map((who) => offered(who, number)))).toEqual([
      ['arrived'],
      ['arrived'],
      [],
      [],
    ])
    expect((await ticket(agent, number))['allowed']).not.toContain('record-act')
    await records(engineer, number, 'arrived')
    expect(await promises(number, 'visit')).toMatchObject([{ label: expect.any(String), state: 'kept' }])

    await does(engineer, number, 'accept')
    expect((await ticket(engineer, number, zh))['allowedActs']).toMatchObject([
      { id: 'arrived', label: '已到场', fields: [], lastAt: expect.any(String) },
      {
        id: 'part-ordered',
        label: '已订配件',
        fields: [
          { id: 'part', label: '配件', kind: 'text', required: true, internal: false },
          { id: 'expectedAt', kind: 'instant', required: true },
          { id: 'supplier', internal: true },
        ],
        lastAt: null,
      },
      { id: 'part-arrived' },
    ])
    const expectedAt = ahead(2880)
    await records(engineer, number, 'part-ordered', { fields: { part: '水泵', expectedAt, supplier: '华泰机电' } })
    await records(agent, number, 'part-arrived')
    expect(await promises(number, 'delivery')).toMatchObject([{ dueAt: expectedAt, state: 'kept' }])
    const whole = (await log(agent, number)).filter(({ type }) => type === 'act-recorded')
    expect(whole.map(({ act, fields, internalFields }) => ({ act, fields, internalFields }))).toEqual([
      { act: 'arrived', fields: {}, internalFields: {} },
      { act: 'part-ordered', fields: { part: '水泵', expectedAt }, internalFields: { supplier: '华泰机电' } },
      { act: 'part-arrived', fields: {}, internalFields: {} },
    ])
    const shown = await log(customer, number)
    expect(shown.filter(({ type }) => type === 'act-recorded').map(({ act, label, fields }) => ({ act, label, fields }))).toEqual([
      { act: 'arrived', label: { 'zh-CN': '已到场', 'zh-TW': '已到場', en: 'Arrived on site' }, fields: {} },
      { act: 'part-ordered', label: expect.anything(), fields: { part: '水泵', expectedAt } },
    ])
    expect(JSON.stringify(shown)).not.toContain('华泰机电')
    // Customers see the promises that something stops of which they know.
    expect([await promises(number, 'visit', customer), await promises(number, 'delivery', customer)].map(({ length }) => length)).toEqual([
      1, 0,
    ])
  })

  it('X11, X6: are refused by their own names, with who may, where, and the remedy, in the language of the caller', async () => {
    const number = await repair(1440)
    const { engineer, agent } = people
    const refused = async (who: Speaker, input: Input, status: number, code: string) => {
      const heard = await Promise.all([zh, tw, english].map((language) => tries(who, number, 'record-act', input, language)))
      for (const { status: is, body } of heard) expect([is, body['type']], JSON.stringify(body)).toEqual([status, `/problems/${code}`])
      return heard
    }
    const [a, b, c] = await refused(agent, { act: 'arrived' }, 403, 'act-not-yours')
    expect([a, b, c].map((heard) => heard && told(heard))).toEqual([
      expect.stringMatching(/“已到场”只能由以下人员记录：处理人、主管；当前处理人：王强/),
      expect.stringMatching(/「已到場」只能由下列人員記錄：處理人、主管/),
      expect.stringMatching(/"?“?Arrived on site.* is for these to record: handler, supervisor; 王强 has the ticket now/),
    ])
    const stage = await refused(engineer, { act: 'part-ordered', fields: { part: 'x', expectedAt: ahead(10) } }, 409, 'act-not-here')
    expect(stage.map(told)).toEqual([
      expect.stringMatching(/“已订配件”；可记录的阶段：“处理中”/),
      expect.stringMatching(/「已訂料件」；可記錄的階段：「處理中」/),
      expect.stringMatching(/Part ordered.* cannot be recorded while the ticket is in .*assignment.*; it can in: .*handling/),
    ])
    const unknown = await refused(engineer, { act: 'arived' }, 422, 'invalid-input')
    expect(unknown.map(({ errors }) => errors)).toMatchObject(Array.from({ length: 3 }, () => [{ path: 'act', code: 'not-a-choice' }]))
    const command = await refused(engineer, { act: 'accept' }, 422, 'invalid-input')
    expect(command[0]?.errors).toMatchObject([
      { path: 'act', code: 'act-is-command', message: expect.stringMatching(/“接单确认”是单独的操作.*\/accept/) },
    ])
    await does(engineer, number, 'accept')
    const fields = await refused(engineer, { act: 'part-ordered', fields: { expectedAt: 'soon', colour: 'red' } }, 422, 'invalid-input')
    expect(fields[0]?.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'fields.colour unknown-field',
      'fields.part required',
      'fields.expectedAt wrong-kind',
    ])
    expect((await log(agent, number)).filter(({ type }) => type === 'act-recorded')).toEqual([])
  })
})

describe('X11: promises that count from an appointment', () => {
  it('X11: are made with it, move with it, and go only with an event that says so', async () => {
    const number = await repair(null)
    expect(await promises(number, 'visit')).toEqual([])
    const [first, second] = [ahead(1440), ahead(2880)]
    const corrects = (appointment: string) =>
      does(people.agent, number, 'correct', { reason: '客户改约', customer: undefined, fields: { appointment } })
    await corrects(first)
    expect(await promises(number, 'visit')).toMatchObject([{ cycle: 1, dueAt: first, state: 'running' }])
    await corrects(second)
    expect(await promises(number, 'visit')).toMatchObject([{ cycle: 1, dueAt: second, state: 'running' }])
    const repaired = await promises(number, 'repair')
    expect(repaired.map(({ dueAt }) => epochMs(String(dueAt)) - epochMs(second))).toEqual([7_200_000])
    await does(people.agent, number, 'reclassify', { type: 'complaint', reason: '其实是投诉' })
    expect(await promises(number, 'visit')).toMatchObject([{ cycle: 1, state: 'cancelled' }])
    expect((await log(people.agent, number)).findLast(({ type }) => type === 'reclassified')).toMatchObject({
      dropped: { appointment: second },
    })
  })

  it('X11, X8: break at the appointment while the worker is away, and arriving in time is kept all the same, recorded late', async () => {
    const number = await repair(0.1)
    const [{ dueAt = '' } = {}] = await promises(number, 'visit')
    const arrived = instantOf(epochMs(String(dueAt)) - 1000)
    await office.stopWorker()
    await until(() => (Date.now() > epochMs(String(dueAt)) + 500 ? true : undefined))
    await office.startWorker()
    const broken = await until(async () =>
      (await log(people.agent, number)).find(({ type, clock }) => type === 'promise-broken' && clock === 'visit'),
    )
    expect(broken).toMatchObject({ dueAt, occurredAt: dueAt, cause: 'time' })
    // The next appointment is watched, though this one was missed.
    const next = ahead(1440)
    await does(people.agent, number, 'correct', { reason: '再约', customer: undefined, fields: { appointment: next } })
    expect(await promises(number, 'visit')).toMatchObject([
      { cycle: 1, state: 'broken', stoppedAt: expect.any(String) },
      { cycle: 2, dueAt: next, state: 'running' },
    ])
    await records(people.supervisor, number, 'arrived', { occurredAt: arrived })
    expect(await promises(number, 'visit')).toMatchObject([
      { cycle: 1, state: 'kept', stoppedAt: arrived, recordedLate: true },
      { cycle: 2, state: 'running' },
    ])
    await records(people.engineer, number, 'arrived')
    expect(await promises(number, 'visit')).toMatchObject([
      { cycle: 1, state: 'kept' },
      { cycle: 2, state: 'kept', recordedLate: false },
    ])
  })
})
