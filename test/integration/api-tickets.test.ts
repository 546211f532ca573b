import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { keysOf, openContact } from '../../db/contact-vault.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import { apiDocument } from '../support/api-document.ts'
import { form, openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'

/** What a ticket's people read and do through the API. */

let office: Office
let agent: Speaker
let engineer: Speaker
let supervisor: Speaker
let customer: Speaker

beforeAll(async () => {
  office = await openOffice()
  agent = await office.person('agent-li')
  engineer = await office.person('engineer-wang')
  supervisor = await office.person('supervisor-zhang')
  customer = await office.person('customer-he')
})
afterAll(() => office.close())

async function registered(changes: object = {}, who = agent): Promise<string> {
  const heard = await who.post('/api/tickets', { ...form, ...changes })
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return heard.number
}

async function done(who: Speaker, number: string, command: string, input: object = {}): Promise<Heard> {
  const heard = await who.post(`/api/tickets/${number}/${command}`, input)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return heard
}

const numberToday = /^TS\d{8}\d{3,}$/

describe('registration', () => {
  it('T1, T3: answers with the number and what to tell the customer, in their language', async () => {
    const heard = await agent.post('/api/tickets', { ...form, priority: 'urgent' }, { 'Accept-Language': 'zh-CN' })
    expect(heard.status).toBe(201)
    expect(heard.number).toMatch(numberToday)
    expect(heard.headers.get('location')).toBe(`/api/tickets/${heard.number}`)
    expect(heard.headers.get('etag')).toBe('"1"')
    expect(heard.body).toMatchObject({
      stage: 'intake',
      version: 1,
      promises: [
        { clock: 'first-response', label: '首次响应', cycle: 1, state: 'running', pausedMs: 0, pausedWorkingMs: 0, provisional: false },
        { clock: 'start', label: '启动处理' },
        { clock: 'resolution', label: '解决闭环' },
      ],
    })
    expect(heard.body['tell']).toMatch(
      new RegExp(`^工单已创建，工单编号：${heard.number}。我们将在 2 小时内开始处理，最迟不晚于 \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d。$`),
    )
  })

  it('T2: what was registered can be read, contacts masked', async () => {
    const fields = { environment: 'Windows 11，客户端 5.2', occurredAt: '2026-11-02T14:00:00+08:00' }
    const number = await registered({
      fields,
      keywords: ['登录'],
      customer: { name: '张女士', company: '蓝湾', phone: '13812345678', email: 'zhang@example.com' },
    })
    const { body, headers } = await agent.get(`/api/tickets/${number}`, { 'Accept-Language': 'zh-TW' })
    expect(headers.get('etag')).toMatch(/^"1-[\w-]{16}"$/)
    expect(body).toMatchObject({
      number,
      profile: 'tech-support',
      profileVersion: 6,
      type: 'software-fault',
      typeLabel: '軟體功能異常',
      priorityLabel: '中',
      stageLabel: '受理',
      representative: 'agent-li',
      assignee: null,
      helpers: [],
      waiting: null,
      customer: { name: '张女士', company: '蓝湾', account: null, phone: '138****5678', email: 'zh***@example.com' },
      fields: { environment: 'Windows 11，客户端 5.2', occurredAt: '2026-11-02T06:00:00.000Z' },
      keywords: ['登录'],
      names: { 'agent-li': '李娜', 'tech-support': '技術支援組' },
    })
    expect(body['allowed']).toEqual(expect.arrayContaining(['review-intake', 'reveal', 'note']))
    expect(body['allowed']).not.toContain('accept')
    expect(JSON.stringify(body)).not.toMatch(/13812345678|zhang@|sealed/)
  })

  it('S9: names the open tickets of the same customer, however the number is written', async () => {
    const phone = '13900001111'
    const first = await registered({ customer: { name: '周', phone } })
    const heard = await agent.post('/api/tickets', { ...form, customer: { name: '周', phone: '+86 139-0000-1111' } })
    expect(heard.body['similar']).toMatchObject([{ number: first, title: form.title, stage: 'intake' }])
    await done(agent, first, 'withdraw', { reason: '重复' })
    const later = await agent.post('/api/tickets', { ...form, customer: { name: '周', phone } })
    expect(later.body['similar']).toMatchObject([{ number: heard.number }])
  })

  it('X8: two hundred at once get two hundred numbers, and all of them start', async () => {
    const numbers = await Promise.all(Array.from({ length: 200 }, () => registered()))
    expect(new Set(numbers).size).toBe(200)
    await office.settled()
    const { rows } = await sql<{
      unstarted: number
    }>`select count(*)::int as unstarted from tickets where workflow_started_at is null`.execute(office.db)
    expect(rows).toEqual([{ unstarted: 0 }])
  })
})

describe('registrations that are written together', () => {
  it('some whose number is taken harm nobody: each gets another', async () => {
    const before = await registered()
    // As if another profile, whose numbers look alike, had counted on.
    await registered()
    await sql`update counters set last = last - 2 where key = ${before.slice(0, 'TS20260101'.length)}`.execute(office.db)
    const numbers = await Promise.all(Array.from({ length: 12 }, () => registered()))
    expect(new Set([before, ...numbers]).size).toBe(13)
  })

  it('of two with one key and different forms one is refused, and the others are written', async () => {
    const headers = { 'Idempotency-Key': randomUUID() }
    const [others, ...both] = await Promise.all([
      Promise.all(Array.from({ length: 6 }, () => registered())),
      agent.post('/api/tickets', form, headers),
      agent.post('/api/tickets', { ...form, title: '另一件事：报表打不开' }, headers),
    ])
    expect(new Set(others).size).toBe(6)
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422])
  })
})

