import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '../../domain/instant.ts'
import { commandSignal, type SignalledCommand } from '../../workflows/shell/protocol.ts'
import { openNamespace } from '../support/servers.ts'
import {
  openHall,
  patiently,
  replay,
  replayAll,
  sleep,
  startCounter,
  startTicket,
  taskQueue,
  until,
  whyRefused,
  type Desk,
  type Hall,
} from '../support/shell/desk.ts'
import type { CounterEvent, CounterState } from '../support/shell/counter.ts'
import { chen, lin, usual, wang, zhao, zhou } from '../support/tickets.ts'

/** The shell on a real server. A run is continued in a new one as soon as its history has 60 events. */

let hall: Hall

beforeAll(async () => {
  hall = await openHall(() => openNamespace({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 60 } }))
})

afterAll(async () => {
  await hall.close()
})

describe('one act', () => {
  it('costs five events, and a refused one none', async () => {
    const ticket = await startTicket(hall, 'cost')
    await ticket.act(lin, 'contact', usual.contact)
    const before = await ticket.history()
    expect(await ticket.refusal(lin, 'accept')).toMatchObject({ refused: 'wrong-stage' })
    expect(await ticket.refusal(zhou, 'withdraw', { reason: '不用了' })).toMatchObject({ refused: 'not-yours' })
    expect(await ticket.refusal(lin, 'contact', { text: '' })).toMatchObject({ refused: 'invalid-input' })
    expect(await ticket.history()).toHaveLength(before.length)
    await ticket.act(lin, 'contact', usual.contact)
    expect(await ticket.history()).toHaveLength(before.length + 5)
    expect((await ticket.batch()).state.version).toBe(3)
  })

  it('X5: its rejection carries the code and what the sentence about it needs', async () => {
    const ticket = await startTicket(hall, 'rejection')
    expect(await ticket.refusal(lin, 'accept')).toEqual({
      refused: 'wrong-stage',
      params: { command: 'accept', stage: 'intake', stages: ['assignment'] },
    })
  })

  it('answers with everything the rows lack, so that each answer closes the gap an earlier one left', async () => {
    const ticket = await startTicket(hall, 'gap')
    await ticket.send(lin, 'contact', usual.contact, { requestId: 'lost' })
    await ticket.send(lin, 'contact', usual.contact, { requestId: 'lost-too' })
    expect(ticket.rows.version).toBe(1)
    const { batch, outcome } = await ticket.act(lin, 'contact', usual.contact, { requestId: 'written' })
    expect(outcome).toEqual({ requestId: 'written', from: 4, to: 4 })
    expect(batch.events.map(({ seq }) => seq)).toEqual([2, 3, 4])
    expect(batch.outcomes).toEqual([{ requestId: 'lost', from: 2, to: 2 }, { requestId: 'lost-too', from: 3, to: 3 }, outcome])
    expect(ticket.rows.version).toBe(4)
  })

  it('the same Update id, and the same request under another Update id, take effect once and are answered alike', async () => {
    const ticket = await startTicket(hall, 'once')
    const first = await ticket.send(lin, 'contact', usual.contact, { requestId: 'r' })
    const again = await ticket.send(lin, 'contact', usual.contact, { requestId: 'r' })
    const other = await ticket.send(lin, 'contact', usual.contact, { requestId: 'r', updateId: 'another' })
    expect([again.outcome, other.outcome]).toEqual([first.outcome, first.outcome])
    expect((await ticket.batch(0)).state.counts.contacts).toBe(1)
  })

  it('refused once, it may be tried again with the same key', async () => {
    const ticket = await startTicket(hall, 'again')
    await ticket.act(lin, 'review-intake', usual['review-intake'])
    expect(await ticket.refusal(wang, 'claim', {}, { requestId: 'r' })).toMatchObject({ refused: 'wrong-stage' })
    await ticket.acts([lin, 'diagnose'])
    expect((await ticket.act(wang, 'claim', {}, { requestId: 'r' })).batch.state.assignee).toBe('wang')
  })

  it('S9: of ten who claim at once exactly one gets it, and the others are told who', async () => {
    const ticket = await startTicket(hall, 'claim')
    await ticket.acts([lin, 'review-intake'], [lin, 'diagnose'])
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        ticket.send({ ...(at % 2 ? wang : zhao), id: `person-${at}` }, 'claim', {}).then(({ batch }) => batch.state.assignee, whyRefused),
      ),
    )
    const winner = claims.find((answer) => typeof answer === 'string')
    expect(claims.filter((answer) => typeof answer === 'string')).toHaveLength(1)
    expect(claims.filter((answer) => typeof answer === 'object')).toEqual(
      Array.from({ length: 9 }, () => ({ refused: 'already-held', params: { number: 'claim', holder: winner, command: 'claim' } })),
    )
    expect((await ticket.batch()).state.assignee).toBe(winner)
  })

  it('the version the actor saw decides, also among parallel clients', async () => {
    const ticket = await startTicket(hall, 'stale')
    const acts = await Promise.all(
      Array.from({ length: 6 }, () => ticket.send(lin, 'contact', usual.contact, { expectedVersion: 1 }).then(() => 'done', whyRefused)),
    )
    expect(acts.filter((answer) => answer === 'done')).toHaveLength(1)
    expect(acts.filter((answer) => answer !== 'done')).toEqual(
      Array.from({ length: 5 }, () => ({ refused: 'stale-version', params: { expected: 1, actual: 2 } })),
    )
  })

  it('nonsense from outside is refused and harms nothing', async () => {
    const counter = await startCounter(hall, 'nonsense')
    await expect(counter.handle.executeUpdate('count', { args: [] })).rejects.toThrow('Workflow Update failed')
    await counter.handle.signal(commandSignal)
    await counter.handle.signal(commandSignal, 'what', 7)
    await counter.handle.signal(commandSignal, { id: 'x', command: 'toString', input: null })
    await counter.handle.signal('unheard-of', {})
    expect((await counter.act(lin, 'count')).batch.state.count).toBe(1)
  })
})

