import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, At, Person } from './clients.ts'
import { expectConsistent, settled } from './invariants.ts'
import { contact, done, form, registered, saying, ticketsWith, to, waitingForAssignment } from './scenes.ts'
import { createWorld, type World } from './world.ts'

/** Two APIs behind one address, and people who act at the very same moment. */

let world: World
beforeAll(async () => {
  world = await createWorld({ eventsPerRun: 40 })
})
afterAll(async () => world?.end())

describe('RACE two people act on one ticket at once', () => {
  test('S9 of two who claim exactly one gets it; the other is told who has it', async () => {
    const { wang, chen } = world.people
    for (let round = 1; round <= 8; round += 1) {
      const number = await waitingForAssignment(world)
      const answers = await Promise.all([
        wang.try(to(number, 'claim'), {}, randomUUID(), 0),
        chen.try(to(number, 'claim'), {}, randomUUID(), 1),
      ])
      const winner = answers[0]?.status === 200 ? wang : chen
      expect(statusesOf(answers)).toEqual([200, 409])
      const [refusal] = answers.filter((answer) => answer?.status === 409)
      expect(refusal?.body).toMatchObject({ type: '/problems/already-held', holder: winner.id, number })
      const [row] = await world.db.selectFrom('tickets').select('assignee').where('number', '=', number).execute()
      expect(row?.assignee).toBe(winner.id)
    }
    await expectConsistent(world)
  })

  test('two different commands both happen, one after the other', async () => {
    const { li, zhao } = world.people
    const number = await registered(world)
    for (let round = 1; round <= 8; round += 1) {
      const answers = await Promise.all([
        li.try(to(number, 'contact'), contact(`round ${round}`), randomUUID(), 0),
        zhao.try(to(number, 'supplement'), { text: `round ${round}` }, randomUUID(), 1),
      ])
      expect(answers.map((answer) => answer?.status)).toEqual([200, 200])
      expect(new Set(answers.map((answer) => answer?.body['version']))).toEqual(new Set([2 * round, 2 * round + 1]))
    }
    await expectConsistent(world)
  })

  test('X8 of two who saw the same version exactly one acts on it', async () => {
    const { li, zhao } = world.people
    const number = await registered(world)
    for (let version = 1; version <= 8; version += 1) {
      const text = `on version ${version}`
      const answers = await Promise.all([
        li.try(to(number, 'contact'), contact(text), randomUUID(), 0, version),
        zhao.try(to(number, 'contact'), contact(text), randomUUID(), 1, version),
      ])
      expect(statusesOf(answers)).toEqual([200, 412])
      expect(await saying(world, number, text)).toBe(1)
    }
    await expectConsistent(world)
  })

  test('forty at once on one ticket all get through', async () => {
    const { li, zhao } = world.people
    const number = await registered(world)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        (at % 3 === 0 ? li : zhao).insist(to(number, 'contact'), contact(`all at once`), randomUUID(), () => (at % 2 === 0 ? 0 : 1)),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(await saying(world, number, 'all at once')).toBe(40)
    await expectConsistent(world)
  })
})

