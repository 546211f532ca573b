import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { epochMs, instantOf } from '../../../domain/instant.ts'
import { form, type Heard, type Speaker } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { until } from '../../support/launcher.ts'
import { readable } from '../../support/histories.ts'
import { does, log, noticesOf, peopleOf, registered, ticket, tries, walkedTo, zh, type People } from '../../support/walk.ts'

/** 记录: who may see how a customer is reached, when things really happened, mistakes put right, and work handed over. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
})
afterAll(() => office.close())

const path = (heard: Heard) => heard.errors.map((error) => error.path)
const later = (instant: unknown, ms: number) => instantOf(epochMs(String(instant)) + ms)

/** Every table's every row, as text, that contains the words. */
async function tablesWith(words: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(office.db)
  expect(rows.length).toBeGreaterThan(15)
  const hits = await Promise.all(
    rows.map(async ({ name }) => {
      const found = await sql<{
        hits: number
      }>`select count(*)::int as hits from ${sql.table(name)} as t where t::text like ${`%${words}%`}`.execute(office.db)
      return found.rows[0]?.hits === 0 ? [] : [name]
    }),
  )
  return hits.flat()
}

/** A ticket's whole history as Temporal keeps it, payloads decoded. */
async function historyText(number: string): Promise<string> {
  const history = await office.temporal.client.workflow.getHandle(number).fetchHistory()
  return JSON.stringify(readable(office.vault, history.events))
}

describe('S3: contacts', () => {
  const phone = '13577778888'
  const email = 'zhaoliu@example.com'
  const clear = /135\s?7777\s?8888|zhaoliu@/
  let number: string

  beforeAll(async () => {
    number = await registered(people.agent, { customer: { name: '赵六', phone, email } })
    await does(people.agent, number, 'review-intake')
    await does(people.engineer, number, 'diagnose')
    await does(people.supervisor, number, 'assign')
    await does(people.engineer, number, 'accept')
    await does(people.agent, number, 'contact', { text: '已致电客户，答应下午回复' })
  })

  it('S3: are masked wherever anybody reads: ticket, lists, log, communication record, answers, work, notices', async () => {
    expect(await ticket(people.engineer, number)).toMatchObject({
      customer: { name: '赵六', phone: '135****8888', email: 'zh***@example.com' },
    })
    const key = randomUUID()
    await people.agent.post(
      `/api/tickets/${number}/correct`,
      { reason: '补充邮箱', customer: { email: 'zhaoliu@example.com.cn' } },
      { 'Idempotency-Key': key },
    )
    for (const [who, address] of [
      [people.engineer, `/api/tickets/${number}`],
      [people.admin, '/api/tickets?limit=200'],
      [people.agent, `/api/tickets?customer=${phone}`],
      [people.agent, `/api/tickets/${number}/events`],
      [people.agent, `/api/tickets/${number}/contacts`],
      [people.agent, `/api/tickets/${number}/outlook`],
      [people.agent, `/api/tickets/${number}/clocks`],
      [people.engineer, '/api/me/work'],
      [people.agent, '/api/me/work'],
      [people.agent, '/api/assignments'],
      [people.agent, `/api/requests/${key}`],
    ] as const) {
      const heard = await who.get(address)
      expect(heard.status, address).toBe(200)
      expect(JSON.stringify(heard.body), address).not.toMatch(clear)
      expect(JSON.stringify(heard.body), address).not.toMatch(/sealed/)
    }
    // The customer is found by the whole number, which is itself kept nowhere.
    expect((await people.agent.get(`/api/tickets?customer=${phone}`)).items).toMatchObject([{ number }])
    expect(JSON.stringify(await noticesOf(office, number))).not.toMatch(clear)
  })

  it('S3: stand nowhere in clear: in no row of any table, and not in the history that Temporal keeps', async () => {
    await does(people.agent, number, 'reveal')
    await does(people.agent, number, 'correct', { reason: '客户换号', customer: { phone: '13666669999' } })
    for (const words of [phone, '13666669999', 'zhaoliu@', phone.slice(-8)]) expect(await tablesWith(words), words).toEqual([])
    // What the search would find if it were there.
    expect(await tablesWith('赵六')).toContain('tickets')
    const history = await historyText(number)
    expect(history.includes('客户换号'), 'the history is readable').toBe(true)
    for (const words of [clear, /13666669999/, /赵六/]) expect(words.test(history), String(words)).toBe(false)
    await does(people.agent, number, 'correct', { reason: '改回', customer: { phone, email } })
  })

  it('S3: are revealed to authorised roles only, and who looked, and why, is an event', async () => {
    const before = await ticket(people.agent, number)
    for (const [who, role] of [
      [people.otherEngineer, 'an engineer who does not have the ticket'],
      [people.quality, 'quality'],
      [people.service, 'a machine'],
    ] as const) {
      const refused = await tries(who, number, 'reveal')
      expect(refused.status, role).toBe(403)
      expect(JSON.stringify(refused.body), role).not.toMatch(clear)
    }
    expect((await tries(people.customer, number, 'reveal')).status).toBe(404)
    expect((await ticket(people.agent, number))['version']).toBe(before['version'])
    for (const [who, id] of [
      [people.agent, 'agent-li'],
      [people.engineer, 'engineer-wang'],
      [people.supervisor, 'supervisor-zhang'],
      [people.lead, 'lead-xu'],
      [people.admin, 'admin-lin'],
    ] as const) {
      const heard = await does(who, number, 'reveal', { reason: `回电 ${id}` })
      expect(heard.body['contact']).toEqual({ phone, email })
      expect((await log(people.quality, number)).at(-1)).toMatchObject({ type: 'contact-revealed', actor: id, reason: `回电 ${id}` })
    }
  })

  it('S3: a customer needs a name or account and a valid phone or e-mail; each fault is named', async () => {
    for (const [customer, paths] of [
      [{ phone }, ['customer.name']],
      [{ name: '赵六' }, ['customer.phone']],
      [{ name: '赵六', phone: '12345' }, ['customer.phone']],
      [{ name: '赵六', phone, email: 'zhaoliu' }, ['customer.email']],
      [{}, ['customer.name', 'customer.phone']],
    ] as const) {
      const heard = await people.agent.post('/api/tickets', { ...form, customer }, zh)
      expect([heard.status, path(heard)], JSON.stringify(customer)).toEqual([422, paths])
    }
    await registered(people.agent, { customer: { account: 'user-8812', email } })
  })
})

