import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { keysOf } from '../../../db/contact-vault.ts'
import { createDelivery, type Round } from '../../../delivery/deliver.ts'
import { smtpTransport } from '../../../delivery/smtp.ts'
import { epochMs } from '../../../domain/instant.ts'
import { processes } from '../../../processes/index.ts'
import { createProfileReader } from '../../../processes/policies.ts'
import { openOffice, type Heard, type Office } from '../../support/api.ts'
import { noStop } from '../../support/no-stop.ts'
import { openPostOffice, type PostOffice } from '../../support/post-office.ts'
import { does, english, noticesOf, peopleOf, walkedTo, zh, type Input, type People } from '../../support/walk.ts'

/** X10: who is told at which moment, as the profile says: through the API, with a real mail server at the other end. */

let office: Office
let post: PostOffice
let people: People
let round: () => Promise<Round>
/** By day, so that no quiet hours hold what is sent; moved by hand. */
const noon = '2026-03-02T04:00:00.000Z'
let now = noon

beforeAll(async () => {
  office = await openOffice({ worker: false })
  post = await openPostOffice()
  people = await peopleOf(office)
  const deliver = createDelivery({
    db: office.db,
    keys: keysOf(...office.config.keys),
    log: pino({ level: 'silent' }),
    transport: smtpTransport(post.url),
    sender: office.config.mailFrom,
    clock: { now: () => new Date(epochMs(now)) },
    processes,
    profileOf: createProfileReader(office.db),
  })
  round = () => deliver(noStop())
  await put(await telling())
})
afterAll(async () => {
  await post.close()
  await office.close()
})

/** Sends all that waits as if it had come at that hour. */
async function delivered(at = noon): Promise<void> {
  await office.db.updateTable('notices').set({ createdAt: at }).where('status', '=', 'queued').execute()
  now = at
  while (Object.values(await round()).some((count) => count > 0));
}

const put = (document: string, id = 'telling'): Promise<Heard> =>
  people.admin.send('PUT', `/api/profiles/${id}`, document, { 'Content-Type': 'application/yaml' })
const label = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })

interface Document {
  readonly types: readonly { readonly id: string; readonly fields: readonly object[] }[]
}

const fields = [
  { id: 'orderNo', label: label('订单号'), kind: 'text' },
  {
    id: 'size',
    label: label('规模'),
    kind: 'choice',
    choices: ['small', 'large'].map((id) => ({ id, label: label(id === 'large' ? '大客户' : '小客户') })),
  },
  { id: 'visitOn', label: label('上门日期'), kind: 'date' },
  { id: 'margin', label: label('毛利'), kind: 'number', internal: true },
]

async function telling(changes: object = {}): Promise<string> {
  const usual: Document = parse(await readFile('test/unit/profiles/whole/tech-support.yaml', 'utf8'))
  return stringify({
    ...usual,
    id: 'telling',
    version: 1,
    number: { pattern: 'TL{yyyyMMdd}{serial:3}' },
    types: usual.types.map((type) => (type.id === 'software-fault' ? { ...type, fields: [...type.fields, ...fields] } : type)),
    customNotices: [
      {
        ...{ id: 'custom-visit', label: label('上门预告'), audience: 'customer' },
        subject: label('上门预告：{field.orderNo}【{number}】'),
        text: label('{customer}，您好！订单 {field.orderNo} 将于 {field.visitOn} 上门。[规模：{field.size}]'),
      },
      {
        ...{ id: 'custom-large', label: label('大客户延期'), audience: 'staff', mayMute: true },
        subject: label('{number} 延期至 {newDueAt}'),
        text: label('原因：{reason}\n规模：{field.size}\n毛利：{field.margin}\n订单：{field.orderNo}'),
      },
    ],
    notificationRules: [
      { id: 'visit', on: ['accepted'], to: ['customer'], notice: 'custom-visit' },
      { id: 'large', on: ['deferred'], to: ['representative', 'supervisor'], notice: 'custom-large', when: { fields: { size: 'large' } } },
      { id: 'deferrals', on: ['deferred'], to: ['department-head'], notice: 'deferral-reported' },
    ],
    silencedNotices: ['ticket-queued'],
    ...changes,
  })
}