describe('RACE the same request comes twenty times at once, through two APIs', () => {
  test('an intake makes one ticket', async () => {
    const answers = await twentyTimes(world.people.li, '/api/tickets', { ...form, title: 'twenty times' })
    expectEqual(answers, 201)
    expect(await ticketsWith(world, 'twenty times')).toHaveLength(1)
    await expectConsistent(world)
  })

  test('a command takes effect once', async () => {
    const number = await registered(world)
    const answers = await twentyTimes(world.people.li, to(number, 'contact'), contact('twenty times'))
    expectEqual(answers, 200)
    expect(await saying(world, number, 'twenty times')).toBe(1)
    await expectConsistent(world)
  })

  test('a note is written once', async () => {
    const number = await registered(world)
    expectEqual(await twentyTimes(world.people.li, to(number, 'note'), { text: 'twenty times' }), 200)
    expect(await world.db.selectFrom('notes').select('text').where('ticket', '=', number).execute()).toHaveLength(1)
    await expectConsistent(world)
  })

  test('a command that ends the ticket is not refused to those who come after its end', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const number = await registered(world)
      expectEqual(await twentyTimes(world.people.li, to(number, 'withdraw'), { reason: '客户自行解决' }), 200)
    }
    await expectConsistent(world)
  })

  for (const { act, edge, path, body, status } of [
    { act: 'an intake', edge: 'new ticket', path: () => '/api/tickets', body: { ...form, title: 'twins' }, status: 201 },
    { act: 'a command', edge: 'update', path: (number: string) => to(number, 'contact'), body: contact('twins'), status: 200 },
    { act: 'a command', edge: 'step rows', path: (number: string) => to(number, 'contact'), body: contact('twins'), status: 200 },
    { act: 'a note', edge: 'note', path: (number: string) => to(number, 'note'), body: { text: 'twins' }, status: 200 },
    {
      act: 'the end of a ticket',
      edge: 'update',
      path: (number: string) => to(number, 'withdraw'),
      body: { reason: 'twins' },
      status: 200,
    },
  ] as const) {
    test(`${act} by twins, one of which is overtaken before its ${edge}: one effect, equal answers`, async () => {
      const { li } = world.people
      const [, second] = world.apis
      const number = await registered(world)
      const key = randomUUID()
      await second.arm({ when: 'before', edge, deed: 'hold' })
      const overtaken = li.try(path(number), body, key, 1)
      await second.holding()
      const first = li.try(path(number), body, key, 0)
      // It answers at once, or waits for a lock that the held one has.
      await Promise.race([first, sleep(1_000)])
      await second.release()
      expectEqual([await first, await overtaken], status)
      await expectConsistent(world)
    })
  }

  test('a command by twins, between whom the workflow goes on in a new run: one effect, equal answers', async () => {
    const { li } = world.people
    const [, second] = world.apis
    const number = await registered(world)
    let version = 1
    // Which of them is the last of its run is for the server to say.
    await inANewRun(number, async () => {
      version += 1
      const key = randomUUID()
      await second.arm({ when: 'after', edge: 'update', deed: 'hold' })
      const accepted = li.try(to(number, 'contact'), contact(`${version}`), key, 1)
      await second.holding()
      const again = await li.insist(to(number, 'contact'), contact(`${version}`), key)
      await second.release()
      expectEqual([again, await accepted], 200)
      expect(again.body['version']).toBe(version)
    })
    await expectConsistent(world)
  })

  for (const { since, ends } of [
    { since: 'gone on in a new run', ends: false },
    { since: 'gone on in a new run and ended', ends: true },
  ]) {
    test(`a command by twins, one of which comes when the ticket has long ${since}: one effect, equal answers`, async () => {
      const { li, zhao } = world.people
      const [, second] = world.apis
      const number = await registered(world)
      const key = randomUUID()
      await second.arm({ when: 'before', edge: 'update', deed: 'hold' })
      const overtaken = li.try(to(number, 'contact'), contact('overtaken'), key, 1)
      await second.holding()
      const first = await li.insist(to(number, 'contact'), contact('overtaken'), key)
      await inANewRun(number, () => done(zhao, number, 'contact', contact('meanwhile')))
      if (ends) await done(zhao, number, 'withdraw', { reason: '客户自行解决' })
      await settled(world)

      await second.release()
      expectEqual([first, await overtaken], 200)
      await expectConsistent(world)
    })
  }

  test('a claim that is refused is refused to all, and its key is free again', async () => {
    const { wang, chen } = world.people
    const number = await waitingForAssignment(world)
    await done(wang, number, 'claim', {})
    const key = randomUUID()
    expectStatus(await twentyTimes(chen, to(number, 'claim'), {}, key), 409)

    await done(wang, number, 'release', { reason: '需要二线处理' })
    expect((await chen.insist(to(number, 'claim'), {}, key)).status).toBe(200)
    await expectConsistent(world)
  })

  test('a key serves one body: the other one is refused', async () => {
    const number = await registered(world)
    const key = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        world.people.li.try(to(number, 'contact'), contact(at % 2 === 0 ? 'this' : 'that'), key, at % 4 < 2 ? 0 : 1),
      ),
    )
    expect(statusesOf(answers)).toEqual([...Array.from({ length: 10 }, () => 200), ...Array.from({ length: 10 }, () => 422)])
    expect((await saying(world, number, 'this')) + (await saying(world, number, 'that'))).toBe(1)
    await expectConsistent(world)
  })
})

/** Acts again and again until the ticket's workflow goes on in a new run. */
async function inANewRun(number: string, act: () => Promise<unknown>): Promise<void> {
  await settled(world)
  const runId = async () => (await world.client.workflow.getHandle(number).describe()).runId
  const before = await runId()
  while ((await runId()) === before) await act()
}

async function twentyTimes(
  person: Person,
  path: string,
  body: object,
  key: string = randomUUID(),
): Promise<readonly (Answer | undefined)[]> {
  return Promise.all(Array.from({ length: 20 }, (_, at) => person.try(path, body, key, at % 2 === 0 ? 0 : (1 satisfies At))))
}

/** In ascending order; 0 for no answer. */
function statusesOf(answers: readonly (Answer | undefined)[]): number[] {
  return answers.map((answer) => answer?.status ?? 0).toSorted((one, other) => one - other)
}

function expectStatus(answers: readonly (Answer | undefined)[], status: number): void {
  expect(answers.map((answer) => answer?.status)).toEqual(answers.map(() => status))
}

function expectEqual(answers: readonly (Answer | undefined)[], status: number): void {
  expectStatus(answers, status)
  expect(answers).toEqual(answers.map(() => answers[0]))
}
