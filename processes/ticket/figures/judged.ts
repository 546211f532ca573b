import { sql, type RawBuilder } from 'kysely'
import type { Asked, Figure } from '../../../db/figures/figure.ts'
import { said } from '../../../domain/labels.ts'
import { ofEveryTicket } from './dimensions.ts'
import { thing } from './known.ts'

/** What samples 抽检 found (Q7): tickets as they were judged by criteria of the profile. */

const targeted = said('指定抽检', '指定抽檢', 'named, not drawn by chance')

export const judgedQuality: Figure = {
  id: 'judged-quality',
  kind: 'share',
  matures: true,
  better: 'higher',
  label: said('抽检合格率', '抽檢合格率', 'Judged quality'),
  unit: said('项评定', '項評定', 'criteria judged'),
  definition: said(
    '统计期内首次评定的随机抽检工单，各项评定中达标的占比；以截至统计时刻的最后一次评定为准，不适用的不计，免评工单和已终止的抽检不计。指定工单的评定另行列出，不计入比例。',
    '統計期內首次評定的隨機抽檢工單，各項評定中達標的占比；以截至統計時刻的最後一次評定為準，不適用的不計，免評工單與已終止的抽檢不計。指定工單的評定另行列出，不計入比例。',
    'Of tickets drawn by chance and first judged in the period: of all criteria by which they were judged, how many were met. What was said last counts; what does not apply, tickets excused and samples abandoned count nowhere. Tickets that were named instead of drawn are told apart.',
  ),
  marks: { targeted },
  beside: ['targeted'],
  by: [...ofEveryTicket, 'criterion'],
  requirements: ['Q7'],
  counted: (asked) =>
    sql`select ${thing({
      number: sql`j.ticket`,
      hit: sql`case when j.targeted then null else a.met end`,
      mark: sql`case when j.targeted then 'targeted' end`,
      criterion: sql`a.criterion`,
    })} from ${judgements(asked)} cross join lateral jsonb_to_recordset(j.data -> 'answers') as a (criterion text, met boolean) where a.met is not null`,
}

export const judgedWithoutFault: Figure = {
  id: 'judged-without-fault',
  kind: 'share',
  matures: true,
  better: 'higher',
  label: said('抽检全部达标率', '抽檢全部達標率', 'Judged without fault'),
  unit: said('张次评定', '張次評定', 'tickets judged'),
  definition: said(
    '统计期内首次评定的随机抽检工单中，各项适用的评定全部达标的占比；口径同抽检合格率。同一工单在不同抽检中各计一次。',
    '統計期內首次評定的隨機抽檢工單中，各項適用的評定全部達標的占比；口徑同抽檢合格率。同一工單在不同抽檢中各計一次。',
    'Of tickets drawn by chance and first judged in the period: how many met every criterion that applies; counted as judged quality is. A ticket in several samples counts once in each.',
  ),
  marks: { targeted },
  beside: ['targeted'],
  by: ofEveryTicket,
  requirements: ['Q7'],
  counted: (asked) =>
    sql`select ${thing({
      number: sql`j.ticket`,
      hit: sql`case when j.targeted then null else ${isFaultless} end`,
      mark: sql`case when j.targeted then 'targeted' end`,
    })} from ${judgements(asked)}`,
}

/** That of a judgement `j` no criterion is unmet. */
export const isFaultless = sql<boolean>`not jsonb_path_exists(j.data, '$.answers[*] ? (@.met == false)')`

/**
 * The last word on each ticket of each sample, where it was first judged in the time asked about, as `j`: numbers of sample and ticket, when it was
 * judged, whether the ticket was named, and what was said.
 */
export function judgements({ profile, from, until, asOf }: Asked): RawBuilder<unknown> {
  // A correction counts in the time of the judgement it corrects; so the time is found by whatever judged then, and told by the last word.
  return sql`(
    select * from (
      select distinct on (e.process, e.data ->> 'ticket') e.process as sample, s.sample as kind, s.manner = 'targeted' as targeted,
        e.data ->> 'ticket' as ticket, (e.data ->> 'judgedAt')::timestamptz as judged_at, e.type, e.data
      from events e join samples s on s.number = e.process
      where s.profile = ${profile.id} and e.type in ('judged', 'rejudged', 'ticket-excused') and e.at <= ${asOf}
        and e.process in (
          select process from events where type in ('judged', 'rejudged') and occurred_at >= ${from} and occurred_at < ${until} and at <= ${asOf})
        and not exists (select from events a where a.process = e.process and a.type = 'abandoned' and a.at <= ${asOf})
      order by e.process, e.data ->> 'ticket', e.seq desc
    ) as last where type <> 'ticket-excused' and judged_at >= ${from} and judged_at < ${until}) as j`
}
