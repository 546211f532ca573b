import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locale } from '../../domain/labels.ts'
import { putPerson } from '../../db/people.ts'
import { apiDocument } from '../support/api-document.ts'
import { furnishAssessments, profile as scored } from '../support/assessed.ts'
import { openReview } from '../support/reviews.ts'
import { named, withSamples } from '../support/samples.ts'
import { form, openOffice, rowsOf, type Heard, type Office, type Speaker } from '../support/api.ts'

/** Whatever is wrong is refused by name, in the caller's language, and leaves the rows as they were. */

let office: Office
let agent: Speaker
let engineer: Speaker
/** A ticket that waits in the queue, and one in an engineer's hands. */
let queued: string
let handled: string

beforeAll(async () => {
  office = await openOffice()
  agent = await office.person('agent-li')
  engineer = await office.person('engineer-wang')
  queued = await inQueue()
  handled = await inQueue()
  for (const [command, input] of [
    ['claim', {}],
    ['accept', {}],
  ] as const)
    await step(engineer, handled, command, input)
  await putPerson(office.db, { id: 'customer-mute', name: '无邮', email: null, roles: ['customer'], active: true, teams: [], skills: [] })
})
afterAll(() => office.close())

async function step(who: Speaker, number: string, command: string, input: object): Promise<void> {
  const done = await who.post(`/api/tickets/${number}/${command}`, input)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}

async function inQueue(): Promise<string> {
  const registered = await agent.post('/api/tickets', form)
  expect(registered.status, JSON.stringify(registered.body)).toBe(201)
  const { number } = registered
  await step(agent, number, 'review-intake', { complete: true })
  await step(agent, number, 'diagnose', { summary: '登录接口返回 500', module: 'business-functions', reproduced: true })
  return number
}

interface Fault {
  readonly what: string
  /** What is sent, by whom. */
  readonly act: (language: { 'Accept-Language': Locale }) => Promise<Heard>
  readonly status: number
  readonly code: string
  /** Paths of the faulty fields. */
  readonly paths?: readonly string[]
  /** Said in Chinese and in English: in the detail or in the message of the first faulty field. */
  readonly zh: RegExp
  readonly en: RegExp
}

const register = (changes: object) => (language: { 'Accept-Language': Locale }) =>
  agent.post('/api/tickets', { ...form, ...changes }, language)
const { customer, ...withoutCustomer } = form
const { title: _, ...withoutTitle } = form
const done = {
  solution: '修复空指针',
  cause: { direct: '空指针', underlying: '缺少检查' },
  classification: { module: 'business-functions', type: 'software-fault', cause: 'code-defect' },
}

