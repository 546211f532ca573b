/** Chance that can be repeated: the same seed throws the same dice. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  throw(): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** Whole milliseconds from `least` to `most`. */
  between(least: number, most: number): number
  /** Dice of one's own, so that what others throw does not change one's luck. */
  split(): Dice
}

/** mulberry32 */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    throw: next,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    between: (least, most) => Math.floor(least + next() * (most - least + 1)),
    split: () => diceOf(Math.floor(next() * 4_294_967_296)),
  }
}
