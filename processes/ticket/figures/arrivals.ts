import { sql } from 'kysely'
import type { Figure } from '../../../db/figures/figure.ts'
import { said } from '../../../domain/labels.ts'
import { finishedTickets, happened, offPath, submittedTickets, thing } from './known.ts'
import { ofEveryTicket, tickets } from './dimensions.ts'

/** How much comes in, and how much of it goes out. */

export const submitted: Figure = {
  id: 'submitted',
  kind: 'count',
  matures: true,
  label: said('受理量', '受理量', 'Tickets received'),
  unit: tickets,
  definition: said(
    '在统计期内提交的工单数。其中已撤回、已合并的另行列出。',
    '在統計期內提交的工單數。其中已撤回、已合併的另行列出。',
    'Tickets submitted in the period. Those withdrawn or merged since are told apart.',
  ),
  marks: {
    withdrawn: said('已撤回', '已撤回', 'withdrawn'),
    merged: said('已合并', '已合併', 'merged'),
  },
  by: ofEveryTicket,
  requirements: ['T17', 'S17', 'R12'],
  counted: (asked) => sql`select ${thing({ mark: offPath(asked) })} from ${submittedTickets(asked)}`,
}

/** When they come in: the marks are hours of the week, Monday's first, in the profile's zone. */
export const arrivals: Figure = {
  id: 'arrivals',
  kind: 'count',
  label: said('到达分布', '到達分布', 'Arrivals'),
  unit: tickets,
  definition: said(
    '在统计期内提交的工单数，按星期与整点分列（流程配置的时区）。',
    '在統計期內提交的工單數，按星期與整點分列（流程設定的時區）。',
    "Tickets submitted in the period, by weekday and hour in the profile's zone.",
  ),
  marks: {},
  by: ofEveryTicket,
  requirements: ['T17'],
  counted: (asked) =>
    sql`select ${thing({ mark: sql`to_char(t.submitted_at at time zone ${asked.profile.zone}, 'dy-HH24')` })} from ${submittedTickets(asked)}`,
}

export const closed: Figure = {
  id: 'closed',
  kind: 'count',
  matures: true,
  label: said('结案量', '結案量', 'Tickets closed'),
  unit: tickets,
  definition: said(
    '在统计期内结案、且截至统计时刻未重新打开的工单数。客户未答复而自动结案的另行列出。',
    '在統計期內結案、且截至統計時刻未重新開啟的工單數。客戶未答覆而自動結案的另行列出。',
    'Tickets closed in the period and not reopened as far as is known. Those closed because the customer never answered are told apart.',
  ),
  marks: { silence: said('客户未答复', '客戶未答覆', 'closed by silence') },
  by: ofEveryTicket,
  requirements: ['T17'],
  counted: (asked) =>
    sql`select ${thing({ mark: sql`case when t.data ->> 'silence' = 'true' then 'silence' end` })} from ${finishedTickets(asked)}`,
}

export const deferrals: Figure = {
  id: 'deferrals',
  kind: 'count',
  better: 'lower',
  label: said('延期次数', '延期次數', 'Deferrals'),
  unit: said('次', '次', 'deferrals'),
  definition: said(
    '在统计期内通报的延期次数。晚于流程配置要求的提前量才通报的，另行列出。',
    '在統計期內通報的延期次數。晚於流程設定要求的提前量才通報的，另行列出。',
    'Deferrals announced in the period. Those announced later than the profile demands are told apart.',
  ),
  marks: { late: said('通报过晚', '通報過晚', 'announced late') },
  by: ofEveryTicket,
  requirements: ['T14', 'T17'],
  counted: (asked) =>
    sql`select ${thing({ mark: sql`case when (t.data ->> 'late')::boolean then 'late' end` })} from ${happened(asked, 'deferred')}`,
}
