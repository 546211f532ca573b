/** Chance that comes out the same in every run. */
export interface Chance {
  /** A whole number from 0 on, below `bound`. */
  below(bound: number): number
  /** Whether something of that probability happens. */
  is(share: number): boolean
  /** One of them; those that stand there more than once are likelier. */
  of<T>(list: readonly T[]): T
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  // Mulberry32: small, and good enough for lives.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return {
    below,
    is: (share) => next() < share,
    of(list) {
      const one = list[below(list.length)]
      if (one === undefined) throw new Error('nothing to choose from')
      return one
    },
  }
}
