import { DateTime } from 'luxon'
import { instantOf, type Instant } from '../instant.ts'
import { localDay } from './local-time.ts'
import { workingDays, type WorkingCalendar } from './working-days.ts'

/** So far ahead a working day is looked for: longer than any holidays. */
const furthestDays = 60

/** The first instant after another at which, on a working day, the clocks of the zone show one of these times of day; undefined in a calendar without such days. */
export function nextTimeOfDay(after: Instant, times: readonly string[], calendar: WorkingCalendar): Instant | undefined {
  const { spansOf } = workingDays(calendar)
  const today = DateTime.fromISO(after, { zone: calendar.timezone }).startOf('day')
  for (let ahead = 0; ahead <= furthestDays; ahead += 1) {
    const day = today.plus({ days: ahead })
    if (spansOf(localDay(calendar.timezone, day.toMillis())).length === 0) continue
    for (const time of times.toSorted()) {
      const [hour = 0, minute = 0] = time.split(':').map(Number)
      const instant = instantOf(day.set({ hour, minute }).toMillis())
      if (instant > after) return instant
    }
  }
  return undefined
}
