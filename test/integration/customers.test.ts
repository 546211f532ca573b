import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { form, openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'

/** The directory of customers: whose ticket it is, found, made, said and taken back (S4). */

let office: Office
let agent: Speaker
let engineer: Speaker
let supervisor: Speaker
let admin: Speaker
let customer: Speaker

beforeAll(async () => {
  office = await openOffice()
  agent = await office.person('agent-li')
  engineer = await office.person('engineer-wang')
  supervisor = await office.person('supervisor-zhang')
  admin = await office.person('admin-lin')
  customer = await office.person('customer-he')
})
afterAll(() => office.close())

let phones = 0
/** A number that nobody else has here. */
const phone = () => `139${String((phones += 1)).padStart(8, '0')}`

async function registered(customerBlock: object | undefined, who = agent): Promise<string> {
  const heard = await who.post('/api/tickets', { ...form, customer: customerBlock })
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return heard.number
}

const beside = z.looseObject({
  customer: z.looseObject({ entry: z.string().nullable() }),
  customerEntry: z.looseObject({ id: z.string(), tags: z.array(z.string()) }).nullable(),
  entryFound: z.string().nullable(),
  suggestedEntries: z.array(z.looseObject({ id: z.string() })),
  links: z.looseObject({ history: z.string().optional() }),
  tags: z.array(z.string()),
})

async function ticket(number: string, who = agent) {
  return beside.parse((await who.get(`/api/tickets/${number}`)).body)
}

async function entryOfTicket(number: string): Promise<string> {
  const { customerEntry } = await ticket(number)
  return customerEntry?.id ?? ''
}

async function entered(body: object, who = agent): Promise<Heard & { readonly id: string }> {
  const heard = await who.post('/api/customers', body)
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return { ...heard, id: z.string().parse(heard.body['id']) }
}

function put(who: Speaker, path: string, body: object): Promise<Heard> {
  return who.send('PUT', path, JSON.stringify(body), { 'Content-Type': 'application/json' })
}

describe('S4: registration finds or makes the entry', () => {
  it('S4: makes one of a new customer, and finds it by account, then by contact', async () => {
    const number = phone()
    const first = await registered({ name: '孙女士', account: 'sun-1', phone: number })
    expect(await ticket(first)).toMatchObject({
      entryFound: 'new',
      customerEntry: { name: '孙女士', internal: false },
      suggestedEntries: [],
    })
    const id = await entryOfTicket(first)
    const again = await registered({ name: '孙小姐', account: 'SUN-1', email: 'sun@example.com' })
    expect(await ticket(again)).toMatchObject({ entryFound: 'account', customer: { entry: id } })
    // The address that came with the account now finds them, too.
    const byMail = await registered({ name: '孙', email: 'SUN@example.com' })
    expect(await ticket(byMail)).toMatchObject({
      entryFound: 'contact',
      customer: { entry: id },
      links: { history: `/api/tickets?entry=${id}` },
    })
    const entry = await agent.get(`/api/customers/${id}`)
    expect(entry.body).toMatchObject({
      accounts: ['sun-1'],
      phones: [`139****${number.slice(-4)}`],
      emails: ['s***@example.com'],
      tickets: 3,
      open: 3,
    })
    const history = await agent.get(`/api/tickets?entry=${id}`)
    expect(history.items.map((item) => item['number'])).toEqual([byMail, again, first])
  })

  it('S4: a number in a name is one of theirs, sealed and masked like any other', async () => {
    const number = phone()
    const first = await registered({ name: `王芳 ${number}`, email: 'wangfang@example.com' })
    const second = await registered({ name: '王芳', phone: number })
    expect(await entryOfTicket(second)).toBe(await entryOfTicket(first))
    const { body } = await agent.get(`/api/customers/${await entryOfTicket(first)}`)
    expect(body).toMatchObject({ name: `王芳 139****${number.slice(-4)}` })
    const rows = await office.db.selectFrom('customers').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(number)
  })

  it('S4: another account with the same phone is for people to say, on record, and can be taken back', async () => {
    const shared = phone()
    const li = await entryOfTicket(await registered({ name: '李', account: 'li-1', phone: shared }))
    const number = await registered({ name: '小李', account: 'li-2', phone: shared })
    expect(await ticket(number)).toMatchObject({ entryFound: 'none', customerEntry: null, suggestedEntries: [{ id: li, name: '李' }] })
    expect((await agent.post(`/api/tickets/${number}/link-customer`, { entry: 'C0000000000000000' })).errors).toMatchObject([
      { path: 'entry', code: 'unknown-customer' },
    ])
    const linked = await agent.post(`/api/tickets/${number}/link-customer`, { entry: li, reason: '本人确认' })
    expect(linked.status, JSON.stringify(linked.body)).toBe(200)
    expect(linked.events).toMatchObject([{ type: 'customer-linked', entry: li, previous: null, reason: '本人确认' }])
    expect(await ticket(number)).toMatchObject({ entryFound: 'hand', customer: { entry: li } })
    expect((await agent.post(`/api/tickets/${number}/link-customer`, { entry: li })).errors).toMatchObject([{ code: 'nothing-to-change' }])
    const undone = await agent.post(`/api/tickets/${number}/link-customer`, { entry: null, reason: '认错了人' })
    expect(undone.events).toMatchObject([{ type: 'customer-linked', entry: null, previous: li, reason: '认错了人' }])
    expect(await ticket(number)).toMatchObject({ entryFound: 'hand', customerEntry: null, suggestedEntries: [{ id: li }] })
    expect((await agent.post(`/api/tickets/${number}/link-customer`, { entry: li })).status).toBe(200)
    expect((await agent.post(`/api/tickets/${number}/link-customer`, { entry: null })).errors).toMatchObject([
      { path: 'reason', code: 'required' },
    ])
    expect((await agent.post(`/api/tickets/${number}/link-customer`, { entry: null, reason: '认错了人' })).status).toBe(200)
    expect((await agent.post(`/api/tickets/${number}/link-customer`, { entry: null, reason: '再一次' })).errors).toMatchObject([
      { code: 'nothing-to-change' },
    ])
    // Nobody looks behind the back of who said so.
    await office.settled()
    expect(await ticket(number)).toMatchObject({ customerEntry: null })
    const log = await agent.get(`/api/tickets/${number}/events`)
    expect(log.items.map(({ type }) => type)).toEqual(['submitted', ...Array.from({ length: 4 }, () => 'customer-linked')])
    // One of their own is made of the ticket, contacts unseen.
    const made = await entered({ ticket: number })
    expect(made.body).toMatchObject({ name: '小李', accounts: ['li-2'], phones: [`139****${shared.slice(-4)}`] })
    expect((await agent.post(`/api/tickets/${number}/link-customer`, { entry: made.id })).status).toBe(200)
    // From now on two have the phone.
    expect(await ticket(await registered({ name: '李家', phone: shared }))).toMatchObject({ entryFound: 'none', customerEntry: null })
    expect(await ticket(await registered({ name: '李家', account: 'li-2', phone: shared }))).toMatchObject({ entryFound: 'account' })
  })

  it('S4: of many who register one new customer at once, one makes the entry; those of two customers stay two', async () => {
    const [one, other] = [phone(), phone()]
    const apis = [office.api(), office.api(), office.api()]
    const numbers = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        registered({ name: `赵${at}`, phone: at % 2 === 0 ? one : other }, agent.at(apis[at % 3] ?? office.api())),
      ),
    )
    const entries = await Promise.all(numbers.map(entryOfTicket))
    expect(new Set(entries.filter((_, at) => at % 2 === 0)).size).toBe(1)
    expect(new Set(entries.filter((_, at) => at % 2 === 1)).size).toBe(1)
    expect(new Set(entries).size).toBe(2)
    expect(entries).not.toContain('')
  })

  it('S4: at once with two accounts and one phone, one gets the entry and the others are suggested it', async () => {
    const shared = phone()
    const numbers = await Promise.all(['q-1', 'q-2', 'q-3'].map((account) => registered({ name: account, account, phone: shared })))
    const found = await Promise.all(numbers.map((number) => ticket(number)))
    expect(found.filter(({ entryFound }) => entryFound === 'new')).toHaveLength(1)
    expect(found.filter(({ entryFound }) => entryFound === 'none')).toHaveLength(2)
  })

  it('S4: who registers for themselves is known by their login, and colleagues are employees', async () => {
    const mine = await registered(undefined, customer)
    expect((await customer.get(`/api/tickets/${mine}`)).body).toMatchObject({
      customer: { entry: null },
      customerEntry: null,
      entryFound: null,
      suggestedEntries: [],
    })
    const id = await entryOfTicket(mine)
    expect((await agent.get(`/api/customers/${id}`)).body).toMatchObject({ accounts: ['customer-he'], internal: false })
    expect((await customer.get('/api/customers')).items).toMatchObject([{ id, tags: [], tier: null }])
    expect((await customer.get(`/api/customers/${id}`)).status).toBe(200)
    const others = await entryOfTicket(await registered({ name: '别人', phone: phone() }))
    expect((await customer.get(`/api/customers/${others}`)).status).toBe(404)
    expect((await customer.get('/api/customers?q=a')).errors).toMatchObject([{ path: 'q', code: 'staff-only' }])
    expect((await customer.get('/api/tickets?entry=C0000000000000000')).errors).toMatchObject([{ path: 'entry', code: 'staff-only' }])
  })

  it('S4, X8: a ticket whose contact is corrected goes to another entry, and what it brought goes with it', async () => {
    const [wrong, right] = [phone(), phone()]
    const known = await entryOfTicket(await registered({ name: '吴先生', phone: right }))
    const number = await registered({ name: '吴先生', phone: wrong })
    const mistaken = await entryOfTicket(number)
    expect(mistaken).not.toBe(known)
    expect((await agent.post(`/api/tickets/${number}/correct`, { reason: '号码记错', customer: { phone: right } })).status).toBe(200)
    await expect.poll(async () => entryOfTicket(number), { timeout: 10_000 }).toBe(known)
    expect((await agent.get(`/api/customers/${mistaken}`)).status).toBe(404)
  })
})