describe('the query `batch`', () => {
  it('answers what rows lack, and what became of requests whose gateway died', async () => {
    const ticket = await startTicket(hall, 'query')
    await ticket.act(lin, 'contact', usual.contact, { requestId: 'written' })
    await ticket.send(lin, 'contact', usual.contact, { requestId: 'lost' })
    const lacking = await ticket.batch()
    expect(lacking).toMatchObject({
      id: 'query',
      events: [{ seq: 3, requestId: 'lost' }],
      outcomes: [{ requestId: 'lost', from: 3, to: 3 }],
      state: { version: 3 },
    })
    expect(await ticket.batch(3)).toMatchObject({ events: [], outcomes: [], state: { version: 3 } })
  })
})

it('rows that know more than the process are not written over: it was restored from a time before them', async () => {
  const ticket = await startTicket(hall, 'restored')
  await ticket.act(lin, 'contact', usual.contact)
  expect(await ticket.refusal(lin, 'contact', usual.contact, { writtenThrough: 3 })).toEqual({ refused: 'rows-ahead' })
  expect((await ticket.act(lin, 'contact', usual.contact)).outcome.to).toBe(3)
})

it('acts are refused before so much is unwritten that no message could hold it, and taken again once the rows have caught up', async () => {
  const ticket = await startTicket(hall, 'backlog')
  const long = { ...usual.contact, text: '字'.repeat(20_000) }
  let sent = 0
  // The database takes nothing, and gateway after gateway dies over it.
  const refused = await patiently(async () => {
    for (;;) {
      await ticket.send(lin, 'contact', long, { writtenThrough: 1, requestId: `long-${sent}` })
      sent += 1
    }
  }).catch(whyRefused)
  expect(refused).toEqual({ refused: 'rows-behind' })
  expect(sent).toBeGreaterThan(10)
  ticket.rows.write(await ticket.batch())
  expect(ticket.rows.version).toBe(sent + 1)
  expect((await ticket.act(lin, 'contact', long)).outcome.to).toBe(sent + 2)
})

