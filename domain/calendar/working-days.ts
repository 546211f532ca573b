import { madeOnce } from '../memory.ts'
import { dateOf, dayMs } from './local-time.ts'
import { parseSpan, weekdays, type Calendar, type Span } from './schema.ts'

export type WorkingCalendar = Pick<Calendar, 'timezone' | 'week' | 'days' | 'coveredThrough'>

/**
 * What a calendar works in local time, added up once: its week repeats for ever, and only the days that differ from it are looked at
 * one by one. So a century is reckoned as soon as a morning. Sums count from the first Monday of 1970, and are less than 0 before it.
 */
export interface WorkingDays {
  /** The spans of a local day, in order. */
  readonly spansOf: (day: number) => readonly Span[]
  /** How many of the local days before that one have spans. */
  readonly daysBefore: (day: number) => number
  /** Milliseconds worked before a local instant. */
  readonly workedBefore: (local: number) => number
  /** The first local instant by which so much is worked, given that by `local` it is less and some time it is reached. */
  readonly whenWorked: (worked: number, local: number) => number
}

/** A calendar is a value, and each promise asks about the same days. */
export const workingDays: (calendar: WorkingCalendar) => WorkingDays = madeOnce(({ week, days }) => {
  const ofWeek = weekdays.map((weekday) => parsed(week[weekday]))
  const usual = (day: number): readonly Span[] => ofWeek[weekdayOf(day)] ?? []
  const other = new Map(Object.entries(days).flatMap(([date, spans]) => dayOf(date).map((day) => [day, parsed(spans)])))
  const spansOf = (day: number): readonly Span[] => other.get(day) ?? usual(day)

  const differing = [...other.keys()].toSorted((a, b) => a - b)
  const before = (measure: (spans: readonly Span[]) => number): ((day: number) => number) => {
    const sums = sumsOf(ofWeek.map(measure))
    const extra = sumsOf(differing.map((day) => measure(spansOf(day)) - measure(usual(day))))
    return (day) =>
      Math.floor((day + firstDay) / 7) * (sums[7] ?? 0) + (sums[weekdayOf(day)] ?? 0) + (extra[countBelow(differing, day)] ?? 0)
  }
  const daysBefore = before((spans) => (spans.length > 0 ? 1 : 0))
  const minutesBefore = before((spans) => spans.reduce((sum, { from, to }) => sum + to - from, 0))

  return {
    spansOf,
    daysBefore,
    workedBefore(local) {
      const day = Math.floor(local / dayMs)
      const ofDay = local - day * dayMs
      const today = spansOf(day).reduce((sum, { from, to }) => sum + Math.max(0, Math.min(ofDay, to * minuteMs) - from * minuteMs), 0)
      return minutesBefore(day) * minuteMs + today
    },
    whenWorked(worked, local) {
      const day = lastDay(Math.floor(local / dayMs), (one) => minutesBefore(one) * minuteMs < worked)
      let left = worked - minutesBefore(day) * minuteMs
      for (const { from, to } of spansOf(day)) {
        const length = (to - from) * minuteMs
        if (left <= length) return day * dayMs + from * minuteMs + left
        left -= length
      }
      throw new Error(`Day ${day} works less than its sum says.`)
    },
  }
})

/** The last day from `day` on, for which it holds, of which it holds, given that from some day on it does not. */
export function lastDay(day: number, holds: (day: number) => boolean, most = Infinity): number {
  let low = day
  let step = 1
  while (low + step <= most && holds(low + step)) {
    low += step
    step *= 2
  }
  for (; step >= 1; step /= 2) if (low + step <= most && holds(low + step)) low += step
  return low
}

export const minuteMs = 60_000

/** 1970-01-01 was a Thursday. */
const firstDay = 3

function weekdayOf(day: number): number {
  return (((day + firstDay) % 7) + 7) % 7
}

/** The sums of the first none, the first, the first two and so on. */
function sumsOf(sizes: readonly number[]): readonly number[] {
  let sum = 0
  return [0, ...sizes.map((size) => (sum += size))]
}

/** How many of ascending numbers are below that one. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? limit) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Number of a day as it stands in a calendar; none for what is no date. */
function dayOf(date: string): number[] {
  const day = Date.parse(date) / dayMs
  return Number.isInteger(day) && dateOf(day) === date ? [day] : []
}

function parsed(spans: readonly string[]): readonly Span[] {
  return spans.flatMap((text) => parseSpan(text) ?? [])
}
