import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import type { FigureId } from '../../../domain/figures/ids.ts'
import { bareHandling, bareResponse } from './durations.ts'
import { finished, solved, hours, elapsed, worked, spread, type Statement } from './parts.ts'
import { bareResolution } from './solutions.ts'

/**
 * The figures of tickets as somebody who knows SQL writes them by hand: each one statement over the same tables, of things as they are now, for one
 * profile and one time, with nothing to split, to narrow or to mark beside what is asked. They give the same numbers on what the benchmark fills in.
 */
export const bareFigures: Readonly<Record<FigureId, Statement>> = {
  submitted: (asked) => sql`
    select count(*) as n, jsonb_build_object('withdrawn', count(*) filter (where stage = 'withdrawn'), 'merged', count(*) filter (where stage = 'merged')) as marks
    from tickets where ${submittedIn(asked)}`,

  arrivals: (asked) => sql`
    select sum(came)::int as n, jsonb_object_agg(hour, came) as marks from (
      select to_char(submitted_at at time zone ${asked.profile.zone}, 'dy-HH24') as hour, count(*) as came
      from tickets where ${submittedIn(asked)} group by 1) as hours`,

  closed: (asked) => sql`
    select count(*) as n, jsonb_build_object('silence', count(*) filter (where data ->> 'silence' = 'true')) as marks from (${finished(asked)}) as finished`,

  backlog: (asked) => sql`select count(*) as n from (${openThen(asked)}) as open`,

  ageing: (asked) => sql`
    select sum(tickets)::int as n, jsonb_object_agg(age, tickets) as marks from (
      select case when days >= 14 then 'd14' when days >= 7 then 'd07' when days >= 3 then 'd03' when days >= 1 then 'd01' else 'd00' end as age, count(*) as tickets
      from (
        select width_bucket(extract(epoch from ${asked.until}::timestamptz)::float8 * 1000, ends) - width_bucket(
          extract(epoch from (date_trunc('day', submitted_at at time zone ${asked.profile.zone}) + interval '1 day') at time zone ${asked.profile.zone})::float8 * 1000, ends) as days
        from (${openThen(asked)}) as open, (select ${asked.dayEnds}::float8[] as ends) as worked) as aged
      group by 1) as ages`,

  'response-time': bareResponse,
  'handling-time': bareHandling(sql`gross_elapsed`, sql`gross_worked`),
  'net-handling-time': bareHandling(sql`gross_elapsed - waited_elapsed`, sql`gross_worked - waited_worked`),
  'waiting-time': bareHandling(sql`waited_elapsed`, sql`waited_worked`),

  'resolution-time': (asked) => sql`
    with hours as (${hours(asked)}), solved as (${solved(asked)}),
    timed as (
      select ${elapsed(sql`submitted_at`, sql`occurred_at`)} as elapsed, ${worked(sql`submitted_at`, sql`occurred_at`)} as worked
      from hours, solved where not exists (
        select from events later where later.process = solved.number and later.seq > solved.seq and later.type in ('confirmed', 'reopened')))
    select count(*) as n, ${spread(sql`elapsed`)} as elapsed, ${spread(sql`worked`)} as worked from timed`,

  attainment: ({ profile, from, until }) => sql`
    with decided as (
      select process, data ->> 'clock' as clock, (data ->> 'cycle')::int as cycle, min(occurred_at) as at from events
      where type = 'promise-broken' and data ->> 'cause' = 'retarget' and occurred_at >= ${from} group by 1, 2, 3),
    due as (
      select p.* from promises p where p.due_at >= ${from} and p.due_at < ${until}
        and (p.state <> 'broken' or not exists (select from decided d where d.process = p.process and d.clock = p.clock and d.cycle = p.cycle))
      union all
      select p.* from promises p join decided d using (process, clock, cycle) where p.state = 'broken' and d.at < ${until})
    select due.clock as key, count(*) filter (where due.state in ('kept', 'broken')) as n, count(*) filter (where due.state = 'kept') as hits,
      jsonb_build_object('broken', count(*) filter (where due.state = 'broken'), 'running', count(*) filter (where due.state in ('running', 'paused')),
        'cancelled', count(*) filter (where due.state = 'cancelled' and (stopped_at - started_at > (due_at - started_at) * 0.75) is not true),
        'cancelled-late', count(*) filter (where due.state = 'cancelled' and stopped_at - started_at > (due_at - started_at) * 0.75)) as marks
    from due join tickets t on t.number = due.process where t.profile = ${profile.id} and due.clock <> 'customer-answer' group by 1`,

  deferrals: ({ profile, from, until }) => sql`
    select count(*) as n, jsonb_build_object('late', count(*) filter (where (e.data ->> 'late')::boolean)) as marks from events e join tickets t on t.number = e.process
    where t.profile = ${profile.id} and e.type = 'deferred' and e.occurred_at >= ${from} and e.occurred_at < ${until}`,

  ...bareResolution,

  satisfaction: (asked) => sql`
    with given as (
      select distinct on (process) process, (data ->> 'satisfaction')::int as score, occurred_at from events
      where type in ('called-back', 'confirmed') and data ->> 'satisfaction' is not null and process in (
        select process from events where type in ('called-back', 'confirmed') and occurred_at >= ${asked.from} and occurred_at < ${asked.until})
      order by process, type = 'called-back' desc, seq desc)
    select sum(answers)::int as n, sum(answers) filter (where score >= 4)::int as hits, jsonb_object_agg(score, answers) as marks from (
      select score, count(*) as answers from given join tickets t on t.number = given.process
      where t.profile = ${asked.profile.id} and occurred_at >= ${asked.from} and occurred_at < ${asked.until} group by 1) as scores`,

  'judged-quality': (asked) => sql`
    select count(*) filter (where not targeted) as n, count(*) filter (where met and not targeted) as hits,
      jsonb_build_object('targeted', count(*) filter (where targeted)) as marks
    from (${judged(asked)}) as judged, jsonb_to_recordset(answers) as answer (met boolean) where met is not null`,

  'judged-without-fault': (asked) => sql`
    select count(*) filter (where not targeted) as n,
      count(*) filter (where not targeted and not exists (select from jsonb_to_recordset(answers) as answer (met boolean) where not met)) as hits,
      jsonb_build_object('targeted', count(*) filter (where targeted)) as marks
    from (${judged(asked)}) as judged`,

  'response-rate': (asked) => sql`
    select count(*) as n, count(*) filter (where exists (
      select from events e where e.process = number and e.type in ('called-back', 'confirmed') and e.data ->> 'satisfaction' is not null)) as hits
    from (${finished(asked)}) as finished`,
}