describe('continue-as-new', () => {
  it('the same request has one effect, before and after', async () => {
    const counter = await startCounter(hall, 'once-over-runs')
    const first = await counter.act(lin, 'count', {}, { requestId: 'r' })
    const run = await runOf(counter)
    while ((await runOf(counter)) === run) await patiently(() => counter.act(lin, 'count'))
    const again = await patiently(() => counter.send(lin, 'count', {}, { requestId: 'r' }))
    expect(again.outcome).toEqual(first.outcome)
    const { state } = await counter.batch()
    expect(state.count).toBe(state.version - 1)
  })

  it('a refused act begins no new run: it leaves no trace, and the history would never replay', async () => {
    const ticket = await startTicket(hall, 'refused-at-the-limit')
    const run = await runOf(ticket)
    while ((await runOf(ticket)) === run) {
      expect(await ticket.refusal(lin, 'accept')).toMatchObject({ refused: 'wrong-stage' })
      await patiently(() => ticket.act(lin, 'contact', usual.contact))
    }
    // A run that has not begun yet has nothing to replay.
    await patiently(() => ticket.act(lin, 'contact', usual.contact))
    expect(await replay(hall, 'refused-at-the-limit')).toBe(2)
  })

  it('events that no gateway wrote go along', async () => {
    const counter = await startCounter(hall, 'unwritten-over-runs')
    const run = await runOf(counter)
    // Each gateway dies: the rows never move.
    let sent = 0
    for (; (await runOf(counter)) === run || sent < 30; sent += 1)
      await patiently(() => counter.send(lin, 'count', { note: String(sent) }, { requestId: `r${sent}`, writtenThrough: 1 }))
    const batch = await counter.batch(1)
    expect(batch.events.map(({ seq, requestId }) => [seq, requestId])).toEqual(Array.from({ length: sent }, (_, at) => [at + 2, `r${at}`]))
    expect(batch.outcomes).toHaveLength(sent)
  })

  it('3,000 acts of five parallel clients: nothing is lost, doubled or out of place', async () => {
    const total = 3_000
    const ticket = await startTicket(hall, 'busy')
    await ticket.acts([lin, 'review-intake'], [lin, 'diagnose'], [wang, 'claim'], [wang, 'accept'])
    const before = (await ticket.batch()).state.version
    const runs = new Set<string>()
    const answered: number[] = []
    let next = 0
    let again = 0
    const client = async () => {
      while (next < total) {
        const mine = (next += 1)
        const [name, input] = mine % 2 ? (['contact', usual.contact] as const) : (['update-progress', usual['update-progress']] as const)
        const { outcome } = await patiently(
          () => ticket.act(wang, name, input, { requestId: `act-${mine}` }),
          () => (again += 1),
        )
        for (let seq = outcome.from; seq <= outcome.to; seq += 1) answered.push(seq)
        if (mine % 100 === 0) runs.add(await runOf(ticket))
      }
    }
    await Promise.all(Array.from({ length: 5 }, client))
    expect(answered.toSorted((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, at) => before + 1 + at))
    const { state } = await ticket.batch()
    expect(state).toMatchObject({ version: before + total, counts: { contacts: total / 2, updates: total / 2 } })
    expect(ticket.rows.version).toBe(state.version)
    expect(ticket.rows.events.map(({ seq }) => seq)).toEqual(Array.from({ length: state.version - 1 }, (_, at) => at + 2))
    expect(runs.size).toBeGreaterThan(5)
    expect(again).toBeLessThan(total / 10)
  }, 300_000)

  it('signals are carried out once, also over runs', async () => {
    const counter = await startCounter(hall, 'signals')
    const run = await runOf(counter)
    const tell = (id: string) => counter.handle.signal<[SignalledCommand]>(commandSignal, { id, command: 'count', input: { note: id } })
    await tell('s1')
    await tell('s1')
    await tell('s2')
    await counter.handle.signal<[SignalledCommand]>(commandSignal, { id: 's3', command: 'no-such', input: {} })
    await until(async () => counter.rows.version === 3)
    while ((await runOf(counter)) === run) await patiently(() => counter.act(lin, 'count'))
    const { count } = (await counter.batch()).state
    await Promise.all([tell('s1'), tell('s2')])
    await patiently(() => counter.act(lin, 'count'))
    expect((await counter.batch()).state.count).toBe(count + 1)
    // An activity wrote what the signals did: no gateway had asked.
    expect(counter.rows.events.slice(0, 2)).toMatchObject([
      { actor: 'system', requestId: 's1' },
      { actor: 'system', requestId: 's2' },
    ])
  })

  it('a deadline keeps its instant', async () => {
    const counter = await startCounter(hall, 'deadline-over-runs')
    const at = instantOf(Date.now() + 3_000)
    await counter.act(lin, 'arm', { at })
    const run = await runOf(counter)
    while ((await runOf(counter)) === run) await patiently(() => counter.act(lin, 'count'))
    await until(async () => counter.rows.events.some(({ type }) => type === 'rang'))
    const rang = counter.rows.events.find(({ type }) => type === 'rang')
    expect(rang).toMatchObject({ occurredAt: at, actor: 'system', requestId: null })
    expect(Date.parse(rang?.at ?? '') - Date.parse(at)).toBeLessThan(2_000)
  })
})

