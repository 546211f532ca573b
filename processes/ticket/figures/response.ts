import { sql, type RawBuilder } from 'kysely'
import type { Figure } from '../../../db/figures/figure.ts'
import { elapsedBetween, hoursTable, workedBetween } from '../../../db/figures/worked.ts'
import { said } from '../../../domain/labels.ts'
import type { EventType } from '../../../workflows/ticket/events.ts'
import { ofEveryTicket, tickets } from './dimensions.ts'
import { live, listed, submittedTickets, thing } from './known.ts'

/** How long customers wait until somebody answers (R12 响应时间). */
export const responseTime: Figure = {
  id: 'response-time',
  kind: 'duration',
  matures: true,
  better: 'lower',
  label: said('响应时长', '回應時長', 'Response time'),
  unit: tickets,
  definition: said(
    '统计期内提交的工单，从提交到第一次由人联系客户（去电、写给客户的进度、需要补充的材料或提问）的时长；自动邮件不算。提交时客户就在线上的（当场受理）和尚未答复的另行列出，不计入时长。',
    '統計期內提交的工單，從提交到第一次由人聯絡客戶（去電、寫給客戶的進度、需要補充的資料或提問）的時長；自動郵件不算。提交時客戶就在線上的（當場受理）和尚未答覆的另行列出，不計入時長。',
    'Of tickets submitted in the period: from submission until a person first spoke or wrote to the customer (a call, news for the customer, a question). Automatic mail does not count. Tickets whose customer was on the line when they were registered, and those not answered yet, are told apart and have no time.',
  ),
  marks: {
    live: said('当场受理', '當場受理', 'customer on the line'),
    unanswered: said('尚未答复', '尚未答覆', 'not answered yet'),
  },
  beside: ['live', 'unanswered'],
  by: ofEveryTicket,
  requirements: ['R12', 'T17', 'M6'],
  counted(asked) {
    const submitted = sql`t.submitted_at`
    const answered = sql`answer.at`
    const timed = (time: RawBuilder<number>) => sql`case when not t.live and ${answered} is not null then ${time} end`
    return sql`with ${hoursTable(asked.hours)}
      select ${thing({
        elapsed: timed(elapsedBetween(submitted, answered)),
        worked: timed(workedBetween(submitted, answered)),
        mark: sql`case when t.live then 'live' when ${answered} is null then 'unanswered' end`,
      })}
      from hours, (select t.number, t.submitted_at, ${live} as live from ${submittedTickets(asked)} offset 0) as t left join lateral (
        select min(e.occurred_at) as at from events e
        where e.process = t.number and e.at <= ${asked.asOf} and e.actor <> 'system' and e.type in (${listed(answers)}) and ${answering}
          and not t.live
      ) as answer on true`
  },
}

/** Of these some say something to the customer. */
const answers: readonly EventType[] = ['contacted', 'confirmed', 'progress-updated', 'intake-reviewed', 'waiting-started']
/** A person of ours says something to the customer. */
const answering = sql`case e.type
  when 'contacted' then e.data ->> 'direction' = 'outbound'
  when 'confirmed' then e.data ->> 'live' = 'true'
  when 'progress-updated' then e.data ->> 'visibleToCustomer' = 'true'
  when 'intake-reviewed' then e.data ->> 'message' is not null
  when 'waiting-started' then e.data ->> 'asked' is not null
  else false end`
