import { own } from '../../../domain/own.ts'
import { createHash } from 'node:crypto'

/** Chance that comes out the same each time: made of a seed and of what it is for, so that one ticket's luck does not change another's. */
export interface Chance {
  /** From 0 up to 1, 1 left out. */
  next(): number
  /** True in so many of hundred cases. */
  percent(of: number): boolean
  pick<T>(from: readonly [T, ...T[]]): T
  /** One of the keys, as often as their weights say. */
  weighed(weights: Readonly<Record<string, number>>): string
  between(least: number, most: number): number
  /** Around a median, mostly near it and now and then far above: how long people's work takes. */
  around(median: number, spread?: number): number
}

export function chanceOf(...seeds: readonly (string | number)[]): Chance {
  const next = generator(seeds.join(' '))
  const chance: Chance = {
    next,
    percent: (of) => next() * 100 < of,
    pick: ([first, ...others]) => [first, ...others][Math.floor(next() * (others.length + 1))] ?? first,
    weighed(weights) {
      const keys = Object.keys(weights)
      const [first] = keys
      if (first === undefined) throw new Error('nothing to choose from')
      let left = next() * keys.reduce((sum, key) => sum + (own(weights, key) ?? 0), 0)
      return keys.find((key) => (left -= own(weights, key) ?? 0) < 0) ?? first
    },
    between: (least, most) => least + next() * (most - least),
    around(median, spread = 0.6) {
      // Box–Muller; the logarithm of 0 is nothing to reckon with.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(spread * Math.min(Math.max(normal, -2.5), 2.5))
    },
  }
  return chance
}

/** sfc32, begun with a hash of the text. */
function generator(text: string): () => number {
  const hash = createHash('sha256').update(text).digest()
  let [a, b, c, d] = [hash.readInt32LE(0), hash.readInt32LE(4), hash.readInt32LE(8), hash.readInt32LE(12)]
  return () => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return (t >>> 0) / 2 ** 32
  }
}
