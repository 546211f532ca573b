import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import { elapsedBetween, hoursTable, workedBetween } from '../../../db/figures/worked.ts'
import { owedBy } from '../../../domain/profile/clocks.ts'
import { deadlineClocks } from '../../../domain/profile/deadline.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { queryWait } from '../../../domain/waits.ts'
import { promisesThen } from '../../ticket/figures/promises.ts'
import { listed } from '../../ticket/figures/known.ts'
import { charge, heldAt, holdsOf, holdsTable, representingOf } from './charge.ts'

/**
 * For whom promises of these clocks count (`attainment`): for who owes them, the handler or the representative (`owedBy`). One that was kept: for who was that
 * when it was kept. One that was broken: for who was that when it was due, if they had been for at least half of the time that was promised; else for the
 * team alone. One that another priority broke at once: for nobody. A promise that was kept by what was recorded afterwards is in doubt where who recorded it is who it counts for.
 */
export function promiseCharges(asked: Asked, clocks: readonly string[]): RawBuilder<unknown> {
  const represented = asked.profile.clocks.flatMap((clock) =>
    clocks.includes(clock.id) && owedBy(clock) === 'representative' ? [clock.id] : [],
  )
  return sql`
    with due_then as materialized (
      select c.*, c.clock = any(${represented}) as is_represented, case c.state when 'kept' then c.stopped_at else coalesce(c.decided_at, c.due_at) end as decisive_at
      from (${promisesThen(asked)}) as c
      where c.belongs_at >= ${asked.from} and c.belongs_at < ${asked.until} and c.clock = any(${clocks}) and c.state in ('kept', 'broken')),
    ${holdsTable(sql`select process from due_then`, asked)},
    representing as materialized (${representingOf(sql`e.process in (select process from due_then where is_represented)`, asked)}),
    charged as materialized (
      select d.*, case when d.is_represented then r.holder else h.holder end as holder, h.team, d.state = 'broken' and d.decided_at is null as is_breach
      from due_then d join holds h on h.process = d.process and ${heldAt(sql`d.decisive_at`)}
        left join representing r on d.is_represented and r.process = d.process and ${heldAt(sql`d.decisive_at`, 'r')}),
    ${hoursTable(asked.hours)},
    pauses as materialized (${pausesTable(asked.profile)})
    select ${charge({
      figure: sql`'attainment'`,
      clock: sql`d.clock`,
      cycle: sql`d.cycle`,
      ticket: sql`d.process`,
      holder: sql`d.holder`,
      team: sql`d.team`,
      hit: sql`case when d.decided_at is null then d.state = 'kept' end`,
      personal: sql`case when d.is_breach and d.holder is not null then ${hadHalf(asked)} else true end`,
      what: sql`case when d.is_breach then 'broken' when act.seq is not null then 'backdated' end`,
      at: sql`d.due_at`,
      kept_at: sql`d.stopped_at`,
      recorded_at: sql`act.at`,
      recorded_by: sql`act.actor`,
      absent: sql`d.is_breach and ${isAway}`,
      deferral: sql`deferred.data`,
      deferred_at: sql`deferred.occurred_at`,
      deferred_by: sql`deferred.actor`,
    })}
    from charged d left join lateral (${lateActOf(asked)}) as act on true left join lateral (${deferralOf(asked)}) as deferred on true`
}

/**
 * Whether who owed the breach `d` had had its ticket for half of its time: in its own time, without its rests. Few are broken, so that each is looked at by itself,
 * which no plan can make a comparison of each with each.
 */
