import { DateTime } from 'luxon'
import { beginningAfter, beginningIn, isBeginning } from '../calendar/local-days.ts'
import { dayMs } from '../calendar/local-time.ts'
import { epochMs, instantOf, type Instant } from '../instant.ts'
import type { Span } from './figure.ts'

/** With what a time is compared, as clocks and calendars of the zone have it: a March with a February, though it is longer. */

type Bounds = Pick<Span, 'from' | 'until'>

/** As many months, days or hours as it has itself, up to its beginning. */
export function spanBefore({ from, until }: Bounds, zone: string): Bounds {
  const [begins, ends] = [local(from, zone), local(until, zone)]
  const { month, day } = lengthBetween(begins, ends)
  if (month !== undefined) return { from: instant(beginningAfter(begins, 'month', -month)), until: from }
  if (day !== undefined) return { from: instant(beginningAfter(begins, 'day', -day)), until: from }
  return { from: instantOf(2 * epochMs(from) - epochMs(until)), until: from }
}

/** So many times of that length, this one the last; fewer where they would begin before anybody kept tickets. */
export function spansUpTo(last: Bounds, zone: string, length: number): Bounds[] {
  const spans = [{ from: last.from, until: last.until }]
  for (let first = spans[0]; first && spans.length < length && first.from > earliest; first = spans[0])
    spans.unshift(spanBefore(first, zone))
  return spans
}

/** Whether a time can be a measure of another one: of one of which the first tenth was not kept yet nobody knows how much is missing. `oldest`: when the first ticket came. */
export function isKept({ from, until }: Bounds, oldest: Instant | null): boolean {
  const missing = oldest === null ? Infinity : epochMs(oldest) - epochMs(from)
  return missing <= (epochMs(until) - epochMs(from)) / 10
}

/** As of when another time is asked about, so that as long has passed since its end as since the end of this one. */
export function asOfAlike({ until, asOf }: Pick<Span, 'until' | 'asOf'>, other: Bounds): Instant {
  return instantOf(epochMs(other.until) + epochMs(asOf) - epochMs(until))
}

/** The same days of the year before. */
export function spanOfYearBefore({ from, until }: Bounds, zone: string): Bounds {
  const [begins, ends] = [local(from, zone), local(until, zone)]
  // Up to a leap day is up to the first of March; on it, it is the 28th.
  const beyond = isLeapDay(ends) && !isLeapDay(begins) ? 1 : 0
  return { from: yearBefore(begins), until: yearBefore(ends, beyond) }
}

const earliest: Instant = '1900-01-01T00:00:00.000Z'

type Length = Readonly<Partial<Record<'month' | 'day', number>>>

/** In whole months or days; where it is neither, none. */
function lengthBetween(begins: DateTime, ends: DateTime): Length {
  if (!isBeginning(begins, 'day') || !isBeginning(ends, 'day')) return {}
  if (begins.day === 1 && ends.day === 1) return { month: (ends.year - begins.year) * 12 + ends.month - begins.month }
  return { day: dayOf(ends) - dayOf(begins) }
}

function dayOf({ year, month, day }: DateTime): number {
  return Date.UTC(year, month - 1, day) / dayMs
}

function isLeapDay({ month, day }: DateTime): boolean {
  return month === 2 && day === 29
}

function yearBefore(at: DateTime, days = 0): Instant {
  const then = at.minus({ years: 1 }).plus({ days })
  return instant(isBeginning(at, 'day') ? beginningIn(then, 'day') : then)
}

function local(at: Instant, zone: string): DateTime {
  return DateTime.fromISO(at, { zone })
}

function instant(at: DateTime): Instant {
  return instantOf(at.toMillis())
}
