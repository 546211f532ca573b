import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandSignal, type SignalledCommand } from '../../workflows/shell/protocol.ts'
import { until } from '../support/launcher.ts'
import { expectConsistent, hasWorkflow, settled, signalPrefix } from './invariants.ts'
import type { Edge } from './points.ts'
import { contact, done, eventsOf, form, killedBy, numberIn, registered, saying, statusOf, ticketsWith, to } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** What others build on is killed: the worker at a command's expense, Temporal, Postgres, and everything at once. */

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => world?.end())

describe('FAULT-3 no worker', () => {
  test('a command has no known outcome, intake and notes go on; the same key later takes effect once', async () => {
    const { li, zhao } = world.people
    const number = await registered(world)
    await world.worker.kill()

    const key = randomUUID()
    const inVain = li.try(to(number, 'contact'), contact('into the silence'), key)
    expect(await zhao.try('/api/tickets', { ...form, title: 'without a worker' })).toMatchObject({ status: 201 })
    expect(await zhao.try(to(number, 'note'), { text: 'nobody answers' })).toMatchObject({ status: 200 })
    expect(await inVain).toMatchObject({ status: 504, body: { type: '/problems/outcome-unknown' } })
    expect(await statusOf(world, key)).toBe('pending')

    await world.worker.start()
    const again = await li.insist(to(number, 'contact'), contact('into the silence'), key)
    expect(again).toMatchObject({ status: 200, body: { number, version: 2 } })
    expect(await saying(world, number, 'into the silence')).toBe(1)
    await expectConsistent(world)
  })
})

describe('FAULT-4 Temporal is killed', () => {
  test('a command is refused for now, intake and notes go on; afterwards the same key takes effect once and the new ticket runs', async () => {
    const { li, zhao } = world.people
    const number = await registered(world)
    await settled(world)
    await world.temporal.kill()

    const key = randomUUID()
    expect(await li.try(to(number, 'contact'), contact('Temporal was away'), key)).toMatchObject({
      status: 503,
      body: { type: '/problems/temporal-away' },
    })
    expect(await zhao.try('/api/tickets', { ...form, title: 'Temporal was away' })).toMatchObject({ status: 201 })
    expect(await zhao.try(to(number, 'note'), { text: 'Temporal is away' })).toMatchObject({ status: 200 })
    expect(await statusOf(world, key)).toBe('pending')

    await world.temporal.restart()
    expect(await li.insist(to(number, 'contact'), contact('Temporal was away'), key)).toMatchObject({
      status: 200,
      body: { number, version: 2 },
    })
    expect(await saying(world, number, 'Temporal was away')).toBe(1)
    const [ticket] = await until(async () => {
      const found = await ticketsWith(world, 'Temporal was away')
      return found.every(({ started }) => started) ? found : undefined
    })
    expect(await hasWorkflow(world, ticket?.number ?? '')).toBe(true)
    await expectConsistent(world)
  })

  test('a ticket taken in meanwhile starts with its first command, without waiting for the sweeper', async () => {
    const { li } = world.people
    await world.temporal.kill()
    const number = numberIn(await li.insist('/api/tickets', form))
    await world.temporal.restart()
    expect(await li.insist(to(number, 'contact'), contact('the first one'))).toMatchObject({ status: 200, body: { version: 2 } })
    await expectConsistent(world)
  })

  test('while tickets run: what fell due meanwhile is recorded with its own instant, and every command is carried out once', async () => {
    const { li, zhao } = world.people
    const numbers = await Promise.all([registered(world), registered(world), registered(world)])
    const [waiting] = numbers
    const dueAt = new Date(Date.now() + 3_000).toISOString()
    await done(li, waiting, 'wait', { for: 'customer', reason: '等客户提供日志', until: dueAt })

    const traffic = Promise.all(
      [li, zhao].map(async (person) => {
        for (let round = 1; round <= 6; round += 1) {
          for (const number of numbers)
            expect(await person.insist(to(number, 'contact'), contact(`${person.id} ${round}`))).toMatchObject({ status: 200 })
        }
      }),
    )
    await world.temporal.kill()
    await sleep(Date.parse(dueAt) + 1_000 - Date.now())
    await world.temporal.restart()
    await traffic

    for (const number of numbers) {
      for (const { id } of [li, zhao])
        for (let round = 1; round <= 6; round += 1) expect(await saying(world, number, `${id} ${round}`)).toBe(1)
    }
    const [ended] = await world.db
      .selectFrom('events')
      .selectAll()
      .where('process', '=', waiting)
      .where('type', '=', 'waiting-ended')
      .execute()
    expect(ended?.occurredAt).toBe(dueAt)
    expect(ended && ended.at > dueAt).toBe(true)
    await expectConsistent(world)
  })
})