describe('the same key', () => {
  it('registers once, however often and at whichever gateway it is sent', async () => {
    const headers = { 'Idempotency-Key': randomUUID() }
    const elsewhere = agent.at(office.api())
    const heard = await Promise.all([agent, elsewhere, agent, elsewhere, agent].map((who) => who.post('/api/tickets', form, headers)))
    expect(new Set(heard.map(({ number }) => number)).size).toBe(1)
    expect(heard.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    expect(heard.filter(({ headers }) => headers.get('idempotency-replayed') === null).length).toBeGreaterThanOrEqual(1)
    const again = await agent.post('/api/tickets', form, headers)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.body).toEqual(heard[0]?.body)
  })

  it('steps once, and each sending gets the same answer', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID() }
    const elsewhere = agent.at(office.api())
    const heard = await Promise.all(
      [agent, elsewhere, agent, elsewhere].map((who) =>
        who.post(`/api/tickets/${number}/contact`, { channel: 'phone', direction: 'outbound', text: '已联系' }, headers),
      ),
    )
    for (const { status, body } of heard) {
      expect(status, JSON.stringify(body)).toBe(200)
      expect(body).toEqual(heard[0]?.body)
    }
    expect((await agent.get(`/api/tickets/${number}/contacts`)).items).toHaveLength(1)
    expect((await agent.get(`/api/tickets/${number}`)).version).toBe(2)
  })

  it('notes once', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID() }
    const elsewhere = agent.at(office.api())
    await Promise.all(
      [agent, elsewhere, agent, elsewhere].map((who) => who.post(`/api/tickets/${number}/note`, { text: '客户很急' }, headers)),
    )
    const log = await agent.get(`/api/tickets/${number}/events`)
    expect(log.items.map(({ type }) => type)).toEqual(['submitted', 'note'])
  })

  it('tells its sender, and nobody else, what became of it', async () => {
    const number = await registered()
    const key = randomUUID()
    const heard = await agent.post(`/api/tickets/${number}/review-intake`, { complete: true }, { 'Idempotency-Key': key })
    const told = await agent.get(`/api/requests/${key}`)
    expect(told.body).toMatchObject({
      key,
      status: 'done',
      ticket: number,
      route: 'POST /api/tickets/{number}/review-intake',
      response: { status: 200, body: heard.body },
    })
    expect((await engineer.get(`/api/requests/${key}`)).status).toBe(404)
  })
})

