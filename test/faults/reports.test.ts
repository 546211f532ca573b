import { createHash } from 'node:crypto'
import { MONTHS, ScheduleOverlapPolicy, type CalendarSpec } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { until } from '../support/launcher.ts'
import type { Point } from './points.ts'
import { eventsOf, killedBy } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** What makes reports is killed at each step of one: it arrives once all the same. */

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => world?.end())

const numberOf = (week: string) => `report:tech-support:weekly:2026-${week}`
const making = (week: string) => ({ profile: 'tech-support', report: 'weekly', period: `2026-${week}` })
const asked = (kind: string, week: string) => `"kind":"${kind}","question":{"number":"${numberOf(week)}"`

async function made(week: string): Promise<void> {
  expect(await world.people.sun.insist('/api/reports', making(week))).toMatchObject({ status: 201, body: { number: numberOf(week) } })
}

const reckonedSchema = z.object({ sha256: z.string() })

/** Once it is sent: what there is of it. */
async function expectOnce(number: string): Promise<void> {
  const { db } = world
  await until(async () => {
    const row = await db.selectFrom('processes').select('stage').where('number', '=', number).executeTakeFirst()
    return row?.stage === 'sent' ? true : undefined
  })
  expect(await eventsOf(world, number)).toEqual(['opened', 'reckoned', 'released', 'sent'])
  const model = await db.selectFrom('reportModels').selectAll().where('number', '=', number).executeTakeFirstOrThrow()
  expect(createHash('sha256').update(model.model).digest('hex')).toBe(model.sha256)
  const reckoned = await db
    .selectFrom('events')
    .select('data')
    .where('process', '=', number)
    .where('type', '=', 'reckoned')
    .executeTakeFirstOrThrow()
  expect(reckonedSchema.parse(reckoned.data).sha256).toBe(model.sha256)
  const people = await db.selectFrom('people').select(['id', 'roles']).where('active', '=', true).execute()
  const readers = people.filter(({ roles }) => roles.includes('supervisor') || roles.includes('department-lead')).map(({ id }) => id)
  const notices = await db
    .selectFrom('notices')
    .select(['kind', 'recipientId'])
    .where('process', '=', number)
    .orderBy('recipientId')
    .execute()
  expect(readers.length).toBeGreaterThan(1)
  expect(notices).toEqual(readers.toSorted().map((recipientId) => ({ kind: 'report-ready', recipientId })))
}

describe('FAULT-3 the worker is killed at each step of a report', () => {
  const steps: readonly (readonly [what: string, week: string, point: (week: string) => Point])[] = [
    ['before it is reckoned', 'W05', (week) => ({ when: 'before', edge: 'activity', of: asked('reckon', week) })],
    ['reckoned and not kept', 'W06', (week) => ({ when: 'before', edge: 'report model', of: numberOf(week) })],
    ['kept and not noted', 'W07', (week) => ({ when: 'after', edge: 'report model', of: numberOf(week) })],
    ['noted and not written', 'W10', (week) => ({ when: 'before', edge: 'step rows', of: numberOf(week) })],
    ['before its mails are queued', 'W11', (week) => ({ when: 'before', edge: 'report mails', of: numberOf(week) })],
    ['queued and not noted', 'W12', (week) => ({ when: 'after', edge: 'report mails', of: numberOf(week) })],
    ['said, and lost on the way', 'W13', (week) => ({ when: 'after', edge: 'activity', of: asked('send', week) })],
  ]

  test(`${steps.map(([what]) => what).join('; ')}: it is kept once and reaches each reader once`, async () => {
    for (const [, week, point] of steps) {
      await world.worker.arm(point(week))
      await made(week)
      await world.worker.ended()
      await world.worker.start()
    }
    // They wait together for what was lost to be missed.
    for (const [, week] of steps) await expectOnce(numberOf(week))
  })

  test('between two reports that fell due together: each is opened once', async () => {
    const schedule = world.client.schedule.getHandle('reports:tech-support')
    await until(async () => schedule.describe().catch(() => undefined))
    await world.worker.arm({ when: 'after', edge: 'new report', of: 'report:tech-support:' })
    // On the first of June the week and the month before fall due: that day was a Monday.
    await schedule.backfill({
      start: new Date('2026-06-01T01:00:30.000Z'),
      end: new Date('2026-06-01T01:05:00.000Z'),
      overlap: ScheduleOverlapPolicy.BUFFER_ALL,
    })
    await world.worker.ended()
    const first = await world.db
      .selectFrom('processes')
      .select('number')
      .where('number', 'like', 'report:%')
      .where('stage', '<>', 'sent')
      .execute()
    expect(first).toHaveLength(1)
    await world.worker.start()
    await expectOnce(numberOf('W22'))
    const monthly = 'report:tech-support:monthly:2026-05'
    await until(async () => ((await eventsOf(world, monthly)).includes('reckoned') ? true : undefined))
    expect((await eventsOf(world, monthly)).filter((type) => type === 'opened' || type === 'reckoned')).toEqual(['opened', 'reckoned'])
  })
})

