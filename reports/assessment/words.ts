import type { ScoreItem } from '../../domain/assessment/model.ts'
import type { ScoreState } from '../../domain/assessment/score.ts'
import { said, type Labels } from '../../domain/labels.ts'

/** What stands on an assessment beside what its model says. */
export const words = {
  scores: said('评分汇总', '評分彙總', 'Scores'),
  confirmed: said('确认情况', '確認情況', 'Confirmed'),
  ofAll: said(
    '{confirmed}/{all} 已确认，{settled}/{all} 已定稿',
    '{confirmed}/{all} 已確認，{settled}/{all} 已定稿',
    '{confirmed} of {all} confirmed, {settled} final',
  ),
  summary: said(
    '考核对象 {all} 个；其中 {below} 个有指标低于标准。',
    '考核對象 {all} 個；其中 {below} 個有指標低於標準。',
    'Scores: {all}; with a criterion below its standard: {below}.',
  ),
  proposed: said('优秀个人候选：{names}。', '優秀個人候選：{names}。', 'Proposed as outstanding: {names}.'),
  nobodyProposed: said('没有优秀个人候选。', '沒有優秀個人候選。', 'Nobody is proposed as outstanding.'),
  proposedUnknown: said(
    '优秀个人候选未定：尚有评分未确认或有异议待裁定。',
    '優秀個人候選未定：尚有評分未確認或有異議待裁定。',
    'Who is proposed as outstanding is not known yet: some scores are drafts or objected to.',
  ),
  subject: said('考核对象', '考核對象', 'Who is scored'),
  tickets: said('工单数', '工單數', 'Tickets'),
  score: said('得分', '得分', 'Score'),
  deduction: said('扣分', '扣分', 'Deduction'),
  rank: said('名次', '名次', 'Place'),
  state: said('状态', '狀態', 'State'),
  criterion: said('指标', '指標', 'Criterion'),
  weight: said('权重', '權重', 'Weight'),
  standard: said('标准', '標準', 'Standard'),
  counted: said('计入数', '計入數', 'Counted'),
  hits: said('达成数', '達成數', 'Met'),
  excused: said('已剔除', '已剔除', 'Excused'),
  unconfirmed: said('补录未确认', '補錄未確認', 'Unconfirmed'),
  rate: said('达成率', '達成率', 'Rate'),
  below: said('低于标准', '低於標準', 'below'),
  few: said('样本不足', '樣本不足', 'few'),
  none: said('无计入事项', '無計入事項', 'nothing counted'),
  fewNote: said(
    '工单少于 {fewest} 张的不排名、不扣分；某指标计入数少于 {fewest} 的，该指标不扣分。',
    '工單少於 {fewest} 張者不排名、不扣分；某指標計入數少於 {fewest} 者，該指標不扣分。',
    'Who had fewer than {fewest} tickets has no place and no deduction; a criterion of which fewer than {fewest} were counted deducts nothing.',
  ),
  rankNote: said(
    '名次只在考核指标相同的对象之间排列，人员与团队分开；按得分排列。',
    '名次只在考核指標相同的對象之間排列，人員與團隊分開；依得分排列。',
    'Places are among those who are scored by the same criteria, people and teams apart, by score.',
  ),
  items: said('未达标事项 {count} 项：', '未達標事項 {count} 項：', 'Items: {count}'),
  ticket: said('工单', '工單', 'Ticket'),
  what: said('情况', '情況', 'What'),
  at: said('到期或发生', '到期或發生', 'Due, or happened'),
  done: said('完成于 {at}', '完成於 {at}', 'done {at}'),
  notDone: said('截至统计时未完成', '截至統計時未完成', 'not done when this was reckoned'),
  recorded: said('补录于 {at}', '補錄於 {at}', 'recorded {at}'),
  given: said('客户满意度 {score} 分', '客戶滿意度 {score} 分', 'gave {score} of 5'),
  decision: said('处理', '處理', 'Decision'),
  byWhom: said('{what}（{by}，{at}）：{reason}', '{what}（{by}，{at}）：{reason}', '{what} ({by}, {at}): {reason}'),
  confirmedAct: said('补录已确认', '補錄已確認', 'Confirmed'),
  excusedItem: said('已剔除', '已剔除', 'Excused'),
  sum: said('得分计算：{sum}', '得分計算：{sum}', 'Score: {sum}'),
  nothing: said('本期没有可计分的事项，不评分。', '本期沒有可計分的事項，不評分。', 'Nothing counts in this period, so there is no score.'),
  noItems: said('没有未达标事项。', '沒有未達標事項。', 'There are no items.'),
  suspended: said('异议裁定前暂不扣分', '異議裁定前暫不扣分', 'suspended until the objection is decided'),
  objection: said('异议（{by}，{at}）：{reason}', '異議（{by}，{at}）：{reason}', 'Objection ({by}, {at}): {reason}'),
  upheld: said('异议成立（{by}，{at}）：{reason}', '異議成立（{by}，{at}）：{reason}', 'Upheld ({by}, {at}): {reason}'),
  dismissed: said('异议不成立（{by}，{at}）：{reason}', '異議不成立（{by}，{at}）：{reason}', 'Not upheld ({by}, {at}): {reason}'),
  prolonged: said(
    '异议期原定于 {from} 截止，因系统当时中断，延长至 {until}。',
    '異議期原定於 {from} 截止，因系統當時中斷，延長至 {until}。',
    'The time for objections was to end on {from}, when the system was down; it was prolonged until {until}.',
  ),
  commendations: said('表彰', '表揚', 'Commendations'),
  person: said('人员', '人員', 'Person'),
  for: said('事项', '事項', 'For'),
  why: said('理由', '理由', 'Why'),
  outstanding: said('优秀个人', '優秀個人', 'Outstanding'),
  reached: said('得分 {score}，第 {rank} 名', '得分 {score}，第 {rank} 名', 'score {score}, place {rank}'),
  innovation: said('创新方案', '創新方案', 'Innovative solution'),
  nomination: said('{ticket} · 提名 {nomination}', '{ticket} · 提名 {nomination}', '{ticket} · nomination {nomination}'),
  nominatedBy: said('提名人：{by}（{at}）', '提名人：{by}（{at}）', 'nominated by {by} ({at})'),
  decidedBy: said('决定人：{by}（{at}）：{reason}', '決定人：{by}（{at}）：{reason}', 'decided by {by} ({at}): {reason}'),
  decided: said('决定', '決定', 'Decision'),
  commended: said('已表彰', '已表揚', 'Commended'),
  declined: said('不予表彰', '不予表揚', 'Declined'),
  chosen: said('已评定', '已評定', 'Commended'),
  toDecide: said('待决定', '待決定', 'To be decided'),
  undecided: said('到期未决定', '到期未決定', 'Not decided in time'),
  toTeam: said(
    '{label}：另有 {count} 项超时，担任责任人不足时限一半，只计给团队。',
    '{label}：另有 {count} 項逾時，擔任負責人不足時限一半，只計給團隊。',
    '{label}: {count} more were broken after less than half of the time in their hands, and count for the team alone.',
  ),
  toNobody: said(
    '{label}：另有 {count} 项因调整优先级而超时，不计给任何人。',
    '{label}：另有 {count} 項因調整優先等級而逾時，不計給任何人。',
    '{label}: {count} more were broken by a change of priority alone, and count for nobody.',
  ),
  running: said(
    '{label}：另有 {count} 张工单仍在处理，没有承诺超时，不计入。',
    '{label}：另有 {count} 張工單仍在處理，沒有承諾逾時，不計入。',
    '{label}: {count} more are still on their way without a broken promise, and are not counted.',
  ),
  deferral: said('已报告延期：{reason}', '已回報延期：{reason}', 'Deferred: {reason}'),
} satisfies Readonly<Record<string, Labels>>

