import { epochMs, type Instant } from '../instant.ts'
import { dayMs, localDay, stretchesFrom } from './local-time.ts'
import { minuteMs, workingDays, type WorkingCalendar } from './working-days.ts'

/** A stretch of working time in milliseconds since the epoch. */
export interface WorkingSpan {
  readonly from: number
  readonly to: number
}

/**
 * All working time between two instants, in order: what a statement is given so that it can reckon in working time as
 * `workingMs` does. A year of an office has some five hundred spans. None when `to` is not after `from`.
 */
export function workingSpans(calendar: WorkingCalendar, from: Instant, to: Instant): WorkingSpan[] {
  const start = epochMs(from)
  const end = epochMs(to)
  const { spansOf } = workingDays(calendar)
  const spans: WorkingSpan[] = []
  for (const stretch of stretchesFrom(calendar.timezone, start)) {
    if (stretch.from >= end) break
    const last = Math.min(stretch.to, end)
    for (let day = Math.floor((stretch.from + stretch.offset) / dayMs); day * dayMs < last + stretch.offset; day += 1) {
      for (const span of spansOf(day)) {
        const worked = {
          from: Math.max(stretch.from, day * dayMs + span.from * minuteMs - stretch.offset),
          to: Math.min(last, day * dayMs + span.to * minuteMs - stretch.offset),
        }
        if (worked.to > worked.from) spans.push(worked)
      }
    }
  }
  return spans
}

/** When the working time of each of the days ended: a day is over then, as far as promises count in days. */
export function workingDayEnds({ timezone }: Pick<WorkingCalendar, 'timezone'>, spans: readonly WorkingSpan[]): number[] {
  const ends = new Map(spans.map(({ to }) => [localDay(timezone, to - 1), to]))
  return [...ends.values()]
}