describe('other processes that it opens', () => {
  const children = ['kid-1', 'kid-2', 'kid-3']

  it("are started once, and outlive the opener's runs and its end", async () => {
    const counter = await startCounter(hall, 'parent')
    await counter.act(lin, 'spawn', { children })
    const started = async () => Promise.all(children.map(async (name) => (await hall.env.client.workflow.getHandle(name).describe()).runId))
    await until(async () =>
      started().then(
        () => true,
        () => false,
      ),
    )
    const first = await started()
    const run = await runOf(counter)
    while ((await runOf(counter)) === run) await patiently(() => counter.act(lin, 'count'))
    await patiently(() => counter.act(lin, 'end'))
    await counter.handle.result()
    expect(await started()).toEqual(first)
    for (const name of children) {
      expect((await hall.env.client.workflow.getHandle(name).describe()).status.name).toBe('RUNNING')
      await hall.env.client.workflow.getHandle(name).signal('stop')
      expect(await hall.env.client.workflow.getHandle(name).result()).toBe(name)
    }
  })

  it('one whose id is taken, running or finished, does not fail its opener', async () => {
    const counter = await startCounter(hall, 'second-parent')
    const taken = await hall.env.client.workflow.start('child', { taskQueue, workflowId: 'taken', args: ['taken'] })
    await counter.act(lin, 'spawn', { children: ['taken', 'kid-1'] })
    await until(async () => counter.act(lin, 'count').then(() => true))
    await until(async () => (await counter.history()).filter(({ activityTaskCompletedEventAttributes: done }) => done).length === 2)
    expect((await counter.handle.describe()).status.name).toBe('RUNNING')
    expect((await hall.env.client.workflow.getHandle('kid-1').describe()).status.name).toBe('COMPLETED')
    await taken.terminate()
  })

  it('asked for while a run is being continued are started by the next one', async () => {
    const counter = await startCounter(hall, 'prolific')
    const names = Array.from({ length: 120 }, (_, at) => `child-${at}`)
    await Promise.all(
      Array.from({ length: 4 }, async (_, client) => {
        for (const name of names.filter((__, at) => at % 4 === client))
          await patiently(() => counter.act(lin, 'spawn', { children: [name] }, { requestId: name }))
      }),
    )
    const started = async () =>
      Promise.all(names.map(async (name) => (await hall.env.client.workflow.getHandle(name).describe()).workflowId))
    await until(
      async () =>
        started().then(
          () => true,
          () => false,
        ),
      20_000,
    )
    expect(await started()).toEqual(names)
    await Promise.all(names.map((name) => hall.env.client.workflow.getHandle(name).terminate()))
  }, 120_000)
})

