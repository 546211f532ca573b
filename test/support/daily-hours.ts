import type { Calendar } from '../../domain/calendar/schema.ts'
import type { WorkingCalendar } from '../../domain/calendar/working-time.ts'

/** A calendar with the same spans every day of the week. */
export function daily(timezone: string, spans: string[], days: Calendar['days'] = {}): WorkingCalendar {
  const week = { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans }
  return { timezone, week, days, coveredThrough: '2026-12-31' }
}
