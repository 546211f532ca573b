import { said } from '../labels.ts'
import {
  awaited,
  customer,
  may,
  must,
  mutable,
  ofScores,
  some,
  staff,
  toReaders,
  type NoticeKindDefinition,
  type Placeholder,
} from './definition.ts'
import { kindsAmongColleagues } from './kinds-among-colleagues.ts'

/**
 * Every kind of notice there is (S8, S14, T8, T14, X4): who it is for, what the process says with it, and whether a person
 * may do without it. A profile has a template for each; docs/notices.md is generated from here.
 */

const number = must('text')
const text = must('text')
const reason = must('text')

export const noticeKinds = {
  // to the customer
  'ticket-submitted': customer(said('工单已创建', '工單已建立', 'Ticket created'), {
    number,
    within: may('duration'),
    timeBase: may('base'),
    startBy: may('instant'),
  }),
  'information-requested': customer(said('请客户补充资料', '請客戶補充資料', 'Information requested'), {
    number,
    missing: may('list'),
    message: may('text'),
    until: may('instant'),
  }),
  'information-reminder': customer(said('提醒客户补充资料', '提醒客戶補充資料', 'Reminder: information requested'), {
    number,
    missing: may('list'),
    message: may('text'),
    until: may('instant'),
  }),
  progress: customer(said('进度更新', '進度更新', 'Progress'), { number, text }),
  'still-investigating': customer(said('正在排查中', '正在排查中', 'Still investigating'), { number }),
  deferred: customer(said('延期告知', '延期告知', 'Deadline deferred'), { number, reason, newDueAt: must('instant') }),
  'confirmation-requested': customer(said('请客户确认', '請客戶確認', 'Confirmation requested'), {
    number,
    until: may('instant'),
  }),
  'confirmation-reminder': customer(said('提醒客户确认', '提醒客戶確認', 'Reminder: confirmation requested'), {
    number,
    until: may('instant'),
  }),
  'callback-appointed': customer(said('满意度回访', '滿意度回訪', 'Callback appointed'), { number, by: must('instant') }),
  'ticket-solved': customer(said('已处理完成', '已處理完成', 'The work is done'), { number, by: may('instant') }),
  'closed-by-silence': customer(said('未收到回复，已自动结案', '未收到回覆，已自動結案', 'Closed without an answer'), {
    number,
    reopenableUntil: must('instant'),
  }),
  // to staff
  'ticket-assigned': staff(said('工单分派', '工單分派', 'Ticket assigned'), {
    number,
    dueAt: may('instant'),
    within: may('duration'),
    timeBase: may('base'),
    insteadOf: may('person'),
  }),
  'ticket-queued': mutable(said('工单待认领', '工單待認領', 'Ticket in the queue'), { number }),
  'progress-reported': mutable(said('进度已上报', '進度已回報', 'Progress reported'), { number, text, by: may('person') }),
  'task-opened': staff(said('新任务', '新任務', 'Task opened'), { number, text }),
  'collaboration-requested': staff(said('请求协作', '請求協作', 'Collaboration requested'), {
    number,
    department: must('person'),
    contact: must('person'),
    need: must('text'),
    by: must('person'),
    finishAt: must('instant'),
  }),
  'deadline-warning': staff(said('时限预警', '時限預警', 'Deadline ahead'), {
    number,
    clock: must('clock'),
    dueAt: must('instant'),
    consequence: may('consequence'),
    advice: may('advice-ahead'),
  }),
  'deadline-missed': staff(said('已超时', '已逾時', 'Deadline missed'), {
    number,
    clock: must('clock'),
    dueAt: must('instant'),
    level: must('level'),
    escalation: may('escalation'),
    advice: may('advice-after'),
  }),
  'deferral-reported': staff(said('延期报告', '延期報告', 'Deferral reported'), {
    number,
    reason,
    cause: must('cause'),
    previousDueAt: may('instant'),
    newDueAt: must('instant'),
    late: may('late'),
  }),
  'priority-change-requested': staff(said('申请调整优先级', '申請調整優先等級', 'Priority change requested'), {
    number,
    current: must('priority'),
    wanted: must('priority'),
    reason,
    by: must('person'),
  }),
  'priority-change-decided': mutable(said('优先级调整结果', '優先等級調整結果', 'Priority change decided'), {
    number,
    approved: must('decision'),
    priority: must('priority'),
    comment: may('text'),
  }),
  'review-meeting-needed': staff(said('需要紧急评审', '需要緊急評審', 'Emergency review needed'), { number, dueAt: may('instant') }),
  'verification-failed': staff(said('内部验证未通过', '內部驗證未通過', 'Verification failed'), { number, remark: may('text') }),
  unsolved: staff(said('客户反馈未解决', '客戶回覆未解決', 'Unsolved, says the customer'), {
    number,
    remark: may('text'),
    dueAt: may('instant'),
  }),
  reopened: staff(said('工单重新打开', '工單重新開啟', 'Ticket reopened'), { number, reason, dueAt: may('instant') }),
  withdrawn: mutable(said('工单已撤回', '工單已撤回', 'Ticket withdrawn'), { number, reason }),
  urged: staff(said('催办', '催辦', 'Urged'), {
    number,
    count: must('number'),
    by: may('person'),
    reason: may('text'),
    dueAt: may('instant'),
  }),
  'customer-supplied': staff(said('客户已补充资料', '客戶已補充資料', 'The customer supplied information'), {
    number,
    supplied: may('list'),
    text: may('text'),
    dueAt: may('instant'),
  }),
  'ticket-registered': staff(said('新工单待受理', '新工單待受理', 'New ticket to take in'), { number, dueAt: may('instant') }),
  'ticket-moved': mutable(said('工单已转给他人', '工單已轉給他人', 'Ticket moved to somebody else'), {
    number,
    to: must('person'),
    reason: may('text'),
  }),
  reclassified: staff(said('类型已更正', '類型已更正', 'Type corrected'), { number, reason, by: may('person'), dueAt: may('instant') }),
  'deadline-changed': staff(said('解决期限有变', '解決期限有變', 'Deadline changed'), { number, dueAt: may('instant') }),
  ...kindsAmongColleagues,
  'closing-due': staff(said('请结案', '請結案', 'To be closed'), { number, remark: may('text') }),
  'solved-closing-due': staff(said('已处理完成，请结案', '已處理完成，請結案', 'Done, to be closed'), { number }),
  'callback-due': staff(said('请回访客户', '請回訪客戶', 'Callback due'), { number, by: must('instant') }),
  'report-ready': toReaders(mutable(said('报告', '報告', 'Report'), { number, report: must('labels'), highlights: must('labels') }), {
    bulk: true,
  }),
  'report-to-sign': awaited(
    toReaders(staff(said('报告待签署', '報告待簽署', 'Report to be signed'), { number, report: must('labels'), dueAt: may('instant') }), {
      bulk: false,
    }),
  ),
  'report-late': toReaders(staff(said('报告签署超时', '報告簽署逾時', 'Report not signed in time'), { number, report: must('labels') }), {
    bulk: true,
  }),
  'review-opened': staff(said('请主持复盘', '請主持檢討', 'A review to lead'), { number, dueAt: may('instant') }),
  'review-invited': staff(said('邀请参与复盘', '邀請參與檢討', 'Invited to a review'), { number, by: must('person') }),
  'action-given': staff(said('新的改进措施', '新的改善措施', 'Improvement action given'), {
    number,
    text,
    dueAt: must('instant'),
    by: must('person'),
  }),
  'action-changed': staff(said('改进措施有变更', '改善措施有變更', 'Improvement action changed'), {
    number,
    clock: must('clock'),
    dueAt: must('instant'),
    reason,
  }),
  'action-due': staff(said('改进措施即将到期', '改善措施即將到期', 'Improvement action due'), {
    number,
    clock: must('clock'),
    dueAt: must('instant'),
  }),
  'action-overdue': staff(said('改进措施已超时', '改善措施已逾時', 'Improvement action overdue'), {
    number,
    clock: must('clock'),
    dueAt: must('instant'),
    escalation: may('escalation'),
  }),
  'effect-checked': mutable(said('改进效果验证结果', '改善效果驗證結果', 'Effect of a review'), { number, outcome: must('outcome') }),
  'scores-to-confirm': awaited(ofScores(said('评分待确认', '評分待確認', 'Scores to confirm'), { number, assessment: must('labels') })),
  'assessment-overdue': ofScores(said('考核处理超时', '考核處理逾時', 'Assessment overdue'), {
    number,
    assessment: must('labels'),
    clock: must('clock'),
    dueAt: must('instant'),
  }),
  'objection-to-decide': awaited(ofScores(said('异议待裁定', '異議待裁定', 'Objection to decide'), { number, assessment: must('labels') })),
  'commendation-to-decide': awaited(
    ofScores(said('表彰待决定', '表揚待決定', 'Commendation to decide'), { number, assessment: must('labels') }),
  ),
  'score-confirmed': ofScores(said('评分已确认', '評分已確認', 'Score confirmed'), {
    number,
    assessment: must('labels'),
    whose: must('labels'),
    until: must('instant'),
  }),
  'objection-decided': ofScores(said('异议已裁定', '異議已裁定', 'Objection decided'), {
    number,
    assessment: must('labels'),
    whose: must('labels'),
  }),
  commended: ofScores(said('获得表彰', '獲得表揚', 'Commended'), { number, assessment: must('labels') }),
  'sample-given': toReaders(staff(said('请评定抽检', '請評定抽檢', 'A sample to judge'), { number, dueAt: may('instant') }), {
    bulk: false,
  }),
  'sample-due': toReaders(
    staff(said('抽检即将到期', '抽檢即將到期', 'Sample due'), { number, clock: must('clock'), dueAt: must('instant') }),
    {
      bulk: false,
    },
  ),
  'sample-late': toReaders(
    staff(said('抽检已超时', '抽檢已逾時', 'Sample overdue'), { number, clock: must('clock'), dueAt: must('instant') }),
    { bulk: false },
  ),
  'sample-finding': staff(said('抽检发现问题', '抽檢發現問題', 'A finding to follow up'), {
    number,
    ticket: must('text'),
    text,
    by: must('person'),
  }),
  'promises-moved': mutable(said('日历变更，时限已调整', '工作日曆變更，時限已調整', 'Deadlines moved with the calendar'), {
    number,
    count: must('number'),
  }),
} as const satisfies Readonly<Record<string, NoticeKindDefinition>>

