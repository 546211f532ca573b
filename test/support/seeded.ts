/** Chance that comes out the same each time: mulberry32. */
export interface Chance {
  /** Within [0, 1). */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  /** About this, by up to so much of it more or less. */
  about(value: number, by?: number): number
}

export function seeded(seed: number): Chance {
  let state = seed
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    about: (value, by = 0.15) => value * (1 + (next() * 2 - 1) * by),
  }
}
