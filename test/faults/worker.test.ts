import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from './clients.ts'
import { expectConsistent } from './invariants.ts'
import type { Point } from './points.ts'
import { contact, done, eventsOf, registered, saying, to } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** The worker is killed while it carries tickets on. */

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => world?.end())

describe('FAULT-3 the worker is killed around a workflow task', () => {
  test('handed to it but not run, or run but not reported: the command under way is carried out once by the next one', async () => {
    const { li, zhao } = world.people
    const moments = [
      { text: 'no code has run', when: 'before' },
      { text: 'its code has run', when: 'after' },
    ] as const
    // Both wait together: the server gives a lost task ten seconds.
    const underWay: { readonly number: string; readonly text: string; readonly answer: Promise<Answer> }[] = []
    for (const { text, when } of moments) {
      const number = await registered(world)
      await world.worker.arm({ when, edge: 'workflow code', of: text })
      underWay.push({ number, text, answer: li.insist(to(number, 'contact'), contact(text)) })
      await world.worker.ended()
      await world.worker.start()
    }

    for (const { number, text, answer } of underWay) {
      expect(await answer).toMatchObject({ status: 200, body: { number, version: 2 } })
      expect(await saying(world, number, text)).toBe(1)
      expect(await zhao.insist(to(number, 'contact'), contact('afterwards'))).toMatchObject({ status: 200, body: { version: 3 } })
    }
    await expectConsistent(world)
  })

  test('that was reported: the next one knows everything', async () => {
    const { li } = world.people
    const number = await registered(world)
    const key = randomUUID()
    const answer = await li.insist(to(number, 'contact'), contact('before the end'), key)
    await world.worker.kill()
    await world.worker.start()

    expect(await done(li, number, 'contact', contact('after the end'))).toMatchObject({ body: { version: 3 } })
    expect(await li.insist(to(number, 'contact'), contact('before the end'), key)).toEqual(answer)
    await expectConsistent(world)
  })
})

describe('FAULT-3 the worker is killed while it writes what nobody waits for', () => {
  test('a wake, or what follows the last act: before its code was reported, before and after the rows are written; nothing is forgotten or written twice', async () => {
    const { li } = world.people
    const killedWhile = async (point: Point, command: string, body: () => object) => {
      const number = await registered(world)
      await world.worker.arm({ of: `"${number}"`, ...point })
      await done(li, number, command, body())
      await world.worker.ended()
      await world.worker.start()
      return number
    }
    const soon = () => ({ for: 'customer', reason: '等客户提供日志', until: new Date(Date.now() + 3_000).toISOString() })
    // All of them wait for the next attempt together: the server gives a lost activity half a minute.
    const woken = [
      // It is woken, and nothing of that is durable yet.
      await killedWhile({ when: 'after', edge: 'workflow code', of: '"type":"waiting-ended"' }, 'wait', soon),
      await killedWhile({ when: 'before', edge: 'step rows' }, 'wait', soon),
      await killedWhile({ when: 'after', edge: 'step rows' }, 'wait', soon),
    ]
    const withdrawn = await killedWhile({ when: 'before', edge: 'activity' }, 'withdraw', () => ({ reason: '客户自行解决' }))

    // What the workflow has and the rows still lack comes along with the next command.
    const [, unwritten = ''] = woken
    await done(li, unwritten, 'contact', contact('meanwhile'))
    expect((await eventsOf(world, unwritten)).filter((type) => type === 'waiting-ended')).toHaveLength(1)
    // A ticket that has ended takes no more commands, whether its last rows were written twice or not yet.
    expect(await li.insist(to(withdrawn, 'contact'), contact('too late'))).toMatchObject({ status: 409, body: { type: '/problems/ended' } })

    await expectConsistent(world)
    for (const number of woken) expect((await eventsOf(world, number)).filter((type) => type === 'waiting-ended')).toHaveLength(1)
  })
})
