import type { Calendar } from '../../domain/calendar/schema.ts'

/**
 * Working time reckoned the slow way, to check the fast one against: every minute of a stretch of UTC is looked up in Intl,
 * which says what a clock in the zone shows then, and the calendar says whether anybody works at that time.
 */
export interface Minute {
  readonly at: number
  readonly date: string
  readonly time: string
  readonly weekday: string
}

const minuteMs = 60_000

/** Every minute of so many days from an instant on. */
export function minutesOf(zone: string, from: string, days: number): readonly Minute[] {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const start = Date.parse(from)
  return Array.from({ length: days * 1440 }, (_, minute) => {
    const at = start + minute * minuteMs
    // "Sun, 29/03/2026, 01:59"
    const [, weekday = '', day, month, year, time = ''] = /^(\w+), (\d+)\/(\d+)\/(\d+), (\d\d:\d\d)$/.exec(clock.format(at)) ?? []
    return { at, date: `${year}-${month}-${day}`, time, weekday: weekday.toLowerCase() }
  })
}

/** The minutes in which somebody works. */
export function workingMinutes(calendar: Pick<Calendar, 'week' | 'days'>, minutes: readonly Minute[]): readonly Minute[] {
  const week: Readonly<Record<string, readonly string[]>> = calendar.week
  const spans = new Map<string, readonly string[][]>()
  return minutes.filter(({ date, time, weekday }) => {
    const known = spans.get(date)
    const ofDay = known ?? (calendar.days[date] ?? week[weekday] ?? []).map((span) => span.split('-'))
    if (!known) spans.set(date, ofDay)
    return ofDay.some(([begins = '', ends = '']) => begins <= time && time < ends)
  })
}

export function slowElapsed(worked: readonly Minute[], from: number, to: number): number {
  return worked.reduce((sum, { at }) => sum + Math.max(0, Math.min(at + minuteMs, to) - Math.max(at, from)), 0)
}

/** Undefined when the minutes do not reach that far. */
export function slowDue(worked: readonly Minute[], from: number, ms: number): number | undefined {
  let left = ms
  if (left === 0) return from
  for (const { at } of worked) {
    const begins = Math.max(at, from)
    const length = Math.max(0, at + minuteMs - begins)
    if (length > 0 && left <= length) return begins + left
    left -= length
  }
  return undefined
}

/** The end of the nth working date after the one of `from`. */
export function slowDayEnd(minutes: readonly Minute[], worked: readonly Minute[], from: number, nth: number): number | undefined {
  const today = minutes.findLast(({ at }) => at <= from)?.date ?? ''
  const dates = [...new Set(worked.map(({ date }) => date))].filter((date) => date > today).toSorted()
  const last = worked.findLast(({ date }) => date === dates[nth - 1])
  return last && last.at + minuteMs
}
