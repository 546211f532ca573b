import { putPerson } from '../../../db/people.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { epochMs, instantOf, plus } from '../../../domain/instant.ts'
import { dataPaths } from '../../../runtime/config.ts'
import { form as usualForm, type Speaker } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { until } from '../../support/launcher.ts'
import { minutesOf, slowDue, workingMinutes } from '../../support/minute-calendar.ts'
import { passing, seconds } from '../../support/passing.ts'
import { office as cnOffice } from '../../support/tickets.ts'
import { does, english, log, noticesOf, peopleOf, registered, ticket, tries, zh, type Input, type People } from '../../support/walk.ts'

/** The service desk's standard ticket, as its people and customers live through it; on a server that skips time. */

let office: OfficeOnTemporal
let people: People
let liu: Speaker
let sun: Speaker

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
  liu = await office.person('engineer-liu')
  sun = people.otherSupervisor
})
afterAll(() => office.close())

const { promise, passTo, logged, breaksOnTime, now } = passing(
  () => office,
  () => people.agent,
)

const fields = {
  consultation: { topic: '发票抬头' },
  complaint: { subject: 'delivery', demand: '道歉并尽快补发' },
  fault: { faultPhenomenon: '开机后蓝屏' },
  suggestion: { expectation: '支持批量导出' },
} as const
type Type = keyof typeof fields

/** A registration as the agent Li Na takes it down. */
const form = (type: Type, changes: Input = {}): Input => ({
  profile: 'standard-ticket',
  type,
  fields: fields[type],
  title: '设备开机后蓝屏',
  ...changes,
})
const taken = (type: Type, changes: Input = {}, who: Speaker = people.agent) => registered(who, form(type, changes))
/** Whom mail reaches: nobody has to tell them what it said. */
const byMail = { name: '何俊', email: 'hejun@example.com' }
/** A fault that Wang Qiang gets at once. */
const forWang = (changes: Input = {}) => taken('fault', { assignee: 'engineer-wang', priority: 'high', ...changes })

const completion = { classification: { module: 'device', type: 'fault', cause: 'wear' }, tags: ['硬盘老化'] }

/** Who has it, as soon as somebody has. */
const assigneeOf = (number: string) =>
  until(async () =>
    z
      .string()
      .optional()
      .catch(undefined)
      .parse((await ticket(people.agent, number))['assignee']),
  )

describe('S1: numbers', () => {
  it('S1: say year and month and a serial of four digits, which grows past 9999', async () => {
    const month = DateTime.fromISO(await now(), { zone: 'Asia/Shanghai' }).toFormat('yyyyMM')
    const [first, second] = [await taken('consultation'), await taken('complaint')]
    expect(first).toMatch(new RegExp(`^${month}\\d{4}$`))
    expect(Number(second)).toBe(Number(first) + 1)
    const before = Number(second.slice(month.length))
    await office.db.updateTable('counters').set({ last: 9998 }).where('key', '=', month).execute()
    expect([await taken('suggestion'), await taken('suggestion')]).toEqual([`${month}9999`, `${month}10000`])
    await office.db.updateTable('counters').set({ last: before }).where('key', '=', month).execute()
    expect(await ticket(people.agent, `${month}10000`)).toMatchObject({ number: `${month}10000`, profile: 'standard-ticket' })
  })
})

