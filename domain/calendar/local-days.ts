import { DateTime } from 'luxon'
import { instantOf, instantSchema, type Instant } from '../instant.ts'

/** Days, weeks, months and quarters as the clocks of a zone have them. Where clocks leap over a midnight or show it twice, each still begins once. */

export type LocalUnit = 'day' | 'week' | 'month' | 'quarter'

/** When the one in which something happens begins. Where clocks leap over its midnight, when they next show a time of it; where they show that twice, the first time. */
export function beginningIn(at: DateTime, unit: LocalUnit): DateTime {
  const begins = at.startOf(unit)
  return begins.getPossibleOffsets().reduce((first, other) => (other < first ? other : first), begins)
}

/** When the one so many later begins; of a negative number, the one so many before. */
export function beginningAfter(begins: DateTime, unit: LocalUnit, count: number): DateTime {
  return beginningIn(begins.plus({ [unit]: count }), unit)
}

/** The instant at which a local day begins: `2026-03-01`. */
export function beginningOf(day: string, zone: string): Instant {
  return instantOf(beginningIn(DateTime.fromISO(day, { zone }), 'day').toMillis())
}

/** The last instant of a local day: what is due on that day may still be done in it. */
export function endOf(day: string, zone: string): Instant {
  const next = beginningAfter(DateTime.fromISO(day, { zone }), 'day', 1)
  return instantOf(next.toMillis() - 1)
}

/** From when something is, of a day or an instant that somebody wrote: a day counts from its beginning. */
export function fromWhen(given: string, zone: string): Instant {
  return given.includes('T') ? instantSchema.parse(given) : beginningOf(given, zone)
}

/** By when something is due, of a day or an instant that somebody wrote: on a day, until its end. */
export function byWhen(given: string, zone: string): Instant {
  return given.includes('T') ? instantSchema.parse(given) : endOf(given, zone)
}

export function isBeginning(at: DateTime, unit: LocalUnit): boolean {
  return at.toMillis() === beginningIn(at, unit).toMillis()
}