describe('the end', () => {
  it('X7: the rows have the last word before the workflow completes; then commands find nobody', async () => {
    const ticket = await startTicket(hall, 'end')
    await ticket.send(lin, 'withdraw', usual.withdraw)
    await ticket.handle.result()
    expect(ticket.rows.state?.stage).toBe('withdrawn')
    expect(ticket.rows.events.at(-1)?.type).toBe('withdrawn')
    expect(await ticket.refusal(lin, 'contact', usual.contact)).toEqual({ refused: 'not-running' })
    // Whoever asks later is still told how it ended.
    expect(await ticket.batch(0)).toMatchObject({ state: { stage: 'withdrawn' } })
  })

  it('until the rows have it, a command is refused as ended and the same request is answered again', async () => {
    hall.recorder.failNext(3)
    const ticket = await startTicket(hall, 'ending')
    const { outcome } = await ticket.send(lin, 'withdraw', usual.withdraw, { requestId: 'r' })
    expect(await ticket.refusal(lin, 'contact', usual.contact)).toEqual({
      refused: 'ended',
      params: { command: 'contact', stage: 'withdrawn' },
    })
    expect((await ticket.send(lin, 'withdraw', usual.withdraw, { requestId: 'r', updateId: 'again' })).outcome).toEqual(outcome)
    await ticket.handle.result()
    expect(hall.recorder.failed).toBe(3)
    expect(ticket.rows.state?.stage).toBe('withdrawn')
  })

  it('an operator who cancels a ticket ends nothing: no promise is forgotten', async () => {
    const counter = await startCounter(hall, 'cancelled')
    const at = instantOf(Date.now() + 1_500)
    await counter.act(lin, 'arm', { at })
    await counter.handle.cancel()
    await counter.act(lin, 'count')
    await until(async () => counter.rows.events.some(({ type }) => type === 'rang'))
    expect((await counter.handle.describe()).status.name).toBe('RUNNING')
  })

  it('a deadline in eight thousand years is kept waiting for', async () => {
    const counter = await startCounter(hall, 'far')
    await counter.act(lin, 'arm', { at: '9999-12-31T23:59:59Z' })
    await sleep(500)
    expect((await counter.act(lin, 'count')).batch.state).toMatchObject({ count: 1, ringsAt: '9999-12-31T23:59:59.000Z', rung: 0 })
    // One timer, for as long as a server can count, and no more of it when somebody acts.
    expect((await counter.history()).filter(({ timerStartedEventAttributes: timer }) => timer)).toHaveLength(1)
  })
})

describe('a worker that dies', () => {
  it('another one goes on where it was', async () => {
    const ticket = await startTicket(hall, 'handed-on')
    await ticket.acts([lin, 'review-intake'], [lin, 'diagnose'])
    await hall.stopWorker()
    await hall.startWorker()
    await ticket.acts([chen, 'assign'], [wang, 'accept'])
    expect(ticket.rows.state?.stage).toBe('handling')
  })

  it('X8: what fell due meanwhile keeps its instant apart from when it was noticed, and comes before the act that noticed it', async () => {
    const counter = await startCounter(hall, 'outage')
    const at = instantOf(Date.now() + 1_000)
    await counter.act(lin, 'arm', { at })
    await hall.stopWorker()
    await sleep(2_500)
    const act = counter.act(lin, 'count')
    const started = Date.now()
    await hall.startWorker()
    await act
    await until(async () => counter.rows.version === 4)
    expect(counter.rows.events.slice(-2)).toMatchObject([
      { type: 'rang', occurredAt: at, actor: 'system', requestId: null },
      { type: 'counted', actor: 'lin' },
    ])
    expect(Date.parse(counter.rows.events.at(-2)?.at ?? '')).toBeGreaterThanOrEqual(started)
  })

  it('histories replay: the process depends on nothing but its history', async () => {
    const ids = [
      'cost',
      'once',
      'claim',
      'handed-on',
      'outage',
      'end',
      'ending',
      'parent',
      'signals',
      'unwritten-over-runs',
      'cancelled',
      'nonsense',
    ]
    for (const [id, runs] of await replayAll(hall, ids)) expect(runs, id).toBeGreaterThan(0)
    expect(await replay(hall, 'busy', 5)).toBe(5)
  }, 120_000)
})

async function runOf(desk: Pick<Desk<CounterState, CounterEvent>, 'handle'>): Promise<string> {
  return (await desk.handle.describe()).runId
}
