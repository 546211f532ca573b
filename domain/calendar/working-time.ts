import { epochMs, instantOf, type Instant } from '../instant.ts'
import { dateOf, dayMs, localDay, stretchesFrom, stretchesThrough } from './local-time.ts'
import type { Calendar, Span } from './schema.ts'
import { lastDay, minuteMs, workingDays, type WorkingCalendar } from './working-days.ts'
import { parseWorkingDuration, type WorkingDuration } from './working-duration.ts'

export type { WorkingCalendar } from './working-days.ts'

/**
 * Reckoning in working time (X2). Working time is real time: an hour that a clock change repeats counts twice, one it leaps
 * over does not count. Where a calendar's exceptions end, its week goes on. All of it is pure and exact to the millisecond.
 * Nobody is answered while it lasts: through each stretch in which the clocks do not change, time is leapt over, not walked.
 *
 * What lies more than a hundred years ahead throws {@link TooFarAhead}; what is no instant, no duration or no number of
 * milliseconds throws an error that says so.
 */

/** How far the working time of a calendar is looked at: longer than any promise. */
const centuryMs = 36_525 * dayMs

/** A slip in a duration or a date, not a promise. */
export class TooFarAhead extends Error {
  override name = 'TooFarAhead'

  constructor() {
    super('This is more than a hundred years ahead. Give a shorter duration, or an earlier end.')
  }
}

/**
 * When a promise of so much working time is due. `PT8H` counts working time. `P5D` counts working days: the day of `from`
 * does not count, even when it is one, and the end of the fifth working day's last span is the instant. `P1DT2H` counts the
 * days first and the time from there. A week counts as seven working days. A working day is one with working time: a day
 * that the zone leapt over is none.
 */
export function workingDue(calendar: WorkingCalendar, from: Instant, working: string): Instant {
  const duration = durationOf(working)
  const dayEnd = duration.days === 0 ? from : endOfWorkingDay(calendar, from, duration.days)
  return workingDueMs(calendar, dayEnd, duration.ms)
}

/**
 * The earliest instant at or after `from` by which `ms` of working time have passed: `from` itself for 0, and the end of a
 * span rather than the beginning of the next. Parts of a millisecond are rounded up.
 */
export function workingDueMs(calendar: WorkingCalendar, from: Instant, ms: number): Instant {
  const start = known(from)
  let left = Math.ceil(ms)
  if (!(left >= 0)) throw new Error(`${ms} milliseconds of working time cannot lie ahead: give 0 or more.`)
  if (left === 0) return instantOf(start)
  if (left > centuryMs) throw new TooFarAhead()
  const { workedBefore, whenWorked } = workingDays(calendar)
  for (const { from: begins, to, offset } of stretchesThrough(calendar.timezone, start, centuryMs)) {
    const before = workedBefore(begins + offset)
    const length = workedBefore(to + offset) - before
    if (left <= length) return instantOf(whenWorked(before + left, begins + offset) - offset)
    left -= length
  }
  throw new TooFarAhead()
}

/** Milliseconds of working time between two instants; 0 when `to` is not after `from`. */
export function workingMs(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  const start = known(from)
  const end = known(to)
  if (end <= start) return 0
  if (end - start > centuryMs) throw new TooFarAhead()
  return workedBetween(calendar, start, end)
}

/**
 * Length in milliseconds of a promise of so much working time that is made at `from`: of `P5D` all the working time of the
 * days that count. What is left of the day of `from` does not count, so the length is the same at whatever hour it is made.
 */
export function workingLength(calendar: WorkingCalendar, from: Instant, working: string): number {
  const { days, ms } = durationOf(working)
  if (days === 0) return ms
  const end = epochMs(endOfWorkingDay(calendar, from, days))
  const start = known(from)
  const tomorrow = localDay(calendar.timezone, start) + 1
  return ms + workedBetween(calendar, start, end) - workedBetween(calendar, start, end, tomorrow * dayMs)
}

