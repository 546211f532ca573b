import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { keysOf } from '../../db/contact-vault.ts'
import { answerFor } from '../../gateway/answering.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { systemClock } from '../../runtime/clock.ts'
import { telling } from '../../workflows/common/other-processes.ts'
import { openOffice, type Office } from '../support/api.ts'
import { peopleOf, registered, type People } from '../support/walk.ts'
import { form, lend, toldOf } from './lending.ts'
import { migrations, processes } from './processes/index.ts'
import { loan } from './processes/loan/host.ts'

/** Whose a loan is, what they find of it, and where numbers and tellings come to their end. */

let office: Office
let people: People
beforeAll(async () => {
  office = await openOffice({ worker: false, kept: { processes, migrations } })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const found = (who: keyof People, query: string) => people[who].get(`/api/loans?${query}`)

describe('a customer', () => {
  it('has what is lent for their ticket, unless somebody else is named', async () => {
    const parent = await registered(people.customer)
    const number = await lend(people, { parent })
    expect(await people.customer.get(`/api/loans/${number}`)).toMatchObject({ status: 200 })
    expect((await people.customer.post(`/api/loans/${number}/confirm-receipt`, {})).status).toBe(200)
    const other = await lend(people, { parent, requester: 'agent-zhao' })
    expect(await people.customer.get(`/api/loans/${other}`)).toMatchObject({ status: 404 })
    expect(await people.otherAgent.get(`/api/loans/${other}/events`)).toMatchObject({ status: 403 })
  })

  it('finds nothing by who has it, which they are not shown', async () => {
    await lend(people, { requester: 'customer-he' })
    for (const filter of ['assignee=engineer-wang', 'assignee=nobody', 'team=tech-support'])
      expect(await found('customer', filter)).toMatchObject({ status: 422, errors: [{ path: filter.split('=')[0], code: 'staff-only' }] })
    expect((await found('customer', 'open=true')).items.length).toBeGreaterThan(0)
  })

  it('who works here finds their own by nothing of that either', async () => {
    const number = await lend(people, { requester: 'supervisor-zhang' })
    const numbers = async (query: string) => (await found('supervisor', query)).items.map((item) => item['number'])
    expect(await numbers('open=true')).toContain(number)
    expect(await numbers('assignee=engineer-wang')).not.toContain(number)
    expect(await numbers('team=tech-support')).not.toContain(number)
  })
})

describe('a number', () => {
  it('is never longer than what addresses and logs have room for', async () => {
    let parent = await lend(people)
    for (;;) {
      const answer = await people.agent.post('/api/loans', form({ parent }))
      if (answer.status !== 201) {
        expect(answer).toMatchObject({ status: 422, errors: [{ path: 'parent', code: 'too-long' }] })
        break
      }
      parent = answer.number
    }
    expect(parent.length).toBeGreaterThan(90)
    expect(await people.agent.get(`/api/loans/${parent}`)).toMatchObject({ status: 200 })
  })
})

describe('what is told to a ticket', () => {
  it('stays to be told while nobody says that it took effect, as by a worker of an older release', async () => {
    const ticket = await registered(people.agent)
    const number = await lend(people, { parent: ticket })
    await office.settled()
    const what = { 'zh-CN': '已归还', 'zh-TW': '已歸還', en: 'is back' }
    const ask = { id: `${number}:9:tell:0`, ...telling(ticket, 'note-related', { process: number, what }) }
    const world = {
      db: office.db,
      keys: keysOf(...office.config.keys),
      clock: systemClock,
      log: pino({ level: 'silent' }),
      profileOf: createProfileReader(office.db),
      processes,
      gateway: office.gateway,
    }
    const asker = { host: loan, number }
    const { gateway } = office
    const older = {
      ...gateway,
      wake: async (to: string, id: string, { command: _, ...wake }: Parameters<typeof gateway.wake>[2]) =>
        gateway.wake(to, id, { ...wake }),
    }
    const deaf = answerFor({ ...world, gateway: older }, asker, ask)
    await expect(deaf).rejects.toThrow(/nothing came of it|had to catch up/)
    expect(await toldOf(people, ticket, number)).toEqual([])
    await answerFor(world, asker, ask)
    await answerFor(world, asker, ask)
    expect(await toldOf(people, ticket, number)).toHaveLength(1)
  })
})
