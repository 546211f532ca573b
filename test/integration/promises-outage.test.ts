import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { epochMs, instantOf, plus } from '../../domain/instant.ts'
import { openOffice, type Office } from '../support/api.ts'
import { until } from '../support/launcher.ts'
import { does, log, noticesOf, peopleOf, registered, walkedTo, type People } from '../support/walk.ts'

/** Bad days of the clocks: the machines are away while promises fall due. Time is skipped; the server stays. */

let office: Office
let people: People

beforeAll(async () => {
  office = await openOffice({ skipsTime: true })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const clocks = async (number: string) => (await people.agent.get(`/api/tickets/${number}/clocks`)).items

describe('the worker is away from before a deadline until after three levels of its ladder', () => {
  it('X4, X8: every stamp is the true due instant, each level is reached once, and the act that came meanwhile changes nothing of it', async () => {
    const number = await registered(people.agent, { priority: 'urgent' })
    const due = (await clocks(number)).find(({ clock }) => clock === 'first-response')
    const dueAt = String(due?.['dueAt'])
    await office.settled()
    await office.stopWorker()
    await office.later('PT32M')
    await office.startWorker()
    const levels = await until(async () => {
      const found = (await log(people.agent, number)).filter(({ clock }) => clock === 'first-response')
      return found.length >= 5 ? found : undefined
    })
    expect(levels.map(({ type, level, occurredAt }) => [type, level, occurredAt])).toEqual([
      ['level-reached', 'warning', instantOf(epochMs(dueAt) - 225_000)],
      ['promise-broken', undefined, dueAt],
      ['level-reached', 'missed', dueAt],
      ['level-reached', 'supervisor', plus(dueAt, 'PT3M45S')],
      ['level-reached', 'department-head', plus(dueAt, 'PT15M')],
    ])
    // Fired late, and recorded as such.
    for (const { at, occurredAt } of levels) expect(epochMs(String(at))).toBeGreaterThan(epochMs(String(occurredAt)))
    // A warning that could no longer help is not sent; what was missed is, once to each.
    const sent = (await noticesOf(office, number)).filter(({ kind }) => kind.startsWith('deadline-'))
    expect(sent.map(({ kind, recipientId }) => [kind, recipientId])).toEqual([
      ['deadline-missed', 'agent-li'],
      ['deadline-missed', 'lead@tech-support'],
      ['deadline-missed', 'supervisor@tech-support'],
      ['deadline-missed', 'department-head@tech-support'],
    ])
    await office.later('P1D')
    expect((await log(people.agent, number)).filter(({ clock }) => clock === 'first-response')).toHaveLength(5)
  })

  it('T8: the customer who would have heard 正在排查中 five times hears it once', async () => {
    const number = await walkedTo('handling', people, { form: { priority: 'urgent' } })
    await office.stopWorker()
    await office.later('PT5H30M')
    await office.startWorker()
    await until(async () => (await log(people.agent, number)).find(({ level }) => level === 'still-investigating-5'))
    const toCustomer = (await noticesOf(office, number)).filter(({ kind }) => kind === 'still-investigating')
    expect(toCustomer).toHaveLength(1)
  })

  it('X8: an act that happened in time but could only be recorded afterwards is kept, recorded late', async () => {
    const number = await registered(people.agent, { priority: 'urgent' })
    const { startedAt } = (await clocks(number)).find(({ clock }) => clock === 'first-response') ?? {}
    await office.settled()
    await office.stopWorker()
    await office.later('PT40M')
    await office.startWorker()
    const called = plus(String(startedAt), 'PT5M')
    await does(people.agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '断网期间已电话联系', occurredAt: called })
    expect((await clocks(number)).find(({ clock }) => clock === 'first-response')).toMatchObject({
      state: 'kept',
      recordedLate: true,
      stoppedAt: called,
    })
  })

  it('a storm of promises due while the worker was away settles whole, each ticket in the order of its due instants', async () => {
    const numbers = await Promise.all(Array.from({ length: 40 }, () => registered(people.agent, { priority: 'urgent' })))
    await office.settled()
    await office.stopWorker()
    await office.later('P2D')
    await office.startWorker()
    for (const number of numbers) {
      const events = await until(async () => {
        const found = await log(people.agent, number)
        return found.some(({ clock, level }) => clock === 'resolution' && level === 'department-head') ? found : undefined
      })
      const occurred = events.filter(({ actor }) => actor === 'system').map(({ occurredAt }) => String(occurredAt))
      expect(occurred).toEqual(occurred.toSorted())
      const levels = events.filter(({ type }) => type === 'level-reached').map(({ clock, level }) => `${String(clock)} ${String(level)}`)
      expect(new Set(levels).size).toBe(levels.length)
      expect(events.filter(({ type }) => type === 'promise-broken').map(({ clock }) => clock)).toEqual([
        'first-response',
        'start',
        'resolution',
      ])
    }
  })
})