describe('FAULT-5 Postgres is killed', () => {
  for (const { moment, edge, when, holds } of [
    { moment: 'before the request is noted', edge: 'request row', when: 'before', holds: 'none' },
    { moment: 'before the workflow hears of it', edge: 'update', when: 'before', holds: 'pending' },
    { moment: 'before the rows are written', edge: 'step rows', when: 'before', holds: 'pending' },
  ] as const) {
    test(`in the middle of a command, ${moment}: 503, and the same key later takes effect once`, async () => {
      const { li } = world.people
      const number = await registered(world)
      const key = randomUUID()
      expect(await postgresDies(key, to(number, 'contact'), contact(moment), { when, edge })).toMatchObject({
        status: 503,
        body: { type: '/problems/database-away' },
      })
      expect(await statusOf(world, key)).toBe(holds)

      expect(await li.insist(to(number, 'contact'), contact(moment), key)).toMatchObject({ status: 200, body: { number, version: 2 } })
      expect(await saying(world, number, moment)).toBe(1)
      await expectConsistent(world)
    })
  }

  test('after the rows are written: the answer goes out, and what it says has survived', async () => {
    const { li } = world.people
    const number = await registered(world)
    const key = randomUUID()
    const answer = await postgresDies(key, to(number, 'contact'), contact('written'), { when: 'after', edge: 'step rows' })
    expect(answer).toMatchObject({ status: 200, body: { number, version: 2 } })
    expect(await statusOf(world, key)).toBe('done')
    expect(await saying(world, number, 'written')).toBe(1)
    expect(await li.insist(to(number, 'contact'), contact('written'), key)).toEqual(answer)
    await expectConsistent(world)
  })

  for (const { moment, edge } of [
    { moment: 'before a number is taken', edge: 'serial' },
    { moment: 'before the ticket is written', edge: 'new ticket' },
  ] as const) {
    test(`in the middle of an intake, ${moment}: 503 and no ticket, and the same key later makes one`, async () => {
      const { li } = world.people
      const key = randomUUID()
      expect(await postgresDies(key, '/api/tickets', { ...form, title: moment }, { when: 'before', edge })).toMatchObject({ status: 503 })
      expect(await ticketsWith(world, moment)).toEqual([])
      expect((await li.insist('/api/tickets', { ...form, title: moment }, key)).status).toBe(201)
      expect(await ticketsWith(world, moment)).toHaveLength(1)
      await expectConsistent(world)
    })
  }

  test('that hangs without a word is as good as dead: 503, and the same key later takes effect once', async () => {
    const { li } = world.people
    const number = await registered(world)
    const key = randomUUID()
    world.postgres.freeze()
    try {
      expect(await li.try(to(number, 'contact'), contact('frozen'), key)).toMatchObject({
        status: 503,
        body: { type: '/problems/database-away' },
      })
    } finally {
      world.postgres.thaw()
    }
    expect(await li.insist(to(number, 'contact'), contact('frozen'), key)).toMatchObject({ status: 200, body: { number, version: 2 } })
    expect(await saying(world, number, 'frozen')).toBe(1)
    await expectConsistent(world)
  })

  test('in the middle of a transaction: 503, nothing of it is written, and the same key later takes effect once', async () => {
    const { li } = world.people
    const number = await registered(world)
    const key = randomUUID()
    const correction = { reason: '标题写错', title: 'in the middle of a transaction' }
    expect(await postgresDies(key, to(number, 'correct'), correction, { when: 'before', edge: 'commit' })).toMatchObject({ status: 503 })
    expect(await ticketsWith(world, correction.title)).toEqual([])
    expect(await li.insist(to(number, 'correct'), correction, key)).toMatchObject({ status: 200, body: { number, version: 2 } })
    await expectConsistent(world)
  })

  test('while an activity is about to write: it is tried until it can', async () => {
    const { li } = world.people
    const number = await registered(world)
    await settled(world)
    await world.worker.arm({ when: 'before', edge: 'activity', of: number, deed: 'hold' })
    const signal: SignalledCommand = { id: `${signalPrefix}${randomUUID()}`, command: 'contact', input: contact('by signal') }
    await world.client.workflow.getHandle(number).signal<[SignalledCommand]>(commandSignal, signal)
    await world.worker.holding()
    await world.postgres.kill()
    await world.worker.release()
    expect(await li.try(to(number, 'note'), { text: 'the database is away' })).toMatchObject({ status: 503 })
    await sleep(1_500)
    await world.postgres.restart()

    await until(async () => ((await saying(world, number, 'by signal')) === 1 ? true : undefined))
    expect(await eventsOf(world, number)).toEqual(['submitted', 'contacted'])
    await expectConsistent(world)
  })

  /** Sends a request, and kills Postgres when it reaches the point; it is back when this returns. */
  async function postgresDies(key: string, path: string, body: object, point: { readonly when: 'before' | 'after'; readonly edge: Edge }) {
    const [api] = world.apis
    await api.arm({ ...point, deed: 'hold' })
    const answer = world.people.li.try(path, body, key)
    await api.holding()
    await world.postgres.kill()
    await api.release()
    const got = await answer
    await world.postgres.restart()
    return got
  }
})