function hadHalf(asked: Asked): RawBuilder<boolean> {
  const { asOf } = asked
  const base = sql`(
    select told #>> '{basis,timeBase}' from events e cross join lateral jsonb_array_elements(e.promises) as told
    where e.process = d.process and e.at <= ${asOf} and told ->> 'clock' = d.clock and (told ->> 'cycle')::int = d.cycle
      and told #>> '{basis,timeBase}' is not null order by e.seq desc limit 1)`
  const rests = sql`(
    select range_agg(tstzrange(w.from_at, w.to_at)) from (
      select e.type, e.data ->> 'for' as waited, e.occurred_at as from_at, lead(e.occurred_at) over (order by e.seq) as to_at
      from events e where e.process = d.process and e.type in (${listed(['waiting-started', 'waiting-ended'])}) and e.at <= ${asOf}) as w
    where w.type = 'waiting-started' and (w.to_at is null or w.to_at > w.from_at)
      and exists (select from pauses where pauses.clock = d.clock and (pauses.reason = w.waited or pauses.reason = 'any' and w.waited <> ${queryWait.id})))`
  const had = sql`(
    select range_agg(tstzrange(h.from_at, h.to_at)) from (
      select from_at, to_at, holder from (${holdsOf(sql`e.process = d.process`, asked)}) as handling where not d.is_represented
      union all select from_at, to_at, holder from (${representingOf(sql`e.process = d.process`, asked)}) as r where d.is_represented) as h
    where h.holder = d.holder and (h.to_at is null or h.to_at > h.from_at))`
  const length = (ranges: RawBuilder<unknown>) => {
    const [from, to] = [sql`lower(span)`, sql`upper(span)`]
    return sql`(select coalesce(sum(case b.base when 'working' then ${workedBetween(from, to)} else ${elapsedBetween(from, to)} end), 0)
      from unnest(${ranges}) as span)`
  }
  return sql<boolean>`(
    select 2 * ${length(sql`b.owed * b.had`)} >= ${length(sql`b.owed`)} from hours, (
      select ${base} as base, ${had} as had,
        tstzmultirange(tstzrange(d.started_at, greatest(d.due_at, d.started_at))) - coalesce(${rests}, '{}') as owed) as b)`
}

/** Which clocks rest for what. */
function pausesTable({ clocks }: Profile): RawBuilder<unknown> {
  const pauses = clocks.flatMap(({ id, pauses: reasons }) => reasons.map((reason) => ({ clock: id, reason })))
  return sql`select * from unnest(${pauses.map(({ clock }) => clock)}::text[], ${pauses.map(({ reason }) => reason)}::text[]) as p (clock, reason)`
}

/**
 * The act by which the promise `d` was kept, if that was recorded more than half an hour after it took place and when the promise was overdue, by whom it counts for: the
 * holder, or where nobody had the ticket somebody of the team. What is recorded at the due instant is recorded in time, though the breach may be stamped.
 */
function lateActOf({ asOf }: Asked): RawBuilder<unknown> {
  return sql`
    select act.* from (
      select e.seq, e.at, e.occurred_at, e.actor from events e cross join lateral jsonb_array_elements(e.promises) as told
      where d.state = 'kept' and d.recorded_late and e.process = d.process and e.at <= ${asOf}
        and told ->> 'clock' = d.clock and (told ->> 'cycle')::int = d.cycle
        and told ->> 'state' = 'kept' and (told ->> 'stoppedAt')::timestamptz = d.stopped_at
      order by e.seq limit 1) as act
    where act.at > d.due_at and act.at - act.occurred_at > interval '30 minutes'
      and (act.actor = d.holder or (d.holder is null and exists (select from memberships m where m.person = act.actor and m.team = d.team)))`
}

/** By the absences as they are now: a sign for whoever decides, and it moves nothing by itself. */
const isAway = sql`exists (
  select from absences a where a.person = d.holder and a.absent_from <= d.due_at and (a.absent_until is null or a.absent_until > d.due_at))`

/** The last deferral that was announced while what `d` broke was owed and promised more time: of promises that say until when it is to be solved. */
function deferralOf({ profile, asOf }: Asked): RawBuilder<unknown> {
  return sql`
    select e.data, e.occurred_at, e.actor from events e
    where d.is_breach and d.clock = any(${deadlineClocks(profile)}) and e.process = d.process and e.type = 'deferred' and e.at <= ${asOf} and e.occurred_at >= d.started_at
      and (d.stopped_at is null or e.occurred_at <= d.stopped_at) and (e.data ->> 'newDueAt')::timestamptz > d.due_at
    order by e.seq desc limit 1`
}
