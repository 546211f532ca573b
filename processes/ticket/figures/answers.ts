import { sql, type RawBuilder } from 'kysely'
import type { Asked, Figure } from '../../../db/figures/figure.ts'
import { said } from '../../../domain/labels.ts'
import { ofEveryTicket, tickets } from './dimensions.ts'
import { finishedTickets, happened, thing } from './known.ts'

/** What customers say of it (R12 客户满意度). */

export const satisfaction: Figure = {
  id: 'satisfaction',
  kind: 'share',
  matures: true,
  better: 'higher',
  label: said('满意率', '滿意率', 'Satisfaction'),
  unit: said('个评价', '個評價', 'answers'),
  definition: said(
    '每张工单只计一个评价：回访时客户的评分，没有则为确认解决时的评分；处理人填写的评分不计。该评价给出的时间在统计期内的，4–5 分占全部评价的比例；之后回访取代了确认时的评分，则改计入回访所在的统计期。',
    '每張工單只計一個評價：回訪時客戶的評分，沒有則為確認解決時的評分；處理人填寫的評分不計。該評價給出的時間在統計期內的，4–5 分占全部評價的比例；之後回訪取代了確認時的評分，則改計入回訪所在的統計期。',
    'One answer a ticket: what the customer gave at the callback, else when confirming; what a handler typed is never counted. Of answers given in the period, how many were 4 or 5. Where a callback later takes the place of what was said when confirming, the ticket counts in the period of the callback instead.',
  ),
  marks: Object.fromEntries([1, 2, 3, 4, 5].map((score) => [String(score), said(`${score} 分`, `${score} 分`, `score ${score}`)])),
  by: ofEveryTicket,
  requirements: ['R12', 'T17', 'S17', 'M6'],
  counted: (asked) =>
    sql`select ${thing({ number: sql`answer.number`, hit: isSatisfied, mark: sql`answer.score::text` })} from ${answersIn(asked)}`,
}

export const responseRate: Figure = {
  id: 'response-rate',
  kind: 'share',
  matures: true,
  better: 'higher',
  label: said('评价率', '評價率', 'Response rate'),
  unit: tickets,
  definition: said(
    '统计期内结案、且截至统计时刻未重新打开的工单中，客户给出评价的占比。',
    '統計期內結案、且截至統計時刻未重新開啟的工單中，客戶給出評價的占比。',
    'Of tickets closed in the period and not reopened as far as is known: of how many the customer said how satisfied they are.',
  ),
  marks: {},
  by: ofEveryTicket,
  requirements: ['R12', 'M6'],
  counted: (asked) => sql`with finished as materialized (select t.number from ${finishedTickets(asked)})
    select ${thing({ hit: sql`answer.score is not null` })}
    from finished t left join (${answers(sql`select number from finished`, asked)}) as answer using (number)`,
}

/** The one answer of each ticket that was given in the time asked about, as `answer`: `number`, `seq` of its event, `score`, `at`. */
export function answersIn(asked: Asked): RawBuilder<unknown> {
  return sql`(
    with told as materialized (select distinct t.number from ${happened(asked, 'called-back', 'confirmed')})
    select one.* from (${answers(sql`select number from told`, asked)}) as one
    where one.at >= ${asked.from} and one.at < ${asked.until}) as answer`
}

/** Of an `answer`. */
export const isSatisfied = sql`(answer.score >= 4)`

/** The one answer of each of these tickets that gave any. */
function answers(numbers: RawBuilder<unknown>, { asOf }: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  return sql`select distinct on (e.process) e.process as number, e.seq, (e.data ->> 'satisfaction')::int as score, e.occurred_at as at
    from events e where e.process in (${numbers}) and e.at <= ${asOf}
      and e.type in ('called-back', 'confirmed') and e.data ->> 'satisfaction' is not null
    order by e.process, (e.type = 'called-back') desc, e.seq desc`
}
