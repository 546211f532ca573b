import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../support/launcher.ts'
import { expectConsistent, hasWorkflow, settled } from './invariants.ts'
import type { Point } from './points.ts'
import { contact, form, killedBy, registered, saying, statusOf, ticketsWith, to } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** The API is killed in the middle of a request. Nobody got an answer; what is true afterwards? */

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => world?.end())

interface Moment {
  readonly moment: string
  readonly point: Point
  /** Whether the workflow, or the rows, had taken it when the API died. */
  readonly accepted: boolean
}

const inAStep: readonly Moment[] = [
  {
    moment: 'after the request was noted, before the workflow heard of it',
    point: { when: 'after', edge: 'request row' },
    accepted: false,
  },
  { moment: 'after the workflow accepted it', point: { when: 'after', edge: 'update' }, accepted: true },
  { moment: 'before the rows were written', point: { when: 'before', edge: 'step rows' }, accepted: true },
  { moment: 'after the rows were written, before the answer', point: { when: 'after', edge: 'step rows' }, accepted: true },
]

const inACorrection: readonly Moment[] = [
  { moment: 'before the rows were committed', point: { when: 'before', edge: 'commit' }, accepted: true },
  { moment: 'after the rows were committed, before the answer', point: { when: 'after', edge: 'commit' }, accepted: true },
]

const inAnIntake: readonly Moment[] = [
  { moment: 'after its key was found to be new', point: { when: 'after', edge: 'key' }, accepted: false },
  { moment: 'after a number was taken', point: { when: 'after', edge: 'serial' }, accepted: false },
  { moment: 'after the ticket was written, before the answer', point: { when: 'after', edge: 'new ticket' }, accepted: true },
]

describe('FAULT-1 FAULT-2 the API is killed in the middle of a step', () => {
  for (const { moment, point } of inAStep) {
    test(`${moment}: the same key again finds or does it, once`, async () => {
      const { li } = world.people
      const number = await registered(world)
      const key = await killedBy(world, point, li, to(number, 'contact'), contact(moment))
      expect(await statusOf(world, key)).toBe(point.when === 'after' && point.edge === 'step rows' ? 'done' : 'pending')

      const again = await li.insist(to(number, 'contact'), contact(moment), key)
      expect(again).toMatchObject({ status: 200, body: { number, version: 2 } })
      expect(await li.insist(to(number, 'contact'), contact(moment), key, () => 1)).toEqual(again)
      expect(await saying(world, number, moment)).toBe(1)
      await expectConsistent(world)
    })
  }

  for (const { moment, point } of inACorrection) {
    test(`that takes a transaction, ${moment}: the same key again finds it, once`, async () => {
      const { li } = world.people
      const number = await registered(world)
      const correction = { reason: moment, title: '订单无法提交', customer: { phone: '13900139000' } }
      const key = await killedBy(world, point, li, to(number, 'correct'), correction)

      expect(await li.insist(to(number, 'correct'), correction, key)).toMatchObject({ status: 200, body: { number, version: 2 } })
      expect(await world.db.selectFrom('tickets').select('title').where('number', '=', number).execute()).toEqual([
        { title: '订单无法提交' },
      ])
      await expectConsistent(world)
    })
  }

  for (const { moment, point } of inACorrection) {
    test(`that is a note, ${moment}: the same key again leaves one note`, async () => {
      const { li } = world.people
      const number = await registered(world)
      const key = await killedBy(world, point, li, to(number, 'note'), { text: moment })

      expect((await li.insist(to(number, 'note'), { text: moment }, key)).status).toBe(200)
      expect(await world.db.selectFrom('notes').select('text').where('ticket', '=', number).execute()).toEqual([{ text: moment }])
      await expectConsistent(world)
    })
  }

  test('and the next step of somebody else takes along what the dead API did not write', async () => {
    const { li, zhao } = world.people
    const number = await registered(world)
    const key = await killedBy(world, { when: 'after', edge: 'update' }, li, to(number, 'contact'), contact('accepted, not written'))
    expect(await saying(world, number, 'accepted, not written')).toBe(0)

    const next = await zhao.insist(to(number, 'contact'), contact('the next one'))
    expect(next).toMatchObject({ status: 200, body: { version: 3, events: [{ seq: 3 }] } })
    expect(await saying(world, number, 'accepted, not written')).toBe(1)
    expect(await statusOf(world, key)).toBe('done')
    await expectConsistent(world)
  })

  test('and nobody repeats: the sweeper alone finishes what was accepted, and nothing else', async () => {
    const { li } = world.people
    const left: { readonly number: string; readonly key: string; readonly moment: string; readonly accepted: boolean }[] = []
    for (const { moment, point, accepted } of inAStep) {
      const number = await registered(world)
      left.push({ number, moment, accepted, key: await killedBy(world, point, li, to(number, 'contact'), contact(moment)) })
    }

    await settled(world)
    for (const { number, key, moment, accepted } of left) {
      expect(await statusOf(world, key), moment).toBe(accepted ? 'done' : 'pending')
      const [row] = await world.db.selectFrom('tickets').select('version').where('number', '=', number).execute()
      expect(row?.version, moment).toBe(accepted ? 2 : 1)
    }
    await expectConsistent(world)
  })
})

describe('FAULT-1 the API is killed in the middle of an intake', () => {
  for (const { moment, point } of inAnIntake) {
    test(`${moment}: the same key again makes exactly one ticket of it`, async () => {
      const { li } = world.people
      const registration = { ...form, title: moment }
      const key = await killedBy(world, point, li, '/api/tickets', registration)

      const again = await li.insist('/api/tickets', registration, key)
      expect(again.status).toBe(201)
      expect(await li.insist('/api/tickets', registration, key, () => 1)).toEqual(again)
      expect(await ticketsWith(world, moment)).toHaveLength(1)
      await expectConsistent(world)
    })
  }

  test('and nobody repeats: there is no ticket, or one that the sweeper starts', async () => {
    const { li } = world.people
    const titleOf = (moment: string) => `nobody repeats: ${moment}`
    for (const { moment, point } of inAnIntake) await killedBy(world, point, li, '/api/tickets', { ...form, title: titleOf(moment) })

    for (const { moment, accepted } of inAnIntake) {
      if (!accepted) expect(await ticketsWith(world, titleOf(moment))).toEqual([])
      else {
        const [ticket] = await until(async () => {
          const found = await ticketsWith(world, titleOf(moment))
          return found.every(({ started }) => started) ? found : undefined
        })
        expect(await hasWorkflow(world, ticket?.number ?? '')).toBe(true)
      }
    }
    await expectConsistent(world)
  })

  for (const { moment, point } of [
    { moment: 'before the workflow was started', point: { when: 'before', edge: 'workflow start' } },
    { moment: 'after the workflow was started, before that was noted', point: { when: 'after', edge: 'workflow start' } },
  ] as const) {
    test(`after its answer, ${moment}: the ticket runs once`, async () => {
      const { li } = world.people
      const [api] = world.apis
      await api.arm(point)
      // The answer comes before the workflow is started; whether it still gets out of the dying process is luck.
      await li.try('/api/tickets', { ...form, title: moment })
      await api.ended()
      void api.start()

      const [ticket] = await until(async () => {
        const found = await ticketsWith(world, moment)
        return found.some(({ started }) => started) ? found : undefined
      })
      expect(await hasWorkflow(world, ticket?.number ?? '')).toBe(true)
      await expectConsistent(world)
    })
  }
})
