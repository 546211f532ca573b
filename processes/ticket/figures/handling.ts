import { sql, type RawBuilder } from 'kysely'
import type { Asked, Figure } from '../../../db/figures/figure.ts'
import { elapsedBetween, hoursTable, workedBetween } from '../../../db/figures/worked.ts'
import { said } from '../../../domain/labels.ts'
import type { EventType } from '../../../workflows/ticket/events.ts'
import { ofEveryTicket, tickets } from './dimensions.ts'
import { finishedTickets, happened, isLast, isResolving, listed, resolvingTypes, thing } from './known.ts'

/** How long the work takes (R12 处理时间): in episodes, since a ticket that comes back is worked on again. */

export const handlingTime: Figure = {
  id: 'handling-time',
  kind: 'duration',
  matures: true,
  better: 'lower',
  label: said('处理时长', '處理時長', 'Handling time'),
  unit: tickets,
  definition: said(
    '统计期内结案、且截至统计时刻未重新打开的工单：每一次处理从指派到人（或退回处理）起，到向客户告知结果止，各次相加，等待时间计入。',
    '統計期內結案、且截至統計時刻未重新開啟的工單：每一次處理從指派到人（或退回處理）起，到向客戶告知結果止，各次相加，等待時間計入。',
    'Of tickets closed in the period and not reopened as far as is known: each turn of work from the moment somebody has the ticket (or it is returned) until the customer is told the result, added up, waiting included.',
  ),
  marks: {},
  by: ofEveryTicket,
  requirements: ['R12', 'T17'],
  counted: (asked) => episodes(asked, sql`gross_elapsed`, sql`gross_worked`),
}

export const netHandlingTime: Figure = {
  ...handlingTime,
  id: 'net-handling-time',
  label: said('净处理时长', '淨處理時長', 'Net handling time'),
  definition: said(
    '处理时长减去其中的等待时间（等待客户、厂商等）。',
    '處理時長減去其中的等待時間（等待客戶、廠商等）。',
    'Handling time less what of it the ticket waited (for the customer, a supplier and so on).',
  ),
  counted: (asked) => episodes(asked, sql`gross_elapsed - waited_elapsed`, sql`gross_worked - waited_worked`),
}

export const waitingTime: Figure = {
  ...handlingTime,
  id: 'waiting-time',
  label: said('等待时长', '等待時長', 'Waiting time'),
  definition: said(
    '处理时长中工单处于等待状态的部分，没有等待的工单按 0 计入。',
    '處理時長中工單處於等待狀態的部分，沒有等待的工單按 0 計入。',
    'The part of the handling time in which the ticket waited; 0 for a ticket that never did.',
  ),
  counted: (asked) => episodes(asked, sql`waited_elapsed`, sql`waited_worked`),
}

function episodes(asked: Asked, elapsed: RawBuilder<unknown>, worked: RawBuilder<unknown>): RawBuilder<never> {
  const begins = sql`(given is not null or stage = 'handling' and before in ('confirmation', 'closing', 'follow-up'))`
  const tells = sql`(type = 'resolved' or stage = 'confirmation' and before is distinct from stage)`
  const [started, told] = [sql`episode.started`, sql`episode.told`]
  const [since, until] = [sql`greatest(wait.since, episode.started)`, sql`least(wait.until, episode.told)`]
  const known = sql`e.process in (select number from finished) and e.at <= ${asked.asOf}`
  return sql`with ${hoursTable(asked.hours)},
    finished as materialized (select t.number from ${finishedTickets(asked)}),
    given as materialized (
      select e.process, e.seq, true as given from events e where ${known} and e.type in ('submitted', 'assigned') and e.data ->> 'assignee' is not null),
    steps as (
      select e.process, e.seq, e.type, e.occurred_at, e.stage, lag(e.stage) over (partition by e.process order by e.seq) as before
      from events e where ${known} and e.type not in (${listed(unmoving)})),
    turns as (
      select process, seq, type, occurred_at, begins, tells,
        count(*) filter (where tells) over (partition by process order by seq rows between unbounded preceding and 1 preceding) as turn
      from (
        select process, seq, type, occurred_at, ${begins} as begins, ${tells} as tells from steps left join given using (process, seq)) as steps
      where begins or tells or type in ('waiting-started', 'waiting-ended')),
    episode as (
      select process, turn, (array_agg(occurred_at order by seq) filter (where begins))[1] as started,
        (array_agg(occurred_at order by seq) filter (where tells))[1] as told
      from turns group by process, turn),
    wait as (
      select process, turn, type, occurred_at as since, lead(occurred_at) over (partition by process order by seq) as until
      from turns where type in ('waiting-started', 'waiting-ended')),
    waited as (
      select wait.process, wait.turn, sum(${elapsedBetween(since, until)}) as elapsed, sum(${workedBetween(since, until)}) as worked
      from hours, wait join episode using (process, turn)
      where wait.type = 'waiting-started' and episode.started is not null and episode.told is not null group by 1, 2),
    summed as (
      select episode.process as number,
        sum(${elapsedBetween(started, told)}) as gross_elapsed, sum(${workedBetween(started, told)}) as gross_worked,
        coalesce(sum(waited.elapsed), 0) as waited_elapsed, coalesce(sum(waited.worked), 0) as waited_worked
      from hours, episode left join waited using (process, turn)
      where episode.started is not null and episode.told is not null group by 1)
    select ${thing({ number: sql`summed.number`, elapsed, worked })} from summed`
}

/** What time does to promises moves no ticket: two in five events, which nobody needs to look at here. */
const unmoving: readonly EventType[] = ['level-reached', 'promise-broken']

/** What customers feel (T17 解决时长). */
export const resolutionTime: Figure = {
  id: 'resolution-time',
  kind: 'duration',
  matures: true,
  better: 'lower',
  label: said('解决时长', '解決時長', 'Resolution time'),
  unit: tickets,
  definition: said(
    '统计期内由客户确认解决（含基本解决）、且截至统计时刻未重新打开的工单，从提交到客户确认的时长；流程不经客户确认的，到处理完成为止。',
    '統計期內由客戶確認解決（含大致解決）、且截至統計時刻未重新開啟的工單，從提交到客戶確認的時長；流程不經客戶確認的，到處理完成為止。',
    'Of tickets whose customer said solved or partly in the period, and which were not taken up again as far as is known: from submission to that answer; where the process does not ask the customer, to the end of the work.',
  ),
  marks: {},
  by: ofEveryTicket,
  requirements: ['T17'],
  counted(asked) {
    const [submitted, resolved] = [sql`t.submitted_at`, sql`t.occurred_at`]
    return sql`with ${hoursTable(asked.hours)}
      select ${thing({ elapsed: elapsedBetween(submitted, resolved), worked: workedBetween(submitted, resolved) })}
      from hours, ${happened(asked, ...resolvingTypes)} where ${isResolving} and ${isLast(asked, ...resolvingTypes, 'reopened')}`
  },
}
