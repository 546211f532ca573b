import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { until } from '../support/launcher.ts'
import { form } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** Tickets of before are brought into the directory of customers, whoever dies meanwhile (S4). */

const tickets = 240
const customers = 60

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => world?.end())

describe('FAULT-3 the worker is killed', () => {
  test('S4: in the middle of bringing tickets in; another one goes on, and each ticket is brought in once', async () => {
    await world.worker.kill()
    const numberOf = new Map<string, number>()
    for (let at = 0; at < tickets; at += 20) {
      await Promise.all(
        Array.from({ length: 20 }, async (_, next) => {
          const which = (at + next) % customers
          const customer = { name: `客户${which}`, phone: `139${String(which).padStart(8, '0')}` }
          const { body } = await world.people.li.insist('/api/tickets', { ...form, customer })
          numberOf.set(z.object({ number: z.string() }).parse(body).number, which)
        }),
      )
    }
    await asOfAnOlderRelease()

    for (let killed = 0; killed < 3; killed += 1) {
      const before = await brought()
      await world.worker.start()
      // Between two tickets, or in the midst of one.
      await until(async () => ((await brought()) > before + 5 ? true : undefined))
      await world.worker.kill()
    }
    expect(await brought()).toBeLessThan(tickets)
    await world.worker.start()
    await until(async () => ((await brought()) === tickets ? true : undefined))
    const entries = await everyEntry()
    expect(entries.customers).toHaveLength(customers)
    const rows = await world.db.selectFrom('tickets').select(['number', 'customerEntry']).execute()
    const together = new Map<number, Set<string | null>>()
    for (const { number, customerEntry } of rows) {
      const which = numberOf.get(number) ?? -1
      together.set(which, (together.get(which) ?? new Set()).add(customerEntry))
    }
    expect(together.size).toBe(customers)
    for (const [which, ids] of together) expect([...ids], String(which)).toEqual([expect.any(String)])

    // Another look does nothing twice.
    const [first] = rows
    await world.db
      .updateTable('tickets')
      .set({ entryFound: null })
      .where('number', '=', first?.number ?? '')
      .execute()
    await until(async () => ((await brought()) === tickets ? true : undefined))
    const after = await everyEntry()
    expect(after.customers).toHaveLength(customers)
    expect(after.keys).toHaveLength(entries.keys.length)
  })
})

/** Of which nobody has looked whose they are. */
async function asOfAnOlderRelease(): Promise<void> {
  await world.db.updateTable('tickets').set({ customerEntry: null, entryFound: null }).execute()
  await world.db.deleteFrom('customerKeys').execute()
  await world.db.deleteFrom('customers').execute()
}

async function brought(): Promise<number> {
  const { rows } = await sql<{ brought: number }>`select count(*)::int as brought from tickets where entry_found is not null`.execute(
    world.db,
  )
  return rows[0]?.brought ?? 0
}

async function everyEntry() {
  const [entries, keys] = await Promise.all([
    world.db.selectFrom('customers').selectAll().orderBy('id').execute(),
    world.db.selectFrom('customerKeys').selectAll().orderBy('customer').orderBy('key').execute(),
  ])
  return { customers: entries, keys }
}
