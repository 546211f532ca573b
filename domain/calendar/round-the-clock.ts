import type { Calendar } from './schema.ts'

/** Where no working time is known: every hour of every day counts, so that working time is time. */
export const roundTheClock: Pick<Calendar, 'timezone' | 'week' | 'days' | 'coveredThrough'> = {
  timezone: 'UTC',
  week: weekOf(['00:00-24:00']),
  days: {},
  coveredThrough: '9999-12-31',
}

function weekOf(spans: string[]): Calendar['week'] {
  return { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans }
}
