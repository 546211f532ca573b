import { sql, type RawBuilder } from 'kysely'
import type { WorkingSpan } from '../../domain/calendar/working-spans.ts'

/**
 * Working time within a statement: spans are given as three lists, and what is worked before an instant is looked up in
 * them, so that a hundred thousand durations are reckoned in the statement that finds them.
 */

/** A part of `with`, which {@link workedBetween} needs. */
export function hoursTable(hours: readonly WorkingSpan[]): RawBuilder<unknown> {
  const starts: number[] = []
  const lengths: number[] = []
  const before: number[] = []
  let sum = 0
  for (const { from, to } of hours) {
    starts.push(from)
    lengths.push(to - from)
    before.push(sum)
    sum += to - from
  }
  return sql`hours as materialized (select ${starts}::float8[] as starts, ${lengths}::float8[] as lengths, ${before}::float8[] as before)`
}

/** Milliseconds between two instants of a row. */
export function elapsedBetween(from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`greatest(${msOf(to)} - ${msOf(from)}, 0)`
}

/** Milliseconds of working time between two instants of a row, where `hours` is joined. */
export function workedBetween(from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`greatest(${workedBefore(to)} - ${workedBefore(from)}, 0)`
}

function workedBefore(instant: RawBuilder<unknown>): RawBuilder<number> {
  const ms = msOf(instant)
  const span = sql`width_bucket(${ms}, hours.starts)`
  return sql<number>`coalesce(hours.before[${span}] + least(${ms} - hours.starts[${span}], hours.lengths[${span}]), 0)`
}

function msOf(instant: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(extract(epoch from ${instant}) * 1000)::float8`
}