describe('contacts (S3)', () => {
  it('are shown to who may see them, on record, and never stored with the answer', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID() }
    const heard = await agent.post(`/api/tickets/${number}/reveal`, { reason: '回电' }, headers)
    expect(heard.body).toMatchObject({
      contact: { phone: '13812345678', email: null },
      events: [{ type: 'contact-revealed', reason: '回电', actor: 'agent-li' }],
    })
    expect((await agent.post(`/api/tickets/${number}/reveal`, { reason: '回电' }, headers)).body).toEqual(heard.body)
    const rows = await office.db.selectFrom('requests').select('response').where('ticket', '=', number).execute()
    expect(JSON.stringify(rows)).not.toContain('13812345678')
    expect((await engineer.post(`/api/tickets/${number}/reveal`, {})).status).toBe(403)
  })

  it('X8: are corrected in the open, sealed before any history sees them', async () => {
    const number = await registered()
    const heard = await done(agent, number, 'correct', { reason: '客户换号', customer: { phone: '13987654321', company: '海鸥科技' } })
    expect(heard.events).toMatchObject([
      {
        type: 'corrected',
        reason: '客户换号',
        changes: { customer: { company: '海鸥科技' }, contact: { masked: { phone: '139****4321', email: null } } },
      },
    ])
    expect(JSON.stringify(heard.body)).not.toMatch(/13987654321|v1\./)
    expect((await done(agent, number, 'reveal')).body['contact']).toEqual({ phone: '13987654321', email: null })
    expect((await agent.get(`/api/tickets/${number}`)).body['customer']).toMatchObject({ company: '海鸥科技', phone: '139****4321' })
    expect((await agent.get('/api/tickets?customer=13987654321')).items).toMatchObject([{ number }])
    const history = await office.gateway.batch(number, 0)
    expect(JSON.stringify(history)).not.toContain('13987654321')
  })

  it('X8: whatever is wrong with a correction is told at once, the contact and the fields', async () => {
    const number = await registered()
    const wrong = { customer: { phone: 'none', email: 'nowhere' }, fields: { errorCode: 'x', occurredAt: 'yesterday' } }
    const heard = await agent.post(`/api/tickets/${number}/correct`, { reason: '补记', ...wrong })
    expect(heard.status).toBe(422)
    expect(heard.errors.map(({ path }) => path).toSorted()).toEqual([
      'customer.email',
      'customer.phone',
      'fields.errorCode',
      'fields.occurredAt',
    ])
    const contactAlone = await agent.post(`/api/tickets/${number}/correct`, { reason: '补记', customer: wrong.customer })
    expect(contactAlone.errors.map(({ path }) => path).toSorted()).toEqual(['customer.email', 'customer.phone'])
  })

  it('X8: two corrections at once both hold: neither puts back what the other one corrected', async () => {
    const number = await registered()
    // Both have read the customer before either of them is decided.
    let arrived = 0
    let open: () => void = () => {}
    const bothHere = new Promise<void>((resolve) => (open = resolve))
    const gateway: Gateway = {
      ...office.gateway,
      async step(...call) {
        arrived += 1
        if (arrived === 2) open()
        await bothHere
        return office.gateway.step(...call)
      },
    }
    const speakers = [agent.at(office.api(gateway)), supervisor.at(office.api(gateway))]
    const parts = [{ phone: '13987654321' }, { email: 'he@example.com' }]
    const heard = await Promise.all(
      speakers.map((who, at) => who.post(`/api/tickets/${number}/correct`, { reason: '补记', customer: parts[at] })),
    )
    expect(heard.map(({ status }) => status)).toEqual([200, 200])
    expect((await done(agent, number, 'reveal')).body['contact']).toEqual({ phone: '13987654321', email: 'he@example.com' })
  })

  it('X8: a correction takes what registration takes: names as long, and no longer', async () => {
    const long = '甲'.repeat(254)
    const number = await registered({ customer: { name: long, company: long, phone: '13812345678' } })
    for (const part of ['name', 'company', 'account']) {
      const correction = { reason: '补记', customer: { [part]: `乙${long.slice(1)}` } }
      expect([part, (await agent.post(`/api/tickets/${number}/correct`, correction)).status]).toEqual([part, 200])
      const longer = await agent.post(`/api/tickets/${number}/correct`, { reason: '补记', customer: { [part]: `乙${long}` } })
      expect(longer.errors).toMatchObject([{ path: `customer.${part}`, code: 'too-long' }])
    }
    const email = `${'a'.repeat(60)}@${'b'.repeat(60)}.example.com`
    expect((await agent.post(`/api/tickets/${number}/correct`, { reason: '补记', customer: { email } })).status).toBe(200)
  })

  it('X8: a correction made on a version that is past is refused, as whoever sent If-Match wants it', async () => {
    const number = await registered()
    await done(agent, number, 'correct', { reason: '换号', customer: { phone: '13987654321' } })
    const correction = { reason: '补记', customer: { email: 'he@example.com' } }
    expect((await agent.post(`/api/tickets/${number}/correct`, correction, { 'If-Match': '"1"' })).status).toBe(412)
  })

  it('are bound to their ticket in the rows', async () => {
    const number = await registered()
    const row = await office.db.selectFrom('tickets').select('contactSealed').where('number', '=', number).executeTakeFirstOrThrow()
    const keys = keysOf(...office.config.keys)
    expect(openContact(keys, number, row.contactSealed)).toEqual({ phone: '13812345678', email: null })
    expect(() => openContact(keys, 'TS20000101001', row.contactSealed)).toThrow('sealed for another ticket')
  })
})

