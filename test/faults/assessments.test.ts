import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createToken } from '../../db/tokens.ts'
import { instantOf } from '../../domain/instant.ts'
import { furnishAssessments, numberOf, otherManager, profile } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { Person } from './clients.ts'
import type { Point } from './points.ts'
import { eventsOf, killedBy } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** What makes an assessment is killed at each step of it, and acts come twice: it is kept once, and each act counts once. */

let world: World
let manager: Person
let other: Person
let head: Person

const reckoned = ['unreckoned', 'unkept', 'kept', 'unwritten', 'unmailed', 'mailed'] as const
const decided = ['doubled', 'lost'] as const

beforeAll(async () => {
  world = await createWorld()
  await furnishAssessments(world, [...reckoned, ...decided], decided)
  const person = async (id: string) =>
    new Person(id, await createToken(world.db, id, 'faults', instantOf(Date.now())), world.journal, (at) => world.apis[at].url())
  manager = await person('manager-gao')
  other = await person(otherManager)
  head = await person('lead-xu')
})
afterAll(async () => world?.end())

const making = (id: string) => ({ profile, assessment: id, period: '2026-10' })
const path = (id: string, command: string) => `/api/assessments/${numberOf(id)}/${command}`
async function opened(id: string): Promise<void> {
  expect(await manager.insist('/api/assessments', making(id))).toMatchObject({ status: 201, body: { number: numberOf(id) } })
}
async function drafted(id: string): Promise<void> {
  await until(async () => {
    const row = await world.db.selectFrom('processes').select('stage').where('number', '=', numberOf(id)).executeTakeFirst()
    return row?.stage === 'draft' ? true : undefined
  })
}
const reckonedSchema = z.object({ sha256: z.string() })

describe('FAULT-3 the worker is killed at each step of an assessment', () => {
  const steps: readonly (readonly [id: (typeof reckoned)[number], point: (number: string) => Point])[] = [
    ['unreckoned', (number) => ({ when: 'before', edge: 'activity', of: `"kind":"reckon","question":{"number":"${number}"` })],
    ['unkept', (number) => ({ when: 'before', edge: 'assessment model', of: number })],
    ['kept', (number) => ({ when: 'after', edge: 'assessment model', of: number })],
    ['unwritten', (number) => ({ when: 'before', edge: 'step rows', of: number })],
    ['unmailed', (number) => ({ when: 'before', edge: 'report mails', of: number })],
    ['mailed', (number) => ({ when: 'after', edge: 'report mails', of: number })],
  ]

  test(`R14: ${steps.map(([id]) => id).join(', ')}: what was counted is kept once, and who decides hears of it once`, async () => {
    for (const [id, point] of steps) {
      await world.worker.arm(point(numberOf(id)))
      await opened(id)
      await world.worker.ended()
      await world.worker.start()
    }
    for (const [id] of steps) {
      const number = numberOf(id)
      await drafted(id)
      expect(await eventsOf(world, number)).toEqual(['opened', 'reckoned'])
      const kept = await world.db.selectFrom('assessmentModels').selectAll().where('number', '=', number).executeTakeFirstOrThrow()
      const [event] = await world.db
        .selectFrom('events')
        .select('data')
        .where('process', '=', number)
        .where('type', '=', 'reckoned')
        .execute()
      expect(reckonedSchema.parse(event?.data).sha256).toBe(kept.sha256)
      expect(createHash('sha256').update(kept.model).digest('hex')).toBe(kept.sha256)
      const mails = await until(async () => {
        const rows = await world.db.selectFrom('notices').select(['kind', 'recipientId']).where('process', '=', number).execute()
        return rows.length > 0 ? rows : undefined
      })
      expect(mails.map(({ recipientId }) => recipientId ?? '').toSorted()).toEqual(['manager-gao', otherManager])
    }
  })
})

describe('RACE', () => {
  test('R14: a head and the management confirm one score at once: one does, the other is told', async () => {
    await opened('doubled')
    await drafted('doubled')
    const confirm = (who: Person) => who.insist(path('doubled', 'confirm'), { subject: 'person:engineer-wang' })
    const answers = await Promise.all([confirm(head), confirm(manager)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await eventsOf(world, numberOf('doubled'))).filter((type) => type === 'score-confirmed')).toHaveLength(1)
  })
})

describe('FAULT-2 the API is killed', () => {
  test('R14: after a score was confirmed, and after it was objected to: with the same key each is told so, and is done once', async () => {
    await opened('lost')
    await drafted('lost')
    const { wang } = world.people
    const subject = 'person:engineer-wang'
    const lost: Point = { when: 'after', edge: 'update' }
    const confirmed = await killedBy(world, lost, head, path('lost', 'confirm'), { subject })
    expect(await head.insist(path('lost', 'confirm'), { subject }, confirmed)).toMatchObject({ status: 200 })
    const objection = { subject, reason: '停电' }
    const objected = await killedBy(world, lost, wang, path('lost', 'object'), objection)
    expect(await wang.insist(path('lost', 'object'), objection, objected)).toMatchObject({ status: 200 })
    expect(await wang.insist(path('lost', 'object'), objection, randomUUID())).toMatchObject({ status: 409 })
    const decision = { subject, upheld: false, reason: '与通知不符' }
    // Who confirmed it was the head: either of the management decides.
    expect(
      (await Promise.all([manager, other].map((who) => who.insist(path('lost', 'decide-objection'), decision))))
        .map(({ status }) => status)
        .toSorted((a, b) => a - b),
    ).toEqual([200, 409])
    expect(await eventsOf(world, numberOf('lost'))).toEqual(['opened', 'reckoned', 'score-confirmed', 'objected', 'objection-decided'])
  })
})
