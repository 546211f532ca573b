import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { epochMs, instantOf } from '../../domain/instant.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { documentOf, fastProfile } from '../support/fast-profile.ts'
import { until } from '../support/launcher.ts'
import { does, log, noticesOf, peopleOf, registered, walkedTo, type People } from '../support/walk.ts'

/** Bad days of the clocks, in real time with targets of seconds: the worker is away while promises fall due. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  const profile = fastProfile('hasty', { 'first-response': 4, start: 6, plan: 60, progress: 2, resolution: 8 })
  const put = await people.admin.send('PUT', '/api/profiles/hasty', documentOf(profile), { 'Content-Type': 'application/yaml' })
  if (put.status !== 201) throw new Error(JSON.stringify(put.body))
})
afterAll(() => office.close())

const form = { profile: 'hasty', priority: 'urgent' }
const promise = async (number: string, clock: string) =>
  (await people.agent.get(`/api/tickets/${number}/clocks`)).items.find((item) => item['clock'] === clock) ?? {}
const after = (instant: unknown, seconds: number) => instantOf(epochMs(String(instant)) + seconds * 1000)

async function away(seconds: number): Promise<void> {
  await office.settled()
  await office.stopWorker()
  await sleep(seconds * 1000)
  await office.startWorker()
}

describe('the worker is away from before a deadline until after three levels of its ladder', () => {
  it('X4, X8: every stamp is the true due instant, each level is reached once, and nobody hears a warning that is no use any more', async () => {
    const number = await registered(people.agent, form)
    const { dueAt } = await promise(number, 'first-response')
    await away(8.5)
    const events = await until(async () => {
      const found = (await log(people.agent, number)).filter(({ clock }) => clock === 'first-response')
      return found.length >= 5 ? found : undefined
    })
    expect(events.map(({ type, level, occurredAt }) => [type, level, occurredAt])).toEqual([
      ['level-reached', 'warning', after(dueAt, -1)],
      ['promise-broken', undefined, dueAt],
      ['level-reached', 'missed', dueAt],
      ['level-reached', 'supervisor', after(dueAt, 1)],
      ['level-reached', 'department-head', after(dueAt, 4)],
    ])
    // Noticed late, and recorded as such.
    for (const { at, occurredAt } of events) expect(String(at) > String(occurredAt)).toBe(true)
    const sent = (await noticesOf(office, number)).filter(
      ({ kind, params }) => kind.startsWith('deadline-') && params['clock'] === 'first-response',
    )
    expect(sent.map(({ kind, recipientId }) => [kind, recipientId])).toEqual([
      ['deadline-missed', 'agent-li'],
      ['deadline-missed', 'lead@tech-support'],
      ['deadline-missed', 'supervisor@tech-support'],
      ['deadline-missed', 'department-head@tech-support'],
    ])
    await sleep(2_000)
    expect((await log(people.agent, number)).filter(({ clock }) => clock === 'first-response')).toHaveLength(5)
  })

  it('T8: a customer who would have heard 正在排查中 every two seconds hears it once', async () => {
    const number = await walkedTo('handling', people, { form })
    await away(7.5)
    await until(async () => (await log(people.agent, number)).find(({ level }) => level === 'still-investigating-3'))
    const told = (await noticesOf(office, number)).filter(({ kind }) => kind === 'still-investigating')
    expect(told.length).toBeLessThanOrEqual(2)
    expect((await log(people.agent, number)).filter(({ rung }) => rung === 'still-investigating').length).toBeGreaterThanOrEqual(3)
    await does(people.engineer, number, 'update-progress', { text: '已恢复' })
  })

  it('X8: an act that happened in time and could only be recorded afterwards is kept, recorded late', async () => {
    const number = await registered(people.agent, form)
    const { startedAt } = await promise(number, 'first-response')
    await away(6)
    const called = after(startedAt, 2)
    await does(people.agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '断网期间已联系', occurredAt: called })
    expect(await promise(number, 'first-response')).toMatchObject({ state: 'kept', recordedLate: true, stoppedAt: called })
  })

  it('a storm of promises that fell due meanwhile settles whole, each ticket in the order of its due instants', async () => {
    const numbers = await Promise.all(Array.from({ length: 50 }, () => registered(people.agent, form)))
    await away(17)
    for (const number of numbers) {
      const events = await until(async () => {
        const found = await log(people.agent, number)
        return found.some(({ clock, level }) => clock === 'resolution' && level === 'department-head') ? found : undefined
      })
      const occurred = events.filter(({ actor }) => actor === 'system').map(({ occurredAt }) => String(occurredAt))
      expect(occurred).toEqual([...occurred].toSorted((a, b) => (a < b ? -1 : 1)))
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