/** The whole queue of technical support, page by page. */
async function queue(): Promise<unknown[]> {
  const numbers: unknown[] = []
  for (let next: string | null = ''; next !== null;) {
    const page: Heard = await engineer.get(`/api/queues/tech-support?limit=100${next && `&cursor=${next}`}`)
    numbers.push(...page.items.map((item) => item['number']))
    next = page.next
  }
  return numbers
}

describe('reading', () => {
  it('Q3: the log has events and notes in their order, page by page', async () => {
    const number = await registered()
    await done(agent, number, 'review-intake', { complete: true })
    await done(agent, number, 'note', { text: '老客户' })
    await done(agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '已致电' })
    const whole = await agent.get(`/api/tickets/${number}/events`)
    expect(whole.items.map(({ type }) => type)).toEqual(['submitted', 'intake-reviewed', 'note', 'contacted'])
    expect(whole.body['names']).toEqual({ 'agent-li': '李娜' })
    const pages: unknown[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Heard = await agent.get(`/api/tickets/${number}/events?limit=1${cursor && `&cursor=${cursor}`}`)
      pages.push(...page.items)
      cursor = page.next
    }
    expect(pages).toEqual(whole.items)
  })

  it('X5: the outlook says what next, by its label', async () => {
    const number = await registered()
    const heard = await agent.get(`/api/tickets/${number}/outlook`, { 'Accept-Language': 'zh-CN' })
    expect(heard.body).toMatchObject({
      stage: 'intake',
      stageLabel: '受理',
      holder: null,
      waiting: null,
      next: expect.arrayContaining([
        expect.objectContaining({
          clock: 'first-response',
          label: '首次响应',
          level: 'warning',
          to: [{ kind: 'person', id: 'agent-li', label: '李娜', people: ['agent-li'] }],
          cancelledBy: ['contact', 'withdraw'],
        }),
        expect.objectContaining({
          clock: 'first-response',
          level: 'department-head',
          to: [{ kind: 'role', role: 'department-head', label: '部门负责人', team: 'tech-support', people: ['lead-xu'] }],
        }),
      ]),
      steps: [{ command: 'review-intake', label: '受理审核' }],
    })
    await done(agent, number, 'wait', { for: 'customer', reason: '等日志', until: '2099-01-01T00:00:00Z' })
    const waiting = await agent.get(`/api/tickets/${number}/outlook`, { 'Accept-Language': 'zh-CN' })
    expect(waiting.body).toMatchObject({
      waiting: { for: 'customer', reason: '等日志' },
      next: expect.arrayContaining([
        expect.objectContaining({
          clock: 'waiting',
          label: '等待到期',
          dueAt: '2099-01-01T00:00:00.000Z',
          cancelledBy: expect.arrayContaining(['resume']),
        }),
      ]),
      steps: [{ command: 'resume' }],
    })
  })

  it('finds tickets by what they say, and gives them page by page', async () => {
    const marker = `打印机${randomUUID().slice(0, 8)}`
    const numbers = []
    for (let at = 0; at < 5; at += 1) numbers.push(await registered({ title: `${marker} 卡纸` }))
    const first = await agent.get(`/api/tickets?q=${encodeURIComponent(marker)}&limit=3`)
    expect(first.items.map(({ number }) => number)).toEqual(numbers.toReversed().slice(0, 3))
    const second = await agent.get(`/api/tickets?q=${encodeURIComponent(marker)}&limit=3&cursor=${first.next}`)
    expect(second.items.map(({ number }) => number)).toEqual(numbers.toReversed().slice(3))
    expect(second.next).toBeNull()
    expect((await agent.get(`/api/tickets?q=other&cursor=${first.next}`)).body).toMatchObject({
      errors: [{ path: 'cursor', code: 'bad-cursor' }],
    })
  })

  it('tags what it answers, and says of what somebody has whether it is still so', async () => {
    const number = await registered()
    const address = `/api/tickets/${number}`
    const before = await agent.get(address)
    const known = { 'If-None-Match': before.headers.get('etag') ?? '' }
    expect(known['If-None-Match']).toMatch(/^"1-/)
    expect((await agent.get(address, known)).status).toBe(304)
    // The same in another language is another answer.
    expect((await agent.get(address, { ...known, 'Accept-Language': 'zh-TW' })).status).toBe(200)
    await done(agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '已联系' })
    expect((await agent.get(address, known)).status).toBe(200)
  })

  it('X5: the tag of the outlook changes with whatever it says, though nobody touched the ticket', async () => {
    const number = await registered()
    await done(agent, number, 'review-intake', { complete: true })
    await done(agent, number, 'diagnose', { summary: 'x', module: 'business-functions', reproduced: false })
    await done(supervisor, number, 'assign', { assignee: 'engineer-liu' })
    const address = `/api/tickets/${number}/outlook`
    const before = await agent.get(address)
    const known = { 'If-None-Match': before.headers.get('etag') ?? '' }
    expect((await agent.get(address, known)).status).toBe(304)
    // Who is called what stands in the outlook, and is of no ticket.
    await office.db.updateTable('people').set({ name: '刘洋洋' }).where('id', '=', 'engineer-liu').execute()
    const after = await agent.get(address, known)
    expect([after.status, after.version === before.version]).toEqual([200, true])
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
    await office.db.updateTable('people').set({ name: '刘洋' }).where('id', '=', 'engineer-liu').execute()
  })

  it.each([
    ['limit=201', 'limit', 'too-big'],
    ['limit=0', 'limit', 'too-small'],
    ['limit=ten', 'limit', 'wrong-format'],
    ['stge=intake', 'stge', 'unknown-field'],
    ['stage=nowhere', 'stage', 'not-a-choice'],
    ['dueBefore=tomorrow', 'dueBefore', 'wrong-format'],
    ['sort=size', 'sort', 'not-a-choice'],
    ['q=a&q=b', 'q', 'repeated'],
    ['q=%00', 'q', 'unprintable'],
    ['cursor=x', 'cursor', 'bad-cursor'],
  ])('refuses ?%s: 422 at %s', async (query, path, code) => {
    const heard = await agent.get(`/api/tickets?${query}`)
    expect(heard.status).toBe(422)
    expect(heard.errors).toMatchObject([{ path, code }])
  })

  it('no list is merely empty when a filter names what there is not: each filter that names something says so', async () => {
    const admin = await office.person('admin-lin')
    const management = await office.person('manager-gao')
    const { paths } = await apiDocument()
    // What is looked for in texts or among words that people chose, and where a page begins, may be anything.
    const free = ['q', 'tag', 'customer', 'cursor', 'module', 'cause', 'causeKind', 'contact', 'externalId', 'tier']
    const naming = Object.entries(paths).flatMap(([path, { get }]) =>
      (path.includes('{') ? [] : (get?.parameters ?? []))
        .filter(({ name, in: place, schema }) => place === 'query' && schema.type === 'string' && !free.includes(name))
        .map(({ name }) => ({ path, name })),
    )
    expect(naming.map(({ path, name }) => `${path}?${name}`)).toEqual(
      expect.arrayContaining(['/api/tickets?priority', '/api/tickets?team', '/api/notices?recipient', '/api/assignments?ticket']),
    )
    for (const { path, name } of naming) {
      // What is confidential is the management's to list.
      const asked = await admin.get(`${path}?${name}=nobody-nowhere`)
      const heard = asked.status === 403 ? await management.get(`${path}?${name}=nobody-nowhere`) : asked
      const said = heard.status === 404 ? heard.body['type'] : heard.errors.map((error) => error['path']).join()
      expect([path, heard.status, said]).toEqual([path, expect.any(Number), heard.status === 404 ? '/problems/unknown-profile' : name])
    }
    expect((await admin.get('/api/tickets?priority=hihg', { 'Accept-Language': 'en' })).errors).toMatchObject([
      {
        path: 'priority',
        code: 'not-a-choice',
        message: 'is not one of the possible values; choose one of: general, high, important, low, medium, urgent',
      },
    ])
    // What there is and finds nothing is an empty list.
    for (const query of ['tickets?assignee=quality-wu', 'notices?recipient=admin@tech-support', 'absences?person=agent-li'])
      expect(await admin.get(`/api/${query}`), query).toMatchObject({ status: 200, items: [] })
  })

  it('X3: how long promises rested is told in real and in working time, the same in the ticket, its clocks and its log', async () => {
    const number = await registered()
    await done(agent, number, 'review-intake', { complete: false, missing: ['日志'] })
    await done(agent, number, 'supplement', { text: '日志已附上' })
    const isResolution = (promise: unknown) => z.object({ clock: z.string() }).parse(promise).clock === 'resolution'
    const rested = z.object({ pausedMs: z.int().min(1), pausedWorkingMs: z.int().min(0) })
    const ticket = z.object({ promises: z.array(z.unknown()) }).parse((await agent.get(`/api/tickets/${number}`)).body)
    const promise = rested.parse(ticket.promises.find(isResolution))
    expect(promise.pausedWorkingMs).toBeLessThanOrEqual(promise.pausedMs)
    expect((await agent.get(`/api/tickets/${number}/clocks`)).items.find(isResolution)).toMatchObject(promise)
    const ended = (await agent.get(`/api/tickets/${number}/events`)).items.find(({ type }) => type === 'waiting-ended')
    expect(z.array(z.unknown()).parse(ended?.['promises']).find(isResolution)).toMatchObject(promise)
  })

  it('S9: the queue has what nobody has; the ledger who got what (R6); my work what I have', async () => {
    const number = await registered()
    await done(agent, number, 'review-intake', { complete: true })
    await done(agent, number, 'diagnose', { summary: 'x', module: 'business-functions', reproduced: false })
    expect(await queue()).toContain(number)
    await done(engineer, number, 'claim')
    expect(await queue()).not.toContain(number)
    expect((await engineer.get('/api/queues/nowhere')).status).toBe(404)
    expect((await agent.get(`/api/assignments?ticket=${number}`)).items).toMatchObject([
      { ticket: number, manner: 'claimed', assignee: 'engineer-wang', team: 'tech-support', by: 'engineer-wang' },
    ])
    const work = await engineer.get('/api/me/work')
    expect(work.body['assigned']).toEqual(expect.arrayContaining([expect.objectContaining({ number })]))
  })

  it('tells who the token is', async () => {
    expect((await agent.get('/api/me', { 'Accept-Language': 'zh-CN' })).body).toMatchObject({
      id: 'agent-li',
      name: '李娜',
      roles: ['agent'],
      roleLabels: ['客服'],
      teams: ['service-desk'],
    })
  })
})

