import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { passing } from '../../support/passing.ts'
import { does, log, peopleOf, registered, type People } from '../../support/walk.ts'

/** Promises and the past, through the API on a server that skips time: what is written down late, and what another priority promises. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const { promise, passTo, logged } = passing(
  () => office,
  () => people.agent,
)

const response = 'first-response'

/** Li Na writes down a call that took place so long after the registration. */
async function tellsOfCall(number: string, after: string): Promise<string> {
  const occurredAt = plus((await promise(number, 'resolution')).startedAt, after)
  await does(people.agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '已电话联系', occurredAt })
  return occurredAt
}

/** Wang Qiang asks for another priority, and it is approved. */
async function becomes(number: string, priority: string): Promise<void> {
  await does(people.engineer, number, 'request-priority-change', { priority, reason: '影响范围有变' })
  await does(people.supervisor, number, 'decide-priority-change')
}

const forWang = (changes: Readonly<Record<string, unknown>>) => registered(people.agent, { assignee: 'engineer-wang', ...changes })

describe('X8: calls that are written down in another order', () => {
  it('X8, T13: the earlier one, made in time, keeps the promise though the later one was recorded first', async () => {
    const number = await registered(people.agent, { priority: 'urgent' })
    const { startedAt } = await promise(number, response)
    await passTo(plus(startedAt, 'PT20M'))
    await logged(number, 'promise-broken', { clock: response })
    const late = await tellsOfCall(number, 'PT18M')
    expect(await promise(number, response)).toMatchObject({ state: 'broken', stoppedAt: late, recordedLate: false })
    await office.later('PT5M')
    const called = await tellsOfCall(number, 'PT10M')
    expect(await promise(number, response)).toMatchObject({ cycle: 1, state: 'kept', stoppedAt: called, recordedLate: true })
    // The row, and the ticket that everybody reads, say the same; the breach stays in the log.
    const read = await people.agent.get(`/api/tickets/${number}`)
    expect(read.body['promises']).toEqual(
      expect.arrayContaining([expect.objectContaining({ clock: response, state: 'kept', stoppedAt: called, recordedLate: true })]),
    )
    const events = await log(people.agent, number)
    expect(events.filter(({ type }) => type === 'promise-broken')).toHaveLength(1)
    // What the clocks reckon with is nobody's business.
    expect(JSON.stringify(events)).not.toMatch(/"(?:basis|unpromised)"/)
  })
})

describe('S12: another priority', () => {
  it('S12, X8: what was kept under the old target stays kept, though it is written down after the change', async () => {
    const number = await forWang({ priority: 'high' })
    const { startedAt } = await promise(number, response)
    await passTo(plus(startedAt, 'PT30M'))
    await becomes(number, 'urgent')
    expect(await promise(number, response)).toMatchObject({ state: 'broken', dueAt: plus(startedAt, 'PT15M') })
    await office.later('PT5M')
    const called = await tellsOfCall(number, 'PT25M')
    expect(await promise(number, response)).toMatchObject({ state: 'kept', stoppedAt: called, recordedLate: true })
  })

  it('S12, X4: a warning for which the short target had no room speaks under the longer one', async () => {
    const profile = await copiedProfile('warned', '      - { id: warning, at: -25%, to: [representative] }\n', {
      with: '      - { id: warning, at: -PT20M, to: [representative] }\n',
    })
    const number = await forWang({ priority: 'urgent', profile })
    const { startedAt } = await promise(number, response)
    await becomes(number, 'high')
    const warnedAt = plus(startedAt, 'PT1H40M')
    await passTo(warnedAt)
    expect(await logged(number, 'level-reached', { clock: response })).toMatchObject({
      level: 'warning',
      occurredAt: warnedAt,
      warning: true,
    })
  })

  it('S12: a promise that only the new priority makes is made from the original start; the old one does not make it, and cancels it', async () => {
    const profile = await copiedProfile('answered', '    stops: [contacted]\n', {
      with: '    stops: [contacted]\n    priorities: [urgent]\n',
    })
    const number = await forWang({ priority: 'high', profile })
    const { startedAt } = await promise(number, 'resolution')
    expect((await people.agent.get(`/api/tickets/${number}/clocks`)).items.map(({ clock }) => clock)).not.toContain(response)
    await passTo(plus(startedAt, 'PT5M'))
    await becomes(number, 'urgent')
    expect(await promise(number, response)).toMatchObject({ cycle: 1, startedAt, dueAt: plus(startedAt, 'PT15M'), state: 'running' })
    await becomes(number, 'high')
    expect(await promise(number, response)).toMatchObject({ cycle: 1, state: 'cancelled' })
    const decided = await logged(number, 'priority-change-decided', { priority: 'high' })
    expect(decided['promises']).toEqual(expect.arrayContaining([expect.objectContaining({ clock: response, state: 'cancelled' })]))
    await passTo(plus(startedAt, 'PT30M'))
    await becomes(number, 'urgent')
    expect(await promise(number, response)).toMatchObject({ cycle: 2, startedAt, state: 'broken' })
    expect(await logged(number, 'promise-broken', { clock: response })).toMatchObject({ cause: 'retarget', cycle: 2 })
  })
})

/** Technical support with one line changed. */
async function copiedProfile(id: string, line: string, change: { readonly with: string }): Promise<string> {
  const original = await readFile('test/unit/profiles/whole/tech-support.yaml', 'utf8')
  for (const needed of ['id: tech-support\n', 'pattern: "TS{', line])
    if (!original.includes(needed)) throw new Error(`the profile has no ${needed}`)
  const text = original
    .replace('id: tech-support\n', `id: ${id}\n`)
    .replace('pattern: "TS{', `pattern: "${id.slice(0, 2).toUpperCase()}{`)
    .replace(line, change.with)
  const heard = await people.admin.send('PUT', `/api/profiles/${id}`, text, { 'Content-Type': 'application/yaml' })
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return id
}
