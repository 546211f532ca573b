import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { instantOf } from '../../domain/instant.ts'
import { commandSignal } from '../../workflows/shell/protocol.ts'
import { openNamespace } from '../support/servers.ts'
import { counterProcess, newCounter } from '../support/shell/counter.ts'
import { openHall, patiently, replay, sleep, startCounter, until, type Hall } from '../support/shell/desk.ts'
import { lin } from '../support/tickets.ts'

/**
 * Workers come and go, with a memory and without. What one of them records, any other must be able to replay: a history
 * that cannot be replayed stops its ticket for ever, and nobody would notice before the next deploy.
 */

let hall: Hall

beforeAll(async () => {
  hall = await openHall(() => openNamespace({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 60 } }))
})

afterAll(async () => {
  await hall.close()
})

type Deed =
  | 'count'
  | 'refused'
  | 'arm-soon'
  | 'arm-now'
  | 'arm-late'
  | 'signal'
  | 'signal-again'
  | 'nonsense'
  | 'spawn'
  | 'parallel'
  | 'pause'
  | 'query'
  | 'cancel'
  | 'forget'
  | 'forget-all'
  | 'database-away'
  | 'ask'
const deeds: readonly Deed[] = [
  'count',
  'refused',
  'arm-soon',
  'arm-now',
  'arm-late',
  'signal',
  'signal-again',
  'nonsense',
  'spawn',
  'parallel',
  'pause',
  'query',
  'cancel',
  'forget',
  'forget-all',
  'database-away',
  'ask',
]

/** `LIVES=20` for a long look, `SEED` for the same one again. */
const { LIVES = '3', SEED } = process.env
const lives = fc.sample(fc.array(fc.constantFrom(...deeds), { minLength: 20, maxLength: 30, size: 'max' }), {
  numRuns: Number(LIVES),
  ...(SEED ? { seed: Number(SEED) } : {}),
})

it('whatever happens in whatever order, under workers with and without memory: nothing is lost, and every history replays', async () => {
  for (const [life, story] of lives.entries()) expect(await live(`life-${life}`, ['forget-all', ...story])).toBeGreaterThan(0)
}, 400_000)

/** How many runs it took. */
async function live(id: string, story: readonly Deed[]): Promise<number> {
  const counter = await startCounter(hall, id)
  const told = JSON.stringify(story)
  let counted = 0
  let children = 0
  let asked = 0
  const count = async (requestId: string) => {
    await patiently(() => counter.act(lin, 'count', {}, { requestId }))
    counted += 1
  }
  for (const [at, deed] of story.entries()) {
    const key = `${id}-${at}`
    switch (deed) {
      case 'count':
        await count(key)
        break
      case 'refused':
        await patiently(() => counter.send(lin, 'spawn', { children: [] }, { requestId: key })).catch(() => {})
        break
      case 'arm-soon':
      case 'arm-now':
      case 'arm-late': {
        const inMs = { 'arm-soon': 300, 'arm-now': 0, 'arm-late': 3_600_000 }[deed]
        await patiently(() => counter.act(lin, 'arm', { at: instantOf(Date.now() + inMs) }, { requestId: key }))
        break
      }
      case 'signal':
      case 'signal-again':
        await counter.handle.signal(commandSignal, { id: deed === 'signal' ? key : 'the-same', command: 'count', input: {} })
        break
      case 'nonsense':
        await counter.handle.signal(commandSignal, at)
        break
      case 'spawn':
        children += 1
        await patiently(() => counter.act(lin, 'spawn', { children: [`${key}-child`] }, { requestId: key }))
        break
      case 'parallel':
        await Promise.all([1, 2, 3].map((nth) => count(`${key}-${nth}`)))
        break
      case 'pause':
        await sleep(350)
        break
      case 'query':
        await counter.batch()
        break
      case 'cancel':
        await counter.handle.cancel()
        break
      case 'forget':
      case 'forget-all':
        await hall.stopWorker()
        await hall.startWorker({ cached: deed === 'forget' ? 100 : 0 })
        break
      case 'ask':
        asked += 2
        await patiently(() => counter.act(lin, 'ask', { about: [`sun-${at}`, `moon-${at}`] }, { requestId: key }))
        break
      case 'database-away':
        hall.recorder.failNext(2)
        break
    }
  }
  await until(async () => (await patiently(() => counter.batch())).state.heard.length === asked, 30_000)
  await patiently(() => counter.act(lin, 'end', {}, { requestId: `${id}-end` }))
  await counter.handle.result()
  const signalled = story.filter((deed) => deed === 'signal').length + (story.includes('signal-again') ? 1 : 0)
  expect(counter.rows.state, told).toMatchObject({ stage: 'over', count: counted + signalled })
  expect(
    counter.rows.events.map(({ seq }) => seq),
    told,
  ).toEqual(counter.rows.events.map((_, at) => at + 2))
  // Who told the rows at the time and who remembers now agree on the order of everything.
  const { state } = await counter.batch()
  expect(
    counter.rows.events.reduce((before, event) => counterProcess.apply(before, event), newCounter),
    told,
  ).toEqual(state)
  expect(
    counter.rows.events.filter(({ type }) => type === 'spawned'),
    told,
  ).toHaveLength(children)
  return replay(hall, id).catch((error: unknown) => {
    throw new Error(`${told}: ${String(error)}`, { cause: error })
  })
}