describe('S4: entries that somebody keeps', () => {
  it('S4: of another system are brought up to date by its id, and are found by it at registration', async () => {
    const number = phone()
    const body = { kind: 'person', name: '周总', accounts: ['zhou-1'], phones: [number], tier: 'gold', tags: ['vip'] }
    const first = await put(admin, '/api/customer-external-ids/crm-1', body)
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    expect(first.body).toMatchObject({ externalId: 'crm-1', tier: 'gold', version: 1 })
    // The same again changes nothing.
    const same = await put(admin, '/api/customer-external-ids/crm-1', body)
    expect(same.status).toBe(200)
    expect(same.body).toMatchObject({ id: first.body['id'], version: 1 })
    const changed = await put(admin, '/api/customer-external-ids/crm-1', { tier: null, name: '周董' })
    expect(changed.body).toMatchObject({ name: '周董', tier: null, phones: [`139****${number.slice(-4)}`], version: 2 })
    const byId = await registered({ name: '周', externalId: 'crm-1', phone: phone() })
    expect(await ticket(byId)).toMatchObject({ entryFound: 'external-id', customer: { entry: first.body['id'] } })
    // One that nobody knows yet becomes an entry of that id, whoever has the phone.
    const news = await registered({ name: '周二', externalId: 'crm-2', phone: number })
    expect(await ticket(news)).toMatchObject({ entryFound: 'new' })
    const listed = await agent.get('/api/customers?externalId=crm-2')
    expect(listed.items).toMatchObject([{ id: await entryOfTicket(news), externalId: 'crm-2' }])
  })

  it('S4: another system takes over the entry that a registration made, once, however often it comes at once', async () => {
    const number = phone()
    const id = await entryOfTicket(await registered({ name: '钱', account: 'qian-1', phone: number }))
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => put(admin, '/api/customer-external-ids/crm-qian', { accounts: ['qian-1'], tier: 'silver' })),
    )
    expect(new Set(answers.map(({ body }) => body['id']))).toEqual(new Set([id]))
    const fresh = await Promise.all(Array.from({ length: 6 }, () => put(admin, '/api/customer-external-ids/crm-new', { name: '新' })))
    expect(fresh.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(fresh.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(new Set(fresh.map(({ body }) => body['id'])).size).toBe(1)
    const taken = await put(admin, '/api/customer-external-ids/crm-other', { name: '钱二', accounts: ['ok', 'qian-1'] })
    expect(taken.errors).toMatchObject([{ path: 'accounts[1]', code: 'account-taken' }])
  })

  it('S4: another system takes over whoever alone has the phone and no id there; nobody else, and no registration does', async () => {
    const number = phone()
    const id = await entryOfTicket(await registered({ name: '孙', phone: number }))
    const taken = await put(admin, '/api/customer-external-ids/crm-sun', { name: '孙总', phones: [number] })
    expect([taken.status, taken.body['id']]).toEqual([200, id])
    const other = await put(admin, '/api/customer-external-ids/crm-sun-2', { name: '孙二', phones: [number] })
    expect(other.status).toBe(201)
    expect(other.body['id']).not.toBe(id)
    const shared = phone()
    const husband = await entryOfTicket(await registered({ name: '李先生', phone: shared }))
    const wife = await registered({ name: '李太太', phone: shared, externalId: 'crm-li' })
    expect(await ticket(wife)).toMatchObject({ entryFound: 'new' })
    expect(await entryOfTicket(wife)).not.toBe(husband)
  })

  it('S4: people belong to organisations; everything that is wrong is told at once', async () => {
    const body = await put(admin, '/api/customer-external-ids/org-1', {
      kind: 'organisation',
      name: '云帆科技',
      phones: ['010-87654321'],
    })
    const organisation = z.string().parse(body.body['id'])
    const person = await entered({ name: '马工', phones: [phone()], organisationExternalId: 'org-1' })
    expect(person.body).toMatchObject({ organisation, organisationName: '云帆科技' })
    expect((await agent.get(`/api/customers?organisation=${organisation}`)).items).toMatchObject([{ id: person.id }])
    expect((await agent.get('/api/customers?kind=organisation&q=云帆')).items).toMatchObject([{ id: organisation }])
    const wrong = await agent.post('/api/customers', {
      organisation: person.id,
      phones: ['12'],
      emails: ['nobody'],
      tier: '13900001111',
      externalId: 'org-1',
    })
    expect(wrong.errors.map(({ path, code }) => [path, code])).toEqual([
      ['phones[0]', 'bad-phone'],
      ['emails[0]', 'bad-email'],
      ['tier', 'contact-in-clear'],
      ['organisation', 'not-an-organisation'],
      ['externalId', 'external-id-taken'],
    ])
    expect((await agent.post('/api/customers', {})).errors).toMatchObject([{ path: 'name', code: 'required' }])
  })

  it('S4: a tag of the entry that the profile knows stands on its tickets', async () => {
    const entry = await entered({ name: '贵客', accounts: ['vip-9'], phones: [phone()], tags: ['vip', '别的'] })
    const heard = await agent.post('/api/tickets', {
      ...form,
      profile: 'standard-ticket',
      type: 'consultation',
      priority: 'low',
      fields: { topic: '账单' },
      customer: { name: '贵客', account: 'vip-9', phone: phone() },
    })
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    await office.settled()
    expect((await ticket(heard.number)).customer.entry).toBe(entry.id)
    await expect.poll(async () => (await ticket(heard.number)).tags, { timeout: 10_000 }).toEqual(['VIP customer'])
  })

  it('S4, X10: a tag of the profile can be for tiers and for colleagues', async () => {
    const {
      versions: _,
      state: __,
      next: ___,
      installedAt: ____,
      installedBy: _____,
      ...profile
    } = z.looseObject({ customerTags: z.array(z.looseObject({})) }).parse((await admin.get('/api/profiles/standard-ticket')).body)
    const label = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })
    const installed = await put(admin, '/api/profiles/tiered', {
      ...profile,
      id: 'tiered',
      version: 1,
      number: { pattern: 'TI{yyyyMM}{serial:4}' },
      reports: [],
      customerTags: [
        ...profile.customerTags,
        { id: 'gold', label: label('金牌客户'), tiers: ['gold', 'platinum'] },
        { id: 'colleague', label: label('同事'), internal: true },
      ],
    })
    expect([200, 201], installed.detail).toContain(installed.status)
    await put(admin, '/api/customer-external-ids/crm-gold', { name: '金', tier: 'gold', internal: true, phones: [phone()] })
    const { number } = await agent.post('/api/tickets', {
      ...form,
      profile: 'tiered',
      type: 'consultation',
      priority: 'low',
      fields: { topic: '账单' },
      customer: { name: '金', externalId: 'crm-gold', phone: phone() },
    })
    await expect.poll(async () => (await ticket(number)).tags, { timeout: 10_000 }).toEqual(['金牌客户', '同事'])
  })

  it('S3, S4: are looked up by a whole number by who may, revealed on record, and erased', async () => {
    const number = phone()
    const { id } = await entered({ name: '何', phones: [number], emails: ['He.Jun@example.com'] })
    expect((await agent.get(`/api/customers?contact=${number}`)).items).toMatchObject([{ id }])
    expect((await agent.get('/api/customers?contact=he.jun@example.com')).items).toMatchObject([{ id }])
    expect((await engineer.get(`/api/customers?contact=${number}`)).body).toMatchObject({ status: 403, type: '/problems/contact-lookup' })
    expect((await engineer.post(`/api/customers/${id}/reveal`)).status).toBe(403)
    const shown = await agent.post(`/api/customers/${id}/reveal`, { reason: '回电' })
    expect(shown.body).toEqual({
      id,
      contacts: [
        { part: 'phone', value: number },
        { part: 'email', value: 'He.Jun@example.com' },
      ],
    })
    const linked = await registered({ name: '何', phone: number })
    expect((await agent.post(`/api/customers/${id}/erase`, { reason: '客户要求' })).status).toBe(403)
    const erased = await supervisor.post(`/api/customers/${id}/erase`, { reason: '客户要求' })
    expect(erased.body).toMatchObject({ id, name: null, phones: [], emails: [], accounts: [] })
    expect((await agent.get(`/api/customers?contact=${number}`)).items).toEqual([])
    const row = await office.db.selectFrom('customers').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ contacts: [], accounts: [], text: '' })
    expect(await office.db.selectFrom('customerKeys').selectAll().where('customer', '=', id).execute()).toEqual([])
    expect((await put(agent, `/api/customers/${id}`, { name: '何' })).status).toBe(404)
    // Its tickets are still one customer's; whoever comes anew is new.
    expect(await ticket(linked)).toMatchObject({ customer: { entry: id } })
    expect(await entryOfTicket(await registered({ name: '何', phone: number }))).not.toBe(id)
    const log = await supervisor.get(`/api/customers/${id}/log`)
    expect(log.items).toMatchObject([
      { act: 'erased', by: 'supervisor-zhang', reason: '客户要求' },
      { act: 'revealed', by: 'agent-li', reason: '回电' },
      { act: 'entered', by: 'agent-li', members: ['name', 'contacts'] },
    ])
  })
})