describe('S2: types and their fields', () => {
  it.each([
    ['consultation', '咨询', ['topic']],
    ['complaint', '投诉', ['demand', 'subject']],
    ['fault', '故障报修', ['faultPhenomenon']],
    ['suggestion', '需求建议', ['expectation']],
  ] as const)('S2: %s (%s) is refused without %j, each by its name, and taken with them', async (type, label, required) => {
    for (const blank of [{}, Object.fromEntries(required.map((id) => [id, '  ']))]) {
      const heard = await people.agent.post('/api/tickets', { ...(await formWith(type)), fields: blank }, zh)
      expect([heard.status, heard.errors.map(({ path, code }) => `${code} ${path}`).toSorted()]).toEqual([
        422,
        required.map((id) => `required fields.${id}`),
      ])
    }
    const number = await taken(type)
    expect(await ticket(people.agent, number, zh)).toMatchObject({ type, typeLabel: label, fields: fields[type] })
  })

  it.each([
    [
      'online shop',
      { orderNo: 'DD-20231001', product: '保温杯', logisticsNo: 'SF100', returnExchange: '换货' },
      { returnExchange: 'exchange' },
    ],
    ['enterprise IT', { system: 'OA', assetNo: 'PC-0031', department: '财务部' }, {}],
    ['SaaS', { account: 'tenant-7', module: '报表', version: '3.2' }, {}],
    [
      'hardware repair',
      { deviceModel: 'X200', repairStatus: 'Waiting for a part', warrantyUntil: '2027-05-31' },
      { repairStatus: 'waiting-for-part' },
    ],
  ])('S2: %s: its fields go along with any type', async (_, trade, kept) => {
    for (const type of ['consultation', 'complaint', 'fault', 'suggestion'] as const) {
      const number = await taken(type, { fields: { ...fields[type], ...trade } })
      expect(await ticket(people.agent, number)).toMatchObject({ fields: { ...fields[type], ...trade, ...kept } })
    }
  })

  it('S2: a field of another type, a day that is none and a choice that is not offered are refused by name', async () => {
    const heard = await people.agent.post(
      '/api/tickets',
      { ...(await formWith('fault')), fields: { ...fields.fault, demand: '赔偿', warrantyUntil: '2027-02-30', repairStatus: 'lost' } },
      english,
    )
    expect(heard.errors.map(({ path, code }) => [path, code])).toEqual([
      ['fields.demand', 'unknown-field'],
      ['fields.repairStatus', 'not-a-choice'],
      ['fields.warrantyUntil', 'wrong-kind'],
    ])
    expect(heard.errors.at(-1)?.message).toContain('a day, for example 2023-10-01')
  })

  async function formWith(type: Type): Promise<Input> {
    const { form: usual } = await import('../../support/api.ts')
    return { ...usual, ...form(type) }
  }
})

describe('S4: customer tags', () => {
  it('S4: the third complaint within 90 days shows 高频投诉客户 on the ticket, and on the next one of any type', async () => {
    const customer = { name: '孙女士', phone: '13700137001' }
    const [first, second, third] = [
      await taken('complaint', { customer }),
      await taken('complaint', { customer }),
      await taken('complaint', { customer }),
    ]
    await logged(third, 'customer-tagged')
    expect(await ticket(people.agent, third, zh)).toMatchObject({ tags: ['高频投诉客户'] })
    const next = await taken('consultation', { customer: { ...customer, name: '孙小姐' } })
    await logged(next, 'customer-tagged')
    expect(await ticket(people.engineer, next, english)).toMatchObject({ tags: ['Complains often'] })
    for (const number of [first, second]) expect(await ticket(people.agent, number, zh)).toMatchObject({ tags: [] })
  })

  it('S4: an account of the list shows VIP客户, and the customer sees nothing of it', async () => {
    const vip = { id: 'vip-001', name: '何俊', email: 'hejun@example.com', active: true, teams: [], skills: [] }
    await putPerson(office.db, { ...vip, roles: ['customer'] })
    const customer = await office.person(vip.id)
    const number = await taken('consultation', {}, customer)
    await logged(number, 'customer-tagged')
    expect(await ticket(people.agent, number, zh)).toMatchObject({ tags: ['VIP客户'], customer: { name: '何俊', account: 'vip-001' } })
    expect(await ticket(customer, number, zh)).toMatchObject({ tags: [] })
  })

  it('S4: no customer makes themselves a VIP by naming the account of one', async () => {
    const heard = await people.customer.post('/api/tickets', {
      ...usualForm,
      ...form('consultation', { customer: { account: 'vip-001', phone: '13700137002' } }),
    })
    expect([heard.status, heard.errors]).toMatchObject([422, [{ path: 'customer', code: 'own-identity' }]])
  })
})

