import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from './clients.ts'
import { expectConsistent } from './invariants.ts'
import { diceOf, type Dice } from './random.ts'
import type { Service } from './service.ts'
import { contact, form, numberIn, to } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** A bad day without a script: people work on, and parts are killed and started again by chance. */

let world: World
beforeAll(async () => {
  world = await createWorld({ eventsPerRun: 40, workers: 2 })
})
afterAll(async () => world?.end())

/**
 * The same dice each time, so that a change is not blamed for another day's bad luck. FAULTS_SEED=n throws others, to look
 * for what nobody thought of; FAULTS_SECONDS makes the day longer.
 */
const seed = Number(process.env['FAULTS_SEED'] ?? 20_231_001)
const seconds = Number(process.env['FAULTS_SECONDS'] ?? 30)

test(
  `FAULT-6 parts die by chance for ${seconds} s (FAULTS_SEED=${seed}): whatever was answered is true, and nothing happened twice`,
  async () => {
    const dice = diceOf(seed)
    const { li, zhao, wang, chen, sun } = world.people
    const numbers: string[] = []
    for (let count = 1; count <= 4; count += 1) numbers.push(numberIn(await li.insist('/api/tickets', form)))

    const end = Date.now() + seconds * 1_000
    // Each of them does several things at once.
    const people = [li, li, zhao, zhao, wang, wang, chen, chen, sun].map((person) => busy(person, numbers, dice.split(), end))
    await kills(dice.split(), end)
    const days = await Promise.all(people)

    const answered = days.reduce((sum, day) => sum + day.accepted, 0)
    expect(answered).toBeGreaterThan(0)
    await expectConsistent(world)
  },
  (seconds + 210) * 1_000,
)

/** One person's day: act after act, each sent with the same key until its outcome is known, and sometimes once more. */
async function busy(person: Person, numbers: string[], dice: Dice, end: number): Promise<{ readonly accepted: number }> {
  let accepted = 0
  for (let act = 1; Date.now() < end; act += 1) {
    const text = `${person.id} ${act}`
    // Mostly the first few, so that people get in each other's way.
    const number = numbers[Math.floor(dice.throw() * (dice.throw() < 0.7 ? 4 : numbers.length))] ?? ''
    const [path, body] = dice.throw() < 0.08 ? ['/api/tickets', { ...form, title: text }] : something(number, text, dice)
    const key = randomUUID()
    const send = () => person.insist(path, body, key, () => (dice.throw() < 0.5 ? 0 : 1))
    // Some lose patience and send the same again while it is under way.
    const [answer] = await Promise.all([send(), ...(dice.throw() < 0.15 ? [send()] : [])])
    if (answer.status === 201) numbers.push(numberIn(answer))
    if (answer.status < 300) {
      accepted += 1
      if (dice.throw() < 0.2) expect(await send()).toEqual(answer)
    }
    await sleep(dice.between(0, 150))
  }
  return { accepted }
}

/** Something that somebody may try on a ticket, whether it fits its stage or not: a refusal is an answer too. */
function something(number: string, text: string, dice: Dice): [string, object] {
  // Rare, since a ticket that has ended only refuses.
  if (dice.throw() < 0.02) return [to(number, 'withdraw'), { reason: text }]
  const [command, body] = dice.pick<[string, object]>([
    ['contact', contact(text)],
    ['contact', contact(text)],
    ['supplement', { text }],
    ['note', { text }],
    ['review-intake', { complete: true }],
    ['diagnose', { summary: text, module: 'business-functions', reproduced: true }],
    ['claim', {}],
    ['accept', {}],
    ['release', { reason: text }],
    ['wait', { for: 'customer', reason: text, until: new Date(Date.now() + dice.between(200, 3_000)).toISOString() }],
    ['resume', {}],
    ['correct', { reason: text, title: text }],
  ])
  return [to(number, command), body]
}

/** Each part lives a while, dies, and is back after a moment, whatever the others do. */
async function kills(dice: Dice, end: number): Promise<void> {
  const { worker, otherWorker, temporal, postgres, apis } = world
  const [first, second] = apis
  const mortal = [
    { kill: postgres.kill, restart: postgres.restart },
    { kill: temporal.kill, restart: temporal.restart },
    ...[worker, otherWorker, first, second].flatMap((service) =>
      service ? [{ kill: service.kill, restart: () => supervised(service) }] : [],
    ),
  ]
  await Promise.all(
    mortal.map(async ({ kill, restart }) => {
      const luck = dice.split()
      for (;;) {
        await sleep(luck.between(1_000, 12_000))
        if (Date.now() > end) return
        await kill()
        await sleep(luck.between(0, 1_500))
        await restart()
      }
    }),
  )
}

/** A service that cannot start because what it needs is away is started again. */
async function supervised(service: Service): Promise<void> {
  for (;;) {
    try {
      return await service.start()
    } catch {
      await sleep(500)
    }
  }
}
