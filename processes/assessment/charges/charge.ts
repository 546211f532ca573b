import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import { listed } from '../../ticket/figures/known.ts'

/**
 * One thing that a figure counts, and for whom: a row of a statement. What is charged to a person is charged to the team, too, which had the ticket then.
 */
const columns = {
  figure: sql`null::text`,
  clock: sql`null::text`,
  cycle: sql`null::int`,
  ticket: sql`null::text`,
  /** Who had the ticket when it was decided; null: nobody. */
  holder: sql`null::text`,
  team: sql`null::text`,
  /** Null: it is charged to nobody. */
  hit: sql`null::boolean`,
  /** Whether it is charged to the holder. */
  personal: sql`true`,
  /** What is shown of it; null: it is a hit, and there is nothing to show. */
  what: sql`null::text`,
  at: sql`null::timestamptz`,
  kept_at: sql`null::timestamptz`,
  recorded_at: sql`null::timestamptz`,
  recorded_by: sql`null::text`,
  score: sql`null::int`,
  absent: sql`false`,
  deferral: sql`null::jsonb`,
  deferred_at: sql`null::timestamptz`,
  deferred_by: sql`null::text`,
} as const

/** What is selected of a thing that is charged. */
export function charge(values: Partial<Record<keyof typeof columns, RawBuilder<unknown>>>): RawBuilder<unknown> {
  return sql.join(Object.entries({ ...columns, ...values }).map(([name, value]) => sql`${value} as ${sql.id(name)}`))
}

/** {@link holdsOf} of these tickets: a part of `with`, named `holds`. */
export function holdsTable(numbers: RawBuilder<unknown>, asked: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  return sql`holds as materialized (${holdsOf(sql`e.process in (${numbers})`, asked)})`
}

/**
 * Who had the tickets of which that is so, and which team, from when until when. Nobody assigns a ticket later than they say, so that the order of what was recorded is
 * the order of time; of two at one instant only the second had it.
 */
export function holdsOf(condition: RawBuilder<unknown>, { asOf }: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  return sql`
    select e.process, e.seq, lead(e.seq) over next as to_seq, e.occurred_at as from_at, lead(e.occurred_at) over next as to_at,
      case e.type when 'released' then null else e.data ->> 'assignee' end as holder,
      coalesce(e.data ->> 'team', lag(e.data ->> 'team') over next) as team
    from events e where ${condition} and e.type in (${listed(['submitted', 'assigned', 'released'])}) and e.at <= ${asOf}
    window next as (partition by e.process order by e.seq)`
}

/** That the hold `h` is the one at that instant. */
export function heldAt(instant: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`(h.from_at <= ${instant} and (h.to_at is null or h.to_at > ${instant}))`
}

/** That the hold `h` is the last one before that event. */
export function heldBefore(seq: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`(h.seq < ${seq} and (h.to_seq is null or h.to_seq >= ${seq}))`
}

/**
 * The event by which the ticket `t` was handed to the customer's judgement before they judged in the event of that number: the last solution, else what they
 * judged themselves. Who had the ticket before that has handled it last.
 */
export function solutionBefore(seq: RawBuilder<unknown>): RawBuilder<number> {
  return sql`coalesce((select max(e.seq) from events e where e.process = t.number and e.type = 'completed' and e.seq < ${seq}), ${seq})`
}