describe('S6: the first response', () => {
  it('S6: each priority has its criterion in the language of who asks', async () => {
    const { body } = await people.agent.get('/api/profiles/standard-ticket')
    expect(body['priorities']).toMatchObject(
      ['urgent', 'high', 'medium', 'low'].map((id) => ({ id, criterion: { 'zh-CN': expect.any(String), en: expect.any(String) } })),
    )
  })

  it.each([
    ['urgent', 15 * 60],
    ['high', 2 * 3600],
  ])('S6: %s: within %d seconds of submission, whatever the hour', async (priority, within) => {
    const number = await taken('consultation', { priority })
    const made = await promise(number, 'first-response')
    expect(made.startedAt).toBe((await ticket(people.agent, number))['submittedAt'])
    expect(seconds(made.startedAt, made.dueAt)).toBe(within)
    await breaksOnTime(number, 'first-response')
  })

  it.each(['medium', 'low'])('S6, X2: %s: within eight working hours, reckoned minute by minute', async (priority) => {
    const number = await taken('consultation', { priority })
    const made = await promise(number, 'first-response')
    expect(made.dueAt).toBe(workedBy(made.startedAt, 8 * 60))
    await breaksOnTime(number, 'first-response')
  })
})

describe('S7: dispatch', () => {
  const inHand = async (assignee: string) => (await people.agent.get(`/api/tickets?assignee=${assignee}&open=true&limit=200`)).items.length

  it.each([
    ['consultation', 'service-desk', ['agent-li', 'agent-zhao']],
    ['complaint', 'service-desk', ['agent-li', 'agent-zhou']],
    ['suggestion', 'service-desk', ['agent-zhao', 'agent-zhou']],
    ['fault', 'tech-support', ['engineer-wang', 'engineer-chen', 'engineer-liu']],
  ] as const)('S7: a %s goes to the %s, to whoever of %j has least in hand', async (type, team, skilled) => {
    for (let nth = 0; nth < 3; nth += 1) {
      const load = await Promise.all(skilled.map(async (id) => ({ id, tickets: await inHand(id) })))
      const least = Math.min(...load.map(({ tickets }) => tickets))
      const number = await taken(type)
      const assignee = await assigneeOf(number)
      expect(load.filter(({ tickets }) => tickets === least).map(({ id }): string => id)).toContain(assignee)
      expect(await logged(number, 'assigned')).toMatchObject({
        manner: 'dispatched',
        actor: 'system',
        assignee,
        team,
        candidates: expect.arrayContaining([{ assignee, insteadOf: null, skills: 1, inHand: least }]),
      })
      expect((await noticesOf(office, number)).filter(({ kind }) => kind === 'ticket-assigned')).toMatchObject([{ recipientId: assignee }])
    }
  })

  it('S7: skill comes before load: a complaint is not for the one who has less in hand and no training for it', async () => {
    for (const assignee of ['agent-li', 'agent-zhou'])
      while ((await inHand(assignee)) <= (await inHand('agent-zhao'))) await taken('consultation', { assignee })
    expect(['agent-li', 'agent-zhou']).toContain(await assigneeOf(await taken('complaint')))
  })

  it('S7: whoever is named at creation gets it, whatever their skills', async () => {
    const number = await taken('complaint', { assignee: 'engineer-chen' })
    await office.later('PT1M')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'assignment', assignee: 'engineer-chen' })
    expect((await log(people.agent, number)).map(({ type }) => type)).not.toContain('assigned')
  })

  it('S7: a team that is named comes before the team of the type', async () => {
    const number = await taken('consultation', { team: 'tech-support' })
    expect(['engineer-wang', 'engineer-chen', 'engineer-liu']).toContain(await assigneeOf(number))
    expect(await ticket(people.agent, number)).toMatchObject({ team: 'tech-support' })
  })
})

describe('S8: what the customer is told', () => {
  it('S8: a mail that begins 工单已创建，工单编号：X, with the number in its subject', async () => {
    const number = await taken('fault', { priority: 'urgent', customer: byMail })
    const path = join(dataPaths(office.config.dataDir).mail, `${number}-1-ticket-submitted-customer.eml`)
    const mail = await simpleParser(await until(() => readFile(path).catch(() => undefined)))
    expect(mail.subject).toBe(`我们已收到：设备开机后蓝屏【${number}】`)
    expect(mail.text).toMatch(new RegExp(`^何俊，您好！\n\n工单已创建，工单编号：${number}。`))
    expect(mail.text).toMatch(/我们已收到“设备开机后蓝屏”，将在 30 分钟内开始处理，最迟不晚于 \d+月\d+日（周.）\d\d:\d\d 北京时间。/)
    expect(mail.text).not.toMatch(/[{}[\]]/)
    expect(await noticesOf(office, number)).toContainEqual(
      expect.objectContaining({ kind: 'ticket-submitted', recipientKind: 'customer', params: expect.objectContaining({ number }) }),
    )
  })
})