/** Milliseconds of working time between two instants, as far as clocks show less than `until`. */
function workedBetween(calendar: WorkingCalendar, start: number, end: number, until = Infinity): number {
  const { workedBefore } = workingDays(calendar)
  let worked = 0
  for (const { from, to, offset } of stretchesFrom(calendar.timezone, start)) {
    if (from >= end || from + offset >= until + certainDays * dayMs) break
    const last = Math.min(Math.min(to, end) + offset, until)
    if (last > from + offset) worked += workedBefore(last) - workedBefore(from + offset)
  }
  return worked
}

/** No zone has ever put its clocks by more than a day and a bit: so many days on, they show no day again. */
const certainDays = 3

/**
 * Whether every holiday before the instant is known: nobody has announced those after `coveredThrough`. The midnight that
 * ends that day is covered, since nothing after it counts.
 */
export function isCovered(calendar: WorkingCalendar, instant: Instant): boolean {
  return localDate(calendar, instantOf(known(instant) - 1)) <= calendar.coveredThrough
}

/** The calendar without the exceptions before the local day of `from`: as little as a running ticket has to carry. */
export function calendarFrom(calendar: Calendar, from: Instant): Calendar {
  const first = localDate(calendar, from)
  return { ...calendar, days: Object.fromEntries(Object.entries(calendar.days).filter(([date]) => date >= first)) }
}

function durationOf(working: string): WorkingDuration {
  const duration = parseWorkingDuration(working)
  if (!duration) throw new Error(`"${working}" is no working duration: write PT8H, P5D or P1DT2H, without months and years.`)
  return duration
}

/** The end of the working time of the nth working day after the day of `from`. */
function endOfWorkingDay(calendar: WorkingCalendar, from: Instant, nth: number): Instant {
  if (nth * dayMs > centuryMs) throw new TooFarAhead()
  const start = known(from)
  const { daysBefore, spansOf } = workingDays(calendar)
  let day = localDay(calendar.timezone, start)
  let counted = 0
  let end = start
  for (const { from: begins, to, offset } of stretchesThrough(calendar.timezone, start, centuryMs)) {
    const first = Math.floor((begins + offset) / dayMs)
    const last = Math.ceil((to + offset) / dayMs) - 1
    for (let today = first; today <= last; today += 1) {
      // Days that clocks may show before or after this stretch, too, are walked one by one.
      if (today === first + certainDays && last - certainDays > today) {
        const before = daysBefore(today)
        const most = before + Math.max(0, nth - counted - 1)
        const leapt = lastDay(today, (one) => daysBefore(one) <= most, last - certainDays)
        if (counted < nth && leapt > today) {
          counted += daysBefore(leapt) - before
          day = leapt - 1
        }
        today = leapt
      }
      const ends = lastWorked(spansOf(today), begins + offset - today * dayMs, to + offset - today * dayMs)
      if (ends === undefined) continue
      if (today > day && counted < nth) {
        day = today
        counted += 1
      }
      // Clocks put back over midnight return to a day that seemed over, so its end is certain only two days on.
      if (today > day + 1) return instantOf(end)
      if (today === day) end = today * dayMs + ends - offset
    }
  }
  throw new TooFarAhead()
}

/** The end of the last working time within a part of a day, all in milliseconds since midnight; undefined where there is none. */
function lastWorked(spans: readonly Span[], from: number, to: number): number | undefined {
  const span = spans.findLast((one) => one.from * minuteMs < to)
  const end = span && Math.min(span.to * minuteMs, to)
  return end !== undefined && end > from ? end : undefined
}

function localDate({ timezone }: WorkingCalendar, instant: Instant): string {
  return dateOf(localDay(timezone, known(instant)))
}

function known(instant: Instant): number {
  const ms = epochMs(instant)
  if (Number.isNaN(ms)) throw new Error(`"${instant}" is no instant: write one with an offset or Z, such as 2026-10-01T09:00:00+08:00.`)
  return ms
}
