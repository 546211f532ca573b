import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inParallel } from '../../runtime/background.ts'
import { putPerson } from '../../db/people.ts'
import { expectConsistent } from './invariants.ts'
import { form, numberIn } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** Both workers are killed while they write mails. */

let world: World
beforeAll(async () => {
  world = await createWorld({ workers: 2 })
  for (const id of engineers)
    await putPerson(world.db, {
      id,
      name: id,
      email: `${id}@bihuan.example`,
      roles: ['engineer'],
      active: true,
      teams: ['tech-support'],
      skills: [],
    })
})
afterAll(async () => world?.end())

const tickets = 150
/** So many that none gets more than twenty mails: those would come as a digest, minutes later. */
const engineers = Array.from({ length: 10 }, (_, at) => `engineer-${at + 1}`)
const engineerOf = (at: number) => engineers[at % engineers.length] ?? ''

describe('FAULT-3 the workers are killed in the middle of hundreds of mails', () => {
  test('each event and recipient ends as one row and one mail', async () => {
    const { li } = world.people
    await world.worker.kill()
    await world.otherWorker?.kill()
    // Urgent ones, so that no quiet hours hold what this test waits for at night.
    const body = {
      ...form,
      priority: 'urgent',
      customer: { name: '何俊', email: 'he.jun@example.com' },
    }
    const numbers = await inParallel(
      8,
      Array.from({ length: tickets }, (_, at) => engineerOf(at)),
      async (assignee) => numberIn(await li.insist('/api/tickets', { ...body, assignee })),
    )

    for (const written of [20, 90, 160]) {
      await Promise.all([world.worker.start(), world.otherWorker?.start()])
      while (mails().length < written) await sleep(5)
      await Promise.all([world.worker.kill(), world.otherWorker?.kill()])
    }
    // They were killed at work, not after it.
    expect(mails().length).toBeLessThan(2 * tickets)
    await Promise.all([world.worker.start(), world.otherWorker?.start()])

    // What they had in hand is taken up when its lease is over.
    const unsent = async () => world.db.selectFrom('notices').select('id').where('status', '<>', 'sent').execute()
    while ((await unsent()).length > 0) await sleep(200)
    const rows = await world.db
      .selectFrom('notices')
      .select(['process', 'seq', 'kind', 'recipientKind', 'recipientId', 'messageId'])
      .execute()
    expect(rows).toHaveLength(2 * tickets)
    expect(mails().toSorted()).toEqual(
      numbers
        .flatMap((number, at) => [`${number}-1-ticket-assigned-person-${engineerOf(at)}.eml`, `${number}-1-ticket-submitted-customer.eml`])
        .toSorted(),
    )
    const ids = await Promise.all(mails().map(async (name) => (await simpleParser(readFileSync(join(world.mailFolder, name)))).messageId))
    expect(new Set(ids)).toEqual(new Set(rows.map(({ messageId }) => messageId ?? '')))
    expect(new Set(ids).size).toBe(ids.length)
    await expectConsistent(world)
  })
})

function mails(): string[] {
  try {
    return readdirSync(world.mailFolder).filter((name) => name.endsWith('.eml'))
  } catch {
    return [] // not there before the first mail
  }
}