describe('S12: the priority is checked', () => {
  it('S12: within ten minutes of receiving the ticket; then handler and lead hear of it', async () => {
    const number = await forWang()
    const made = await promise(number, 'priority-review')
    expect(seconds(made.startedAt, made.dueAt)).toBe(600)
    await breaksOnTime(number, 'priority-review')
    await logged(number, 'level-reached', { clock: 'priority-review', level: 'missed' })
    const told = (await noticesOf(office, number)).filter(({ params }) => params['clock'] === 'priority-review')
    expect(told.map(({ kind, recipientId }) => [kind, recipientId])).toEqual([
      ['deadline-warning', 'engineer-wang'],
      ['deadline-missed', 'engineer-wang'],
      ['deadline-missed', 'lead@tech-support'],
    ])
  })

  it('S12, X2: of a medium ticket ten minutes of working time, from when it was received', async () => {
    const number = await taken('fault', { priority: 'medium' })
    await assigneeOf(number)
    const received = await logged(number, 'assigned')
    const made = await promise(number, 'priority-review')
    expect(made).toMatchObject({ startedAt: received['occurredAt'], dueAt: workedBy(made.startedAt, 10) })
  })

  it('S12: confirming it keeps the promise; who gets the ticket next checks it again', async () => {
    const number = await forWang()
    await does(people.engineer, number, 'confirm-priority')
    expect(await promise(number, 'priority-review')).toMatchObject({ cycle: 1, state: 'kept' })
    await does(sun, number, 'reassign', { assignee: 'engineer-liu', reason: '硬件问题' })
    expect(await promise(number, 'priority-review')).toMatchObject({ cycle: 2, state: 'running' })
    await does(liu, number, 'confirm-priority')
    expect(await promise(number, 'priority-review')).toMatchObject({ cycle: 2, state: 'kept' })
  })

  it("S12: a change needs a reason and a supervisor's approval; until then the old priority's clocks run, after it the new targets count from the original start", async () => {
    const number = await forWang()
    const before = { resolution: await promise(number, 'resolution'), start: await promise(number, 'start') }
    const silent = await tries(people.engineer, number, 'request-priority-change', { priority: 'urgent', reason: ' ' }, zh)
    expect([silent.status, silent.errors.map(({ path }) => path)]).toEqual([422, ['reason']])
    await office.later('PT5M')
    await does(people.engineer, number, 'request-priority-change', { priority: 'urgent', reason: '全公司无法办公' })
    // Asking is checking.
    expect(await promise(number, 'priority-review')).toMatchObject({ state: 'kept' })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'priority-change-requested',
      recipientId: 'supervisor@tech-support',
      params: { number, current: 'high', wanted: 'urgent', reason: '全公司无法办公', by: 'engineer-wang' },
    })
    expect((await sun.get('/api/me/work')).body['toDecide']).toEqual(expect.arrayContaining([expect.objectContaining({ number })]))
    for (const who of [people.engineer, people.agent]) expect((await tries(who, number, 'decide-priority-change')).status).toBe(403)
    expect(await ticket(people.agent, number)).toMatchObject({ priority: 'high' })
    for (const clock of ['resolution', 'start'] as const)
      expect(await promise(number, clock)).toMatchObject({ dueAt: before[clock].dueAt, state: 'running' })
    await office.later('PT3M')
    await does(sun, number, 'decide-priority-change', { approve: true, comment: '同意' })
    expect(await ticket(people.agent, number)).toMatchObject({ priority: 'urgent' })
    const { startedAt } = before.resolution
    for (const [clock, within] of [
      ['first-response', 'PT15M'],
      ['start', 'PT30M'],
      ['resolution', 'PT8H'],
    ] as const)
      expect(await promise(number, clock), clock).toMatchObject({ startedAt, dueAt: plus(startedAt, within), state: 'running' })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({ kind: 'priority-change-decided', recipientId: 'engineer-wang' })
    await breaksOnTime(number, 'first-response')
  })

  it('S12, X4: what the new target puts into the past is broken by the decision, stamped with it, and only the highest level speaks', async () => {
    const number = await forWang()
    await does(people.engineer, number, 'request-priority-change', { priority: 'urgent', reason: '影响扩大' })
    await office.later('PT40M')
    await does(sun, number, 'decide-priority-change')
    for (const [clock, within] of [
      ['first-response', 'PT15M'],
      ['start', 'PT30M'],
    ] as const) {
      const broken = await logged(number, 'promise-broken', { clock })
      const { startedAt, dueAt, state } = await promise(number, clock)
      expect([state, dueAt]).toEqual(['broken', plus(startedAt, within)])
      const decided = await logged(number, 'priority-change-decided')
      expect(broken).toMatchObject({ cause: 'retarget', dueAt, occurredAt: decided['occurredAt'] })
    }
    await logged(number, 'level-reached', { clock: 'start' })
    const levels = (await log(people.agent, number)).filter(({ type }) => type === 'level-reached')
    expect(levels.filter(({ clock }) => clock === 'first-response').map(({ level }) => level)).toEqual(['department-head'])
    expect(levels.filter(({ clock }) => clock === 'start').map(({ level }) => level)).toEqual(['supervisor'])
  })

  it('S12: refused, everything stays as it was', async () => {
    const number = await forWang()
    const before = await promise(number, 'resolution')
    await does(people.engineer, number, 'request-priority-change', { priority: 'low', reason: '不急' })
    await does(sun, number, 'decide-priority-change', { approve: false, comment: '客户很急' })
    expect(await ticket(people.agent, number)).toMatchObject({ priority: 'high' })
    expect(await promise(number, 'resolution')).toMatchObject({ dueAt: before.dueAt, state: 'running' })
  })
})

