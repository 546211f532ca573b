import { sql, type RawBuilder } from 'kysely'
import type { Asked, Figure } from '../../../db/figures/figure.ts'
import { said } from '../../../domain/labels.ts'
import type { EventType } from '../../../workflows/ticket/events.ts'
import { ofEveryTicket, tickets } from './dimensions.ts'
import {
  classOf,
  happened,
  identities,
  isLast,
  isOffPath,
  isResolving,
  listed,
  live,
  resolvingTypes,
  submittedTickets,
  thing,
} from './known.ts'

/** Whether what customers brought was solved, at once, and for good. */

export const resolutionRate: Figure = {
  id: 'resolution-rate',
  kind: 'share',
  matures: true,
  better: 'higher',
  label: said('解决率', '解決率', 'Resolution rate'),
  unit: tickets,
  definition: said(
    '统计期内提交的工单（不含已撤回、已合并）中，截至统计时刻客户确认解决（含基本解决）且未重新打开的占比。仍在处理的和因客户未答复而结案的留在分母中，并另行列出。流程不经客户确认的，以处理完成为解决。',
    '統計期內提交的工單（不含已撤回、已合併）中，截至統計時刻客戶確認解決（含大致解決）且未重新開啟的占比。仍在處理的和因客戶未答覆而結案的留在分母中，並另行列出。流程不經客戶確認的，以處理完成為解決。',
    "Of tickets submitted in the period, less those withdrawn or merged: how many are solved or partly solved by the customer's own word and not taken up again, as far as is known. Those still running and those closed by silence stay in the denominator and are told apart. Where the process does not ask the customer, a ticket is solved when the work is done.",
  ),
  marks: {
    running: said('仍在处理', '仍在處理', 'still running'),
    silence: said('客户未答复而结案', '客戶未答覆而結案', 'closed by silence'),
  },
  by: ofEveryTicket,
  requirements: ['R12', 'M6'],
  counted: (asked) => ofSubmitted(asked, sql`t.is_resolved`),
}

/** Conversations before the solution, the one at registration included. */
const conversations = sql`(${live}::int + (
  select count(*) from events e where e.process = t.number and e.type = 'contacted' and e.seq < t.completed_seq))`
const atOnce = sql`(t.is_resolved and not t.was_undone and ${conversations} <= 1)`

export const firstContactResolution: Figure = {
  id: 'first-contact-resolution',
  kind: 'share',
  matures: true,
  better: 'higher',
  label: said('首次解决率', '首次解決率', 'First-contact resolution'),
  unit: tickets,
  definition: said(
    '统计期内提交的工单（不含已撤回、已合并）中，客户确认解决、从未退回或重新打开，且在提出解决方案之前与客户的沟通不超过一次（提交时的当场沟通也算一次）的占比。流程不经客户确认的，以处理完成为解决。',
    '統計期內提交的工單（不含已撤回、已合併）中，客戶確認解決、從未退回或重新開啟，且在提出解決方案之前與客戶的溝通不超過一次（提交時的當場溝通也算一次）的占比。流程不經客戶確認的，以處理完成為解決。',
    'Of tickets submitted in the period, less those withdrawn or merged: how many were solved without ever being returned or reopened, and with at most one conversation before the solution, the one at registration included.',
  ),
  marks: resolutionRate.marks,
  by: ofEveryTicket,
  requirements: ['Q7'],
  counted: (asked) => ofSubmitted(asked, atOnce),
}

