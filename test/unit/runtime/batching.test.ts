import { expect, it } from 'vitest'
import { together } from '../../../runtime/batching.ts'

/** Answers each round when told to, and remembers what was asked in it. */
function questions(rules?: Parameters<typeof together>[1]) {
  const rounds: { readonly asked: readonly string[]; answer(): void; fail(error: Error): void }[] = []
  const ask = together(
    (asked: readonly string[]) =>
      new Promise<string[]>((resolve, reject) => {
        rounds.push({ asked, answer: () => resolve(asked.map((question) => `${question}!`)), fail: reject })
      }),
    rules,
  )
  return { ask, rounds, asked: () => rounds.map((round) => round.asked) }
}

/** Lets what has arrived be heard. */
async function turn(): Promise<void> {
  for (let times = 0; times < 2; times += 1) await new Promise(setImmediate)
}

it('asks at once what has arrived, and together what comes while that is under way', async () => {
  const { ask, rounds, asked } = questions()
  const first = ask('a')
  await turn()
  const others = [ask('b'), ask('c'), ask('b')]
  await turn()
  expect(asked()).toEqual([['a']])
  rounds[0]?.answer()
  expect(await first).toBe('a!')
  await turn()
  expect(asked()).toEqual([['a'], ['b', 'c', 'b']])
  rounds[1]?.answer()
  expect(await Promise.all(others)).toEqual(['b!', 'c!', 'b!'])
})

it('never answers with what was read before the question', async () => {
  const { ask, rounds, asked } = questions()
  const first = ask('a')
  await turn()
  const second = ask('a')
  rounds[0]?.answer()
  await first
  await turn()
  expect(asked()).toEqual([['a'], ['a']])
  rounds[1]?.answer()
  expect(await second).toBe('a!')
})

it('ends what waits with what is under way when that fails, and goes on afterwards', async () => {
  const { ask, rounds } = questions()
  const first = ask('a')
  await turn()
  const outcomes = Promise.allSettled([first, ask('b')])
  rounds[0]?.fail(new Error('away'))
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const later = ask('c')
  await turn()
  rounds[1]?.answer()
  expect(await later).toBe('c!')
})

it('asks no more than so many at once', async () => {
  const { ask, rounds, asked } = questions({ most: 2 })
  const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(ask))
  for (let round = 0; round < 3; round += 1) {
    await turn()
    rounds[round]?.answer()
  }
  expect(await all).toEqual(['a!', 'b!', 'c!', 'd!', 'e!'])
  expect(asked()).toEqual([['a', 'b'], ['c', 'd'], ['e']])
})

it('asks each alone when one of several may be to blame, so that it harms no other', async () => {
  const { ask, rounds, asked } = questions({ apart: (error: unknown) => String(error) !== 'Error: away' })
  const outcomes = Promise.allSettled([ask('good'), ask('bad')])
  await turn()
  rounds[0]?.fail(new Error('one is bad'))
  await turn()
  const later = ask('later')
  expect(asked()).toEqual([['good', 'bad'], ['good'], ['bad']])
  rounds[1]?.answer()
  rounds[2]?.fail(new Error('this is bad'))
  expect(await outcomes).toEqual([
    { status: 'fulfilled', value: 'good!' },
    { status: 'rejected', reason: new Error('this is bad') },
  ])
  await turn()
  rounds[3]?.answer()
  expect(await later).toBe('later!')
})

it('asks nobody again when what failed would fail for each', async () => {
  const { ask, rounds } = questions({ apart: (error: unknown) => String(error) !== 'Error: away' })
  const outcomes = Promise.allSettled([ask('b'), ask('c')])
  await turn()
  rounds[0]?.fail(new Error('away'))
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await turn()
  expect(rounds).toHaveLength(1)
})