export type NoticeKind = keyof typeof noticeKinds

export function isNoticeKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(noticeKinds, kind)
}

export const noticeKindNames = Object.keys(noticeKinds).filter(isNoticeKind)

/** The kinds that a person may choose not to get. */
export const mutableKinds = noticeKindNames.filter((kind) => noticeKinds[kind].mayMute)

export const bulkKinds = noticeKindNames.filter((kind) => noticeKinds[kind].bulk)
export const confidentialKinds = noticeKindNames.filter((kind) => definitionOf(kind).confidential)

export function definitionOf(kind: NoticeKind): NoticeKindDefinition {
  return noticeKinds[kind]
}

/** What every template may say beside its kind's own parameters: what is true of the ticket when the notice is sent. */
export const commonPlaceholders = {
  title: must('text'),
  customer: some('text'),
  organisation: may('text'),
  type: some('text'),
  priority: some('text'),
  stage: must('text'),
  handler: may('text'),
  representative: may('text'),
  recipient: must('text'),
} as const satisfies Readonly<Record<string, Placeholder>>

/** Of these a process has none where its type knows none. */
export type OfSomeTypes = {
  [N in keyof typeof commonPlaceholders]: (typeof commonPlaceholders)[N] extends { readonly has: 'ofSomeTypes' } ? N : never
}[keyof typeof commonPlaceholders]

const everyOfSomeTypes: Readonly<Record<OfSomeTypes, true>> = { customer: true, type: true, priority: true }
/** Their names. */
export const ofSomeTypes = Object.keys(everyOfSomeTypes).filter((name): name is OfSomeTypes => Object.hasOwn(everyOfSomeTypes, name))

/** What a template for customers may say beside: how to answer, as in `tell us {reach}`. */
export const customerPlaceholders = { reach: must('text') } as const satisfies Readonly<Record<string, Placeholder>>

/** Everything a template of the kind may say; a parameter of the kind itself comes before a common one of that name. */
export function placeholdersOf(kind: NoticeKind): Readonly<Record<string, Placeholder>> {
  const { audience, params } = noticeKinds[kind]
  return { ...commonPlaceholders, ...(audience === 'customer' && customerPlaceholders), ...params }
}
