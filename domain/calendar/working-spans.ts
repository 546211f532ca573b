import { dateOf, dayMs, stretchesFrom } from './local-time.ts'
import { Memories } from '../memory.ts'
import { parseSpan, weekdays, type Calendar, type Span } from './schema.ts'
import { own } from '../own.ts'

export type WorkingCalendar = Pick<Calendar, 'timezone' | 'week' | 'days' | 'coveredThrough'>

/** A piece of real working time: in milliseconds since the epoch, `to` not included, all of it on one local day. */
export interface WorkingSpan {
  readonly from: number
  readonly to: number
  readonly day: number
}

/** How far the working time of a calendar is looked at: longer than any promise, and walked through in a fraction of a second. */
export const centuryMs = 36_525 * dayMs

/**
 * The working time from an instant on, in order. An hour that the clocks go through twice is there twice, one that they
 * leap over is not there. Ends after a century.
 */
export function* workingSpans(calendar: WorkingCalendar, from: number): Generator<WorkingSpan, void> {
  const spansOf = spansByDay(calendar)
  const end = from + centuryMs
  for (const { from: start, to, offset } of stretchesFrom(calendar.timezone, from)) {
    if (start >= end) return
    const last = Math.ceil((to + offset) / dayMs) - 1
    for (let day = Math.floor((start + offset) / dayMs); day <= last; day += 1) {
      const midnight = day * dayMs - offset
      for (const span of spansOf(day)) {
        const begins = Math.max(midnight + span.from * 60_000, start)
        const ends = Math.min(midnight + span.to * 60_000, to)
        if (begins < ends) yield { from: begins, to: ends, day }
      }
    }
  }
}

/** The spans of a local day: those of its date where the calendar names it, else those of its weekday. */
function spansByDay(calendar: WorkingCalendar): (day: number) => readonly Span[] {
  const known = remembered.of(calendar)
  return (day) =>
    known.of(day, () => parsed(own(calendar.days, dateOf(day)) ?? calendar.week[weekdays[((day % 7) + firstDay) % 7] ?? 'mon']))
}

/** A calendar is a value, and each promise asks about the same days. A century of them: whoever asks as far as that, asks for it once. */
const remembered = new Memories<WorkingCalendar, number, readonly Span[]>(40_000)

/** 1970-01-01 was a Thursday; days before it have negative numbers. */
const firstDay = 3 + 7

function parsed(spans: readonly string[]): Span[] {
  return spans.flatMap((text) => parseSpan(text) ?? [])
}