export const lastingFirstContactResolution: Figure = {
  id: 'lasting-first-contact-resolution',
  kind: 'share',
  matures: true,
  better: 'higher',
  label: said('首次解决率（七日内未复发）', '首次解決率（七日內未復發）', 'First-contact resolution that lasted seven days'),
  unit: tickets,
  definition: said(
    '同首次解决率，但解决后七日内同一客户又提交同一分类（模块、类型、原因）工单的不算解决；解决后未满七日的不计入。',
    '同首次解決率，但解決後七日內同一客戶又提交同一分類（模組、類型、原因）工單的不算解決；解決後未滿七日的不計入。',
    'First-contact resolution, where a ticket of the same customer and classification (module, type and cause) within seven days undoes it. Resolutions whose seven days have not passed are left out.',
  ),
  marks: { ...resolutionRate.marks, young: said('解决后未满七日', '解決後未滿七日', 'solved less than seven days ago') },
  beside: ['young'],
  by: ofEveryTicket,
  requirements: ['Q7'],
  counted(asked) {
    const young = sql`(t.is_resolved and t.resolved_at + ${sevenDays} > ${asked.asOf})`
    const recurred = sql`t.number in (select number from recurred)`
    return ofSubmitted(asked, sql`case when ${young} then null else ${atOnce} and not ${recurred} end`, {
      mark: sql`when ${young} then 'young'`,
      also: sql`, resolved as materialized (
          select t.number, known.resolved_at, identity from known join tickets t using (number) cross join lateral unnest(${identities}) as identity
          where known.is_resolved and not known.was_undone),
        later as materialized (
          select t.number, t.submitted_at, identity from tickets t cross join lateral unnest(${identities}) as identity
          where t.profile = ${asked.profile.id} and t.submitted_at > ${asked.from} and t.submitted_at <= ${asked.asOf}
            and t.submitted_at <= (select max(resolved_at) + ${sevenDays} from resolved)),
        again as materialized (
          select distinct resolved.number, later.number as later from resolved join later on later.identity = resolved.identity
            and later.number <> resolved.number and later.submitted_at > resolved.resolved_at and later.submitted_at <= resolved.resolved_at + ${sevenDays}),
        recurred as materialized (select number from again where ${classOf(sql`number`, asked)} = ${classOf(sql`later`, asked)})`,
    })
  },
}

const sevenDays = sql`interval '168 hours'`
const thirtyDays = sql`interval '720 hours'`

export const reopenRate: Figure = {
  id: 'reopen-rate',
  kind: 'share',
  matures: true,
  better: 'lower',
  label: said('重新打开率', '重新開啟率', 'Reopen rate'),
  unit: said('次解决', '次解決', 'resolutions'),
  definition: said(
    '统计期内客户确认的解决（含基本解决；流程不经客户确认的，以处理完成为准）中，之后被重新打开的占比。只计重新打开的期限已过或已经重新打开的，其余另行列出。',
    '統計期內客戶確認的解決（含大致解決；流程不經客戶確認的，以處理完成為準）中，之後被重新開啟的占比。只計重新開啟的期限已過或已經重新開啟的，其餘另行列出。',
    'Of resolutions in the period, confirmed by customers or, where the process does not ask them, by the end of the work: how many were reopened afterwards. Only those count whose window for it has passed, or that were reopened; the others are told apart.',
  ),
  marks: { open: said('仍可重新打开', '仍可重新開啟', 'can still be reopened') },
  beside: ['open'],
  by: ofEveryTicket,
  requirements: ['T17'],
  counted(asked) {
    return sql`select ${thing({
      hit: sql`case when later.reopened then true when later.over then false end`,
      mark: sql`case when later.reopened or later.over then null else 'open' end`,
    })}
    from (select t.* from ${happened(asked, ...resolvingTypes)} where ${isResolving}) as t
    cross join lateral (
      select coalesce(bool_or(e.type = 'reopened'), false) as reopened,
        coalesce(bool_or(e.type = 'closed' and (e.data ->> 'reopenableUntil')::timestamptz <= ${asked.asOf}), false) as over
      from events e where e.process = t.number and e.type in ('reopened', 'closed') and e.seq > t.seq and e.at <= ${asked.asOf}) as later`
  },
}

