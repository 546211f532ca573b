import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contactKeyHmac, keysOf, openCustomer, sealContact } from '../../db/contact-vault.ts'
import { sealContactsAtRest } from '../../db/contacts-at-rest.ts'
import { perhapsContact } from '../../db/migrations/0011-processes.ts'
import { findTicket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import { maskContact } from '../../domain/customer.ts'
import { form, openOffice, rowsOf, type Heard, type Office, type Speaker } from '../support/api.ts'
import { parsed } from '../support/prometheus.ts'

/** Contact data (S3): wherever it came, nobody reads it but who may, and that is on record. */

let office: Office
let people: Readonly<Record<'agent' | 'engineer' | 'supervisor' | 'lead' | 'quality' | 'admin' | 'service' | 'customer', Speaker>>
let agent: Speaker
let engineer: Speaker
let supervisor: Speaker

beforeAll(async () => {
  office = await openOffice()
  people = {
    agent: await office.person('agent-li'),
    engineer: await office.person('engineer-wang'),
    supervisor: await office.person('supervisor-zhang'),
    lead: await office.person('lead-xu'),
    quality: await office.person('quality-wu'),
    admin: await office.person('admin-lin'),
    service: await office.person('service-portal'),
    customer: await office.person('customer-he'),
  }
  ;({ agent, engineer, supervisor } = people)
})
afterAll(() => office.close())

const keys = () => keysOf(...office.config.keys)

async function registered(customer: object, changes: object = {}, who = agent): Promise<string> {
  const heard = await who.post('/api/tickets', { ...form, customer, ...changes })
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return heard.number
}

async function done(who: Speaker, number: string, command: string, input: object = {}, headers = {}): Promise<Heard> {
  const heard = await who.post(`/api/tickets/${number}/${command}`, input, headers)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return heard
}

/** Whatever anybody can read of the tickets, rows included. */
async function everythingRead(number: string): Promise<string> {
  const places = [
    ...['', '/events', '/outlook', '/contacts', '/clocks'].map((part) => `/api/tickets/${number}${part}`),
    ...['/api/tickets', '/api/notices', '/api/me/work', '/api/me/notices', '/api/queues/tech-support', '/api/people'],
    `/api/templates/first-call?ticket=${number}`,
  ]
  const heard = await Promise.all(Object.values(people).flatMap((who) => places.map(async (place) => (await who.get(place)).body)))
  const { rows: search } = await sql`select * from ticket_search where number = ${number}`.execute(office.db)
  const { rows: notices } = await sql`select * from notices where process = ${number}`.execute(office.db)
  return JSON.stringify([heard, await rowsOf(office.db), search, notices, await office.gateway.batch(number, 0)])
}

describe('contact data that came in another field', () => {
  it('S3: as account, name and company is masked for everybody, sealed in the rows, found by who may, and revealed on record', async () => {
    const customer = {
      name: '钱先生 137-2222-0001',
      company: '海鸥贸易 021-55550002转31',
      account: '13722220003',
      email: 'qian.canary@example.com',
    }
    const number = await registered(customer)
    const { body } = await agent.get(`/api/tickets/${number}`)
    expect(body['customer']).toEqual({
      name: '钱先生 137****0001',
      company: '海鸥贸易 021-****0002',
      account: '137****0003',
      phone: null,
      entry: expect.any(String),
      email: 'qi***@example.com',
    })
    expect(await everythingRead(number)).not.toMatch(/137-?2222-?000[13]|55550002|qian\.canary/)
    for (const sought of ['13722220001', '137 2222 0003', '021-5555 0002', 'qian.canary@example.com'])
      expect([sought, (await agent.get(`/api/tickets?customer=${encodeURIComponent(sought)}`)).items.map((one) => one['number'])]).toEqual([
        sought,
        [number],
      ])
    const heard = await done(agent, number, 'reveal', { reason: '回电' })
    expect(heard.body['contact']).toEqual({ ...customer, phone: null })
    expect(heard.events).toMatchObject([{ type: 'contact-revealed', actor: 'agent-li', reason: '回电' }])
  })

  it('S3: is found however it is written, in the scripts and with the letters between digits that a phone may have, and with others', async () => {
    const written = [
      { account: '139/6666/0001', name: 'wang.canary@公司.cn' },
      { account: '١٣٩ ٦٦٦٦ ٠٠٠٢', name: 'фанг.canary@example.com' },
      { account: '139\u31646666\u034f0003', name: '"canary w"@example.com' },
      { account: '139_6666*0004', name: 'fang.canary @example。com' },
      { account: '一三九六六六六零零零五', name: '林先生 02-2345-6789' },
    ]
    for (const customer of written) {
      const number = await registered({ ...customer, phone: '010-6552 7701' })
      const read = await everythingRead(number)
      expect(read).not.toMatch(/canary|六六六|٦٦٦٦|139.{0,2}6666|2345-6789/)
      expect((await done(agent, number, 'reveal', { reason: '回电' })).body['contact']).toMatchObject(customer)
    }
    for (const last of ['1', '2', '3', '4', '5'])
      expect((await supervisor.get(`/api/tickets?customer=1396666000${last}`)).items).toHaveLength(1)
  })

  it('S4, S9: the number in an account is the same customer as the number in a phone; a like mask is not', async () => {
    const first = await registered({ account: '13722224444', email: 'one@example.com' })
    const again = await agent.post('/api/tickets', { ...form, customer: { name: '同一人', phone: '137 2222 4444' } })
    expect(again.body['similar']).toMatchObject([{ number: first }])
    const other = await agent.post('/api/tickets', { ...form, customer: { account: '13799994444', email: 'two@example.com' } })
    expect(other.body['similar']).toEqual([])
    const typed = await agent.post('/api/tickets', { ...form, customer: { account: '137****4444', email: 'three@example.com' } })
    expect(typed.body['similar']).toEqual([])
  })

  it('X8: a correction brings it into no history either, and takes what stood in clear before out of the row', async () => {
    const number = await registered({ name: '孙女士', account: 'u-2048', phone: '13722225555' })
    const heard = await done(agent, number, 'correct', { reason: '补记', customer: { account: '13722226666', company: '海鸥贸易' } })
    expect(heard.events).toMatchObject([
      { changes: { customer: { company: '海鸥贸易' }, contact: { masked: { phone: '137****5555', account: '137****6666' } } } },
    ])
    expect((await agent.get(`/api/tickets/${number}`)).body['customer']).toMatchObject({ account: '137****6666', company: '海鸥贸易' })
    expect(await everythingRead(number)).not.toMatch(/1372222[56]{4}/)
    await done(agent, number, 'correct', { reason: '补记', customer: { name: '孙女士 13722227777' } })
    expect((await done(agent, number, 'reveal')).body['contact']).toEqual({
      phone: '13722225555',
      email: null,
      name: '孙女士 13722227777',
      account: '13722226666',
    })
    expect(await everythingRead(number)).not.toContain('13722227777')
    await done(agent, number, 'correct', { reason: '改回', customer: { account: 'u-4096', name: '孙女士' } })
    expect((await agent.get(`/api/tickets/${number}`)).body['customer']).toMatchObject({ account: 'u-4096', name: '孙女士' })
    expect((await agent.get('/api/tickets?customer=u-4096')).items).toMatchObject([{ number }])
    expect((await agent.get('/api/tickets?customer=13722226666')).items).toEqual([])
  })

  it('S3: a phone that was taken in long ago does not keep anybody from correcting the rest', async () => {
    const number = await registered({ name: '李', phone: '13722228888' })
    const sealed = sealContact(keys(), number, { phone: '13722228888;13722229999', email: null })
    await office.db.updateTable('tickets').set({ contactSealed: sealed }).where('number', '=', number).execute()
    await done(agent, number, 'correct', { reason: '补记', customer: { account: 'u-1' } })
    const refused = await agent.post(`/api/tickets/${number}/correct`, { reason: '补记', customer: { phone: '13722228888;13722229999' } })
    expect(refused.errors).toMatchObject([{ path: 'customer.phone', code: 'several-phones' }])
  })
})

describe('a reveal that is repeated', () => {
  it('S3: shows it again while it is plainly the same look, and not after a correction', async () => {
    const number = await registered({ name: '吴', phone: '13733330001' })
    const key = { 'Idempotency-Key': randomUUID() }
    await done(agent, number, 'reveal', {}, key)
    const again = await done(agent, number, 'reveal', {}, key)
    expect([again.headers.get('idempotency-replayed'), again.body['contact']]).toEqual(['true', { phone: '13733330001', email: null }])
    await done(agent, number, 'correct', { reason: '换号', customer: { phone: '13733330002' } })
    const later = await done(agent, number, 'reveal', {}, key)
    expect(later.body['contact']).toBeNull()
    expect(later.events).toEqual(again.events)
    expect((await done(agent, number, 'reveal')).body['contact']).toEqual({ phone: '13733330002', email: null })
  })

  it('S3: shows nothing to who lost the ticket meanwhile', async () => {
    const number = await registered({ name: '吴', phone: '13733330003' }, { assignee: 'engineer-wang' })
    const key = { 'Idempotency-Key': randomUUID() }
    expect((await done(engineer, number, 'reveal', {}, key)).body['contact']).toEqual({ phone: '13733330003', email: null })
    await done(agent, number, 'review-intake', { complete: true })
    await done(engineer, number, 'diagnose', { summary: '保存时服务器返回 500', module: 'business-functions', reproduced: true })
    await done(supervisor, number, 'reassign', { assignee: 'engineer-chen', reason: '换人' })
    expect((await engineer.post(`/api/tickets/${number}/reveal`, {})).status).toBe(403)
    expect((await done(engineer, number, 'reveal', {}, key)).body['contact']).toBeNull()
  })

  it('S3: shows nothing when the look on record was long ago', async () => {
    const number = await registered({ name: '吴', phone: '13733330004' })
    const key = { 'Idempotency-Key': randomUUID() }
    await done(agent, number, 'reveal', {}, key)
    const eleven = instantOf(Date.now() - 11 * 60_000)
    await sql`update requests set response = jsonb_set(response, '{events,0,at}', to_jsonb(${eleven}::text)) where key = ${key['Idempotency-Key']}`.execute(
      office.db,
    )
    expect((await done(agent, number, 'reveal', {}, key)).body['contact']).toBeNull()
  })
})

describe('looking up by a whole contact', () => {
  const lookUp = (who: Speaker, sought: string) => who.get(`/api/tickets?customer=${encodeURIComponent(sought)}`)
  const figure = async (outcome: string) =>
    parsed(await (await office.api().request('/metrics')).text()).value('bihuan_contact_lookups_total', { outcome })

  it('S3: is for who may reveal the contact of any ticket', async () => {
    const number = await registered({ name: '郑', phone: '13744440001', account: 'zheng-canary' }, { assignee: 'engineer-wang' })
    const before = await figure('refused')
    for (const who of [people.engineer, people.quality, people.service]) {
      const heard = await lookUp(who, '+86 137 4444 0001')
      expect([heard.status, heard.body['roles']]).toEqual([403, ['agent', 'supervisor', 'department-lead', 'admin']])
      expect(JSON.stringify(heard.body)).not.toContain('4444')
    }
    expect(await figure('refused')).toBe((before ?? 0) + 3)
    // A customer's own list has no such filter.
    const own = await lookUp(people.customer, '+86 137 4444 0001')
    expect([own.status, own.errors.map(({ path, code }) => [path, code])]).toEqual([422, [['customer', 'staff-only']]])
    for (const who of [people.supervisor, people.lead, people.admin])
      expect((await lookUp(who, '13744440001')).items).toMatchObject([{ number }])
    // By name and account everybody at work finds as before.
    expect((await lookUp(engineer, 'zheng-canary')).items).toMatchObject([{ number }])
    expect((await lookUp(engineer, '郑')).items).toMatchObject([{ number }])
  })

  it('S3: a number that may as well be an account is found as an account only', async () => {
    const number = await registered({ name: '冯', phone: '010-65529988' })
    expect((await lookUp(engineer, '1065529988')).items).toEqual([])
    expect((await lookUp(agent, '1065529988')).items).toMatchObject([{ number }])
    const saved = await registered({ name: '冯', phone: '010-6552 9977-8001' })
    expect((await lookUp(agent, '01065529977')).items).toMatchObject([{ number: saved }])
  })

  it('S3: is limited for each caller, so that nobody finds out a masked number by trying', async () => {
    const admin = people.admin
    const statuses: number[] = []
    for (let tried = 0; tried < 40; tried += 1) statuses.push((await lookUp(admin, `1374444${String(1_000 + tried)}`)).status)
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(35)
    expect(statuses.at(-1)).toBe(429)
    const refused = await lookUp(admin, '13744441000')
    expect([refused.body['type'], refused.headers.get('retry-after')]).toEqual([
      expect.stringContaining('too-many-lookups'),
      expect.any(String),
    ])
    expect(await figure('limited')).toBeGreaterThan(0)
    // Others, and other searches, go on.
    expect((await lookUp(agent, '13744440001')).status).toBe(200)
    expect((await lookUp(admin, '郑')).status).toBe(200)
  })
})

it('X8: addresses of colleagues and of customers are masked in the directory, but for one’s own', async () => {
  for (const [who, id] of [
    [agent, 'agent-li'],
    [people.admin, 'admin-lin'],
  ] as const) {
    const { items } = await who.get('/api/people')
    expect(items.length).toBeGreaterThan(5)
    for (const { id: person, email } of items)
      expect([person, email]).toEqual([
        person,
        person === id ? `${id}@bihuan.example` : expect.stringMatching(/^\S{2}\*\*\*@bihuan\.example$/),
      ])
  }
})

describe('contact data that an older release left in clear', () => {
  /** As such a release would have written it. */
  async function leftInClear(customer: { name: string; account: string; phone: string }): Promise<string> {
    const number = await registered({ name: 'x', phone: customer.phone })
    const { phone } = customer
    await done(agent, number, 'correct', { reason: '更正', title: '旧单' })
    await office.db
      .updateTable('tickets')
      .set({
        customerName: customer.name,
        customerAccount: customer.account,
        contactSealed: sealContact(keys(), number, { phone, email: null }),
        contactMasked: JSON.stringify(maskContact({ phone })),
        contactKeys: [contactKeyHmac(keys(), 'tel:+861065520001;ext=8001')],
        contactsChecked: false,
      })
      .where('number', '=', number)
      .execute()
    const told = JSON.stringify({ reason: '更正', changes: { customer: { account: customer.account } } })
    await sql`update events set data = ${told}::jsonb where process = ${number} and type = 'corrected'`.execute(office.db)
    await sql`update requests set response = jsonb_set(response, '{events,0,data}', ${told}::jsonb)
      where ticket = ${number} and route like '%/correct'`.execute(office.db)
    const said = JSON.stringify({ language: 'zh-CN', subject: '工单', text: `${customer.account}，您好` })
    await sql`update notices set said = ${said}::jsonb where process = ${number}`.execute(office.db)
    return number
  }

  it('S3: is sealed by the worker, wherever it stands, and nothing of the ticket is lost', async () => {
    const customer = { name: '褚 13755550001', account: '13755550002', phone: '010-6552 0001-8001' }
    const number = await leftInClear(customer)
    await expect
      .poll(async () => (await findTicket(office.db, number))?.contactMasked, { timeout: 30_000, interval: 200 })
      .toEqual({
        phone: '010-****0001',
        email: null,
        name: '褚 137****0001',
        account: '137****0002',
      })
    expect(await everythingRead(number)).not.toMatch(/1375555000[12]/)
    const ticket = await findTicket(office.db, number)
    expect(ticket && openCustomer(keys(), ticket)).toEqual({ ...customer, company: null, email: null })
    for (const sought of ['13755550001', '13755550002', '01065520001'])
      expect([sought, (await supervisor.get(`/api/tickets?customer=${sought}`)).items]).toMatchObject([sought, [{ number }]])
    expect((await agent.get(`/api/tickets/${number}/events`)).items).toContainEqual(
      expect.objectContaining({ type: 'corrected', changes: { customer: { account: '137****0002' } } }),
    )
  })

  it('S3: is looked for again when the rule finds more than it did, also beside a mask', async () => {
    await office.stopWorker()
    const customer = { name: '沈 13755550006 137_5555_0007', account: '137|5555|0008', phone: '13755550009' }
    const number = await registered(customer)
    const less = { phone: '137****0009', email: null, name: '沈 137****0006 137_5555_0007' }
    const contact = sealContact(keys(), number, { phone: customer.phone, email: null, name: customer.name })
    await office.db
      .updateTable('tickets')
      .set({
        customerAccount: customer.account,
        contactSealed: contact,
        contactMasked: JSON.stringify(less),
        contactsChecked: true,
        contactRule: 0,
      })
      .where('number', '=', number)
      .execute()
    await done(agent, number, 'correct', { reason: '更正', title: '旧单' })
    const told = JSON.stringify({ reason: '更正', changes: { contact: { masked: less } } })
    await sql`update events set data = ${told}::jsonb where process = ${number} and type = 'corrected'`.execute(office.db)
    await sql`update requests set response = jsonb_set(response, '{events,0,data}', ${told}::jsonb)
      where ticket = ${number} and route like '%/correct'`.execute(office.db)
    expect(await sealContactsAtRest(office.db, keys(), { after: '', limit: 10 })).toMatchObject({ sealed: 1, unreadable: [] })
    expect(await everythingRead(number)).not.toMatch(/137.5555.000[678]/)
    const ticket = await findTicket(office.db, number)
    expect(ticket).toMatchObject({ contactMasked: { name: '沈 137****0006 137****0007', account: '137****0008' } })
    expect(ticket && openCustomer(keys(), ticket)).toEqual({ ...customer, company: null, email: null })
    await office.startWorker()
  })

  it.each([
    ['137/5555/0001', true],
    ['١٣٧ ٥٥٥٥ ٠٠٠٢', true],
    ['⑬⑦⑤⑤⑤⑤⓪⓪⓪②', true],
    ['一三七五五五五零零零五', true],
    ['wang＠例子.公司', true],
    ['三一重工集团 Ltd', false],
    ['u-102', false],
  ])('S3: a row of 0.1.0 with %s is looked at again: %s', async (text, isMarked) => {
    const { rows } = await sql`select ${text} ~ ${perhapsContact} as marked`.execute(office.db)
    expect(rows).toEqual([{ marked: isMarked }])
  })

  it('S3: is sealed also where no key opens the phone any more; what is right already is left as it is', async () => {
    await office.stopWorker()
    const lost = await registered({ name: '卫', phone: '13755550003' })
    const foreign = sealContact(keysOf(Buffer.alloc(32, 9)), lost, { phone: '13755550003', email: null })
    await office.db
      .updateTable('tickets')
      .set({ customerAccount: '13755550004', contactSealed: foreign, contactsChecked: false })
      .where('number', '=', lost)
      .execute()
    const plain = await registered({ name: '蒋', account: '20231234567', phone: '13755550005' })
    await office.db.updateTable('tickets').set({ contactsChecked: false }).where('number', '=', plain).execute()
    const before = await findTicket(office.db, plain)
    expect(await sealContactsAtRest(office.db, keys(), { after: '', limit: 10 })).toMatchObject({ sealed: 1, unreadable: [] })
    expect(await findTicket(office.db, plain)).toEqual(before)
    const ticket = await findTicket(office.db, lost)
    expect(ticket).toMatchObject({ customerAccount: null, contactMasked: { account: '137****0004' } })
    expect(await sealContactsAtRest(office.db, keys(), { after: '', limit: 10 })).toEqual({ last: null, sealed: 0, unreadable: [] })
    await office.startWorker()
  })
})