describe('a customer', () => {
  it('registers, reads and acts on their own tickets only, and sees nothing internal', async () => {
    const own = await registered({ customer: undefined }, customer)
    const foreign = await registered()
    await done(agent, own, 'review-intake', { complete: true })
    await done(agent, own, 'note', { text: '难缠的客户' })
    await done(agent, own, 'diagnose', { summary: '内部诊断', module: 'business-functions', reproduced: true })
    expect((await customer.get('/api/tickets?limit=200')).items.map((item) => item['number'])).toEqual([own])
    expect((await customer.get(`/api/tickets/${own}`)).body).toMatchObject({
      requester: 'customer-he',
      customer: { name: '何俊', account: 'customer-he', email: 'cu***@bihuan.example', phone: null },
      diagnosis: null,
      tags: [],
      allowed: expect.arrayContaining(['supplement', 'withdraw']),
    })
    const log = await customer.get(`/api/tickets/${own}/events`)
    expect(log.items.map(({ type }) => type)).toEqual(['submitted', 'intake-reviewed'])
    expect(JSON.stringify(log.body)).not.toMatch(/难缠|内部诊断/)
    for (const path of ['', '/events', '/outlook', '/clocks'])
      expect((await customer.get(`/api/tickets/${foreign}${path}`)).status, path).toBe(404)
    for (const path of [
      '/api/people',
      '/api/teams',
      '/api/absences',
      '/api/queues/tech-support',
      '/api/assignments',
      '/api/me/work',
      `/api/tickets/${own}/contacts`,
    ]) {
      expect((await customer.get(path)).status, path).toBe(403)
    }
    expect((await done(customer, own, 'supplement', { text: '补充：昨晚开始' })).body).toMatchObject({
      events: [{ type: 'supplemented', text: '补充：昨晚开始' }],
    })
    expect((await done(customer, own, 'withdraw', { reason: '已解决' })).body['stage']).toBe('withdrawn')
    expect((await customer.post(`/api/tickets/${own}/supplement`, { text: 'x' })).body).toMatchObject({
      status: 409,
      type: '/problems/ended',
      stage: 'withdrawn',
    })
  })
})

