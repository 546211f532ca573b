import { randomBytes } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, bringInTickets } from '../../db/customers/bring-in.ts'
import { findEntry } from '../../db/customers/find.ts'
import { customerMarks, openedContact } from '../../db/customers/marks.ts'
import { eraseEntry } from '../../db/customers/write.ts'
import type { Database } from '../../db/schema.ts'
import { resealEntries } from '../../db/customers/reseal.ts'
import { keysOf, sealContact } from '../../db/contact-vault.ts'
import { instantOf } from '../../domain/instant.ts'
import { answer } from '../../processes/ticket/answers.ts'
import { systemClock } from '../../runtime/clock.ts'
import { form, officeKey, openOffice, type Office, type Speaker } from '../support/api.ts'

/** Tickets of before in the directory of customers, and entries when keys change (S3, S4). */

let office: Office
let agent: Speaker
beforeAll(async () => {
  office = await openOffice({ worker: false })
  agent = await office.person('agent-li')
})
afterAll(() => office.close())

const keys = keysOf(officeKey)
const now = () => instantOf(Date.now())
const round = (limit = 100, after: Parameters<typeof bringInTickets>[2]['after'] = null) =>
  bringInTickets(office.db, keys, { after, limit, now: now() })

async function registered(customer: object, who = agent): Promise<string> {
  const heard = await who.post('/api/tickets', { ...form, customer })
  expect(heard.status, heard.detail).toBe(201)
  return heard.number
}

/** As a release without a directory, or an API of it, leaves them. */
async function ofBefore(...numbers: string[]): Promise<void> {
  await office.db.updateTable('tickets').set({ customerEntry: null, entryFound: null }).where('number', 'in', numbers).execute()
  const made = office.db.selectFrom('customers').select('id').where('madeFrom', 'in', numbers)
  await office.db.deleteFrom('customerKeys').where('customer', 'in', made).execute()
  await office.db.deleteFrom('customers').where('madeFrom', 'in', numbers).execute()
}

const entryOf = (number: string) =>
  office.db.selectFrom('tickets').select(['customerEntry', 'entryFound']).where('number', '=', number).executeTakeFirstOrThrow()

