import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { epochMs } from '../../../domain/instant.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { until } from '../../support/launcher.ts'
import { techSupport } from '../../support/tickets.ts'
import { does, log, peopleOf, ticket, tries, walkedTo, type People } from '../../support/walk.ts'

/** 回访与归档: what time does to a solved ticket, with a server that skips time. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const hours = (from: unknown, to: unknown) => (epochMs(String(to)) - epochMs(String(from))) / 3_600_000

/** The callback's promise, as everybody who reads the ticket's clocks sees it. */
async function promise(number: string) {
  const { items } = await people.agent.get(`/api/tickets/${number}/clocks`)
  return items.findLast(({ clock }) => clock === 'callback')
}

/** What time did reaches the rows by an activity, a moment after the timer. */
function logged(number: string, type: string) {
  return until(async () => (await log(people.agent, number)).findLast((event) => event.type === type))
}

describe('T12: the satisfaction callback 回访 within a day of the solution', () => {
  it('T12: is promised when the customer confirms, and kept when they are reached in time', async () => {
    const number = await walkedTo('closing', people)
    const asked = await promise(number)
    expect(asked).toMatchObject({ state: 'running', cycle: 1, stoppedAt: null })
    expect(hours(asked?.['startedAt'], asked?.['dueAt'])).toBe(24)
    await office.later('PT23H')
    expect((await people.agent.get(`/api/tickets/${number}/outlook`)).body['next']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ clock: 'callback', level: 'due', dueAt: asked?.['dueAt'], cancelledBy: ['callback', 'reopen'] }),
      ]),
    )
    const { events } = await does(people.agent, number, 'callback', {
      reached: true,
      satisfaction: 4,
      experience: '很好',
      suggestions: '希望更快',
    })
    expect(events).toMatchObject([
      { type: 'called-back', reached: true, attempt: 1, final: true, satisfaction: 4, suggestions: '希望更快' },
    ])
    expect(await promise(number)).toMatchObject({ state: 'kept', recordedLate: false })
    expect((await people.agent.get(`/api/tickets/${number}/contacts`)).items.at(-1)).toMatchObject({
      type: 'called-back',
      channel: 'phone',
      direction: 'outbound',
      reached: true,
    })
    await office.later('PT2H')
    expect((await log(people.agent, number)).map(({ type }) => type)).not.toContain('promise-broken')
  })

  it('T12: is broken when the day passes: stamped with the instant it was due, not when that was noticed', async () => {
    const number = await walkedTo('follow-up', people)
    const before = await promise(number)
    await office.later('PT25H')
    const broken = await logged(number, 'promise-broken')
    expect(broken).toMatchObject({ clock: 'callback', cycle: 1, dueAt: before?.['dueAt'], occurredAt: before?.['dueAt'], actor: 'system' })
    expect(String(broken['at']) >= String(before?.['dueAt'])).toBe(true)
    expect(await promise(number)).toMatchObject({ state: 'broken', dueAt: before?.['dueAt'], stoppedAt: null })
    expect((await people.agent.get('/api/tickets?overdue=true')).items).toEqual(
      expect.arrayContaining([expect.objectContaining({ number })]),
    )
    // It is still owed, and stays broken when it is done late.
    await does(people.agent, number, 'callback', { reached: true, satisfaction: 3 })
    expect(await promise(number)).toMatchObject({ state: 'broken', recordedLate: false })
    expect((await promise(number))?.['stoppedAt']).not.toBeNull()
  })

  it('T12, X8: a call that was in time but recorded after the breach counts as kept, recorded late', async () => {
    const number = await walkedTo('follow-up', people)
    const called = new Date(epochMs(String((await promise(number))?.['dueAt'])) - 3_600_000).toISOString()
    await office.later('PT26H')
    await logged(number, 'promise-broken')
    await does(people.agent, number, 'callback', { reached: true, occurredAt: called })
    expect(await promise(number)).toMatchObject({ state: 'kept', recordedLate: true, stoppedAt: called })
    const event = (await log(people.agent, number)).at(-1)
    expect(event).toMatchObject({ type: 'called-back', occurredAt: called })
    expect(hours(called, event?.['at'])).toBeGreaterThan(2)
  })

  it('T12: three unreached calls are finally recorded as unreached; a fourth is refused', async () => {
    const number = await walkedTo('follow-up', people)
    for (const [attempt, final] of [
      [1, false],
      [2, false],
      [3, true],
    ] as const) {
      const { events } = await does(people.agent, number, 'callback', { reached: false, satisfaction: undefined, experience: undefined })
      expect(events).toMatchObject([{ type: 'called-back', reached: false, attempt, final }])
      expect((await promise(number))?.['state']).toBe(final ? 'kept' : 'running')
      await office.later('PT1H')
    }
    const refused = await tries(people.agent, number, 'callback', { reached: false })
    expect(refused.body).toMatchObject({ status: 409, type: '/problems/callback-finished' })
    expect((await people.agent.get(`/api/tickets/${number}/contacts`)).items.filter(({ reached }) => reached === false)).toHaveLength(3)
  })
})

