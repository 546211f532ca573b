import { expect } from 'vitest'
import { costOf } from './processor-time.ts'

/** Compares what things of two sizes cost within one run, in time of the processor: neither a slow nor a busy machine fails a test. */

/** How much larger the second one is. Linear work takes eight times as long, quadratic 64 times. */
const times = 8
/** Below, collecting garbage and compiling is what is measured: nobody else would notice either. */
const unnoticedMs = 40
/** Of eight times as much: well above linear and well below quadratic. */
const mostTimes = 24

/**
 * Expects `work` on a thing eight times as large not to take much more than eight times as long.
 * @param size of the small one: the large one need not be the largest that can arrive, but large enough to be noticed
 */
export function expectLinear<T>(what: string, size: number, make: (size: number) => T, work: (made: T) => unknown): void {
  const [one, eight] = [make(size), make(size * times)]
  let small = Infinity
  let large = Infinity
  // The least of a few attempts: the rest is compiling and collecting.
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    small = Math.min(
      small,
      costOf(() => work(one)),
    )
    large = Math.min(
      large,
      costOf(() => work(eight)),
    )
    if (large < Math.max(small, unnoticedMs / times) * mostTimes) return
  }
  expect.fail(`${what} takes more than its share: ${small.toFixed(1)} ms for ${size}, ${large.toFixed(1)} ms for ${size * times}`)
}

const attempts = 3