describe('S13: scripts 话术 for the first response', () => {
  it('S13: are listed, for the phone and for the chat', async () => {
    const heard = await people.agent.get('/api/templates?profile=standard-ticket', zh)
    const first = heard.items.filter(({ purpose }) => purpose === 'first-response')
    expect(first).toMatchObject([
      { id: 'first-call', label: '首次响应（电话）', text: expect.stringMatching(/\{agent\}.*\{problem\}.*\{number\}/) },
      { id: 'first-chat', label: '首次响应（在线）', text: expect.stringMatching(/\{agent\}.*\{problem\}.*\{number\}/) },
    ])
  })

  it.each([
    ['first-call', 'phone', zh, /我是客服专员王强。关于您反馈的“设备开机后蓝屏”（工单编号 \d+）/],
    ['first-chat', 'chat', english, /this is 王强 of customer service. I have received "设备开机后蓝屏", ticket \d+/],
  ])(
    'S13, S6: %s is rendered for a ticket, and said by %s it keeps the promise; a mail does not',
    async (template, channel, language, words) => {
      const number = await forWang()
      const script = await people.engineer.get(`/api/templates/${template}?ticket=${number}`, language)
      const text = String(script.body['text'])
      expect(text).toMatch(words)
      expect(text).toContain(number)
      expect(text).not.toMatch(/[{}[\]]/)
      await does(people.engineer, number, 'contact', { channel: 'email', direction: 'outbound', text })
      expect(await promise(number, 'first-response')).toMatchObject({ state: 'running' })
      await office.later('PT30M')
      await does(people.engineer, number, 'contact', { channel, direction: 'outbound', text, template })
      const kept = await promise(number, 'first-response')
      expect(kept).toMatchObject({ state: 'kept', recordedLate: false })
      expect(await logged(number, 'contacted', { channel })).toMatchObject({ template, live: true, occurredAt: kept.stoppedAt })
    },
  )

  it('S13, S6: so does an intake with the customer on the line', async () => {
    const number = await taken('consultation', { live: true })
    expect(await promise(number, 'first-response')).toMatchObject({ state: 'kept' })
  })
})

