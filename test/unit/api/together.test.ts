import { expect, it } from 'vitest'
import { together } from '../../../api/together.ts'

/** Answers each round when told to, and remembers what was asked in it. */
function questions() {
  const rounds: { readonly asked: readonly string[]; answer(): void; fail(error: Error): void }[] = []
  const ask = together(
    (asked: readonly string[]) =>
      new Promise<string[]>((resolve, reject) => {
        rounds.push({ asked, answer: () => resolve(asked.map((question) => `${question}!`)), fail: reject })
      }),
  )
  return { ask, rounds, asked: () => rounds.map((round) => round.asked) }
}

it('asks a single question at once, and together what comes while one is under way', async () => {
  const { ask, rounds, asked } = questions()
  const first = ask('a')
  const others = [ask('b'), ask('c'), ask('b')]
  expect(asked()).toEqual([['a']])
  rounds[0]?.answer()
  expect(await first).toBe('a!')
  expect(asked()).toEqual([['a'], ['b', 'c', 'b']])
  rounds[1]?.answer()
  expect(await Promise.all(others)).toEqual(['b!', 'c!', 'b!'])
})

it('never answers with what was read before the question', async () => {
  const { ask, rounds, asked } = questions()
  const first = ask('a')
  const second = ask('a')
  rounds[0]?.answer()
  await first
  expect(asked()).toEqual([['a'], ['a']])
  rounds[1]?.answer()
  expect(await second).toBe('a!')
})

it('ends what waits with what is under way when that fails, and goes on afterwards', async () => {
  const { ask, rounds } = questions()
  const outcomes = Promise.allSettled([ask('a'), ask('b')])
  rounds[0]?.fail(new Error('away'))
  expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const later = ask('c')
  rounds[1]?.answer()
  expect(await later).toBe('c!')
})