/** What an assessment bears on each page until every score of it is final. */
export const marks = {
  draft: {
    name: said('草稿 · 待确认', '草稿 · 待確認', 'Draft: to be confirmed'),
    why: said('含未确认的评分，不作为考核结果。', '含未確認的評分，不作為考核結果。', 'Some scores are drafts: they are no result yet.'),
  },
  confirmed: {
    name: said('未定稿', '未定稿', 'Not final'),
    why: said(
      '评分均已确认，但异议期未满或有异议待裁定，仍可能变更。',
      '評分均已確認，但異議期未滿或有異議待裁定，仍可能變更。',
      'Every score is confirmed, but some can still be objected to or change.',
    ),
  },
} as const satisfies Readonly<Record<string, { readonly name: Labels; readonly why: Labels }>>

export const states: Readonly<Record<ScoreState, Labels>> = {
  draft: said('待确认', '待確認', 'draft'),
  confirmed: said('已确认', '已確認', 'confirmed'),
  objected: said('异议中', '異議中', 'objected to'),
  settled: said('已定稿', '已定稿', 'final'),
}

export const kinds: Readonly<Record<ScoreItem['what'], Labels>> = {
  broken: said('超时', '逾時', 'not in time'),
  backdated: said('补录，待他人确认', '補錄，待他人確認', 'recorded late, to be confirmed'),
  running: said('尚未解决', '尚未解決', 'not solved yet'),
  silence: said('未收到客户答复', '未收到客戶答覆', 'closed without an answer'),
  unsolved: said('客户反馈未解决', '客戶回覆未解決', 'unsolved, says the customer'),
  reopened: said('重新打开', '重新開啟', 'reopened'),
  dissatisfied: said('客户不满意', '客戶不滿意', 'dissatisfied'),
}
