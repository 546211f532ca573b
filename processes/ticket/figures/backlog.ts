import { sql, type RawBuilder } from 'kysely'
import type { Asked, Figure } from '../../../db/figures/figure.ts'
import { said, type Labels } from '../../../domain/labels.ts'
import { stagesThatAre } from '../../../domain/stages.ts'
import { ticketStages } from '../../../domain/ticket-stages.ts'
import type { EventType } from '../../../workflows/ticket/events.ts'
import { ofEveryTicket, tickets } from './dimensions.ts'
import { listed, thing } from './known.ts'

/** What was left to do when the time asked about ended, folded from events: never what is left today. */

export const backlog: Figure = {
  id: 'backlog',
  kind: 'count',
  better: 'lower',
  label: said('未结量', '未結量', 'Backlog'),
  unit: tickets,
  definition: said(
    '统计期结束时尚未结案、撤回或合并的工单数，由当时已发生的事件推算。',
    '統計期結束時尚未結案、撤回或合併的工單數，由當時已發生的事件推算。',
    'Tickets neither closed, withdrawn nor merged when the period ended, by what had happened until then.',
  ),
  marks: {},
  by: ofEveryTicket,
  requirements: ['T17', 'M6'],
  counted: (asked) => sql`select ${thing({})} from ${openThen(asked)}`,
}

/** From so many working days on a ticket belongs to the group. */
const ages: readonly Age[] = [
  { id: 'd00', from: 0, label: said('不足 1 个工作日', '不足 1 個工作日', 'under 1 working day') },
  { id: 'd01', from: 1, label: said('1–3 个工作日', '1–3 個工作日', '1–3 working days') },
  { id: 'd03', from: 3, label: said('3–7 个工作日', '3–7 個工作日', '3–7 working days') },
  { id: 'd07', from: 7, label: said('7–14 个工作日', '7–14 個工作日', '7–14 working days') },
  { id: 'd14', from: 14, label: said('14 个工作日及以上', '14 個工作日及以上', '14 working days and more') },
]

export const ageing: Figure = {
  id: 'ageing',
  kind: 'count',
  label: said('未结工单账龄', '未結工單帳齡', 'Age of the backlog'),
  unit: tickets,
  definition: said(
    '未结工单按账龄分列：提交当日不计，其后每个工作时段已结束的工作日计 1 日；各档含下限，不含上限。',
    '未結工單按帳齡分列：提交當日不計，其後每個工作時段已結束的工作日計 1 日；各檔含下限，不含上限。',
    'The backlog by age in working days. The day of submission does not count; each later one counts when its working time is over. A group includes its lower bound.',
  ),
  marks: Object.fromEntries(ages.map(({ id, label }) => [id, label])),
  by: ofEveryTicket,
  requirements: ['T17'],
  counted: (asked) =>
    sql`select ${thing({ mark: ageAt(asked) })} from ${openThen(asked)} cross join (select ${asked.dayEnds}::float8[] as ends) as days`,
}

interface Age {
  readonly id: string
  readonly from: number
  readonly label: Labels
}

function ageAt({ profile, until, asOf }: Asked): RawBuilder<unknown> {
  const submittedDayEnd = sql`(date_trunc('day', t.submitted_at at time zone ${profile.zone}) + interval '1 day') at time zone ${profile.zone}`
  const ended = (instant: RawBuilder<unknown>) => sql`width_bucket((extract(epoch from ${instant}) * 1000)::float8, days.ends)`
  // By the end of its own day none has passed.
  const days = sql`greatest(${ended(sql`least(${until}::timestamptz, ${asOf}::timestamptz)`)} - ${ended(submittedDayEnd)}, 0)`
  const isOf = ages.toReversed().map(({ id, from }) => sql`when ${days} >= ${sql.lit(from)} then ${sql.lit(id)}`)
  return sql`case ${sql.join(isOf, sql` `)} end`
}

/** Tickets that were open when the time asked about ended, as `t`. */
export function openThen({ profile, until, asOf }: Asked): RawBuilder<unknown> {
  const open = sql.join(stagesThatAre(ticketStages, 'open').map((stage) => sql.lit(stage)))
  // What is not open today has come to its end by one of these events; where that was known and had happened, it was not open then.
  const perhaps = sql`
    select number from tickets where open
    union
    select process from events where type in (${listed(endings)}) and (occurred_at >= ${until} or at > ${asOf})`
  return sql`(
    select t.number, t.submitted_at from (${perhaps}) as perhaps join tickets t using (number)
    join lateral (
      select e.stage from events e where e.process = t.number and e.at <= ${asOf} and e.occurred_at < ${until} order by e.seq desc limit 1
    ) as last on last.stage in (${open})
    where t.profile = ${profile.id} and t.submitted_at < ${until} and t.submitted_at <= ${asOf}) as t`
}

/** By which a ticket stops being open. */
const endings: readonly EventType[] = ['closed', 'withdrawn']
