import { epochMs, type Instant } from '../instant.ts'
import { dateOf, localDay } from './local-time.ts'
import { isCovered, type WorkingCalendar } from './working-time.ts'

/** Whether the holidays of all days between two instants are known, and on which side they are not. */
export type Coverage = { readonly known: true } | { readonly known: false; readonly side: 'before' | 'after'; readonly date: string }

export function coverageOf(calendar: WorkingCalendar, from: Instant, to: Instant): Coverage {
  const first = coveredFrom(calendar)
  if (first !== undefined && dateOf(localDay(calendar.timezone, epochMs(from))) < first)
    return { known: false, side: 'before', date: first }
  // Nobody knows those of the last year there is, some of whose days lie beyond it elsewhere.
  if (to < '9999' && isCovered(calendar, to)) return { known: true }
  return { known: false, side: 'after', date: calendar.coveredThrough }
}

/**
 * The first day whose holidays a calendar knows: the first of the year of the first day it lists, which is what is announced at once.
 * Of a December the announcement of the next year tells the last days only. A calendar that lists none knows of none that was.
 */
export function coveredFrom({ days }: Pick<WorkingCalendar, 'days'>): string | undefined {
  const first = Object.keys(days).reduce<string | undefined>((least, day) => (least === undefined || day < least ? day : least), undefined)
  return first === undefined || first.slice(5, 7) === '12' ? first : `${first.slice(0, 4)}-01-01`
}
