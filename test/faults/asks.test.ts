import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installProfile } from '../../db/profiles.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { instantOf } from '../../domain/instant.ts'
import { until } from '../support/launcher.ts'
import { assignedAtOnce } from '../support/tickets.ts'
import { expectConsistent } from './invariants.ts'
import type { Point } from './points.ts'
import { contact, done, eventsOf, form, numberIn } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** Somebody dies between what a ticket asks (S7, S4) and what it makes of the answer. */

let world: World
beforeAll(async () => {
  world = await createWorld()
  const parsed = parseProfile(
    JSON.stringify({
      ...assignedAtOnce,
      id: 'desk',
      number: { pattern: 'DK{yyyyMMdd}{serial:3}' },
      dispatch: { mode: 'automatic' },
      customerTags: [{ id: 'vip', label: { 'zh-CN': 'VIP客户', 'zh-TW': 'VIP客戶', en: 'VIP customer' }, accounts: ['13800138000'] }],
    }),
    { format: 'json' },
  )
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  await installProfile(world.db, { profile: parsed.profile, source: null, installedAt: instantOf(Date.now()), installedBy: 'test' })
})
afterAll(async () => world?.end())

describe('FAULT-3 the worker is killed', () => {
  test('X8, S7, S4: before or after it looked for an answer, or before what came of it was reported or written: it has one effect', async () => {
    const numbers: string[] = []
    const moments: readonly Point[] = [
      { when: 'before', edge: 'activity', of: '"kind":"dispatch"' },
      { when: 'after', edge: 'activity', of: '"kind":"dispatch"' },
      { when: 'after', edge: 'activity', of: '"kind":"tag-customer"' },
      { when: 'after', edge: 'workflow code', of: '"manner":"dispatched"' },
      { when: 'before', edge: 'activity', of: '"manner":"dispatched"' },
      { when: 'after', edge: 'activity', of: '"manner":"dispatched"' },
    ]
    // All of them wait for the next attempt together: the server gives a lost activity its time.
    for (const moment of moments) {
      await world.worker.arm(moment)
      numbers.push(await atDesk())
      await world.worker.ended()
      await world.worker.start()
    }
    // Meanwhile nobody has to wait.
    const [first = ''] = numbers
    await done(world.people.li, first, 'contact', contact('meanwhile'))

    for (const number of numbers) await assigned(number)
    await expectConsistent(world)
    for (const number of numbers) {
      const events = await eventsOf(world, number)
      expect(events.filter((type) => type !== 'contacted').toSorted()).toEqual(['assigned', 'customer-tagged', 'submitted'])
    }
  }, 240_000)
})

describe('FAULT-5 Postgres is killed', () => {
  test('X8, S7: while a ticket asks: it asks again until Postgres is back', async () => {
    await world.worker.arm({ when: 'before', edge: 'activity', of: '"kind":"dispatch"', deed: 'hold' })
    const number = await atDesk()
    await world.worker.holding()
    await world.postgres.kill()
    await world.worker.release()
    await sleep(3_000)
    await world.postgres.restart()

    expect(await assigned(number)).toMatch(/^engineer-/)
    await expectConsistent(world)
    expect((await eventsOf(world, number)).toSorted()).toEqual(['assigned', 'customer-tagged', 'submitted'])
  }, 240_000)
})

async function atDesk(): Promise<string> {
  const answer = await world.people.li.insist('/api/tickets', { ...form, profile: 'desk' })
  expect(answer).toMatchObject({ status: 201, body: { stage: 'assignment' } })
  return numberIn(answer)
}

/** Who has it, as soon as its customer is known too. */
async function assigned(number: string): Promise<string> {
  return until(async () => {
    const row = await world.db.selectFrom('tickets').select(['assignee', 'customerTags']).where('number', '=', number).executeTakeFirst()
    return row && row.customerTags.length > 0 && row.assignee !== null ? row.assignee : undefined
  })
}