describe('X8: when it happened and when it was recorded', () => {
  it("X8: both are kept, for a conversation, the customer's answer and the callback", async () => {
    const number = await walkedTo('confirmation', people)
    const events = await log(people.agent, number)
    const submitted = events[0]?.['at']
    const asked = events.at(-1)?.['at']
    const called = later(submitted, 1)
    const contacted = await does(people.agent, number, 'contact', { occurredAt: called })
    const confirmed = await does(people.agent, number, 'confirm', { occurredAt: String(asked) })
    const calledBack = await does(people.agent, number, 'callback', { occurredAt: later(asked, 1) })
    for (const [step, occurredAt] of [
      [contacted, called],
      [confirmed, asked],
      [calledBack, later(asked, 1)],
    ] as const) {
      expect(step.events).toMatchObject([{ occurredAt }])
      expect(String(step.events[0]?.['at']) > String(occurredAt)).toBe(true)
    }
    expect((await people.agent.get(`/api/tickets/${number}/contacts`)).items.map(({ type, occurredAt }) => [type, occurredAt])).toEqual([
      ['contacted', called],
      ['confirmed', asked],
      ['called-back', later(asked, 1)],
    ])
    // The promise counts from when the customer answered.
    expect((await people.agent.get(`/api/tickets/${number}/clocks`)).items.filter(({ clock }) => clock === 'callback')).toMatchObject([
      { startedAt: asked, stoppedAt: later(asked, 1), state: 'kept' },
    ])
  })

  it('X8: nothing happens in the future, nor before it can have', async () => {
    const confirming = await walkedTo('confirmation', people)
    const closing = await walkedTo('closing', people)
    const { submittedAt } = await ticket(people.agent, closing)
    for (const [number, command] of [
      [confirming, 'contact'],
      [confirming, 'confirm'],
      [closing, 'callback'],
    ] as const) {
      const ahead = await tries(people.agent, number, command, { occurredAt: new Date(Date.now() + 120_000).toISOString() }, zh)
      expect([ahead.status, path(ahead), ahead.errors[0]?.code], command).toEqual([422, ['occurredAt'], 'in-the-future'])
      const early = await tries(people.agent, number, command, { occurredAt: '2020-01-01T00:00:00Z' }, zh)
      expect([early.status, path(early), early.errors[0]?.code], command).toEqual([422, ['occurredAt'], 'too-early'])
    }
    // A callback follows the solution, an answer the question.
    expect((await tries(people.agent, closing, 'callback', { occurredAt: String(submittedAt) })).errors).toMatchObject([
      { code: 'too-early' },
    ])
    expect(
      (await tries(people.agent, confirming, 'confirm', { occurredAt: String((await ticket(people.agent, confirming))['submittedAt']) }))
        .errors,
    ).toMatchObject([{ code: 'too-early' }])
  })
})

