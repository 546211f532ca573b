import { DateTime, type DurationLikeObject } from 'luxon'
import { epochMs, instantOf, type Instant } from '../instant.ts'
import type { Span } from './figure.ts'

/** With what a time is compared, as clocks and calendars of the zone have it: a March with a February, though it is longer. */

type Bounds = Pick<Span, 'from' | 'until'>

/** As many months, days or hours as it has itself, up to its beginning. */
export function spanBefore({ from, until }: Bounds, zone: string): Bounds {
  const [begins, ends] = [local(from, zone), local(until, zone)]
  return { from: instant(begins.minus(lengthBetween(begins, ends))), until: from }
}

/** So many times of that length, this one the last; fewer where they would begin before anybody kept tickets. */
export function spansUpTo(last: Bounds, zone: string, length: number): Bounds[] {
  const spans = [{ from: last.from, until: last.until }]
  for (let first = spans[0]; first && spans.length < length && first.from > earliest; first = spans[0])
    spans.unshift(spanBefore(first, zone))
  return spans
}

/** As of when another time is asked about, so that as long has passed since its end as since the end of this one. */
export function asOfAlike({ until, asOf }: Pick<Span, 'until' | 'asOf'>, other: Bounds): Instant {
  return instantOf(epochMs(other.until) + epochMs(asOf) - epochMs(until))
}

/** The same days of the year before. */
export function spanOfYearBefore({ from, until }: Bounds, zone: string): Bounds {
  return { from: instant(local(from, zone).minus({ years: 1 })), until: instant(local(until, zone).minus({ years: 1 })) }
}

/** The instant at which a local day begins: `2026-03-01`. Where clocks leap over its midnight, when they next show it. */
export function beginningOf(day: string, zone: string): Instant {
  return instant(DateTime.fromISO(day, { zone }).startOf('day'))
}

const earliest: Instant = '1900-01-01T00:00:00.000Z'

function lengthBetween(begins: DateTime, ends: DateTime): DurationLikeObject {
  const months = ends.diff(begins, 'months').months
  if (isFirst(begins) && isFirst(ends) && Number.isInteger(months)) return { months }
  const days = ends.diff(begins, 'days').days
  return isMidnight(begins) && isMidnight(ends) && Number.isInteger(days) ? { days } : { milliseconds: ends.toMillis() - begins.toMillis() }
}

function isFirst(at: DateTime): boolean {
  return at.day === 1 && isMidnight(at)
}

function isMidnight(at: DateTime): boolean {
  return at.toMillis() === at.startOf('day').toMillis()
}

function local(at: Instant, zone: string): DateTime {
  return DateTime.fromISO(at, { zone })
}

function instant(at: DateTime): Instant {
  return new Date(at.toMillis()).toISOString()
}
