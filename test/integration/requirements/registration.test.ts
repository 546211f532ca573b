import { randomUUID } from 'node:crypto'
import { DateTime } from 'luxon'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { form } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { techSupport } from '../../support/tickets.ts'
import { does, english, log, noticesOf, peopleOf, registered, ticket, tw, zh, type People } from '../../support/walk.ts'

/** 登记: a customer reports a problem, and it becomes a ticket that everybody can refer to. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
})
afterAll(() => office.close())

/** The day the numbers of today carry, in the profile's zone. */
const today = () => DateTime.now().setZone(techSupport.zone).toFormat('yyyyMMdd')

describe('T1: numbers', () => {
  it('T1: say TS, the day and a serial of three digits, which counts up through the day', async () => {
    const first = await registered(people.agent)
    const second = await registered(people.agent)
    expect(first).toMatch(new RegExp(`^TS${today()}\\d{3}$`))
    expect(Number(second.slice(-3))).toBe(Number(first.slice(-3)) + 1)
    expect(await ticket(people.agent, second)).toMatchObject({ number: second })
  })

  it('T1: the serial grows past 999', async () => {
    const day = today()
    await office.db.updateTable('counters').set({ last: 998 }).where('key', '=', `TS${day}`).execute()
    const numbers = [await registered(people.agent), await registered(people.agent), await registered(people.agent)]
    expect(numbers).toEqual([`TS${day}999`, `TS${day}1000`, `TS${day}1001`])
    await does(people.agent, `TS${day}1000`, 'review-intake')
  })

  it("T1: a copied profile with its own prefix counts from one, and never meets the other's numbers", async () => {
    const copy = { ...techSupport, id: 'branch-support', number: { pattern: 'BS{yyyyMMdd}{serial:3}' } }
    const installed = await people.admin.send('PUT', '/api/profiles/branch-support', stringify(copy), {
      'Content-Type': 'application/yaml',
    })
    expect(installed.status, JSON.stringify(installed.body)).toBe(201)
    const there = await registered(people.agent, { profile: 'branch-support' })
    const here = await registered(people.agent)
    expect(there).toBe(`BS${today()}001`)
    expect(here).toMatch(/^TS/)
    expect(await ticket(people.agent, there)).toMatchObject({ profile: 'branch-support', typeLabel: expect.any(String) })
    // Both live and take steps.
    await does(people.agent, there, 'review-intake')
    await does(people.agent, here, 'review-intake')
  })

  it('T1: a copied profile that kept the prefix shares the count, so that no number is given twice', async () => {
    const copy = { ...techSupport, id: 'same-prefix' }
    expect(
      (await people.admin.send('PUT', '/api/profiles/same-prefix', stringify(copy), { 'Content-Type': 'application/yaml' })).status,
    ).toBe(201)
    const numbers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => registered(people.agent, { profile: at % 2 ? 'same-prefix' : 'tech-support' })),
    )
    expect(new Set(numbers).size).toBe(10)
  })
})

describe('T2: the registration form 客户问题反馈登记表', () => {
  const full = {
    type: 'compatibility',
    priority: 'low',
    channel: 'email',
    customer: { name: '何俊', company: '海鸥贸易', account: 'haiou-01', phone: '138 1234 5678', email: 'hejun@example.com' },
    title: '导出的报表在 WPS 中乱码',
    description: '导出 Excel 后用 WPS 打开，中文显示为方块',
    fields: {
      occurredAt: '2023-10-01T14:30:00+08:00',
      stepsToReproduce: '1. 打开报表 2. 点击导出 3. 用 WPS 打开',
      errorText: '无',
      environment: 'Windows 11，WPS 12.1',
      descriptionConfirmed: true,
      remarks: '客户较急，希望今天答复',
    },
    keywords: ['导出', '乱码'],
  }

  it('T2: keeps every field as it was given, the contact masked, who registered as first handler, and when', async () => {
    const before = new Date().toISOString()
    const number = await registered(people.agent, full)
    const seen = await ticket(people.engineer, number, zh)
    expect(seen).toMatchObject({
      number,
      type: 'compatibility',
      typeLabel: '兼容性问题',
      priority: 'low',
      priorityLabel: '低',
      channel: 'email',
      channelLabel: '电子邮件',
      customer: { name: '何俊', company: '海鸥贸易', account: 'haiou-01', phone: '138****5678', email: 'he***@example.com' },
      title: full.title,
      description: full.description,
      fields: { ...full.fields, occurredAt: '2023-10-01T06:30:00.000Z' },
      keywords: full.keywords,
      representative: 'agent-li',
      names: { 'agent-li': '李娜' },
    })
    expect(String(seen['submittedAt']) >= before).toBe(true)
    expect(String(seen['submittedAt']) <= new Date().toISOString()).toBe(true)
    expect(JSON.stringify(seen)).not.toMatch(/138\s*1234\s*5678|hejun@/)
    expect(await log(people.engineer, number)).toMatchObject([{ type: 'submitted', actor: 'agent-li' }])
  })

  it('T2: a description that the customer has not confirmed is marked, and unmarked once they have', async () => {
    const number = await registered(people.agent, { ...full, fields: { ...full.fields, descriptionConfirmed: false } })
    expect(await ticket(people.engineer, number)).toMatchObject({ fields: { descriptionConfirmed: false } })
    await does(people.agent, number, 'supplement', { fields: { descriptionConfirmed: true }, text: '客户已确认描述' })
    expect(await ticket(people.engineer, number)).toMatchObject({ fields: { descriptionConfirmed: true, remarks: full.fields.remarks } })
    const [, confirmed] = await log(people.engineer, number)
    expect(confirmed).toMatchObject({ type: 'supplemented', actor: 'agent-li', fields: { descriptionConfirmed: true } })
  })

  it("T2: colleagues note the customer's mood among themselves", async () => {
    const { remarks, ...asked } = full.fields
    const number = await registered(people.customer, { ...full, fields: asked, channel: 'ticket-system' })
    await does(people.agent, number, 'supplement', { fields: { remarks }, text: undefined })
    await does(people.agent, number, 'note', { text: '客户情绪激动，回电请先致歉' })
    expect((await log(people.engineer, number)).map(({ type }) => type)).toEqual(['submitted', 'supplemented', 'note'])
    expect(await ticket(people.engineer, number)).toMatchObject({ fields: { remarks } })
    expect((await log(people.customer, number)).map(({ type }) => type)).toEqual(['submitted'])
    expect(await ticket(people.customer, number)).not.toHaveProperty('fields.remarks')
  })

  it('T2: every type and urgency of the form is open; another is refused by name', async () => {
    for (const type of ['software-fault', 'hardware-fault', 'usage-question', 'compatibility', 'other'])
      await registered(people.agent, { type })
    for (const priority of ['urgent', 'high', 'medium', 'low']) await registered(people.agent, { priority })
    const heard = await people.agent.post('/api/tickets', { ...form, priority: 'critical', fields: { occurredAt: 'yesterday' } }, english)
    expect(heard.status).toBe(422)
    expect(heard.errors.map(({ path }) => path).toSorted()).toEqual(['fields.occurredAt', 'priority'])
  })
})