const json = { 'Content-Type': 'application/json', ...zh }
const rehearsed = z.looseObject({
  timeline: z.array(z.looseObject({ mails: z.array(z.looseObject({ kind: z.string() })) })),
})
const mailed = { name: '陈先生', company: '海鸥贸易', email: 'chen@example.com' }
const ticketWith = (given: Input = {}) => ({ form: { profile: 'telling', customer: mailed, fields: given } })
const own = async (number: string) => (await noticesOf(office, number)).filter(({ kind }) => kind.startsWith('custom-'))
const mailsOf = (number: string) => post.mails.filter(({ mail }) => mail.headers.get('x-bihuan-ticket') === number)

describe('X10: who is told at which moment', () => {
  it('X10: customers and colleagues get what the profile says, in its own words, once, with the fields of the form as people read them', async () => {
    const given = { orderNo: '<b>A-7</b> [{title}] 电话 13812345678', size: 'large', visitOn: '2026-03-20', margin: 12.5 }
    const number = await walkedTo('handling', people, ticketWith(given))
    await does(people.engineer, number, 'defer', { reason: '等备件', newDueAt: '2099-03-20T01:00:00Z' })
    await delivered()

    const [visit, ...others] = mailsOf(number).filter(({ mail }) => mail.subject?.startsWith('上门预告'))
    expect(others).toEqual([])
    expect(visit?.to).toEqual(['chen@example.com'])
    // What was written is text: no markup, no template of its own, and no contact in clear.
    expect(visit?.mail.subject).toBe(`上门预告：<b>A-7</b> [{title}] 电话 138****5678【${number}】`)
    expect(visit?.mail.text).toContain('订单 <b>A-7</b> [{title}] 电话 138****5678 将于 3月20日（周五）上门。规模：大客户')
    expect(visit?.mail.html).toContain('&lt;b&gt;A-7&lt;/b&gt;')
    expect(visit?.raw).not.toContain('13812345678')

    const deferrals = mailsOf(number).filter(({ mail }) => mail.subject?.includes('延期至'))
    const large = deferrals.filter(({ mail }) => mail.text?.includes('毛利：12.5') === true)
    expect(large.flatMap(({ to }) => to)).toEqual(['agent-li@bihuan.example', 'supervisor-sun@bihuan.example'])
    expect(large[0]?.mail.text).toMatch(/^原因：等备件\n规模：大客户\n毛利：12\.5\n订单：<b>A-7/)
    // The head of the department by a usual notice, the supervisor as ever.
    const usual = deferrals.filter((one) => !large.includes(one))
    expect(usual.flatMap(({ to }) => to)).toEqual(['supervisor-sun@bihuan.example', 'lead-xu@bihuan.example'])
    // Delivery that looks again sends nothing again.
    const before = post.mails.length
    await delivered()
    expect(post.mails.length).toBe(before)

    const [heard] = (await people.agent.get(`/api/notices?ticket=${number}&kind=custom-visit`, zh)).items
    expect(heard).toMatchObject({ kind: 'custom-visit', label: '上门预告', status: 'sent', recipient: { kind: 'customer' } })
  })

  it('X10: a condition holds as it was at the moment; what is empty is said to be, or left out with its brackets', async () => {
    const number = await walkedTo('handling', people, ticketWith({ size: 'small' }))
    await does(people.engineer, number, 'defer', { newDueAt: '2099-03-20T01:00:00Z' })
    await does(people.agent, number, 'correct', { reason: '登记有误', customer: undefined, fields: { size: 'large' } })
    await delivered()
    expect((await own(number)).map(({ kind }) => kind)).toEqual(['custom-visit'])
    const other = await walkedTo('handling', people, ticketWith())
    await delivered()
    expect(mailsOf(other).find(({ mail }) => mail.subject?.startsWith('上门预告'))?.mail.text).toMatch(/订单未填写将于未填写上门。\n/)
  })

  it('X10: a usual notice that the profile does without is on record, and not sent', async () => {
    const number = await walkedTo('assignment', people, ticketWith())
    await delivered()
    const heard = await people.agent.get(`/api/notices?ticket=${number}&kind=ticket-queued`, zh)
    expect(heard.items).toMatchObject([{ status: 'muted', cause: 'silenced', causeText: '本流程不发送这种通知' }])
  })

  it('X10: what quiet hours hold is withdrawn by what happened meanwhile; a person may do without what the profile lets them', async () => {
    const number = await walkedTo('handling', people, ticketWith({ size: 'large' }))
    await delivered()
    await does(people.engineer, number, 'defer', { newDueAt: '2099-03-20T01:00:00Z' })
    const preferences = { language: null, quietHours: null, muted: ['custom-large'] }
    const kept = await people.supervisor.send('PUT', '/api/me/preferences', JSON.stringify(preferences), json)
    expect(kept.body['mutable']).toContainEqual({ kind: 'custom-large', label: '大客户延期' })
    expect(kept.body['mutable']).not.toContainEqual(expect.objectContaining({ kind: 'custom-visit' }))
    await delivered('2026-03-02T15:30:00.000Z')
    expect((await people.agent.get(`/api/notices?ticket=${number}&kind=custom-large`)).items).toMatchObject([
      { status: 'queued', heldFor: 'quiet-hours' },
      { status: 'queued', heldFor: 'quiet-hours' },
    ])
    await does(people.agent, number, 'withdraw')
    now = '2026-03-03T02:00:00.000Z'
    while (Object.values(await round()).some((count) => count > 0));
    const outcome = await people.agent.get(`/api/notices?ticket=${number}&kind=custom-large`)
    expect(outcome.items).toMatchObject([
      { status: 'muted', cause: 'overtaken' },
      { status: 'muted', cause: 'overtaken' },
    ])
    await people.supervisor.send('PUT', '/api/me/preferences', JSON.stringify({ ...preferences, muted: [] }), json)
  })

  it('X10: rehearsals show them with their words', async () => {
    const story = [
      { at: '+PT10M', by: 'representative', do: 'review-intake' },
      { at: '+PT20M', by: 'representative', do: 'diagnose' },
      { at: '+PT5M', by: 'handler', do: 'claim' },
      { at: '+PT10M', by: 'handler', do: 'accept' },
      { at: '+PT1H', by: 'handler', do: 'defer', with: { newDueAt: '2026-12-10T18:00:00+08:00' } },
    ]
    const fields = { orderNo: 'A-7', size: 'large', visitOn: '2026-12-02' }
    const ticket = { type: 'software-fault', priority: 'medium', at: '2026-12-01T09:00', fields }
    const heard = await people.supervisor.post('/api/profiles/rehearse', { document: await telling({ version: 9 }), ticket, story }, zh)
    expect(heard.status, JSON.stringify(heard.body)).toBe(200)
    const mails = rehearsed.parse(heard.body).timeline.flatMap((one) => one.mails)
    expect(mails.filter(({ kind }) => kind.startsWith('custom-'))).toMatchObject([
      {
        kind: 'custom-visit',
        label: '上门预告',
        fate: 'sent',
        text: expect.stringContaining('订单 A-7 将于 12月2日（周三）上门。规模：大客户'),
      },
      { kind: 'custom-large', recipient: { kind: 'person' }, fate: 'sent', text: expect.stringContaining('规模：大客户\n毛利：未填写') },
      { kind: 'custom-large', recipient: { kind: 'role' }, fate: 'sent' },
    ])
    expect(mails.filter(({ kind }) => kind === 'ticket-queued')).toMatchObject([{ fate: 'muted', cause: 'silenced' }])
  })

  it('X10: the check names what is wrong; installing such a profile is refused', async () => {
    const wrong = await telling({
      version: 2,
      notificationRules: [{ id: 'late', on: ['closed'], to: ['customer'], notice: 'deferred' }],
    })
    const heard = await people.admin.send('PUT', '/api/profiles/telling', wrong, { 'Content-Type': 'application/yaml', ...english })
    expect(heard).toMatchObject({
      status: 422,
      errors: [
        {
          path: 'notificationRules[0].notice',
          message: expect.stringContaining('"deferred" says what is not so at closed; it can be sent at deferred'),
        },
      ],
    })
  })
})