describe('a ticket that has ended', () => {
  it('gives the stored answer to the key that ended it', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID() }
    const heard = await agent.post(`/api/tickets/${number}/withdraw`, { reason: '重复登记' }, headers)
    expect(heard.status).toBe(200)
    expect((await agent.post(`/api/tickets/${number}/withdraw`, { reason: '重复登记' }, headers)).body).toEqual(heard.body)
    expect((await agent.post(`/api/tickets/${number}/withdraw`, { reason: '重复登记' })).body['type']).toBe('/problems/ended')
  })
})

describe('of two who act at once', () => {
  it('S9: exactly one claims; the other is told who has it', async () => {
    const number = await registered()
    await done(agent, number, 'review-intake', { complete: true })
    await done(agent, number, 'diagnose', { summary: 'x', module: 'business-functions', reproduced: false })
    const other = await office.person('engineer-chen')
    const heard = await Promise.all([engineer, other, supervisor].map((who) => who.post(`/api/tickets/${number}/claim`)))
    const won = heard.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    const holder = (await agent.get(`/api/tickets/${number}`)).body['assignee']
    for (const lost of heard.filter(({ status }) => status !== 200))
      expect(lost.body).toMatchObject({ status: 409, type: '/problems/already-held', holder })
  })

  it('exactly one passes with the same If-Match; the other gets 412', async () => {
    const number = await registered()
    const heard = await Promise.all(
      ['甲', '乙'].map((text) =>
        agent.post(`/api/tickets/${number}/contact`, { channel: 'phone', direction: 'outbound', text }, { 'If-Match': '"1"' }),
      ),
    )
    expect(new Set(heard.map(({ status }) => status))).toEqual(new Set([200, 412]))
    expect(heard.find(({ status }) => status === 200)?.headers.get('etag')).toBe('"2"')
  })
})
