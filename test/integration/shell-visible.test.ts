import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '../../domain/instant.ts'
import { attributePairs } from '../../workflows/shell/attribute-pairs.ts'
import { openNamespace } from '../support/servers.ts'
import { counterProcess, newCounter } from '../support/shell/counter.ts'
import { Desk, openHall, replayAll, startCounter, taskQueue, until, type Hall } from '../support/shell/desk.ts'
import { currentDetails, shownAttributes } from '../support/temporal-ui.ts'
import { lin } from '../support/tickets.ts'

/** What the shell shows of a process in Temporal. Nothing is kept in memory: every task replays the whole history. */

let hall: Hall

beforeAll(async () => {
  hall = await openHall(
    () =>
      openNamespace({
        searchAttributes: counterProcess.searchAttributes,
        dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 60 },
      }),
    { cached: 0 },
  )
})
afterAll(() => hall.close())

describe('search attributes', () => {
  it('X5: are told when they differ and never else; what time has done, at once', async () => {
    const counter = await startFindable('differs')
    for (let act = 0; act < 4; act += 1) await counter.act(lin, 'count')
    expect(await upserts(counter)).toEqual([])
    const at = instantOf(Date.now() + 1_500)
    await counter.act(lin, 'arm', { at })
    await until(async () => (await shownAttributes(counter.handle)).BihuanOverdue === true)
    expect(await upserts(counter)).toEqual([['BihuanOverdue']])
    expect(await shownAttributes(counter.handle)).toEqual({ BihuanStage: 'open', BihuanOverdue: true })
    await counter.act(lin, 'end')
    await counter.handle.result()
    expect(await shownAttributes(counter.handle)).toMatchObject({ BihuanStage: 'over' })
  })

  it('X5: of a quick succession of acts are told once, soon after the first; and at once where the act before is a while ago', async () => {
    const counter = await startFindable('succession')
    const due = (hours: number) => instantOf(Math.ceil(Date.now() / 1_000) * 1_000 + hours * 3_600_000)
    const last = due(4)
    for (const at of [due(9), due(8), last]) await counter.act(lin, 'arm', { at })
    const acted = Date.now()
    expect(await upserts(counter)).toEqual([])
    await until(async () => (await upserts(counter)).length > 0)
    expect(Date.now() - acted).toBeLessThan(20_000)
    expect(await upserts(counter)).toEqual([['BihuanNextDue']])
    expect(await shownAttributes(counter.handle)).toMatchObject({ BihuanNextDue: last })
    // The first wakes it when the succession is over; then one rings when the process is due.
    expect(await timers(counter)).toHaveLength(2)

    await sleep(6_000)
    await counter.act(lin, 'arm', { at: due(3) })
    expect(await upserts(counter)).toHaveLength(2)
    await counter.act(lin, 'end')
    await counter.handle.result()
  })

  it('X5: what falls due before they are told rings when it is due', async () => {
    const counter = await startFindable('sooner')
    await counter.act(lin, 'arm', { at: instantOf(Date.now() + 3_600_000) })
    const at = instantOf(Date.now() + 1_000)
    await counter.act(lin, 'arm', { at })
    const rings = () => counter.rows.events.find(({ type }) => type === 'rang')
    await until(async () => rings() !== undefined)
    const rang = rings()
    expect(Date.parse(rang?.at ?? '') - Date.parse(at)).toBeLessThan(2_500)
    await counter.act(lin, 'end')
    await counter.handle.result()
  })

  it('X5: a refused act does not make them be told: it leaves no trace', async () => {
    const counter = await startFindable('refused')
    await counter.act(lin, 'arm', { at: instantOf(Date.now() + 3_600_000) })
    await sleep(1_000)
    const before = (await counter.history()).length
    await counter.refusal(lin, 'arm', { at: 'never' })
    expect(await counter.history()).toHaveLength(before)
    await until(async () => (await upserts(counter)).length > 0)
    await counter.refusal(lin, 'arm', { at: 'never' })
    await counter.act(lin, 'end')
    await counter.handle.result()
  })

  it('X5: an act that changes none of them, nor what comes first, costs no more than its Update', async () => {
    const counter = await startFindable('cheap')
    await counter.act(lin, 'count')
    const before = (await counter.history()).length
    for (let act = 0; act < 3; act += 1) await counter.act(lin, 'count')
    expect((await counter.history()).length - before).toBe(3 * 5)
    await counter.act(lin, 'end')
  })

  it('X5: go along when the process goes on in a new run', async () => {
    const counter = await startFindable('onward')
    const at = instantOf(Date.now() + 3_600_000)
    await counter.act(lin, 'arm', { at })
    const first = (await counter.handle.describe()).runId
    await until(async () => {
      await counter.act(lin, 'count')
      return (await counter.handle.describe()).runId !== first
    })
    expect(await shownAttributes(counter.handle)).toEqual({ BihuanStage: 'open', BihuanNextDue: at, BihuanOverdue: false })
    expect(await upserts(counter)).toEqual([])
    await counter.act(lin, 'end')
    await counter.handle.result()
    expect(await shownAttributes(counter.handle)).toMatchObject({ BihuanStage: 'over' })
  })

  it('X5: are not told to a server that did not know them at the start: another would stop the process', async () => {
    const counter = await startCounter(hall, 'unknown')
    await counter.act(lin, 'arm', { at: instantOf(Date.now() + 500) })
    await until(async () => (await counter.batch(0)).state.rung === 1)
    expect(await upserts(counter)).toEqual([])
    expect(await shownAttributes(counter.handle)).toEqual({})
    await counter.act(lin, 'end')
    await counter.handle.result()
  })
})

