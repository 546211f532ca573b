import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { roles, type Role } from '../../domain/people.ts'
import { form, openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'
import { peopleOf } from '../support/walk.ts'

/** Who may do what in the directory of customers: every operation, in every role (S3, S4). */

let office: Office
let speakers: Readonly<Record<Role, Speaker>>
let id: string

beforeAll(async () => {
  office = await openOffice({ worker: false })
  const people = await peopleOf(office)
  speakers = {
    customer: people.customer,
    agent: people.agent,
    engineer: people.engineer,
    supervisor: people.supervisor,
    'department-lead': people.lead,
    quality: people.quality,
    management: people.management,
    admin: people.admin,
    service: people.service,
  }
  const entered = await people.agent.post('/api/customers', { name: '何', phones: ['13900000001'], accounts: ['he-1'] })
  id = z.string().parse(entered.body['id'])
})
afterAll(() => office.close())

const put = (who: Speaker, path: string, body: object) =>
  who.send('PUT', path, JSON.stringify(body), { 'Content-Type': 'application/json' })
const everybody: readonly Role[] = roles
const staff = roles.filter((role) => role !== 'customer')
const keepers: readonly Role[] = ['agent', 'supervisor', 'admin', 'service']

const operations: readonly [string, readonly Role[], (who: Speaker) => Promise<Heard>][] = [
  ['finds entries', everybody, (who) => who.get('/api/customers')],
  ['finds by name', staff, (who) => who.get('/api/customers?q=何')],
  ['finds by an account', staff, (who) => who.get('/api/customers?contact=he-1')],
  ['finds by a phone', ['agent', 'supervisor', 'department-lead', 'admin'], (who) => who.get('/api/customers?contact=13900000001')],
  ['reads one', staff, (who) => who.get(`/api/customers/${id}`)],
  ['enters one', keepers, (who) => who.post('/api/customers', { name: '新' })],
  ['changes one', keepers, (who) => put(who, `/api/customers/${id}`, { tier: 'gold' })],
  ['brings one up to date', keepers, (who) => put(who, '/api/customer-external-ids/crm-1', { name: '周' })],
  ['reveals one', ['agent', 'supervisor', 'department-lead', 'admin'], (who) => who.post(`/api/customers/${id}/reveal`)],
  ['reads what was done', ['supervisor', 'department-lead', 'admin'], (who) => who.get(`/api/customers/${id}/log`)],
]

describe('S4: the directory of customers', () => {
  it.each(operations)('%s by who may, and by nobody else', async (_, may, ask) => {
    for (const role of roles) {
      const { status } = await ask(speakers[role])
      if (may.includes(role)) expect([200, 201], role).toContain(status)
      else expect([403, 404, 422], role).toContain(status)
    }
  })

  it('S4: erases by who may, and says whose a ticket is by who may', async () => {
    for (const role of roles) {
      const entered = await speakers.admin.post('/api/customers', { name: '临时' })
      const path = `/api/customers/${z.string().parse(entered.body['id'])}/erase`
      const { status } = await speakers[role].post(path, { reason: '客户要求' })
      expect(status, role).toBe(role === 'supervisor' || role === 'admin' ? 200 : 403)
      const { number } = await speakers.agent.post('/api/tickets', form)
      const linked = await speakers[role].post(`/api/tickets/${number}/link-customer`, { entry: id })
      expect(linked.status, role).toBe(['agent', 'supervisor', 'admin'].includes(role) ? 200 : role === 'customer' ? 404 : 403)
    }
  })

  it('S3: nobody but who looks finds a contact in clear, in any answer, row or log', async () => {
    const secret = '13912340099'
    const entered = await speakers.agent.post('/api/customers', {
      name: `王 ${secret}`,
      phones: [secret],
      emails: ['wang.secret@example.com'],
    })
    const own = z.string().parse(entered.body['id'])
    const { number } = await speakers.agent.post('/api/tickets', { ...form, customer: { name: '王', phone: secret } })
    await speakers.agent.post(`/api/tickets/${number}/link-customer`, { entry: own, reason: '同一人' })
    const answers = await Promise.all(
      staff.flatMap((role) =>
        [
          `/api/customers/${own}`,
          '/api/customers',
          `/api/tickets/${number}`,
          `/api/tickets?entry=${own}`,
          `/api/tickets/${number}/events`,
        ].map((path) => speakers[role].get(path)),
      ),
    )
    for (const { body } of [entered, ...answers]) {
      expect(JSON.stringify(body)).not.toContain(secret)
      expect(JSON.stringify(body)).not.toContain('wang.secret')
    }
    const tables = await Promise.all(
      (['customers', 'customerKeys', 'customerLog', 'requests', 'events'] as const).map((table) =>
        office.db.selectFrom(table).selectAll().execute(),
      ),
    )
    expect(JSON.stringify(tables)).not.toContain(secret)
    expect(JSON.stringify(tables)).not.toContain('wang.secret')
  })

  it('S3: looking up by a number is limited together with looking up tickets', async () => {
    const who = await office.person('supervisor-sun')
    const statuses: number[] = []
    for (let at = 0; at < 20; at += 1) {
      statuses.push((await who.get(`/api/customers?contact=1390000${1000 + at}`)).status)
      statuses.push((await who.get(`/api/tickets?customer=1390000${2000 + at}`)).status)
    }
    expect(statuses).toContain(429)
  })
})
