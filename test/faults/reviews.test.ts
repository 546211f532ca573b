import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../support/launcher.ts'
import type { Point } from './points.ts'
import { done, waitingForAssignment } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** Workers die while a review opens by itself, or while tickets join it (T17). */

let world: World
beforeAll(async () => {
  world = await createWorld({ workers: 2 })
})
afterAll(async () => world?.end())

describe('FAULT-3 both workers are killed', () => {
  const moments: readonly Point[] = [
    { when: 'after', edge: 'serial' },
    { when: 'before', edge: 'new review' },
    { when: 'after', edge: 'new review' },
    { when: 'before', edge: 'review started mark' },
    { when: 'after', edge: 'workflow code', of: 'tickets-joined' },
  ]

  test.each(moments.map((moment, at) => [`${moment.when} ${moment.edge}`, `计费网关${at + 1}`, moment] as const))(
    'T17: %s: one review opens, and counts each ticket once',
    async (_, module, moment) => {
      const numbers: string[] = []
      for (let at = 0; at < 4; at += 1) numbers.push(await classified(module))
      const fifth = await readyToComplete()
      const { worker, otherWorker } = world
      await Promise.all([worker.arm(moment), otherWorker?.arm(moment)])
      // Whoever comes to it first dies; the other one finds what is left, and dies of it where it passes there as well.
      await completes(fifth, module)
      numbers.push(fifth)
      await Promise.race([worker.ended(), otherWorker?.ended()])
      await Promise.all([worker.kill(), otherWorker?.kill()])
      await Promise.all([worker.start(), otherWorker?.start()])
      const review = await until(async () => {
        const [row, ...others] = await reviewsOf(module)
        expect(others).toEqual([])
        return row?.tickets === numbers.length && row.workflowStartedAt !== null ? row : undefined
      })
      const events = await world.db
        .selectFrom('events')
        .select(['type', 'data'])
        .where('process', '=', review.number)
        .orderBy('seq')
        .execute()
      expect(events.map(({ type }) => type)).toEqual(['opened', 'tickets-joined'])
      expect(events[1]?.data['tickets']).toEqual(numbers.toSorted())
    },
    240_000,
  )
})

async function reviewsOf(module: string) {
  return world.db
    .selectFrom('processes')
    .select(['number', 'workflowStartedAt', 'state'])
    .where('processType', '=', 'review')
    .where('title', 'like', `${module} %`)
    .execute()
    .then((rows) => rows.map(({ state, ...row }) => ({ ...row, tickets: 'tickets' in state ? state.tickets : undefined })))
}

async function classified(module: string): Promise<string> {
  const number = await readyToComplete()
  await completes(number, module)
  return number
}

async function readyToComplete(): Promise<string> {
  const { wang } = world.people
  const number = await waitingForAssignment(world)
  await done(wang, number, 'claim', {})
  await done(wang, number, 'accept', {})
  return number
}

async function completes(number: string, module: string): Promise<void> {
  await done(world.people.wang, number, 'complete', {
    solution: '补齐连接归还',
    cause: { direct: '连接耗尽', underlying: '异常分支未归还' },
    classification: { module, type: 'software-fault', cause: 'code-defect' },
    tags: ['连接池'],
  })
}
