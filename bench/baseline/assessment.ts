import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../db/figures/figure.ts'

/**
 * What an assessment counts for teams and people, as somebody who knows SQL writes it by hand: each figure one statement over the same tables, of things as they are
 * now, without the things themselves, and without whether somebody had a ticket for long enough.
 */
export const bareAssessment: Readonly<Record<'attainment' | 'resolution-rate' | 'satisfaction', (asked: Asked) => RawBuilder<BareCount>>> =
  {
    attainment: ({ profile, from, until }) => sql`
    with due as materialized (
      select p.process, p.clock, p.state, case p.state when 'kept' then p.stopped_at else p.due_at end as at from promises p join tickets t on t.number = p.process
      where t.profile = ${profile.id} and p.due_at >= ${from} and p.due_at < ${until} and p.clock in ('first-response', 'resolution') and p.state in ('kept', 'broken')),
    holds as materialized (${holdsOf(sql`select process from due`)})
    select team, holder, clock as figure, count(*)::int as n, (count(*) filter (where state = 'kept'))::int as hits
    from due join holds h on h.process = due.process and h.from_at <= due.at and (h.to_at is null or h.to_at > due.at)
    group by grouping sets ((team, clock), (holder, clock))`,

    'resolution-rate': ({ profile, from, until }) => sql`
    with known as materialized (
      select t.number, solution.seq, word.solves from tickets t
        left join lateral (select max(seq) as seq from events e where e.process = t.number and e.type = 'completed') as solution on true
        left join lateral (select e.type = 'confirmed' and e.data ->> 'outcome' <> 'unsolved' as solves from events e
          where e.process = t.number and e.type in ('confirmed', 'reopened') order by seq desc limit 1) as word on true
      where t.profile = ${profile.id} and t.submitted_at >= ${from} and t.submitted_at < ${until} and t.stage not in ('withdrawn', 'merged')),
    holds as materialized (${holdsOf(sql`select number from known`)})
    select team, holder, 'resolution-rate' as figure, count(*)::int as n, (count(*) filter (where solves))::int as hits
    from known join holds h on h.process = known.number and (h.seq < known.seq or known.seq is null) and (h.to_seq is null or h.to_seq > known.seq)
    group by grouping sets ((team), (holder))`,

    satisfaction: ({ profile, from, until }) => sql`
    with given as (
      select distinct on (process) process, seq, (data ->> 'satisfaction')::int as score, occurred_at from events
      where type in ('called-back', 'confirmed') and data ->> 'satisfaction' is not null and process in (
        select process from events where type in ('called-back', 'confirmed') and occurred_at >= ${from} and occurred_at < ${until})
      order by process, type = 'called-back' desc, seq desc),
    known as materialized (
      select given.process, given.score, (select max(e.seq) from events e where e.process = given.process and e.type = 'completed' and e.seq < given.seq) as seq
      from given join tickets t on t.number = given.process where t.profile = ${profile.id} and occurred_at >= ${from} and occurred_at < ${until}),
    holds as materialized (${holdsOf(sql`select process from known`)})
    select team, holder, 'satisfaction' as figure, count(*)::int as n, (count(*) filter (where score >= 4))::int as hits
    from known join holds h on h.process = known.process and h.seq < known.seq and (h.to_seq is null or h.to_seq > known.seq)
    group by grouping sets ((team), (holder))`,
  }

export interface BareCount {
  /** Null in the counts of people. */
  readonly team: string | null
  /** Null in the counts of teams, and of tickets that nobody had. */
  readonly holder: string | null
  readonly figure: string
  readonly n: number
  readonly hits: number
}

function holdsOf(numbers: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select process, seq, lead(seq) over next as to_seq, occurred_at as from_at, lead(occurred_at) over next as to_at,
      case type when 'released' then null else data ->> 'assignee' end as holder, coalesce(data ->> 'team', lag(data ->> 'team') over next) as team
    from events where process in (${numbers}) and type in ('submitted', 'assigned', 'released') window next as (partition by process order by seq)`
}