describe('X8: corrections 更正', () => {
  it('X8: the old value is gone from every view; the correction, its reason and who made it stay in the log', async () => {
    const number = await registered(people.agent, {
      title: '打印机卡址',
      customer: { name: '钱七', company: '海欧贸易', phone: '13911112222' },
    })
    const silent = await people.agent.post(`/api/tickets/${number}/correct`, { title: '打印机卡纸' })
    expect([silent.status, path(silent)]).toEqual([422, ['reason']])
    const nothing = await people.agent.post(`/api/tickets/${number}/correct`, { reason: '看看' })
    expect([nothing.status, nothing.errors[0]?.code]).toEqual([422, 'nothing-to-change'])
    await people.agent
      .post(`/api/tickets/${number}/correct`, {
        reason: '登记时听错',
        title: '打印机卡纸',
        customer: { company: '海鸥贸易', phone: '13911113333' },
      })
      .then(({ status, body }) => expect(status, JSON.stringify(body)).toBe(200))
    expect(await ticket(people.agent, number)).toMatchObject({
      title: '打印机卡纸',
      customer: { name: '钱七', company: '海鸥贸易', phone: '139****3333' },
    })
    for (const address of [
      `/api/tickets/${number}`,
      `/api/tickets?q=${encodeURIComponent(number)}`,
      '/api/me/work?limit=200',
      `/api/tickets/${number}/outlook`,
    ]) {
      const { body } = await people.agent.get(address)
      expect(JSON.stringify(body), address).not.toMatch(/卡址|海欧|139\*{4}2222/)
    }
    const find = async (query: string) => (await people.agent.get(`/api/tickets?${query}`)).items.map((item) => item['number'])
    expect(await find(`q=${encodeURIComponent('卡址')}`)).toEqual([])
    expect(await find(`q=${encodeURIComponent('打印机卡纸')}`)).toEqual([number])
    expect(await find(`customer=${encodeURIComponent('海欧')}`)).toEqual([])
    expect(await find(`customer=${encodeURIComponent('海鸥贸易')}`)).toContain(number)
    expect(await find('customer=13911112222')).toEqual([])
    expect(await find('customer=13911113333')).toEqual([number])
    expect((await log(people.quality, number)).at(-1)).toMatchObject({
      type: 'corrected',
      actor: 'agent-li',
      reason: '登记时听错',
      changes: { title: '打印机卡纸', customer: { company: '海鸥贸易' }, contact: { masked: { phone: '139****3333' } } },
    })
    expect((await does(people.agent, number, 'reveal')).body['contact']).toEqual({ phone: '13911113333', email: null })
  })
})

