import { DateTime, Duration } from 'luxon'
import type { Instant } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import type { Target } from '../workflows/ticket/events.ts'
import { catalogues } from './messages/catalogue.ts'
import { fill } from './messages/template.ts'

/** The sentence for the customer at registration: the number, and within what time work starts (S8, T3). */
export function tellSentence({ number, zone, startWithin, startBy, locale }: Told): string {
  const { tell } = catalogues[locale]
  if (startWithin === null) return fill(tell.numberOnly, { number })
  const working = startWithin.timeBase === 'working'
  return fill(working ? tell.working : tell.elapsed, {
    number,
    within: durationText(startWithin, locale),
    by: startBy === undefined ? undefined : DateTime.fromISO(startBy, { zone }).toFormat('yyyy-MM-dd HH:mm'),
  })
}

interface Told {
  readonly number: string
  /** The profile's zone, in which the instant is told (X6). */
  readonly zone: string
  /** Null where the profile promises no start. */
  readonly startWithin: Target | null
  /** Until when that is; undefined while it depends on the customer. */
  readonly startBy: Instant | undefined
  readonly locale: Locale
}

/** `15 minutes`, `2 hours`, `5 working days`: an ISO 8601 duration in words. */
export function durationText({ within, timeBase }: Target, locale: Locale): string {
  const { weeks, days, hours, minutes, seconds } = Duration.fromISO(within)
  const wholeDays = weeks * 7 + days
  return [
    ...(wholeDays > 0 ? [timeBase === 'working' ? workingDays(wholeDays, locale) : unit(wholeDays, 'day', locale)] : []),
    ...(hours > 0 ? [unit(hours, 'hour', locale)] : []),
    ...(minutes > 0 ? [unit(minutes, 'minute', locale)] : []),
    ...(seconds > 0 ? [unit(seconds, 'second', locale)] : []),
  ].join(' ')
}

function unit(count: number, name: 'day' | 'hour' | 'minute' | 'second', locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count)
}

function workingDays(count: number, locale: Locale): string {
  const { one, other } = catalogues[locale].workingDays
  return fill(count === 1 ? one : other, { count: String(count) }).trim()
}