describe('S14: progress', () => {
  it('S14: every four hours; a missed update reminds the handler, then the supervisor, and the customer hears that work goes on', async () => {
    const number = await forWang()
    await does(people.engineer, number, 'accept')
    const first = await promise(number, 'progress')
    expect(seconds(first.startedAt, first.dueAt)).toBe(4 * 3600)
    await passTo(plus(first.startedAt, 'PT3H'))
    await logged(number, 'level-reached', { clock: 'progress', cycle: 1, level: 'reminder' })
    await does(people.engineer, number, 'update-progress', { text: '已订购硬盘', visibleToCustomer: true })
    expect(await promise(number, 'progress')).toMatchObject({ cycle: 2, state: 'running' })
    await breaksOnTime(number, 'progress')
    const { dueAt } = await promise(number, 'progress')
    await passTo(plus(dueAt, 'PT1H'))
    await logged(number, 'level-reached', { clock: 'progress', cycle: 2, level: 'supervisor' })
    const levels = (await log(people.agent, number)).filter(
      ({ type, clock, cycle }) => type === 'level-reached' && clock === 'progress' && cycle === 2,
    )
    expect(levels.map(({ level, occurredAt }) => [level, seconds(dueAt, String(occurredAt)) / 3600])).toEqual([
      ['reminder', -1],
      ['missed', 0],
      ['still-investigating-1', 0],
      ['supervisor', 1],
    ])
    const told = (await noticesOf(office, number)).filter(({ seq }) => levels.some((level) => level.seq === seq))
    expect(told.map(({ kind, recipientKind, recipientId }) => [kind, recipientKind, recipientId])).toEqual([
      ['deadline-warning', 'person', 'engineer-wang'],
      ['deadline-missed', 'person', 'engineer-wang'],
      ['still-investigating', 'customer', null],
      ['deadline-missed', 'role', 'supervisor@tech-support'],
    ])
  })
})

describe('the whole path, from dispatch to the archive', () => {
  it('S7, S12, S13, S14, X5: dispatched, accepted, done, confirmed, called back, archived; every promise ends', async () => {
    const number = await taken('fault', {
      priority: 'high',
      customer: byMail,
      fields: { ...fields.fault, deviceModel: 'X200', warrantyUntil: '2027-05-31' },
    })
    const handler = await office.person(await assigneeOf(number))
    expect(await steps(number)).toEqual(['accept'])
    await does(handler, number, 'confirm-priority')
    await does(handler, number, 'contact', { channel: 'phone', direction: 'outbound', text: '您好，我来负责', template: 'first-call' })
    await does(handler, number, 'accept')
    expect(await steps(number)).toEqual(['update-progress', 'complete'])
    await office.later('PT2H')
    await does(handler, number, 'update-progress', { text: '已更换硬盘，正在测试', visibleToCustomer: true })
    await does(handler, number, 'complete', completion)
    await does(people.quality, number, 'verify')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'confirmation' })
    // Not yet, says the customer; no plan is asked for.
    await does(people.agent, number, 'confirm', { outcome: 'unsolved', remark: '声音很大' })
    await does(handler, number, 'complete', completion)
    await does(handler, number, 'verify')
    await does(people.agent, number, 'confirm', { satisfaction: 5 })
    // The confirmation closes it.
    const closed = await ticket(people.agent, number)
    expect(closed).toMatchObject({ stage: 'follow-up', closedBySilence: false, closedAt: expect.any(String) })
    expect(await steps(number)).toEqual(['callback', 'file-article'])
    expect((await noticesOf(office, number)).slice(-2)).toMatchObject([
      { kind: 'callback-appointed', recipientKind: 'customer' },
      { kind: 'callback-due', recipientKind: 'person' },
    ])
    await does(people.agent, number, 'callback')
    await does(handler, number, 'file-article')
    const { items } = await people.agent.get(`/api/tickets/${number}/clocks`)
    expect(items.filter(({ state }) => state !== 'kept')).toEqual([])
    await office.later('P7DT1M')
    await logged(number, 'archived')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'archived' })
    expect((await tries(people.agent, number, 'contact')).status).toBe(409)
  })

  it('X3: who never confirms is reminded twice; then silence closes the ticket, and nothing keeps it from the archive', async () => {
    const number = await forWang({ priority: 'medium', customer: byMail })
    await does(people.engineer, number, 'accept')
    await does(people.engineer, number, 'complete', completion)
    await does(people.quality, number, 'verify')
    const asked = await promise(number, 'confirmation')
    await passTo(asked.dueAt)
    expect(await logged(number, 'closed', { silence: true })).toMatchObject({ occurredAt: asked.dueAt, actor: 'system' })
    const closed = await ticket(people.agent, number)
    expect(closed).toMatchObject({ stage: 'follow-up', closedBySilence: true, closedAt: asked.dueAt })
    const told = (await noticesOf(office, number)).filter(({ recipientKind }) => recipientKind === 'customer').map(({ kind }) => kind)
    expect(told.filter((kind) => kind === 'confirmation-reminder')).toHaveLength(2)
    expect(told.at(-1)).toBe('closed-by-silence')
    expect(await steps(number)).toEqual([])
    await passTo(plus(asked.dueAt, 'P7D'))
    await logged(number, 'archived')
    const { items } = await people.agent.get(`/api/tickets/${number}/clocks`)
    expect(items.filter(({ state }) => ['running', 'paused'].includes(String(state)))).toEqual([])
  })

  it('X3: who never sends what is missing is reminded twice and closed too, reopenable in the window', async () => {
    const number = await taken('fault', { priority: 'high', assignee: undefined }, people.customer)
    const handler = await office.person(await assigneeOf(number))
    await does(handler, number, 'accept')
    await does(handler, number, 'wait', { for: 'customer', reason: '请提供序列号' })
    for (const clock of ['progress', 'resolution']) expect(await promise(number, clock)).toMatchObject({ state: 'paused' })
    const asked = await promise(number, 'customer-answer')
    await passTo(asked.dueAt)
    expect(await logged(number, 'closed', { silence: true })).toMatchObject({ occurredAt: asked.dueAt })
    expect(await ticket(people.customer, number)).toMatchObject({ stage: 'follow-up', waiting: null, closedBySilence: true })
    const told = (await noticesOf(office, number)).filter(({ recipientKind }) => recipientKind === 'customer').map(({ kind }) => kind)
    expect(told.filter((kind) => kind === 'information-reminder')).toHaveLength(2)
    await office.later('P2D')
    await does(people.customer, number, 'reopen', { reason: '序列号找到了' })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'handling', closedBySilence: false })
    for (const clock of ['progress', 'resolution']) expect(await promise(number, clock)).toMatchObject({ cycle: 2, state: 'running' })
  })

  async function steps(number: string): Promise<string[]> {
    const { steps: ahead } = z
      .object({ steps: z.array(z.object({ command: z.string() })) })
      .parse((await people.agent.get(`/api/tickets/${number}/outlook`)).body)
    return ahead.map(({ command }) => command)
  }
})

