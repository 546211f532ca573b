/**
 * Signal or noise: an XmR chart (Shewhart's, of individual values and moving ranges). The values of a process that is as it was lie within
 * natural limits, mean ± 2.66 × mean moving range; what lies outside, or eight in a row on one side of the mean, has a cause worth looking for.
 */

export interface Xmr {
  readonly mean: number
  readonly lower: number
  readonly upper: number
  /** Of each value, in their order, why it is a signal; null: it is none, or there is none. */
  readonly signals: readonly (Signal | null)[]
}

export type Signal = 'above' | 'below' | 'run-above' | 'run-below'

/** So many values a chart needs before its limits mean anything. */
export const fewestValues = 8
/** So many in a row on one side are no chance. */
const run = 8
/** 3 ÷ 1.128: three standard deviations, estimated from the moving range of two. */
const scale = 2.66

/** The chart of these values, the oldest first, null where there is none; undefined when they are too few. Limits stay within `bounds`. */
export function xmr(values: readonly (number | null)[], bounds: { readonly least: number; readonly most: number }): Xmr | undefined {
  const known = values.filter((value) => value !== null)
  if (known.length < fewestValues) return undefined
  const mean = average(known)
  const range = average(known.slice(1).map((value, at) => Math.abs(value - (known[at] ?? value))))
  const lower = Math.max(bounds.least, mean - scale * range)
  const upper = Math.min(bounds.most, mean + scale * range)
  const runs = runsOf(known, mean)
  let at = -1
  const signals = values.map((value): Signal | null => {
    if (value === null) return null
    at += 1
    if (value > upper) return 'above'
    if (value < lower) return 'below'
    return runs[at] ?? null
  })
  return { mean, lower, upper, signals }
}

/** Of each value whether it belongs to a run, and on which side. */
function runsOf(values: readonly number[], mean: number): (Signal | null)[] {
  const sides = values.map((value) => Math.sign(value - mean))
  const found: (Signal | null)[] = sides.map(() => null)
  let begun = 0
  for (let at = 1; at <= sides.length; at += 1) {
    if (sides[at] === sides[begun]) continue
    const side = sides[begun]
    if (side !== 0 && at - begun >= run) found.fill(side === 1 ? 'run-above' : 'run-below', begun, at)
    begun = at
  }
  return found
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
