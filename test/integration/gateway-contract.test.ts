import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headOf } from '../../db/heads.ts'
import type { UnstartedProcess } from '../../db/started-workflows.ts'
import { findTicket, type Ticket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import { emptyDirectory, type Actor } from '../../domain/people.ts'
import type { Gateway, StepResult } from '../../gateway/gateway.ts'
import { beginWorkflow } from '../../gateway/reach.ts'
import { processes } from '../../processes/index.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { systemClock } from '../../runtime/clock.ts'
import type { StepCall } from '../../workflows/shell/protocol.ts'
import { openOffice, type Office, type Speaker } from '../support/api.ts'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal } from '../support/office-on-temporal.ts'
import { registered } from '../support/walk.ts'
import { assignedAtOnce, usual, usualOfSystem } from '../support/tickets.ts'

/**
 * What the API may rely on, whichever gateway it has: that to workflows on a real server, whose runs are continued as soon as their
 * history has 60 events, and the one of tests that need no server.
 */

const onTemporal = () => openOfficeOnTemporal({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 60 } })

describe.each([
  ['workflows on Temporal', onTemporal],
  ['tickets in this process', openOffice],
] as const)('the gateway to %s', (_, open) => {
  let office: Office
  let gateway: Gateway
  let agent: Speaker

  beforeAll(async () => {
    office = await open()
    gateway = office.gateway
    agent = await office.person('agent-li')
  })
  afterAll(() => office.close())

  /** A ticket that runs. No worker wakes it: the test does. */
  async function running(): Promise<string> {
    const number = await registered(agent)
    await office.settled()
    await office.db.updateTable('tickets').set({ wakeAt: null }).where('number', '=', number).execute()
    return number
  }

  const li: Actor = { id: 'agent-li', roles: ['agent'], teams: ['service-desk'] }

  function step(number: string, command: string, input: unknown, more: Partial<StepCall> = {}): Promise<StepResult> {
    const call = { requestId: randomUUID(), actor: li, input, directory: emptyDirectory, writtenThrough: 1, ...more }
    return gateway.step(number, command, call)
  }

  async function accepted(result: Promise<StepResult>) {
    const done = await result
    if (done.kind !== 'accepted') throw new Error(JSON.stringify(done))
    return done.answer
  }

  async function row(number: string): Promise<Ticket> {
    const ticket = await findTicket(office.db, number)
    if (!ticket) throw new Error(`there is no ticket ${number}`)
    return ticket
  }

  const begin = async (ticket: UnstartedProcess) =>
    beginWorkflow({ db: office.db, gateway, clock: systemClock, profileOf: createProfileReader(office.db), processes }, ticket, 10_000)
  const news = (id: string) => ({ id, command: 'urge', input: { reason: id }, teller: 'LN20000101001' })
  const kinds = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)

  it('is there, and says by what its tickets are found', async () => {
    expect(await gateway.reachable()).toEqual({ ok: true })
    expect(await gateway.findable()).toBeInstanceOf(Array)
  })

  it('starts a ticket once: started again it goes on where it was, and where it has ended it stays ended', async () => {
    const number = await running()
    const born = await headOf(office.db, number)
    if (!born) throw new Error(`there is no ${number}`)
    await accepted(step(number, 'contact', usual.contact))
    await begin(born)
    expect((await gateway.batch(number, 0))?.state.version).toBe(2)
    await accepted(step(number, 'withdraw', usual.withdraw))
    await until(async () => ((await step(number, 'contact', usual.contact)).kind === 'not-running' ? true : undefined))
    await begin(born)
    expect(await step(number, 'contact', usual.contact)).toEqual({ kind: 'not-running' })
  })

  it('answers an act with everything that the rows lack, the state after it, and when to wake it', async () => {
    const number = await running()
    const lost = await accepted(step(number, 'contact', usual.contact, { requestId: 'lost' }))
    expect(lost.outcome).toEqual({ requestId: 'lost', from: 2, to: 2 })
    const { outcome, batch } = await accepted(step(number, 'supplement', usual.supplement, { requestId: 'next' }))
    expect(outcome).toEqual({ requestId: 'next', from: 3, to: 3 })
    expect(batch).toMatchObject({ id: number, state: { version: 3, stage: 'intake' }, wakeAt: expect.any(String) })
    expect(kinds(batch.events)).toEqual(['contacted', 'supplemented'])
    expect(batch.outcomes).toEqual([lost.outcome, outcome])
    const caughtUp = await accepted(step(number, 'contact', usual.contact, { writtenThrough: 3 }))
    expect(caughtUp.batch.events.map(({ seq }) => seq)).toEqual([4])
  })

  it('says why an act is refused, and nothing has happened', async () => {
    const number = await running()
    const before = await gateway.batch(number, 0)
    expect(await step(number, 'accept', {})).toEqual({
      kind: 'rejected',
      rejection: { kind: 'conflict', code: 'wrong-stage', params: { command: 'accept', stage: 'intake', stages: ['assignment'] } },
    })
    expect(await step(number, 'contact', { text: '' })).toMatchObject({ kind: 'rejected', rejection: { code: 'invalid-input' } })
    expect(await step(number, 'contact', usual.contact, { expectedVersion: 7 })).toEqual({
      kind: 'rejected',
      rejection: { kind: 'stale', code: 'stale-version', params: { expected: 7, actual: 1 } },
    })
    expect(await gateway.batch(number, 0)).toEqual(before)
  })

  it('carries out a request once: the same again, also at once, joins it', async () => {
    const number = await running()
    const again = () => accepted(step(number, 'contact', usual.contact, { requestId: 'same' }))
    const answers = [...(await Promise.all([again(), again(), again()])), await again()]
    for (const { outcome } of answers) expect(outcome).toEqual({ requestId: 'same', from: 2, to: 2 })
    expect((await gateway.batch(number, 0))?.state).toMatchObject({ counts: { contacts: 1 } })
  })

  it('a request that was refused may come again, and then succeed', async () => {
    const number = await running()
    const diagnose = () => step(number, 'diagnose', usual.diagnose, { requestId: 'early' })
    expect(await diagnose()).toMatchObject({ kind: 'rejected', rejection: { code: 'wrong-stage' } })
    await accepted(step(number, 'review-intake', usual['review-intake']))
    expect((await accepted(diagnose())).outcome).toEqual({ requestId: 'early', from: 3, to: 3 })
  })

  it('of many at once each sees what the one before has done', async () => {
    const number = await running()
    const results = await Promise.all([1, 2, 3, 4].map(() => step(number, 'review-intake', usual['review-intake'])))
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'rejected', 'rejected', 'rejected'])
  })

  it('says that nothing runs of a ticket that was never started', async () => {
    expect(await step('TS20000101001', 'contact', usual.contact)).toEqual({ kind: 'not-running' })
    expect(await gateway.wake('TS20000101001', 'wake', { writtenThrough: 1 })).toEqual({ kind: 'not-running' })
    expect(await gateway.batch('TS20000101001', 1)).toBeUndefined()
  })

  it('of a ticket that has ended the rows hear all before it stops running; it can still be asked what it was', async () => {
    const number = await running()
    await accepted(step(number, 'contact', usual.contact))
    await accepted(step(number, 'withdraw', usual.withdraw, { requestId: 'last' }))
    await until(async () => ((await step(number, 'contact', usual.contact)).kind === 'not-running' ? true : undefined))
    expect(await row(number)).toMatchObject({ version: 3, stage: 'withdrawn' })
    expect((await gateway.batch(number, 1))?.events.length).toBeLessThanOrEqual(2)
    expect((await gateway.batch(number, 1))?.state).toMatchObject({ version: 3, stage: 'withdrawn' })
    expect(await gateway.wake(number, 'late', { writtenThrough: 3 })).toEqual({ kind: 'not-running' })
  })

  it('refuses acts while the rows lack more than one answer could bring, until they have caught up', async () => {
    const number = await running()
    const long = () => step(number, 'contact', { ...usual.contact, text: '长'.repeat(20_000) })
    let results: StepResult['kind'][] = []
    while (!results.includes('rows-behind') && results.length < 40) results = [...results, (await long()).kind]
    expect(results.slice(0, -1)).toEqual(results.slice(0, -1).map(() => 'accepted'))
    expect(results.at(-1)).toBe('rows-behind')
    const version = results.length
    expect((await gateway.batch(number, 1))?.events).toHaveLength(version - 1)
    const { batch } = await accepted(step(number, 'contact', usual.contact, { writtenThrough: version }))
    expect(batch.events.map(({ seq }) => seq)).toEqual([version + 1])
  })

  it('does nothing for rows that know more than the ticket', async () => {
    const number = await running()
    await expect(step(number, 'contact', usual.contact, { writtenThrough: 9 })).rejects.toMatchObject({ code: 'in-progress' })
    await expect(gateway.wake(number, 'ahead', { writtenThrough: 9 })).rejects.toMatchObject({ code: 'in-progress' })
    expect((await gateway.batch(number, 0))?.state.version).toBe(1)
  })

  it('wakes a ticket for what is due, and for nothing else; attempts at the same wake are one', async () => {
    const number = await running()
    expect(await gateway.wake(number, 'too early', { writtenThrough: 1 })).toEqual({ kind: 'nothing-due' })
    const dueAt = instantOf(Date.now() + 1_000)
    await accepted(step(number, 'wait', { for: 'customer', reason: '等日志', until: dueAt }))
    expect(await gateway.wake(number, 'too early', { writtenThrough: 2 })).toEqual({ kind: 'nothing-due' })
    await sleep(1_200)
    const wakes = await Promise.all([1, 2].map(() => gateway.wake(number, 'on time', { writtenThrough: 2 })))
    for (const woken of wakes)
      expect(woken).toMatchObject({ kind: 'woken', batch: { events: [{ type: 'waiting-ended', occurredAt: dueAt, actor: 'system' }] } })
    expect(await gateway.wake(number, 'again', { writtenThrough: 3 })).toEqual({ kind: 'nothing-due' })
  })

  it('wakes a ticket for what its rows lack', async () => {
    const number = await running()
    await accepted(step(number, 'contact', usual.contact))
    expect(await gateway.wake(number, 'behind', { writtenThrough: 1 })).toMatchObject({
      kind: 'woken',
      batch: { state: { version: 2 }, events: [{ seq: 2 }] },
    })
    expect(await gateway.wake(number, 'behind no more', { writtenThrough: 2 })).toEqual({ kind: 'nothing-due' })
  })

  it('has a ticket carry out a command of the system once, however often and by whatever wakes it is told', async () => {
    const number = await running()
    const tell = (wake: string) => gateway.wake(number, wake, { writtenThrough: 2, command: news('news') })
    const first = await gateway.wake(number, 'first', { writtenThrough: 1, command: news('news') })
    expect(first).toMatchObject({ kind: 'woken', batch: { events: [{ type: 'urged', requestId: 'news', actor: 'system', by: 'staff' }] } })
    expect(await tell('second')).toEqual({ kind: 'nothing-due' })
    // Why one is refused is told each time: it is judged anew.
    const judge = (wake: string, writtenThrough: number, input: object) =>
      gateway.wake(number, wake, { writtenThrough, command: { id: 'noted', command: 'note-related', input, teller: 'LN20000101001' } })
    for (const wake of ['third', 'fourth']) {
      const woken = await judge(wake, 2, {})
      expect(woken).toMatchObject({ kind: 'woken', batch: { events: [], state: { version: 2 }, refused: { kind: 'invalid' } } })
    }
    const fit = usualOfSystem['note-related']
    expect(await judge('fifth', 2, fit)).toMatchObject({ kind: 'woken', batch: { events: [{ seq: 3, requestId: 'noted' }] } })
    expect(await judge('sixth', 3, fit)).toEqual({ kind: 'nothing-due' })
  })

  it('takes news of a calendar from the product itself, and from no process', async () => {
    const number = await running()
    const told = { id: 'calendar', command: 'change-calendar', input: { ...usualOfSystem['change-calendar'], version: 9 } }
    expect(await gateway.wake(number, 'told', { writtenThrough: 1, command: { ...told, teller: 'LN20000101001' } })).toMatchObject({
      batch: { events: [], refused: { code: 'wrong-role' } },
    })
    expect(await gateway.wake(number, 'news', { writtenThrough: 1, command: told })).toMatchObject({
      batch: { events: [{ seq: 2, type: 'calendar-changed', version: 9 }] },
    })
  })

  it('has no ticket carry out what is for people to decide or the product’s own, whoever tells it: `system` takes nothing in hand', async () => {
    const number = await running()
    const inputs = { ...usual, ...usualOfSystem }
    for (const command of ['review-intake', 'claim', 'withdraw', 'dispatch', 'tag-customer'] as const) {
      const told = { id: `told ${command}`, command, input: inputs[command], teller: 'LN20000101001' }
      expect(await gateway.wake(number, command, { writtenThrough: 1, command: told })).toMatchObject({
        kind: 'woken',
        batch: { events: [], state: { version: 1, stage: 'intake' }, refused: { kind: 'forbidden', code: 'wrong-role' } },
      })
    }
  })

  it('goes on over many acts: each takes effect once and in its turn, and the first is still known', async () => {
    const number = await running()
    const patiently = async (requestId: string, writtenThrough: number) => {
      for (;;) {
        const result = await step(number, 'contact', usual.contact, { requestId, writtenThrough })
        // A ticket that is just going on in a new run says so.
        if (result.kind !== 'not-running') return accepted(Promise.resolve(result))
        await sleep(50)
      }
    }
    for (let act = 1; act <= 40; act += 1)
      expect((await patiently(`act ${act}`, act)).outcome).toEqual({ requestId: `act ${act}`, from: act + 1, to: act + 1 })
    for (const act of [1, 20, 40])
      expect((await patiently(`act ${act}`, 41)).outcome).toEqual({ requestId: `act ${act}`, from: act + 1, to: act + 1 })
    expect((await gateway.batch(number, 41))?.state).toMatchObject({ version: 41, counts: { contacts: 40 } })
  })

  it('looks up what a ticket asks, and writes what came of it without anybody waiting', async () => {
    const admin = await office.person('admin-lin')
    const number = { pattern: 'AK{yyyyMMdd}{serial:3}' }
    const asking = stringify({ ...assignedAtOnce, id: 'asking', number, dispatch: { mode: 'automatic' } })
    const put = await admin.send('PUT', '/api/profiles/asking', asking, { 'Content-Type': 'application/yaml' })
    expect(put.status, JSON.stringify(put.body)).toBe(201)
    const asked = await registered(agent, { profile: 'asking' })
    const assigned = await until(async () => ((await row(asked)).assignee === null ? undefined : row(asked)))
    expect(assigned).toMatchObject({ version: 2, assignee: expect.stringMatching(/^engineer-/), stage: 'assignment' })
    const [event] = (await gateway.batch(asked, 0))?.events.slice(-1) ?? []
    expect(event ?? { seq: 2, manner: 'dispatched' }).toMatchObject({ seq: 2, manner: 'dispatched' })
  })
})