describe('details', () => {
  it('X5: are those of the moment somebody looks, also when the process has ended', async () => {
    const counter = await startCounter(hall, 'details')
    expect(await currentDetails(counter.handle)).toBe('counted 0, rung 0')
    await counter.act(lin, 'count')
    await counter.act(lin, 'count')
    const other = await startCounter(hall, 'other-details')
    expect(await currentDetails(counter.handle)).toBe('counted 2, rung 0')
    expect(await currentDetails(other.handle)).toBe('counted 0, rung 0')
    await counter.act(lin, 'end')
    await counter.handle.result()
    expect(await currentDetails(counter.handle)).toBe('counted 2, rung 0')
    await other.act(lin, 'end')
  })
})

it('every history of what is told replays', async () => {
  const runs = { differs: 1, succession: 1, sooner: 1, refused: 1, onward: 2 }
  expect(await replayAll(hall, Object.keys(runs))).toEqual(new Map(Object.entries(runs)))
})

async function startFindable(id: string) {
  const { client } = hall.env
  const { searchAttributes } = counterProcess
  const args = [
    { id, policy: null, state: newCounter, recordedAt: instantOf(Date.now()), searchAttributes: searchAttributes.map(({ name }) => name) },
  ]
  await client.workflow.start('counter', {
    taskQueue,
    workflowId: id,
    args,
    staticSummary: counterProcess.title(newCounter, null),
    typedSearchAttributes: attributePairs(searchAttributes, newCounter, null),
  })
  return new Desk(client.workflow.getHandle(id), hall.recorder.counters(id))
}

/** What each upsert of the current run told. */
async function upserts(counter: { history(): Promise<readonly Told[]> }): Promise<string[][]> {
  return (await counter.history()).flatMap(({ upsertWorkflowSearchAttributesEventAttributes: told }) =>
    told ? [Object.keys(told.searchAttributes?.indexedFields ?? {}).toSorted()] : [],
  )
}

/** Timers that were set in the current run. */
async function timers(counter: { history(): Promise<readonly Told[]> }): Promise<readonly Told[]> {
  return (await counter.history()).filter(({ timerStartedEventAttributes: timer }) => timer)
}

interface Told {
  readonly timerStartedEventAttributes?: object | null | undefined
  readonly upsertWorkflowSearchAttributesEventAttributes?:
    | { readonly searchAttributes?: { readonly indexedFields?: Readonly<Record<string, unknown>> | null } | null }
    | null
    | undefined
}