function submittedIn({ profile, from, until }: Asked): RawBuilder<unknown> {
  return sql`profile = ${profile.id} and submitted_at >= ${from} and submitted_at < ${until}`
}

/** What is not open now and was then has ended since. */
function openThen({ profile, until }: Asked): RawBuilder<unknown> {
  return sql`
    select t.* from tickets t where t.profile = ${profile.id} and t.submitted_at < ${until}
      and (t.open or t.number in (select process from events where type in ('closed', 'withdrawn') and occurred_at >= ${until}))
      and (select e.stage from events e where e.process = t.number and e.occurred_at < ${until} order by e.seq desc limit 1)
        in ('intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing')`
}

/** The last word on each ticket of each sample. */
function judged({ profile, from, until }: Asked): RawBuilder<unknown> {
  return sql`
    select targeted, answers from (
      select distinct on (e.process, e.data ->> 'ticket') s.manner = 'targeted' as targeted, e.type, e.data -> 'answers' as answers,
        (e.data ->> 'judgedAt')::timestamptz as judged_at
      from events e join samples s on s.number = e.process
      where s.profile = ${profile.id} and e.type in ('judged', 'rejudged', 'ticket-excused')
        and not exists (select from events a where a.process = e.process and a.type = 'abandoned')
      order by e.process, e.data ->> 'ticket', e.seq desc) as last
    where type <> 'ticket-excused' and judged_at >= ${from} and judged_at < ${until}`
}
