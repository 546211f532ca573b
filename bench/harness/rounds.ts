/** How figures are taken: rounds of ours and of the baseline alternate, so that whatever else the machine does meets both. */

/** Does `work` for each of `count` items, at most `atOnce` at a time; seconds it took. */
export async function timed(count: number, atOnce: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  let next = 0
  const lane = async () => {
    while (next < count) {
      const index = next
      next += 1
      await work(index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane))
  return (performance.now() - began) / 1_000
}

/** Does `work` again and again, so many at a time, for so long. */
export async function duringMs(ms: number, atOnce: number, work: () => Promise<unknown>): Promise<void> {
  const until = performance.now() + ms
  const lane = async () => {
    while (performance.now() < until) await work()
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

/** Milliseconds each call took, at most `atOnce` at a time. */
export async function latencies(count: number, atOnce: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  await timed(count, atOnce, async (index) => {
    const began = performance.now()
    await work(index)
    taken.push(performance.now() - began)
  })
  return taken
}

export interface Side<T> {
  readonly ours: T
  readonly baseline: T
}

/** Takes both sides so many times; which goes first changes from round to round. */
export async function alternating<T>(rounds: number, sides: Side<() => Promise<T>>): Promise<Side<T>[]> {
  const taken: Side<T>[] = []
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const ours = await sides.ours()
      taken.push({ ours, baseline: await sides.baseline() })
    } else {
      const baseline = await sides.baseline()
      taken.push({ ours: await sides.ours(), baseline })
    }
  }
  return taken
}

/** Medians of both sides and of their ratio round by round, with the smallest and largest ratio. */
export function compared(rounds: readonly Side<number>[], ratioOf: (side: Side<number>) => number) {
  const ratios = rounds.map(ratioOf)
  return {
    ours: rounded(median(rounds.map(({ ours }) => ours))),
    baseline: rounded(median(rounds.map(({ baseline }) => baseline))),
    ratio: rounded(median(ratios)),
    ratioMin: rounded(Math.min(...ratios)),
    ratioMax: rounded(Math.max(...ratios)),
    rounds: rounds.length,
  }
}

/** More is better: operations a second. */
export const oursToBaseline = ({ ours, baseline }: Side<number>) => ours / baseline
/** Less is better: milliseconds. */
export const baselineToOurs = ({ ours, baseline }: Side<number>) => baseline / ours

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value that a share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) throw new Error('a quantile of nothing')
  return below + (above - below) * (place - Math.floor(place))
}

/** Three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