describe('T3: channels, and what the customer is told', () => {
  it('T3: phone, chat, e-mail and ticket system are open, another is refused with the choices', async () => {
    for (const channel of ['phone', 'chat', 'email', 'ticket-system']) {
      const number = await registered(people.agent, { channel })
      expect(await ticket(people.agent, number)).toMatchObject({ channel })
    }
    const heard = await people.agent.post('/api/tickets', { ...form, channel: 'fax' }, zh)
    expect(heard.errors).toMatchObject([{ path: 'channel', code: 'not-a-choice', message: expect.stringContaining('ticket-system') }])
  })

  it.each([
    ['urgent', zh, /^工单已创建，工单编号：(TS\d+)。我们将在 2 小时内开始处理，最迟不晚于 \d{4}-\d\d-\d\d \d\d:\d\d。$/],
    ['high', zh, /^工单已创建，工单编号：(TS\d+)。我们将在 8 小时内开始处理，最迟不晚于 \d{4}-\d\d-\d\d \d\d:\d\d。$/],
    ['medium', zh, /^工单已创建，工单编号：(TS\d+)。我们将在 8 小时（工作时间）内开始处理，最迟不晚于 \d{4}-\d\d-\d\d \d\d:\d\d。$/],
    ['low', zh, /^工单已创建，工单编号：(TS\d+)。我们将在 8 小时（工作时间）内开始处理，最迟不晚于 \d{4}-\d\d-\d\d \d\d:\d\d。$/],
    ['urgent', tw, /^工單已建立，工單編號：(TS\d+)。我們將在\s?2\s?小時內開始處理，最遲不晚於 \d{4}-\d\d-\d\d \d\d:\d\d。$/],
    ['medium', tw, /^工單已建立，工單編號：(TS\d+)。我們將在\s?8\s?小時（工作時間）內開始處理，最遲不晚於 \d{4}-\d\d-\d\d \d\d:\d\d。$/],
    ['urgent', english, /(TS\d+).*within 2 hours.*by \d{4}-\d\d-\d\d \d\d:\d\d/],
    ['medium', english, /(TS\d+).*within 8 hours.*working.*by \d{4}-\d\d-\d\d \d\d:\d\d/],
  ])('T3: %s, %o: hears the number and within how many hours work starts', async (priority, language, sentence) => {
    const heard = await people.agent.post('/api/tickets', { ...form, priority }, { ...language, 'Idempotency-Key': randomUUID() })
    expect(heard.status).toBe(201)
    expect(String(heard.body['tell'])).toMatch(sentence)
    expect(sentence.exec(String(heard.body['tell']))?.[1]).toBe(heard.number)
  })

  it('T3: the same goes to the customer as a notice', async () => {
    const urgent = await registered(people.agent, { priority: 'urgent' })
    expect(await noticesOf(office, urgent)).toMatchObject([
      {
        kind: 'ticket-submitted',
        recipientKind: 'customer',
        recipientId: null,
        params: { number: urgent, within: 'PT2H', timeBase: 'elapsed' },
      },
    ])
    const medium = await registered(people.agent, { priority: 'medium' })
    expect(await noticesOf(office, medium)).toMatchObject([
      { kind: 'ticket-submitted', params: { number: medium, within: 'PT8H', timeBase: 'working' } },
    ])
  })

  it('T3: what is said with the customer goes on the record with channel and direction', async () => {
    const number = await registered(people.agent)
    await does(people.agent, number, 'contact', { channel: 'chat', direction: 'inbound', text: '客户询问进度' })
    await does(people.agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '已告知正在排查' })
    expect((await people.engineer.get(`/api/tickets/${number}/contacts`)).items).toMatchObject([
      { channel: 'chat', direction: 'inbound', text: '客户询问进度', by: 'agent-li' },
      { channel: 'phone', direction: 'outbound', text: '已告知正在排查', by: 'agent-li' },
    ])
  })
})