describe('X7, T12: the reopening window 重新打开', () => {
  it('X7, T12: when it is over the ticket is archived by itself, and every command is refused', async () => {
    const number = await walkedTo('follow-up', people)
    await does(people.agent, number, 'callback')
    await does(people.engineer, number, 'file-article')
    const { closedAt, reopenableUntil } = await ticket(people.agent, number)
    expect(hours(closedAt, reopenableUntil)).toBe(7 * 24)
    await office.later('P6DT23H')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'follow-up' })
    await office.later('PT2H')
    expect(await logged(number, 'archived')).toMatchObject({ actor: 'system', occurredAt: reopenableUntil })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'archived', allowed: [] })
    for (const command of ['reopen', 'contact', 'note', 'correct', 'reveal', 'callback'] as const) {
      const refused = await tries(people.agent, number, command)
      expect(refused.body, command).toMatchObject({ status: 409, type: '/problems/ended', stage: 'archived' })
    }
    expect((await log(people.agent, number)).at(-1)).toMatchObject({ type: 'archived' })
  })

  it('X7: within it the ticket is taken up again by the same handler, whose new plan is demanded; the callback is owed anew', async () => {
    const number = await walkedTo('follow-up', people)
    await office.later('P3D')
    await logged(number, 'promise-broken')
    const { events } = await does(people.agent, number, 'reopen', { reason: '周一又出现' })
    expect(events).toMatchObject([{ type: 'reopened', reason: '周一又出现', actor: 'agent-li' }])
    expect(await ticket(people.engineer, number)).toMatchObject({
      stage: 'handling',
      assignee: 'engineer-wang',
      closedAt: null,
      resolvedAt: null,
    })
    expect((await tries(people.engineer, number, 'complete')).body).toMatchObject({ status: 409, type: '/problems/plan-needed' })
    await does(people.engineer, number, 'plan', { estimatedFinishAt: '2099-01-01T00:00:00Z' })
    await does(people.engineer, number, 'complete')
    await does(people.quality, number, 'verify')
    await does(people.agent, number, 'confirm')
    await does(people.engineer, number, 'close')
    const { items } = await people.agent.get(`/api/tickets/${number}/clocks`)
    expect(items.filter(({ clock }) => clock === 'callback').map(({ clock, cycle, state }) => [clock, cycle, state])).toEqual([
      ['callback', 1, 'broken'],
      ['callback', 2, 'running'],
    ])
    // The old window says nothing any more: a week after the first closing it is not archived.
    await office.later('P5D')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'follow-up' })
  })

  it('X7: what is still owed keeps the ticket from the archive, but not its window open', async () => {
    const number = await walkedTo('follow-up', people)
    await office.later('P8D')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'follow-up' })
    expect((await tries(people.agent, number, 'reopen')).body).toMatchObject({ status: 409, type: '/problems/ended' })
    await does(people.engineer, number, 'file-article', { article: undefined, unnecessary: '已有同类文章' })
    await does(people.agent, number, 'callback')
    await until(async () => ((await ticket(people.agent, number))['stage'] === 'archived' ? true : undefined))
  })

  it('T4: a waiting that was to last until an instant ends by itself then', async () => {
    const number = await walkedTo('handling', people)
    const now = await office.temporal.currentTimeMs()
    const end = new Date(now + 2 * 3_600_000).toISOString()
    await does(people.engineer, number, 'wait', { for: 'vendor', reason: '等厂商补丁', until: end })
    await office.later('PT3H')
    expect(await logged(number, 'waiting-ended')).toMatchObject({ for: 'vendor', occurredAt: end, actor: 'system' })
    expect(await ticket(people.engineer, number)).toMatchObject({ waiting: null, stage: 'handling' })
  })
})

it('the profile says what these tests count on', () => {
  expect(techSupport).toMatchObject({ callback: { attempts: 3 }, reopeningWindow: 'P7D' })
  expect(techSupport.clocks.find(({ id }) => id === 'callback')).toMatchObject({ within: 'PT24H', timeBase: 'elapsed' })
})