describe('X8: absence and hand-over 工作交接', () => {
  /** What a person has: numbers of what is in their hands, and of what they represent. */
  const workOf = async (who: Speaker) => {
    const { body } = await who.get('/api/me/work?limit=200')
    const numbers = (list: unknown) => (Array.isArray(list) ? list.map((item: { number: unknown }) => String(item.number)).toSorted() : [])
    return { assigned: numbers(body['assigned']), represented: numbers(body['represented']) }
  }

  it('X8: everything an absent person has goes to another at once; the same request again changes nothing, and a new one finds nothing left', async () => {
    const leaving = { id: 'agent-zhao', speaker: people.otherAgent }
    const stages = ['assignment', 'handling', 'verification', 'confirmation', 'closing'] as const
    const held = await Promise.all(stages.map((stage) => walkedTo(stage, people, { handler: leaving, form: { assignee: leaving.id } })))
    const represented = await Promise.all([registered(people.otherAgent), registered(people.otherAgent)])
    // Closed, but its customer still has an open question, which is hers.
    const asked = await walkedTo('confirmation', people, { registrar: people.otherAgent })
    await does(people.otherAgent, asked, 'confirm', { outcome: 'partly', remark: '导出为何慢？' })
    await does(people.engineer, asked, 'close')
    await does(people.agent, asked, 'callback')
    const all = [...held, ...represented, asked].toSorted()

    for (const who of [people.agent, people.engineer]) {
      expect((await who.post('/api/people/agent-zhao/hand-over', { to: 'agent-li', reason: '病假' })).status).toBe(403)
    }
    const self = await people.supervisor.post('/api/people/agent-zhao/hand-over', { to: 'agent-zhao', reason: '病假' })
    expect([self.status, path(self)]).toEqual([422, ['to']])

    const headers = { 'Idempotency-Key': randomUUID() }
    const moved = await people.supervisor.post('/api/people/agent-zhao/hand-over', { to: 'agent-zhou', reason: '病假' }, headers)
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
    expect(moved.body).toMatchObject({ from: 'agent-zhao', to: 'agent-zhou', complete: true })
    expect(moved.items.map((item) => `${String(item['number'])} ${String(item['ok'])}`).toSorted()).toEqual(
      all.map((number) => `${number} true`),
    )

    const zhou = await office.person('agent-zhou')
    expect(await workOf(people.otherAgent)).toEqual({ assigned: [], represented: [] })
    expect(await workOf(zhou)).toEqual({ assigned: held.toSorted(), represented: [...represented, asked].toSorted() })
    expect(await ticket(zhou, asked)).toMatchObject({ representative: 'agent-zhou', tasks: [{ owner: 'agent-zhou' }] })
    // Each stays where it was: the new holder goes on.
    for (const [at, number] of held.entries()) {
      expect(await ticket(zhou, number)).toMatchObject({ stage: stages[at], assignee: 'agent-zhou' })
      expect((await people.agent.get(`/api/assignments?ticket=${number}`)).items[0]).toMatchObject({
        manner: 'handed-over',
        assignee: 'agent-zhou',
        previous: 'agent-zhao',
        reason: '病假',
        by: 'supervisor-zhang',
      })
    }

    const versions = await office.db.selectFrom('tickets').select(['number', 'version']).orderBy('number').execute()
    const again = await people.supervisor.post('/api/people/agent-zhao/hand-over', { to: 'agent-zhou', reason: '病假' }, headers)
    expect(again.body).toEqual(moved.body)
    const nothing = await people.supervisor.post('/api/people/agent-zhao/hand-over', { to: 'agent-zhou', reason: '病假' })
    expect(nothing.body).toMatchObject({ items: [], complete: true })
    expect(await office.db.selectFrom('tickets').select(['number', 'version']).orderBy('number').execute()).toEqual(versions)
  })

  it('X8: an absence names a deputy, who gets what is given to the absent person, by hand or at registration, until they are back', async () => {
    const until = instantOf(Date.now() + 86_400_000)
    const others = await people.otherEngineer.post('/api/absences', { person: 'engineer-liu', deputy: 'engineer-chen' })
    expect(others.status).toBe(403)
    const bad = await people.supervisor.post('/api/absences', {
      person: 'engineer-liu',
      deputy: 'engineer-liu',
      until: '2020-01-01T00:00:00Z',
    })
    expect([bad.status, path(bad).toSorted()]).toEqual([422, ['deputy', 'until']])
    expect(
      (await people.supervisor.post('/api/absences', { person: 'engineer-liu', until, deputy: 'engineer-chen', note: '培训' })).status,
    ).toBe(201)
    expect((await people.agent.get('/api/absences')).items).toMatchObject([
      { person: 'engineer-liu', until, deputy: 'engineer-chen', note: '培训' },
    ])
    expect((await people.agent.get('/api/people?team=tech-support')).items.find(({ id }) => id === 'engineer-liu')).toMatchObject({
      absence: { until, deputy: 'engineer-chen' },
    })
    const number = await registered(people.agent, { assignee: 'engineer-liu' })
    expect(await ticket(people.agent, number)).toMatchObject({ assignee: 'engineer-chen' })
    expect((await log(people.agent, number))[0]).toMatchObject({ type: 'submitted', assignee: 'engineer-chen', insteadOf: 'engineer-liu' })
    const handed = await walkedTo('handling', people)
    await does(people.supervisor, handed, 'reassign', { assignee: 'engineer-liu' })
    expect(await ticket(people.agent, handed)).toMatchObject({ assignee: 'engineer-chen' })
    expect((await people.agent.get(`/api/tickets/${handed}/events`)).items.at(-1)).toMatchObject({ insteadOf: 'engineer-liu' })
  })
})

describe('X8: a corrected type', () => {
  it('X8, X10: outlives the worker that took it down: another one goes on by the right type', async () => {
    const number = await registered(people.agent, { fields: { errorText: '500' } })
    await does(people.agent, number, 'reclassify', { fields: { remarks: '主板' } })
    await office.stopWorker()
    await office.startWorker()
    // Until the worker that is gone is missed nobody answers: the same key again.
    const key = { 'Idempotency-Key': `after-${number}` }
    await until(async () => ((await tries(people.agent, number, 'review-intake', {}, key)).status === 200 ? true : undefined))
    expect(await ticket(people.agent, number)).toMatchObject({
      type: 'hardware-fault',
      stage: 'triage',
      fields: { errorText: '500', remarks: '主板' },
    })
    expect((await log(people.agent, number)).map(({ type }) => type)).toEqual(['submitted', 'reclassified', 'intake-reviewed'])
  })
})
