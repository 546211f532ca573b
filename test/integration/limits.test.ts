import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { giveBackAllowance, takeAllowance } from '../../db/allowances.ts'
import { instantOf, plus } from '../../domain/instant.ts'
import { form, openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'
import { english, ticket } from '../support/walk.ts'

/** What customers may do so often a day and no more, counted in one place however many APIs there are. */

let office: Office
/** The same customer at two APIs. */
let here: Speaker
let there: Speaker

const { customer: _, ...ownForm } = form
const limits = { registrations: 3, acts: 4 }

beforeAll(async () => {
  office = await openOffice()
  const customer = await office.person('customer-he')
  here = customer.at(office.api(undefined, limits))
  there = customer.at(office.api(undefined, limits))
})
afterAll(() => office.close())

describe('a day', () => {
  const at = instantOf(Date.parse('2026-03-02T01:00:00Z'))
  const allowance = { caller: 'customer-he', kind: 'tests', most: 2 }
  const take = (after: string) => takeAllowance(office.db, allowance, plus(at, after))

  it('begins with the first time; then there is room again, and says when', async () => {
    expect([await take('PT0S'), await take('PT1H'), await take('PT2H'), await take('PT23H59M')]).toEqual([
      null,
      null,
      plus(at, 'PT24H'),
      plus(at, 'PT24H'),
    ])
    expect([await take('PT24H'), await take('PT25H'), await take('PT26H')]).toEqual([null, null, plus(at, 'PT48H')])
  })

  it('gives back what came to nothing', async () => {
    await giveBackAllowance(office.db, allowance)
    expect([await take('PT27H'), await take('PT28H')]).toEqual([null, plus(at, 'PT48H')])
  })

  it('of many at once lets through exactly as many as there is room for', async () => {
    const many = Array.from({ length: 20 }, () => takeAllowance(office.db, { caller: 'agent-li', kind: 'tests', most: 7 }, at))
    expect((await Promise.all(many)).filter((again) => again === null)).toHaveLength(7)
  })
})

describe('a customer', () => {
  it('registers so many tickets a day, at whichever API; one more is refused and told when to come again', async () => {
    const refusedForm = await here.post('/api/tickets', { ...ownForm, type: 'none' })
    expect(refusedForm.status).toBe(422)
    const heard = await Promise.all(Array.from({ length: 8 }, (_, at) => (at % 2 ? here : there).post('/api/tickets', ownForm, english)))
    expect(heard.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(heard.filter(({ status }) => status === 429)).toHaveLength(5)
    const refused = heard.find(({ status }) => status === 429)
    expect(refused?.body).toMatchObject({
      type: '/problems/daily-limit',
      limit: 3,
      detail: expect.stringMatching(/3 times within 24 hours/),
    })
    const wait = Number(refused?.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(86_000)
    expect(wait).toBeLessThanOrEqual(86_400)
    expect((await here.get('/api/tickets')).items).toHaveLength(3)
  })

  it('gets the answer of a repeated request all the same, and cannot get past by repeating a refused one', async () => {
    await office.db.deleteFrom('allowances').execute()
    const key = { 'Idempotency-Key': randomUUID() }
    const first = await here.post('/api/tickets', ownForm, key)
    expect([first.status, await statusOf(there.post('/api/tickets', ownForm, key))]).toEqual([201, 201])
    expect(await used('registrations')).toBe(1)
    for (const _ of [1, 2]) expect(await statusOf(here.post('/api/tickets', ownForm))).toBe(201)
    const refused = { 'Idempotency-Key': randomUUID() }
    for (const who of [here, there, here]) expect(await statusOf(who.post('/api/tickets', ownForm, refused))).toBe(429)
    // The key is free, for the day after.
    await office.db.deleteFrom('allowances').execute()
    expect(await statusOf(here.post('/api/tickets', ownForm, refused))).toBe(201)
  })

  it('acts so often a day; what the ticket refuses does not count', async () => {
    const number = (await here.post('/api/tickets', ownForm)).number
    expect(await statusOf(here.post(`/api/tickets/${number}/confirm`, { outcome: 'solved', channel: 'phone' }))).toBe(409)
    expect(await statusOf(here.post(`/api/tickets/${number}/urge`))).toBe(200)
    expect(await statusOf(here.post(`/api/tickets/${number}/urge`))).toBe(409)
    for (const text of ['一', '二', '三']) expect(await statusOf(there.post(`/api/tickets/${number}/supplement`, { text }))).toBe(200)
    const key = { 'Idempotency-Key': randomUUID() }
    for (const who of [here, there, here]) {
      const heard = await who.post(`/api/tickets/${number}/supplement`, { text: '四' }, key)
      expect([heard.status, heard.body['type']]).toEqual([429, '/problems/daily-limit'])
    }
    expect(await ticket(here, number)).toMatchObject({ urges: 1, version: 5 })
  })
})

it('staff and machines are not counted: they have everybody on the line', async () => {
  const strict = office.api(undefined, { registrations: 1, acts: 1 })
  for (const id of ['agent-li', 'service-portal']) {
    const who = (await office.person(id)).at(strict)
    const heard = await Promise.all([1, 2, 3].map(() => who.post('/api/tickets', form)))
    expect(heard.map(({ status }) => status)).toEqual([201, 201, 201])
  }
})

async function statusOf(heard: Promise<Heard>): Promise<number> {
  return (await heard).status
}

async function used(kind: string): Promise<number | undefined> {
  return (await office.db.selectFrom('allowances').select('used').where('kind', '=', kind).executeTakeFirst())?.used
}
