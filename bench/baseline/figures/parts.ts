import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'

/** What several statements of hand-written figures have in common. */

/** One row of a figure, or one of each part. */
export interface BareRow {
  readonly key?: string
  readonly n: number
  readonly hits?: number
  readonly marks?: Readonly<Record<string, number>>
  readonly elapsed?: readonly number[] | null
  readonly worked?: readonly number[] | null
}

export type Statement = (asked: Asked) => RawBuilder<BareRow>

/** Closings of the time that no reopening or closing has followed: `number` and what the event says. */
export const finished: Statement = ({ profile, from, until }) => sql`
  select t.number, e.data from events e join tickets t on t.number = e.process
  where t.profile = ${profile.id} and e.type = 'closed' and e.occurred_at >= ${from} and e.occurred_at < ${until} and not exists (
    select from events later where later.process = e.process and later.seq > e.seq and later.type in ('reopened', 'closed'))`

/** Customers' words of the time that it is solved, wherever it went afterwards. */
export const solved: Statement = ({ profile, from, until }) => sql`
  select t.number, t.submitted_at, e.seq, e.occurred_at from events e join tickets t on t.number = e.process
  where t.profile = ${profile.id} and e.type = 'confirmed' and e.data ->> 'outcome' in ('solved', 'partly') and e.occurred_at >= ${from} and e.occurred_at < ${until}`

/** Working hours as three lists, and the milliseconds of them before an instant. */
export const hours: Statement = ({ hours: spans }) => {
  let sum = 0
  const before = spans.map(({ from, to }) => (sum += to - from) - (to - from))
  return sql`select ${spans.map(({ from }) => from)}::float8[] as starts, ${spans.map(({ from, to }) => to - from)}::float8[] as lengths, ${before}::float8[] as before`
}

function workedBefore(instant: RawBuilder<unknown>): RawBuilder<unknown> {
  const ms = sql`(extract(epoch from ${instant})::float8 * 1000)`
  const place = sql`width_bucket(${ms}, hours.starts)`
  return sql`coalesce(hours.before[${place}] + least(${ms} - hours.starts[${place}], hours.lengths[${place}]), 0)`
}

export const elapsed = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) =>
  sql`greatest(extract(epoch from ${to} - ${from})::float8 * 1000, 0)`
export const worked = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) => sql`greatest(${workedBefore(to)} - ${workedBefore(from)}, 0)`

/** Mean, median and ninetieth percentile. */
export function spread(times: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`array[avg(${times}), percentile_cont(0.5) within group (order by ${times}), percentile_cont(0.9) within group (order by ${times})]`
}