describe('X8: an ask without an answer', () => {
  it('S4, S6, X8: holds up neither time nor promises, and is answered when the world can', async () => {
    const customer = { name: '钱总', account: 'vip-002', phone: '13300133001' }
    await office.stopWorker()
    const number = await taken('consultation', { priority: 'urgent', customer, assignee: 'agent-zhao' })
    await office.settled()
    // Without its profile nobody can say which tags the customer has.
    const rename = (from: string, to: string) => office.db.updateTable('profiles').set({ id: to }).where('id', '=', from).execute()
    await rename('standard-ticket', 'away')
    await office.startWorker()
    await office.later('PT16M')
    const broken = await until(async () =>
      office.db
        .selectFrom('promises')
        .select(['state', 'dueAt'])
        .where('process', '=', number)
        .where('clock', '=', 'first-response')
        .where('state', '=', 'broken')
        .executeTakeFirst(),
    )
    expect(epochMs(broken.dueAt)).toBeLessThan(epochMs(await now()))
    await rename('away', 'standard-ticket')
    await office.later('PT2M')
    await logged(number, 'customer-tagged')
    expect(await ticket(people.agent, number, zh)).toMatchObject({ tags: ['VIP客户'] })
  })
})

/** The instant by which so many minutes have been worked, reckoned the slow way. */
function workedBy(from: string, minutes: number): string | undefined {
  const start = instantOf(Math.floor(epochMs(from) / 60_000) * 60_000)
  const worked = workingMinutes(cnOffice, minutesOf(cnOffice.timezone, start, 20))
  const due = slowDue(worked, epochMs(from), minutes * 60_000)
  return due === undefined ? undefined : instantOf(due)
}