const faults: readonly Fault[] = [
  {
    what: 'an unknown field, with the one that was probably meant',
    act: register({ descripton: 'x' }),
    status: 422,
    code: 'invalid-input',
    paths: ['descripton'],
    zh: /您是否想写“description”/,
    en: /did you mean “description”/,
  },
  {
    what: 'an unknown field inside another',
    act: register({ customer: { ...customer, phon: '1' } }),
    status: 422,
    code: 'invalid-input',
    paths: ['customer.phon'],
    zh: /您是否想写“phone”/,
    en: /did you mean “phone”/,
  },
  {
    what: 'a field that the type does not have (S2)',
    act: register({ fields: { enviroment: 'x' } }),
    status: 422,
    code: 'invalid-input',
    paths: ['fields.enviroment'],
    zh: /您是否想写“environment”/,
    en: /did you mean “environment”/,
  },
  {
    what: 'a missing field',
    act: (language) => agent.post('/api/tickets', withoutTitle, language),
    status: 422,
    code: 'invalid-input',
    paths: ['title'],
    zh: /必填/,
    en: /is required/,
  },
  {
    what: 'a missing customer',
    act: (language) => agent.post('/api/tickets', withoutCustomer, language),
    status: 422,
    code: 'invalid-input',
    paths: ['customer'],
    zh: /必填/,
    en: /is required/,
  },
  {
    what: 'a type that the profile does not have',
    act: register({ type: 'complaint' }),
    status: 422,
    code: 'invalid-input',
    paths: ['type'],
    zh: /software-fault/,
    en: /software-fault/,
  },
  {
    what: 'a profile that is not installed',
    act: register({ profile: 'nothing' }),
    status: 422,
    code: 'invalid-input',
    paths: ['profile'],
    zh: /tech-support/,
    en: /tech-support/,
  },
  {
    what: 'an unknown profile beside whatever else is wrong with the form',
    act: register({ profile: 'nothing', customer: { name: '张女士', phone: '12' }, representative: 'ghost', team: 'ghosts' }),
    status: 422,
    code: 'invalid-input',
    paths: ['profile', 'customer.phone', 'representative', 'team'],
    zh: /tech-support/,
    en: /tech-support/,
  },
  {
    what: 'an unknown type beside whatever else is wrong with the form',
    act: register({ type: 'complaint', priority: 'asap', channel: 'pigeon', customer: { phone: '13812345678' } }),
    status: 422,
    code: 'invalid-input',
    paths: ['type', 'customer.name', 'priority', 'channel'],
    zh: /software-fault/,
    en: /software-fault/,
  },
  {
    what: 'what is malformed beside what the profile, the people and the customer say of the rest; each place once',
    act: (language) =>
      agent.post(
        '/api/tickets',
        {
          ...withoutTitle,
          live: 'yes',
          priority: 'asap',
          assignee: 'ghost',
          colour: 'red',
          customer: { phone: 138, email: 'a@' },
          fields: { enviroment: 'x' },
        },
        language,
      ),
    status: 422,
    code: 'invalid-input',
    paths: ['customer.phone', 'title', 'live', 'colour', 'customer.name', 'customer.email', 'priority', 'assignee', 'fields.enviroment'],
    zh: /文本/,
    en: /text/,
  },
  {
    what: 'a value of another kind',
    act: register({ fields: { descriptionConfirmed: 'yes' }, live: 1 }),
    status: 422,
    code: 'invalid-input',
    paths: ['live', 'fields.descriptionConfirmed'],
    zh: /必须是 true 或 false/,
    en: /must be true or false/,
  },
  {
    what: 'a field of the type of another kind',
    act: register({ fields: { descriptionConfirmed: 'yes' } }),
    status: 422,
    code: 'invalid-input',
    paths: ['fields.descriptionConfirmed'],
    zh: /必须是 true 或 false/,
    en: /must be true or false/,
  },
  {
    what: 'a phone that cannot be called (S3)',
    act: register({ customer: { ...customer, phone: '1381234' } }),
    status: 422,
    code: 'invalid-input',
    paths: ['customer.phone'],
    zh: /不是可以拨打的电话号码/,
    en: /is not a phone number that can be called/,
  },
  {
    what: 'an address that is none, even beside a good phone (S3)',
    act: register({ customer: { ...customer, email: 'chen@' } }),
    status: 422,
    code: 'invalid-input',
    paths: ['customer.email'],
    zh: /不是有效的电子邮箱/,
    en: /is not an e-mail address/,
  },
  {
    what: 'a customer who cannot be reached (S3)',
    act: register({ customer: { name: '陈先生' } }),
    status: 422,
    code: 'invalid-input',
    paths: ['customer.phone'],
    zh: /缺少联系方式/,
    en: /give a phone number or an e-mail address/,
  },
  {
    what: 'everything that is wrong, at once',
    act: register({ priority: 'sehr', channel: 'fax', customer: { phone: '1', email: '2' }, assignee: 'nobody', fields: { remarks: 1 } }),
    status: 422,
    code: 'invalid-input',
    paths: ['customer.name', 'customer.phone', 'customer.email', 'priority', 'channel', 'assignee', 'fields.remarks'],
    zh: /必填/,
    en: /is required/,
  },
  {
    what: 'a body beyond the limit',
    act: register({ description: '长'.repeat(400_000) }),
    status: 413,
    code: 'body-too-large',
    zh: /最大 1 MiB/,
    en: /at most 1 MiB/,
  },
  {
    what: 'more members than any act needs',
    act: register(Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [String(at), 1]))),
    status: 413,
    code: 'too-many-members',
    zh: /最多 4000 个/,
    en: /at most 4000 members/,
  },
  {
    what: 'a member that stands twice',
    act: (language) =>
      agent.send('POST', `/api/tickets/${queued}/note`, '{"text":"a","text":"b"}', { ...language, 'Content-Type': 'application/json' }),
    status: 422,
    code: 'invalid-input',
    paths: ['text'],
    zh: /重复给出/,
    en: /given more than once/,
  },
  {
    what: 'a text beyond its own limit',
    act: register({ description: '长'.repeat(20_001) }),
    status: 422,
    code: 'invalid-input',
    paths: ['description'],
    zh: /最多 20000 个字符/,
    en: /at most 20000 characters/,
  },
  {
    what: 'a body that is not UTF-8',
    act: (language) =>
      agent.send('POST', `/api/tickets/${queued}/note`, Uint8Array.from([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x7d]), {
        ...language,
        'Content-Type': 'application/json',
      }),
    status: 400,
    code: 'not-utf-8',
    zh: /UTF-8/,
    en: /UTF-8/,
  },
  {
    what: 'a body that is no JSON, with line and column',
    act: (language) =>
      agent.send('POST', `/api/tickets/${queued}/note`, '{\n"text": }', { ...language, 'Content-Type': 'application/json' }),
    status: 400,
    code: 'malformed-body',
    zh: /第 2 行第 9 列/,
    en: /line 2, column 9/,
  },
  {
    what: 'another content type',
    act: (language) =>
      agent.send('POST', `/api/tickets/${queued}/note`, 'text=x', { ...language, 'Content-Type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'unsupported-media-type',
    zh: /application\/json/,
    en: /application\/json/,
  },
  {
    what: 'a step that its stage does not allow',
    act: (language) => agent.post(`/api/tickets/${queued}/verify`, { passed: true, method: 'x', sideEffectsChecked: true }, language),
    status: 409,
    code: 'wrong-stage',
    zh: /工单处于“分派\/待认领”，不能执行“内部验证”；可执行的阶段：“内部验证”/,
    en: /is in “assignment”; it is possible in: “verification”/,
  },
  {
    what: 'a claim that comes too late, telling who has it (S9)',
    act: async (language) => (await office.person('engineer-chen')).post(`/api/tickets/${handled}/claim`, {}, language),
    status: 409,
    code: 'wrong-stage',
    zh: /处理人(?:是|：)王强/,
    en: /王强 has the ticket/,
  },
  {
    what: 'a role that may not',
    act: async (language) => (await office.person('quality-wu')).post(`/api/tickets/${queued}/claim`, {}, language),
    status: 403,
    code: 'wrong-role',
    zh: /“认领”.*客服、工程师、主管/,
    en: /“Claim”.*agent, engineer, supervisor/,
  },
  {
    what: 'an act on what a colleague has',
    act: async (language) =>
      (await office.person('engineer-chen')).post(`/api/tickets/${handled}/complete`, { ...done, tags: ['登录接口'] }, language),
    status: 403,
    code: 'not-yours',
    zh: /处理人(?:是|：)王强/,
    en: /王强 has it now/,
  },
  {
    what: 'a ticket that is not there',
    act: (language) => agent.post('/api/tickets/TS19990101001/claim', {}, language),
    status: 404,
    code: 'unknown-ticket',
    zh: /TS19990101001/,
    en: /TS19990101001/,
  },
  {
    what: "somebody else's ticket, to a customer, as if it were not there",
    act: async (language) => (await office.person('customer-he')).post(`/api/tickets/${queued}/withdraw`, { reason: 'x' }, language),
    status: 404,
    code: 'unknown-ticket',
    zh: /没有您可以查看的工单/,
    en: /no ticket .* that you may see/,
  },
  {
    what: 'a stale version',
    act: (language) => agent.post(`/api/tickets/${queued}/claim`, {}, { ...language, 'If-Match': '"1"' }),
    status: 412,
    code: 'stale-version',
    zh: /您依据的是版本 1，工单现在是版本 3/,
    en: /acted on version 1, the ticket is at version 3/,
  },
  {
    what: 'a version that cannot be read',
    act: (language) => agent.post(`/api/tickets/${queued}/claim`, {}, { ...language, 'If-Match': 'three' }),
    status: 400,
    code: 'malformed-header',
    zh: /If-Match/,
    en: /If-Match/,
  },
  {
    what: 'a key of blanks',
    act: (language) => agent.post(`/api/tickets/${queued}/claim`, {}, { ...language, 'Idempotency-Key': 'a b' }),
    status: 400,
    code: 'malformed-header',
    zh: /可见 ASCII 字符/,
    en: /visible ASCII characters/,
  },
  {
    what: 'tags that say nothing (T15)',
    act: (language) => engineer.post(`/api/tickets/${handled}/complete`, { ...done, tags: ['登录接口', '问题', '其他'] }, language),
    status: 422,
    code: 'invalid-input',
    paths: ['tags[1]', 'tags[2]'],
    zh: /“问题”没有说明任何问题/,
    en: /“问题” says nothing about the problem/,
  },
  {
    what: 'a classification that says nothing (T15)',
    act: (language) =>
      engineer.post(
        `/api/tickets/${handled}/complete`,
        { ...done, classification: { ...done.classification, cause: '未知' }, tags: [] },
        language,
      ),
    status: 422,
    code: 'invalid-input',
    paths: ['classification.cause'],
    zh: /没有说明任何问题/,
    en: /says nothing about the problem/,
  },
  {
    what: 'an act in the future (X8)',
    act: (language) =>
      agent.post(
        `/api/tickets/${queued}/contact`,
        { channel: 'phone', direction: 'outbound', text: 'x', occurredAt: '2999-01-01T08:00:00+08:00' },
        language,
      ),
    status: 422,
    code: 'invalid-input',
    paths: ['occurredAt'],
    zh: /2999-01-01 08:00 \(Asia\/Shanghai\)/,
    en: /2999-01-01 08:00 \(Asia\/Shanghai\)/,
  },
  {
    what: 'an instant without offset',
    act: (language) =>
      agent.post(
        `/api/tickets/${queued}/contact`,
        { channel: 'phone', direction: 'outbound', text: 'x', occurredAt: '2026-01-01T08:00:00' },
        language,
      ),
    status: 422,
    code: 'invalid-input',
    paths: ['occurredAt'],
    zh: /带时区偏移或 Z 的时间/,
    en: /an instant with an offset or Z/,
  },
  {
    what: 'an assignee who does not exist',
    act: (language) => agent.post(`/api/tickets/${queued}/assign`, { assignee: 'nobody' }, language),
    status: 422,
    code: 'invalid-input',
    paths: ['assignee'],
    zh: /没有这个人员/,
    en: /names nobody who is here now/,
  },
  {
    what: 'an assignee who cannot handle tickets',
    act: (language) => agent.post(`/api/tickets/${queued}/assign`, { assignee: 'quality-wu' }, language),
    status: 422,
    code: 'invalid-input',
    paths: ['assignee'],
    zh: /此人不能处理工单：吴静；请选择其他人，其角色应为：客服、工程师、主管/,
    en: /can be given no ticket: 吴静/,
  },
  {
    what: 'a correction to a phone that cannot be called (X8)',
    act: (language) => agent.post(`/api/tickets/${queued}/correct`, { reason: '号码错误', customer: { phone: '12' } }, language),
    status: 422,
    code: 'invalid-input',
    paths: ['customer.phone'],
    zh: /不是可以拨打的电话号码/,
    en: /is not a phone number that can be called/,
  },
  {
    what: 'a customer who chooses who works for them',
    act: async (language) =>
      (await office.person('customer-he')).post('/api/tickets', { ...withoutCustomer, assignee: 'engineer-wang' }, language),
    status: 422,
    code: 'invalid-input',
    paths: ['assignee'],
    zh: /只能由工作人员填写/,
    en: /only be given by staff/,
  },
  {
    what: 'a customer who says who they are and where to write',
    act: async (language) => (await office.person('customer-he')).post('/api/tickets', form, language),
    status: 422,
    code: 'invalid-input',
    paths: ['customer'],
    zh: /取自您登录的账号，请勿填写/,
    en: /comes from who is signed in; leave it out/,
  },
  {
    what: 'a customer to whom nobody could write',
    act: async (language) => (await office.person('customer-mute')).post('/api/tickets', withoutCustomer, language),
    status: 422,
    code: 'invalid-input',
    paths: ['customer'],
    zh: /没有电子邮箱.*联系客服补充/,
    en: /no e-mail address.*ask the service desk/,
  },
]

describe.each(['zh-CN', 'en'] as const)('refused in %s', (locale) => {
  it.each(faults)('$what: $status', async ({ act, status, code, paths = [], zh, en }) => {
    await office.settled()
    const before = await rowsOf(office.db)
    const heard = await act({ 'Accept-Language': locale })
    expect(heard.status, JSON.stringify(heard.body)).toBe(status)
    expect(heard.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(heard.headers.get('content-language')).toBe(locale)
    expect(heard.body['type']).toBe(`/problems/${code}`)
    expect(heard.errors.map(({ path }) => path)).toEqual(paths)
    const said = [heard.detail, ...heard.errors.map(({ message }) => message)].join('\n')
    expect(said).toMatch(locale === 'zh-CN' ? zh : en)
    expect(said).not.toMatch(/…$|undefined|[{}]/)
    expect(await rowsOf(office.db)).toEqual(before)
  })

  it('a key that belongs to another request: 422', async () => {
    const headers = { 'Accept-Language': locale, 'Idempotency-Key': `once-${locale}` }
    await step(agent, queued, 'note', { text: '第一次' })
    expect((await agent.post(`/api/tickets/${queued}/note`, { text: '第一次' }, headers)).status).toBe(200)
    await office.settled()
    const before = await rowsOf(office.db)
    for (const [path, body] of [
      [`/api/tickets/${queued}/note`, { text: '第二次' }],
      [`/api/tickets/${handled}/note`, { text: '第一次' }],
      [`/api/tickets/${queued}/reveal`, {}],
      ['/api/tickets', form],
    ] as const) {
      const heard = await agent.post(path, body, headers)
      expect(heard.status, path).toBe(422)
      expect(heard.body).toMatchObject({ type: '/problems/key-reused', key: `once-${locale}` })
      expect(heard.detail).toMatch(locale === 'zh-CN' ? /已用于另一个地址或另一份内容/ : /used before for another address or another body/)
    }
    expect(await rowsOf(office.db)).toEqual(before)
  })
})

describe('a refused request', () => {
  it('does not use its key up', async () => {
    const headers = { 'Idempotency-Key': 'second-try' }
    expect((await agent.post('/api/tickets', { ...form, customer: { name: 'x' } }, headers)).status).toBe(422)
    expect((await agent.post('/api/tickets', form, headers)).status).toBe(201)
    expect((await agent.post(`/api/tickets/${queued}/accept`, {}, { 'Idempotency-Key': 'third-try' })).status).toBe(403)
    expect((await agent.post(`/api/tickets/${queued}/note`, { text: 'x' }, { 'Idempotency-Key': 'third-try' })).status).toBe(200)
  })

  it('that the workflow refused leaves no history behind', async () => {
    const before = await agent.get(`/api/tickets/${queued}`)
    expect((await agent.post(`/api/tickets/${queued}/verify`, { passed: true, method: 'x', sideEffectsChecked: true })).status).toBe(409)
    expect((await agent.get(`/api/tickets/${queued}`)).body).toEqual(before.body)
    expect((await agent.get('/api/requests/never-sent')).status).toBe(404)
  })
})

describe('cursors', () => {
  const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const byHand = [
    'x',
    '0x1',
    '1e3',
    '-1',
    '9'.repeat(30),
    encoded(null),
    encoded([]),
    encoded({}),
    encoded([1, 2]),
    encoded({ after: 'x' }),
  ]

  it('that somebody made are refused by name, in every list that comes in pages', async () => {
    const { paths } = await apiDocument()
    const lists = Object.entries(paths).flatMap(([path, { get }]) => (get?.parameters.some(({ name }) => name === 'cursor') ? [path] : []))
    expect(lists.length).toBeGreaterThan(4)
    const taken: string[] = []
    // Who may see all of them, but for what is the management's and what is the quality department's.
    const supervisor = await office.person('supervisor-zhang')
    const management = await office.person('manager-gao')
    const quality = await office.person('quality-wu')
    await furnishAssessments(office, ['monthly'])
    await withSamples(office)
    // One process of each type, by the name of its routes.
    const numbers: Readonly<Record<string, string>> = {
      tickets: queued,
      reviews: await openReview(supervisor),
      reports: (await supervisor.post('/api/reports', { profile: 'tech-support', report: 'monthly', period: '2026-01' })).number,
      assessments: (await management.post('/api/assessments', { profile: scored, assessment: 'monthly', period: '2026-10' })).number,
      samples: await named(quality, [queued]),
    }
    const entry = String((await supervisor.post('/api/customers', { name: '何' })).body['id'])
    for (const path of lists) {
      for (const cursor of byHand) {
        const address = path
          .replace('{number}', numbers[path.split('/')[2] ?? ''] ?? '?')
          .replace('{team}', 'tech-support')
          .replace('{id}', entry)
        const who = path.startsWith('/api/assessments') ? management : path.startsWith('/api/samples') ? quality : supervisor
        const heard = await who.get(`${address}?cursor=${encodeURIComponent(cursor)}`)
        if (heard.status !== 422 || heard.errors[0]?.path !== 'cursor') taken.push(`${path}: ${cursor} gave ${heard.status}`)
      }
    }
    expect(taken).toEqual([])
  })
})