describe('S4: tickets of before', () => {
  it('S4: are brought in by the same rules, in rounds that go on where the last one ended, and once', async () => {
    const first = await registered({ name: '孙', account: 'sun-b', phone: '13911110001' })
    const second = await registered({ name: '孙', account: 'sun-b', email: 'sun.b@example.com' })
    const third = await registered({ name: '孙', email: 'sun.b@example.com' })
    const other = await registered({ name: '李', account: 'li-b', phone: '13911110001' })
    await ofBefore(first, second, third, other)
    // Whoever acts on them meanwhile finds everything as it was.
    expect((await agent.post(`/api/tickets/${third}/reveal`)).body['contact']).toEqual({ phone: null, email: 'sun.b@example.com' })
    expect((await agent.get(`/api/tickets/${third}`)).body).toMatchObject({ customerEntry: null, entryFound: null })
    const one = await round(1)
    expect(one).toMatchObject({ brought: 1, last: { number: first } })
    expect(await round(100, one.last)).toMatchObject({ brought: 3, unreadable: [] })
    expect(await round()).toEqual({ brought: 0, last: null, unreadable: [] })
    const entry = (await entryOf(first)).customerEntry
    expect(await entryOf(first)).toEqual({ customerEntry: entry, entryFound: 'new' })
    expect(await entryOf(second)).toEqual({ customerEntry: entry, entryFound: 'account' })
    expect(await entryOf(third)).toEqual({ customerEntry: entry, entryFound: 'contact' })
    expect(await entryOf(other)).toEqual({ customerEntry: null, entryFound: 'none' })
  })

  it('S4, X10: nobody is looked for by rows that do not yet say who was corrected: the tags of another customer would stay', async () => {
    const number = await registered({ name: '郑', phone: '13911110009' })
    await ofBefore(number)
    const unasked = () => Promise.reject(new Error('not asked'))
    const world = { db: office.db, keys, clock: systemClock, log: pino({ level: 'silent' }), profileOf: unasked }
    const question = { number, version: 2, tags: [] }
    await expect(answer(world, { kind: 'tag-customer', question })).rejects.toThrow('do not reach event 2 yet')
    expect(await entryOf(number)).toEqual({ customerEntry: null, entryFound: null })
    await round()
  })

  it('S4: come to the entry that somebody registering made meanwhile, also at the same moment', async () => {
    const old = await registered({ name: '周', phone: '13911110002' })
    await ofBefore(old)
    const [, ...news] = await Promise.all([
      bringIn(office.db, keys, old, now()),
      ...Array.from({ length: 5 }, () => registered({ name: '周', phone: '13911110002' })),
    ])
    const entries = await Promise.all([old, ...news].map(async (number) => (await entryOf(number)).customerEntry))
    expect(new Set(entries).size).toBe(1)
    expect(await bringIn(office.db, keys, old, now())).toBe(false)
  })

  it('S4: that are corrected take out what they alone had brought, and nothing that others say too', async () => {
    const first = await registered({ name: '冯', account: 'feng-b', phone: '13911110005' })
    const second = await registered({ name: '冯', phone: '13911110005' })
    const third = await registered({ name: '冯', account: 'feng-b', phone: '13911110006' })
    const entry = (await entryOf(first)).customerEntry
    await agent.post(`/api/tickets/${first}/correct`, { reason: '记错', customer: { phone: '13911110007', account: 'other-b' } })
    await agent.post(`/api/tickets/${third}/correct`, { reason: '记错', customer: { phone: '13911110008', account: 'third-b' } })
    expect(await round()).toMatchObject({ brought: 2 })
    expect(await entryOf(second)).toMatchObject({ customerEntry: entry })
    expect(await entryOf(first)).toMatchObject({ entryFound: 'new' })
    expect(await entryOf(await registered({ name: '冯', phone: '13911110005' }))).toEqual({ customerEntry: entry, entryFound: 'contact' })
    expect(await entryOf(await registered({ name: '某', phone: '13911110006' }))).toMatchObject({ entryFound: 'new' })
  })

  it('S4: that are corrected give back the account, login and id that they alone had taught, and keep them for themselves', async () => {
    const zhang = await registered({ name: '张', phone: '13911110011' })
    const entry = (await entryOf(zhang)).customerEntry ?? ''
    const mistyped = await registered({ name: '李', account: 'li-c', phone: '13911110011' })
    expect(await entryOf(mistyped)).toEqual({ customerEntry: entry, entryFound: 'contact' })
    await agent.post(`/api/tickets/${mistyped}/correct`, { reason: '记错', customer: { phone: '13911110012' } })
    await round()
    expect(await entryOf(mistyped)).toMatchObject({ entryFound: 'new' })
    expect((await agent.get(`/api/customers/${entry}`)).body).toMatchObject({ name: '张', accounts: [] })
    expect(await entryOf(await registered({ name: '李', account: 'li-c', phone: '13911110016' }))).toEqual({
      customerEntry: (await entryOf(mistyped)).customerEntry,
      entryFound: 'account',
    })

    // Somebody else gave the address of a customer who signs in.
    const he = await office.person('customer-he')
    const stranger = await registered({ name: '张', email: 'customer-he@bihuan.example', phone: '13911110011' })
    expect(await entryOf(stranger)).toEqual({ customerEntry: entry, entryFound: 'contact' })
    const heard = await he.post('/api/tickets', { ...form, customer: undefined })
    expect(heard.status, heard.detail).toBe(201)
    expect(await entryOf(heard.number)).toEqual({ customerEntry: entry, entryFound: 'contact' })
    await agent.post(`/api/tickets/${heard.number}/correct`, { reason: '记错', customer: { email: 'he.c@example.com' } })
    await round()
    expect(await entryOf(heard.number)).toMatchObject({ entryFound: 'new' })
    expect(await office.db.selectFrom('customerKeys').select('customer').where('key', '=', 'login:customer-he').execute()).toEqual([
      { customer: (await entryOf(heard.number)).customerEntry },
    ])

    // An account that was mistyped beside the id of another system: the id goes with the ticket.
    const owner = await registered({ name: '钱', account: 'qian-c', phone: '13911110017' })
    const other = await registered({ name: '乔', account: 'qian-c', externalId: 'crm-c', phone: '13911110015' })
    expect(await entryOf(other)).toEqual({ customerEntry: (await entryOf(owner)).customerEntry, entryFound: 'account' })
    await agent.post(`/api/tickets/${other}/correct`, { reason: '记错', customer: { account: 'qiao-c' } })
    await round()
    const made = await entryOf(other)
    expect(made).toMatchObject({ entryFound: 'new' })
    expect((await agent.get(`/api/customers/${made.customerEntry}`)).body).toMatchObject({ externalId: 'crm-c', accounts: ['qiao-c'] })
    expect((await agent.get(`/api/customers/${(await entryOf(owner)).customerEntry}`)).body).toMatchObject({ externalId: null })
  })

  it('S4: that are corrected leave what another ticket, a person or another system says too; an entry that was made with one is called as the next one says', async () => {
    const taught = async (account: string, phone: string) => {
      const first = await registered({ name: '赵', phone })
      return { entry: (await entryOf(first)).customerEntry ?? '', second: await registered({ name: '孔', account, phone }) }
    }
    const corrected = async (number: string, phone: string) => {
      await agent.post(`/api/tickets/${number}/correct`, { reason: '记错', customer: { phone } })
      await round()
      return entryOf(number)
    }
    const byTicket = await taught('kong-d', '13911110021')
    expect(await entryOf(await registered({ name: '孔', account: 'Kong-D', phone: '13911110027' }))).toMatchObject({
      customerEntry: byTicket.entry,
    })
    expect(await corrected(byTicket.second, '13911110022')).toEqual({ customerEntry: byTicket.entry, entryFound: 'account' })
    const byPerson = await taught('kong-e', '13911110023')
    const said = await agent.send('PUT', `/api/customers/${byPerson.entry}`, '{"accounts": ["kong-e"]}', {
      'Content-Type': 'application/json',
    })
    expect(said.status).toBe(200)
    expect(await corrected(byPerson.second, '13911110024')).toEqual({ customerEntry: byPerson.entry, entryFound: 'account' })

    const maker = await registered({ name: '曹', company: '甲公司', account: 'cao-f', phone: '13911110025' })
    const next = await registered({ name: '邓', phone: '13911110025' })
    const { customerEntry } = await entryOf(maker)
    expect(await corrected(maker, '13911110026')).toMatchObject({ entryFound: 'new' })
    expect(await entryOf(next)).toMatchObject({ customerEntry })
    expect((await agent.get(`/api/customers/${customerEntry}`)).body).toMatchObject({ name: '邓', company: null, accounts: [] })
    expect((await agent.get(`/api/customers?q=${encodeURIComponent('甲公司')}`)).body).toMatchObject({ items: [{ name: '曹' }] })
  })

  it('S4: whose entry goes, or is erased, at that very moment find another one, and teach the erased one nothing', async () => {
    /** The work, which has to wait for another transaction that then ends. */
    async function meanwhile<T>(other: (trx: Transaction<Database>) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
      return office.db
        .transaction()
        .execute(async (trx) => {
          await other(trx)
          const working = work()
          await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThan(0)
          return { working }
        })
        .then(({ working }) => working)
    }
    const waiting = async () => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_locks where not granted`.execute(office.db)
      return rows[0]?.count ?? 0
    }
    const first = await registered({ name: '卫', phone: '13911110031' })
    const { customerEntry: gone } = await entryOf(first)
    const second = await registered({ name: '卫', phone: '13911110031' })
    await office.db.updateTable('tickets').set({ customerEntry: null, entryFound: null }).where('number', '=', second).execute()
    const isBrought = await meanwhile(
      async (trx) => {
        await trx.updateTable('tickets').set({ customerEntry: null, entryFound: 'none' }).where('number', '=', first).execute()
        await trx.deleteFrom('customerKeys').where('customer', '=', gone).execute()
        await trx.deleteFrom('customers').where('id', '=', gone).execute()
      },
      () => bringIn(office.db, keys, second, now()),
    )
    expect(isBrought).toBe(true)
    expect(await entryOf(second)).toMatchObject({ entryFound: 'new' })

    const { customerEntry: erased } = await entryOf(await registered({ name: '蒋', phone: '13911110032' }))
    const third = await meanwhile(
      (trx) => eraseEntry(trx, erased ?? '', now()),
      () => registered({ name: '蒋', account: 'jiang-g', phone: '13911110032' }),
    )
    expect(await office.db.selectFrom('customerKeys').selectAll().where('customer', '=', erased).execute()).toEqual([])
    expect(await entryOf(third)).toMatchObject({ customerEntry: erased })
    expect(await entryOf(await registered({ name: '蒋', account: 'jiang-g', phone: '13911110032' }))).toMatchObject({ entryFound: 'new' })
  })

  it('S4: whose phone many have are found by what one of them alone has, however many there are', async () => {
    const phone = '13911110041'
    const people = await Promise.all(
      Array.from({ length: 9 }, async (_, nth) => {
        const entered = await agent.post('/api/customers', { name: `总机${nth}`, phones: [phone], emails: [`switch${nth}@example.com`] })
        expect(entered.status).toBe(201)
        return String(entered.body['id'])
      }),
    )
    for (const [nth, id] of people.entries())
      expect(await entryOf(await registered({ name: '某', phone, email: `switch${nth}@example.com` }))).toEqual({
        customerEntry: id,
        entryFound: 'contact',
      })
  })

  it('S4: whose contact no key opens stay, and keep nobody waiting', async () => {
    const lost = await registered({ name: '吴', phone: '13911110003' })
    const fine = await registered({ name: '郑', phone: '13911110004' })
    await ofBefore(lost, fine)
    const sealed = sealContact(keysOf(randomBytes(32)), lost, { phone: '13911110003', email: null })
    await office.db.updateTable('tickets').set({ contactSealed: sealed }).where('number', '=', lost).execute()
    expect(await round()).toMatchObject({ brought: 1, unreadable: [lost] })
    expect(await entryOf(fine)).toMatchObject({ entryFound: 'new' })
    expect(await entryOf(lost)).toEqual({ customerEntry: null, entryFound: null })
    await office.db.updateTable('tickets').set({ entryFound: 'none' }).where('number', '=', lost).execute()
  })
})

describe('S3: entries when keys change', () => {
  it('S3: are sealed anew and found by the new key alone; both steps of a rotation find each other', async () => {
    const customer = { name: '王', company: null, account: null, phone: '13911110009', email: 'wang.k@example.com' }
    const entry = (await entryOf(await registered({ name: '王', phone: customer.phone, email: customer.email }))).customerEntry ?? ''
    const both = keysOf(randomBytes(32), officeKey)
    const [current] = both
    const alone = [current] as const
    const find = async (by: typeof both) => (await findEntry(office.db, customerMarks(by, customer).identity)).identified
    expect(await find(both)).toMatchObject({ found: 'entry', id: entry })
    expect(await find([...alone])).toEqual({ found: 'nobody' })
    let after: string | null = ''
    for (let sealed = 0; after !== null;) {
      const done: Awaited<ReturnType<typeof resealEntries>> = await resealEntries(office.db, both, { after, limit: 3, now: now() })
      ;[after, sealed] = [done.last, sealed + done.sealed]
      expect(done.unreadable).toEqual([])
    }
    expect(await resealEntries(office.db, both, { after: '', limit: 10, now: now() })).toEqual({ last: null, sealed: 0, unreadable: [] })
    expect(await find([...alone])).toMatchObject({ found: 'entry', id: entry })
    // One of the step before, which knows the old key alone, still finds them.
    expect(await find(keys)).toMatchObject({ found: 'entry', id: entry })
    const { contacts } = await office.db.selectFrom('customers').select('contacts').where('id', '=', entry).executeTakeFirstOrThrow()
    expect(contacts.map((contact) => openedContact([...alone], entry, contact))).toEqual([customer.phone, customer.email])
    for (const contact of contacts) expect(() => openedContact(keys, entry, contact)).toThrow('BIHUAN_KEY')
    // Sealed for this entry and no other.
    for (const contact of contacts) expect(() => openedContact([...alone], 'COTHER', contact)).toThrow('another')
  })
})