describe('FAULT-6 everything is killed at once, as by a power cut', () => {
  test('in the middle of the work: everybody who repeats gets the one true answer, and what nobody repeats is finished', async () => {
    const { li, zhao } = world.people
    const numbers = await Promise.all([registered(world), registered(world)])
    const [first, second] = numbers
    const nobodyRepeats = await killedBy(
      world,
      { when: 'after', edge: 'update' },
      li,
      to(first, 'contact'),
      contact('accepted, never written'),
    )
    const traffic = Promise.all(
      [li, zhao].map(async (person, at) => {
        for (let round = 1; round <= 5; round += 1) {
          expect(
            await person.insist(to(second, 'contact'), contact(`${person.id} ${round}`), randomUUID(), () => (at === 0 ? 0 : 1)),
          ).toMatchObject({ status: 200 })
          expect(await person.insist('/api/tickets', { ...form, title: `${person.id} ${round}` })).toMatchObject({ status: 201 })
        }
      }),
    )
    await sleep(500)
    const [api, other] = world.apis
    await Promise.all([world.postgres.kill(), world.temporal.kill(), world.worker.kill(), api.kill(), other.kill()])
    // The API comes back before what it builds on, as it may in any order.
    await Promise.all([api.start(), other.start()])
    await Promise.all([world.postgres.restart(), world.temporal.restart()])
    await world.worker.start()
    await traffic

    for (const { id } of [li, zhao]) {
      for (let round = 1; round <= 5; round += 1) {
        expect(await saying(world, second, `${id} ${round}`)).toBe(1)
        expect(await ticketsWith(world, `${id} ${round}`)).toHaveLength(1)
      }
    }
    await expectConsistent(world)
    expect(await statusOf(world, nobodyRepeats)).toBe('done')
  })
})