describe('FAULT-2 the API is killed', () => {
  test('right after it took a report in: it is made all the same, and the same key is told so', async () => {
    const { sun } = world.people
    const key = await killedBy(world, { when: 'after', edge: 'new report', of: numberOf('W14') }, sun, '/api/reports', making('W14'))
    await expectOnce(numberOf('W14'))
    expect(await sun.insist('/api/reports', making('W14'), key)).toMatchObject({ status: 201, body: { number: numberOf('W14') } })
    expect(await sun.insist('/api/reports', making('W14'))).toMatchObject({ status: 409, body: { type: '/problems/made-already' } })
  })
})

describe('FAULT-5 Postgres is killed', () => {
  test('while a report is reckoned: it is reckoned again, and kept once', async () => {
    await world.worker.arm({ when: 'before', edge: 'report model', of: numberOf('W15'), deed: 'hold' })
    await made('W15')
    await world.worker.holding()
    await world.postgres.kill()
    await world.worker.release()
    await world.postgres.restart()
    await expectOnce(numberOf('W15'))
  })
})

describe('FAULT-4 Temporal is killed', () => {
  test('when a schedule was to look: it looks once Temporal is back, as of the time it missed', async () => {
    const schedule = world.client.schedule.getHandle('reports:tech-support')
    await until(async () => schedule.describe().catch(() => undefined))
    // Its own times are hours away: one moment, and no firing before it that could be under way.
    const missed = Math.ceil(Date.now() / 1_000) * 1_000 + 10_000
    await schedule.update((previous) => ({ ...previous, spec: { calendars: [momentOf(missed)] } }))
    // The schedule takes a change in its own time; one that was not taken when Temporal dies counts from when it is back.
    await until(async () => ((await schedule.describe()).info.nextActionTimes[0]?.getTime() === missed ? true : undefined))
    await world.temporal.kill()
    await until(() => (Date.now() > missed + 2_000 ? true : undefined))
    await world.temporal.restart()
    const run = world.client.workflow.getHandle(`reports-due:tech-support-${new Date(missed).toISOString().replace('.000Z', 'Z')}`)
    const looked = await until(async () => {
      const found = await run.describe().catch(() => undefined)
      return found?.status.name === 'COMPLETED' ? found : undefined
    })
    expect(looked.startTime.getTime()).toBeGreaterThan(missed + 2_000)
    expect(await run.result()).toMatchObject({ opened: expect.any(Array) })
    await schedule.pause('the test has seen enough')
  })
})

/** One second, as a schedule says it. */
function momentOf(ms: number): CalendarSpec {
  const at = new Date(ms)
  return {
    year: at.getUTCFullYear(),
    month: MONTHS[at.getUTCMonth()] ?? '*',
    dayOfMonth: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  }
}