export const repeatRate: Figure = {
  id: 'repeat-rate',
  kind: 'share',
  matures: true,
  better: 'lower',
  label: said('重复问题率', '重複問題率', 'Repeat rate'),
  unit: tickets,
  definition: said(
    '统计期内完成处理并分类的工单中，同一分类（模块、类型、原因）在其提交前 30 日内已由其他工单提交过（同时提交的以编号在前者为先）的占比，不限客户；同一客户的另行列出。',
    '統計期內完成處理並分類的工單中，同一分類（模組、類型、原因）在其提交前 30 日內已由其他工單提交過（同時提交的以編號在前者為先）的占比，不限客戶；同一客戶的另行列出。',
    'Of tickets whose solution was classified in the period: how many had the same module, type and cause as another one submitted in the 30 days before them (of two at the same instant, the lower number came first), whoever the customer was. Those of the same customer are told apart.',
  ),
  marks: { 'same-customer': said('同一客户', '同一客戶', 'of the same customer') },
  by: ofEveryTicket,
  requirements: ['T17'],
  counted(asked) {
    // The one before is the latest of those before: had it been within the thirty days, so would it.
    const soon = (before: RawBuilder<unknown>) => sql`coalesce(t.submitted_at - ${before} <= ${thirtyDays}, false)`
    const byPlace = sql`order by t.submitted_at, t.number`
    return sql`with chosen as materialized (
        select t.number, t.submitted_at from ${happened(asked, 'completed')} where ${isLast(asked, 'completed')}),
      windows as materialized (
        select unnest(range_agg(tstzrange(submitted_at - ${thirtyDays}, submitted_at, '[]'))) as days from chosen),
      classified as materialized (
        select t.number, t.submitted_at, ${identities} as identities, ${classOf(sql`t.number`, asked)} as class
        from windows join tickets t on t.submitted_at >= lower(windows.days) and t.submitted_at <= upper(windows.days)
        where t.profile = ${asked.profile.id} and t.submitted_at <= ${asked.asOf}),
      repeated as (
        select t.number, ${soon(sql`lag(t.submitted_at) over (partition by t.class ${byPlace})`)} as repeats from classified t where t.class is not null),
      same as (
        select t.number, bool_or(t.repeats) as repeats from (
          select t.number, ${soon(sql`lag(t.submitted_at) over (partition by t.class, identity ${byPlace})`)} as repeats
          from classified t cross join lateral unnest(t.identities) as identity where t.class is not null) as t group by 1)
      select ${thing({
        number: sql`chosen.number`,
        hit: sql`repeated.repeats`,
        mark: sql`case when same.repeats then 'same-customer' end`,
      })}
      from chosen join repeated using (number) left join same using (number)`
  },
}

/** More than whether one is a hit: what else is marked, and what that is known from. */
interface Also {
  readonly mark: RawBuilder<unknown>
  readonly also: RawBuilder<unknown>
}

function ofSubmitted(asked: Asked, hit: RawBuilder<unknown>, { mark, also }: Also = { mark: sql``, also: sql`` }): RawBuilder<never> {
  return sql`with known as materialized (${howFar(asked)}) ${also}
    select ${thing({
      hit,
      mark: sql`case ${mark} when t.is_resolved then null when ${wasSilent} then 'silence' else 'running' end`,
    })} from known t`
}

/** Of a row `t` of {@link howFar} that is not resolved: whether its customer never answered, and it was closed by that. */
export const wasSilent = sql`(t.closed_seq > t.undone_seq and (
  select e.data ->> 'silence' = 'true' from events e where e.process = t.number and e.seq = t.closed_seq))`

/** Tickets submitted in the time asked about and not off their path, and how far each had come: sequence numbers of the last events that say so, 0 where none does. */
export function howFar(asked: Asked): RawBuilder<unknown> {
  const answered = (...outcomes: readonly string[]) =>
    sql`e.type = 'confirmed' and e.data ->> 'outcome' in (${sql.join(outcomes.map((one) => sql.lit(one)))})`
  const [resolving, undoing] = [
    sql`(e.type = 'resolved' or ${answered('solved', 'partly')})`,
    sql`(e.type = 'reopened' or ${answered('unsolved')})`,
  ]
  const lastOf = (type: EventType) => sql`coalesce(max(e.seq) filter (where e.type = ${sql.lit(type)}), 0)`
  return sql`
    select t.number, t.submitted_at, ends.resolved_at, ends.resolved_seq, ends.undone_seq, ends.completed_seq, ends.closed_seq,
      ends.resolved_seq > ends.undone_seq as is_resolved, ends.undone_seq > 0 as was_undone
    from ${submittedTickets(asked)} cross join lateral (
      select coalesce(max(e.seq) filter (where ${resolving}), 0) as resolved_seq,
        (array_agg(e.occurred_at order by e.seq desc) filter (where ${resolving}))[1] as resolved_at,
        coalesce(max(e.seq) filter (where ${undoing}), 0) as undone_seq, ${lastOf('completed')} as completed_seq, ${lastOf('closed')} as closed_seq
      from events e where e.process = t.number and e.type in (${listed(ending)}) and e.at <= ${asked.asOf}) as ends
    where not ${isOffPath(asked)}`
}

const ending: readonly EventType[] = [...resolvingTypes, 'reopened', 'completed', 'closed']
