import { sql, type RawBuilder } from 'kysely'
import { elapsed, finished, hours, spread, worked, type Statement } from './parts.ts'

/** How long customers wait, and how long the work takes. */

export const bareResponse: Statement = (asked) => sql`
  with hours as (${hours(asked)}), answered as (
    select t.submitted_at as began, (first.data ->> 'live')::boolean as live, answer.at as ended
    from tickets t join events first on first.process = t.number and first.seq = 1
    left join lateral (
      select min(e.occurred_at) as at from events e where e.process = t.number and e.actor <> 'system' and (
        e.type = 'contacted' and e.data ->> 'direction' = 'outbound' or e.type = 'confirmed' and e.data ->> 'live' = 'true'
        or e.type = 'progress-updated' and e.data ->> 'visibleToCustomer' = 'true' or e.type = 'intake-reviewed' and e.data ->> 'message' is not null
        or e.type = 'waiting-started' and e.data ->> 'asked' is not null)) as answer on true
    where t.profile = ${asked.profile.id} and t.submitted_at >= ${asked.from} and t.submitted_at < ${asked.until}),
  timed as (
    select live, ended, case when not live then ${elapsed(sql`began`, sql`ended`)} end as elapsed, case when not live then ${worked(sql`began`, sql`ended`)} end as worked
    from answered, hours)
  select count(*) filter (where not live and ended is not null) as n,
    jsonb_build_object('live', count(*) filter (where live), 'unanswered', count(*) filter (where not live and ended is null)) as marks,
    ${spread(sql`case when ended is not null then elapsed end`)} as elapsed, ${spread(sql`case when ended is not null then worked end`)} as worked
  from timed`

/** Turn by turn: each from when somebody has it, or it comes back, until the customer hears; what it waited meanwhile is summed beside it. */
export function bareHandling(elapsedOf: RawBuilder<unknown>, workedOf: RawBuilder<unknown>): Statement {
  const [since, until] = [sql`greatest(w.since, turn.began)`, sql`least(w.until, turn.ended)`]
  return (asked) => sql`
    with hours as (${hours(asked)}), finished as (${finished(asked)}),
    steps as (
      select e.process, e.seq, e.type, e.occurred_at, e.stage, e.data ->> 'assignee' as assignee, lag(e.stage) over (partition by e.process order by e.seq) as before
      from events e join finished on finished.number = e.process where e.type not in ('level-reached', 'promise-broken')),
    numbered as (
      select *, count(*) filter (where stage = 'confirmation' and before <> 'confirmation') over (
        partition by process order by seq rows between unbounded preceding and 1 preceding) as nth from steps),
    turn as (
      select process, nth,
        (array_agg(occurred_at order by seq) filter (where type in ('submitted', 'assigned') and assignee is not null
          or stage = 'handling' and before in ('confirmation', 'closing', 'follow-up')))[1] as began,
        min(occurred_at) filter (where stage = 'confirmation' and before <> 'confirmation') as ended
      from numbered group by process, nth),
    w as (
      select process, nth, type, occurred_at as since, lead(occurred_at) over (partition by process order by seq) as until
      from numbered where type in ('waiting-started', 'waiting-ended')),
    waited as (
      select turn.process, turn.nth, sum(${elapsed(since, until)}) as elapsed, sum(${worked(since, until)}) as worked
      from hours, turn join w using (process, nth) where w.type = 'waiting-started' and turn.began is not null and turn.ended is not null group by 1, 2),
    summed as (
      select turn.process, sum(${elapsed(sql`turn.began`, sql`turn.ended`)}) as gross_elapsed, sum(${worked(sql`turn.began`, sql`turn.ended`)}) as gross_worked,
        coalesce(sum(waited.elapsed), 0) as waited_elapsed, coalesce(sum(waited.worked), 0) as waited_worked
      from hours, turn left join waited using (process, nth) where turn.began is not null and turn.ended is not null group by 1)
    select count(*) as n, ${spread(elapsedOf)} as elapsed, ${spread(workedOf)} as worked from summed`
}
