import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opening } from '../../workflows/common/other-processes.ts'
import { counterProcess, newCounter, type CounterEvent, type CounterState } from '../support/shell/counter.ts'
import { Desk, openHall, patiently, replayAll, sleep, startCounter, startTicket, until, type Hall } from '../support/shell/desk.ts'
import { openNamespace } from '../support/servers.ts'
import { lin, policyOf, usual, wang } from '../support/tickets.ts'

/** What a process asks of the world, on a real server. A run is continued in a new one as soon as its history has 60 events. */

let hall: Hall

/** A ticket that asks two things when it is born. */
const dispatched = policyOf({
  begins: 'assignment',
  dispatch: { skills: [] },
  customerTags: [{ id: 'vip', label: { 'zh-CN': 'VIP客户', 'zh-TW': 'VIP客戶', en: 'VIP customer' } }],
})

beforeAll(async () => {
  hall = await openHall(() => openNamespace({ dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': 60 } }))
})

afterAll(async () => {
  hall.recorder.answers()
  await hall.close()
})

describe('an ask', () => {
  it('X8: is answered by a command of the system, on record with the ask as its request, and written by an activity', async () => {
    const counter = await startCounter(hall, 'ask')
    const { outcome } = await counter.act(lin, 'ask', { about: ['weather'] })
    await until(async () => counter.rows.state?.heard.length === 1)
    expect(counter.rows.events.at(-1)).toMatchObject({
      type: 'heard',
      about: 'weather',
      actor: 'system',
      requestId: `ask-${outcome.to}-weather`,
      seq: outcome.to + 1,
    })
    expect(counter.rows.writes).toBe(2)
  })

  it('costs 6 events for the answer and 6 for its rows; answered, it costs nothing more', async () => {
    const counter = await startCounter(hall, 'ask-cost')
    await counter.act(lin, 'count')
    const before = (await counter.history()).length
    await counter.act(lin, 'ask', { about: ['weather'] })
    await until(async () => counter.rows.state?.heard.length === 1)
    await quiet(counter)
    expect((await counter.history()).length - before).toBe(5 + 6 + 6)
    await counter.act(lin, 'count')
    expect((await counter.history()).length - before).toBe(5 + 6 + 6 + 5)
  })

  it('keeps nobody waiting: acts go on while it is looked into', async () => {
    hall.recorder.holdsBack()
    const counter = await startCounter(hall, 'ask-slow')
    await counter.act(lin, 'ask', { about: ['weather'] })
    await until(async () => hall.recorder.asked.has('ask-slow-2-weather'))
    expect((await counter.act(lin, 'count')).batch.state).toMatchObject({ count: 1, heard: [] })
    expect((await counter.act(lin, 'count')).batch.state).toMatchObject({ count: 2, heard: [] })
    hall.recorder.answers()
    await until(async () => counter.rows.state?.heard.length === 1)
    expect(counter.rows.events.map(({ type }) => type)).toEqual(['asked', 'counted', 'counted', 'heard'])
  })

  it('is tried until the world answers', async () => {
    const counter = await startCounter(hall, 'ask-again')
    hall.recorder.failNext(3)
    await counter.act(lin, 'ask', { about: ['weather'] })
    await until(async () => counter.rows.state?.heard.length === 1)
    expect(hall.recorder.asked.get('ask-again-2-weather')).toBe(4)
  })

  it('whose answer says nothing, is refused, or names no command, is answered', async () => {
    const counter = await startCounter(hall, 'ask-vain')
    await counter.act(lin, 'ask', { about: ['silence', 'refused', 'unheard-of'] })
    await until(async () => ['silence', 'refused', 'unheard-of'].every((kind) => hall.recorder.asked.has(`ask-vain-2-${kind}`)))
    await quiet(counter)
    const { batch } = await counter.act(lin, 'count')
    expect(batch.state).toMatchObject({ version: 3, count: 1, heard: [] })
    expect(scheduled(await counter.history())).toBe(3)
  })
})

describe('several asks', () => {
  it('that arise at once are looked into at once, and what came of them is written once', async () => {
    const counter = await startCounter(hall, 'two-asks')
    await counter.act(lin, 'ask', { about: ['sun', 'moon'] })
    await until(async () => counter.rows.state?.heard.length === 2)
    await quiet(counter)
    expect(scheduled(await counter.history())).toBe(3)
    expect(counter.rows.events.at(-1)).toMatchObject({ type: 'heard' })
  })

  it('are sent a few at a time', async () => {
    hall.recorder.holdsBack()
    const counter = await startCounter(hall, 'many-asks')
    const about = Array.from({ length: 10 }, (_, at) => `star-${at}`)
    await counter.act(lin, 'ask', { about })
    const sent = () => about.filter((kind) => hall.recorder.asked.has(`many-asks-2-${kind}`))
    await until(async () => sent().length === 4)
    await sleep(300)
    expect(sent()).toHaveLength(4)
    hall.recorder.answers()
    await until(async () => counter.rows.state?.heard.length === 10)
    expect(counter.rows.state?.heard.toSorted()).toEqual(about.toSorted())
  })

  it('one that finds no answer holds up neither the others nor their rows for long', async () => {
    const counter = await startCounter(hall, 'stuck-ask')
    await counter.act(lin, 'ask', { about: ['stuck', 'moon'] })
    await until(async () => counter.rows.state?.heard.length === 1)
    expect(counter.rows.state?.heard).toEqual(['moon'])
    await counter.act(lin, 'end')
    await counter.handle.result()
    expect(counter.rows.state).toMatchObject({ stage: 'over', heard: ['moon'] })
  })
})

describe('asks that nobody can answer', () => {
  it('do not keep the places of others for ever, and are tried on', async () => {
    const counter = await startCounter(hall, 'crowded')
    for (let at = 0; at < 4; at += 1) await counter.act(lin, 'ask', { about: ['stuck'] })
    await counter.act(lin, 'ask', { about: ['moon'] })
    await until(async () => counter.rows.state?.heard.includes('moon') ?? false, 20_000)
    const tries = hall.recorder.asked.get('crowded-2-stuck') ?? 0
    await until(async () => (hall.recorder.asked.get('crowded-2-stuck') ?? 0) > tries, 20_000)
    expect(counter.rows.state?.heard).toEqual(['moon'])
    await counter.act(lin, 'end')
    await counter.handle.result()
  }, 60_000)
})

describe('X8: an ask outlives', () => {
  it('X8: the run it was made in: the next one asks again, and it has one effect', async () => {
    hall.recorder.holdsBack()
    const counter = await startCounter(hall, 'ask-over-runs')
    await counter.act(lin, 'ask', { about: ['weather'] })
    const id = 'ask-over-runs-2-weather'
    await until(async () => hall.recorder.asked.has(id))
    await nextRun(counter)
    await until(async () => hall.recorder.asked.get(id) === 2)
    expect((await counter.batch()).state.heard).toEqual([])
    hall.recorder.answers()
    await until(async () => counter.rows.state?.heard.length === 1)
    // The old run's lookup has ended by now too, and nobody listens to it.
    await nextRun(counter)
    await quiet(counter)
    expect((await counter.batch()).state.heard).toEqual(['weather'])
    expect(hall.recorder.asked.get(id)).toBe(2)
  })

  it('X8: the run, also when the acts of many pour in: each is answered once', async () => {
    const counter = await startCounter(hall, 'asks-over-runs')
    const names = Array.from({ length: 150 }, (_, at) => `thing-${at}`)
    const runs = new Set<string>()
    await Promise.all(
      Array.from({ length: 3 }, async (_, client) => {
        for (const name of names.filter((__, at) => at % 3 === client)) {
          await patiently(() => counter.act(lin, 'ask', { about: [name] }, { requestId: name }))
          runs.add((await counter.handle.describe()).runId)
        }
      }),
    )
    await until(async () => (counter.rows.state?.heard.length ?? 0) >= names.length, 30_000)
    await quiet(counter)
    expect(counter.rows.state?.heard.toSorted()).toEqual(names.toSorted())
    expect(runs.size).toBeGreaterThan(3)
    expect(folded(counter)).toEqual((await counter.batch()).state)
  }, 90_000)

  it('X8: the worker: the next one learns the answer and goes on', async () => {
    const counter = await startCounter(hall, 'ask-over-workers')
    hall.recorder.failNext(2)
    await counter.act(lin, 'ask', { about: ['weather'] })
    await until(async () => hall.recorder.asked.has('ask-over-workers-2-weather'))
    await hall.stopWorker()
    await hall.startWorker({ cached: 0 })
    await until(async () => counter.rows.state?.heard.length === 1)
    await counter.act(lin, 'count')
    expect(folded(counter)).toEqual((await counter.batch()).state)
  })

  it('X8: but not the process: what is answered after its end is forgotten', async () => {
    hall.recorder.holdsBack()
    const counter = await startCounter(hall, 'ask-too-late')
    await counter.act(lin, 'ask', { about: ['weather'] })
    await until(async () => hall.recorder.asked.has('ask-too-late-2-weather'))
    await counter.act(lin, 'end')
    await counter.handle.result()
    hall.recorder.answers()
    expect(counter.rows.state).toMatchObject({ stage: 'over', heard: [] })
  })
})

describe('what one had to do with others when its workflow was lost', () => {
  it('is done by the one started from its rows, and its birth is not asked again; one that had ended completes', async () => {
    const born = { ...newCounter, heard: ['twins'] }
    await startCounter(hall, 'first-start', { state: born })
    await until(async () => hall.recorder.asked.has('first-start-1-open-twin'))

    const ask = { id: 'again-3-open-kid', ...opening('child', 'kid', 'kid') }
    const again = await startCounter(hall, 'again', { state: { ...born, version: 5, stage: 'over' }, dealings: [ask] })
    await again.handle.result()
    expect([...hall.recorder.asked.keys()].filter((id) => id.startsWith('again-'))).toEqual([ask.id])
  })
})

describe('the asks of its birth', () => {
  it('S7, S4: come together with the first acts of people, in whatever order: workers with and without memory agree on it', async () => {
    for (const cached of [0, 100]) {
      await hall.stopWorker()
      await hall.startWorker({ cached })
      const numbers = Array.from({ length: 8 }, (_, at) => `born-${cached}-${at}`)
      await Promise.all(
        numbers.map(async (number) => {
          const born = await startTicket(hall, number, dispatched)
          await Promise.all([born.act(lin, 'contact', usual.contact), born.act(lin, 'contact', usual.contact)])
          await until(async () => born.rows.state?.assignee === 'wang' && born.rows.state.customerTags?.length === 1)
          expect(born.rows.events.map(({ type }) => type).toSorted()).toEqual(['assigned', 'contacted', 'contacted', 'customer-tagged'])
          await born.act(wang, 'accept')
        }),
      )
      for (const [number, runs] of await replayAll(hall, numbers)) expect(runs, number).toBeGreaterThan(0)
      // Whoever remembers nothing learns the same from the history as was told at the time.
      await hall.stopWorker()
      await hall.startWorker({ cached: 0 })
      for (const number of numbers) {
        const born = new Desk(hall.env.client.workflow.getHandle(number), hall.recorder.tickets(number))
        expect((await born.batch()).state).toEqual(born.rows.state)
      }
    }
  }, 90_000)

  it('S7, S4: two cost some fifteen events together, their writing included', async () => {
    const born = await startTicket(hall, 'born-cost', dispatched)
    await until(async () => born.rows.state?.customerTags?.length === 1 && born.rows.state.assignee === 'wang')
    await sleep(500)
    const history = await born.history()
    expect(scheduled(history)).toBe(3)
    // Four events begin any run. Three activities cost three each; their ends are heard in one to three tasks of three
    // each, and between two tasks the timer is set anew: once set and cancelled for each task but the last.
    expect(history.length - 4).toBeGreaterThanOrEqual(15)
    expect(history.length - 4).toBeLessThanOrEqual(9 + 9 + 2 * 2 + 1)
  })
})

it('X8: histories with asks replay', async () => {
  const ids = [
    'ask',
    'ask-cost',
    'ask-slow',
    'ask-again',
    'ask-vain',
    'two-asks',
    'many-asks',
    'stuck-ask',
    'ask-over-workers',
    'ask-too-late',
    'crowded',
    'first-start',
    'again',
  ]
  const overRuns = ['ask-over-runs', 'asks-over-runs']
  for (const [id, runs] of await replayAll(hall, [...ids, ...overRuns])) expect(runs, id).toBeGreaterThan(overRuns.includes(id) ? 1 : 0)
}, 120_000)

/** Acts until the process goes on in a new run. */
async function nextRun(counter: Desk<CounterState, CounterEvent>): Promise<void> {
  const { runId } = await counter.handle.describe()
  while ((await counter.handle.describe()).runId === runId) await patiently(() => counter.act(lin, 'count'))
}

/** Waits until nothing happens any more. */
async function quiet(counter: Desk<CounterState, CounterEvent>): Promise<void> {
  let before = -1
  await until(async () => {
    const now = (await counter.history()).length
    await sleep(200)
    return now === before || ((before = now), false)
  })
}

function scheduled(history: Awaited<ReturnType<Desk<CounterState, CounterEvent>['history']>>): number {
  return history.filter(({ activityTaskScheduledEventAttributes: activity }) => activity).length
}

/** What the events in the rows make of the process: the state, if nobody's memory differs from anybody else's. */
function folded({ rows }: Desk<CounterState, CounterEvent>): CounterState {
  return rows.events.reduce((state, event) => counterProcess.apply(state, event), newCounter)
}
