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
  /** Who had the ticket when it was decided, or whoever else it is asked of; null: nobody. */
  holder: sql`null::text`,
  team: sql`null::text`,
  /** Null: it is charged to nobody, and told apart. */
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

/**
 * Who was the representative of the tickets of which that is so, from when until when: whom the submission names, else who first reviewed, diagnosed or accepted it; then to
 * whom it was handed over. Nobody says any of that later than it happened.
 */
export function representingOf(condition: RawBuilder<unknown>, { asOf }: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  const named = sql`case e.type when 'submitted' then e.data ->> 'representative' when 'representative-changed' then e.data ->> 'to'
    when 'accepted' then e.data ->> 'assignee' else e.actor end`
  return sql`
    select process, from_at, lead(from_at) over (partition by process order by seq) as to_at, holder from (
      select e.process, e.seq, e.type, e.occurred_at as from_at, ${named} as holder, min(e.seq) filter (where ${named} is not null) over (partition by e.process) as first_seq
      from events e where ${condition} and e.type in (${listed(namingRepresentatives)}) and e.at <= ${asOf}) as named
    where seq = first_seq or type = 'representative-changed'`
}

const namingRepresentatives = ['submitted', 'intake-reviewed', 'diagnosed', 'accepted', 'representative-changed'] as const

/** That the hold, `h` unless it is called otherwise, is the one at that instant. */
export function heldAt(instant: RawBuilder<unknown>, hold = 'h'): RawBuilder<boolean> {
  const [from, to] = [sql.ref(`${hold}.from_at`), sql.ref(`${hold}.to_at`)]
  return sql`(${from} <= ${instant} and (${to} is null or ${to} > ${instant}))`
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
