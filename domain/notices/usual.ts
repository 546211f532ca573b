import type { NoticeKind } from './kinds.ts'
import type { Template } from './template.ts'
import { assessmentTemplates } from './usual-assessments.ts'
import { usualOfSamples } from './usual-samples.ts'
import { usualOfCoordination } from './usual-coordination.ts'
import { usualOfWorkingTogether } from './usual-together.ts'
import { usualOfSolved } from './usual-solved.ts'

/**
 * What a kind of notice says where a profile says nothing of its own. Kinds that came after the first release have such words, so that
 * profiles which organisations wrote before stay whole; installing one writes them into it.
 */
export const usualTemplates = {
  ...assessmentTemplates,
  ...usualOfSolved,
  'customer-supplied': {
    subject: {
      'zh-CN': '【{number}】客户已补充资料：{title}',
      'zh-TW': '【{number}】客戶已補充資料：{title}',
      en: '{number} · The customer has sent information: {title}',
    },
    text: {
      'zh-CN': `客户{customer}为工单 {number}“{title}”补充了资料[：{supplied}]。

[客户说明：{text}]

当前阶段：{stage}
[解决期限：{dueAt}]

请查看并继续处理。`,
      'zh-TW': `客戶{customer}為工單 {number}「{title}」補充了資料[：{supplied}]。

[客戶說明：{text}]

目前階段：{stage}
[解決期限：{dueAt}]

請查看並繼續處理。`,
      en: `{customer} has sent information for ticket {number} "{title}"[: {supplied}].

[In their words: {text}]

Stage: {stage}
[To be solved by: {dueAt}]

Please look at it and go on.`,
    },
  },
  'ticket-registered': {
    subject: {
      'zh-CN': '【{number}】新工单待受理（{priority}）：{title}',
      'zh-TW': '【{number}】新工單待受理（{priority}）：{title}',
      en: '{number} · New ticket ({priority}): {title}',
    },
    text: {
      'zh-CN': `客户登记了工单 {number}，还没有人受理。

问题：{title}
客户：{customer}[（{organisation}）]
类型：{type}
优先级：{priority}
[最早期限：{dueAt}]`,
      'zh-TW': `客戶登記了工單 {number}，還沒有人受理。

問題：{title}
客戶：{customer}[（{organisation}）]
類型：{type}
優先等級：{priority}
[最早期限：{dueAt}]`,
      en: `Ticket {number} was registered by the customer, and nobody has seen to it yet.

Problem: {title}
Customer: {customer}[ ({organisation})]
Type: {type}
Priority: {priority}
[First deadline: {dueAt}]`,
    },
  },
  'ticket-moved': {
    subject: {
      'zh-CN': '【{number}】已转给{to}：{title}',
      'zh-TW': '【{number}】已轉給{to}：{title}',
      en: '{number} · Moved to {to}: {title}',
    },
    text: {
      'zh-CN': `工单 {number}“{title}”已转给{to}，您不用再处理。

[原因：{reason}]
客户：{customer}`,
      'zh-TW': `工單 {number}「{title}」已轉給{to}，您不用再處理。

[原因：{reason}]
客戶：{customer}`,
      en: `Ticket {number} "{title}" has been moved to {to}. You can stop working on it.

[Reason: {reason}]
Customer: {customer}`,
    },
  },
  'closing-due': {
    subject: {
      'zh-CN': '【{number}】客户已确认，请结案：{title}',
      'zh-TW': '【{number}】客戶已確認，請結案：{title}',
      en: '{number} · The customer has confirmed, please close it: {title}',
    },
    text: {
      'zh-CN': `客户{customer}已确认工单 {number}“{title}”的处理结果。

[客户说明：{remark}]

请填写问题解决报告并结案。`,
      'zh-TW': `客戶{customer}已確認工單 {number}「{title}」的處理結果。

[客戶說明：{remark}]

請填寫問題解決報告並結案。`,
      en: `{customer} has confirmed how ticket {number} "{title}" was solved.

[In their words: {remark}]

Please file the report and close the ticket.`,
    },
  },
  'callback-due': {
    subject: {
      'zh-CN': '【{number}】请在 {by} 前回访：{title}',
      'zh-TW': '【{number}】請在 {by} 前回訪：{title}',
      en: '{number} · Please call back by {by}: {title}',
    },
    text: {
      'zh-CN': `客户{customer}已确认工单 {number}“{title}”的处理结果。

请在 {by} 前回访，了解客户是否满意，并记录回访结果。`,
      'zh-TW': `客戶{customer}已確認工單 {number}「{title}」的處理結果。

請在 {by} 前回訪，了解客戶是否滿意，並記錄回訪結果。`,
      en: `{customer} has confirmed how ticket {number} "{title}" was solved.

Please get in touch by {by}, ask whether they are satisfied, and record the callback.`,
    },
  },
  'report-ready': {
    subject: { 'zh-CN': '{report}', 'zh-TW': '{report}', en: '{report}' },
    text: {
      'zh-CN': `{report}已生成。

{highlights}

完整内容、图表与数据口径请登录查看。`,
      'zh-TW': `{report}已產生。

{highlights}

完整內容、圖表與統計口徑請登入檢視。`,
      en: `{report} is ready.

{highlights}

Sign in to read all of it, with charts and definitions.`,
    },
  },
  'report-to-sign': {
    subject: {
      'zh-CN': '{report}：{stage}[，期限 {dueAt}]',
      'zh-TW': '{report}：{stage}[，期限 {dueAt}]',
      en: '{report}: {stage}[ by {dueAt}]',
    },
    text: {
      'zh-CN': `{report}{stage}，请登录处理。

[期限：{dueAt}]

如内容需要修改，审核人和批准人可以退回。`,
      'zh-TW': `{report}{stage}，請登入處理。

[期限：{dueAt}]

如內容需要修改，審核人與核准人可以退回。`,
      en: `{report} is {stage}. Please sign in and do so.

[Due: {dueAt}]

Who reviews or approves it can send it back.`,
    },
  },
  'report-late': {
    subject: { 'zh-CN': '{report}签署超时：{stage}', 'zh-TW': '{report}簽署逾時：{stage}', en: '{report} is late: {stage}' },
    text: {
      'zh-CN': `{report}仍{stage}，现已超时，请尽快处理。`,
      'zh-TW': `{report}仍{stage}，現已逾時，請盡快處理。`,
      en: `{report} is still {stage}, and late. Please see to it.`,
    },
  },
  'review-opened': {
    subject: {
      'zh-CN': '【{number}】请主持复盘：{title}',
      'zh-TW': '【{number}】請主持檢討：{title}',
      en: '{number} · A review to lead: {title}',
    },
    text: {
      'zh-CN': `复盘 {number}“{title}”由您或您的团队主持。

当前阶段：{stage}
[原因分析期限：{dueAt}]

请登录查看涉及的工单，指定负责人，并邀请产品、研发等相关负责人参与。`,
      'zh-TW': `檢討 {number}「{title}」由您或您的團隊主持。

目前階段：{stage}
[原因分析期限：{dueAt}]

請登入檢視相關工單，指定負責人，並邀請產品、研發等相關負責人參與。`,
      en: `You or your team lead review {number} "{title}".

Stage: {stage}
[Analysis due by: {dueAt}]

Please sign in, look at its tickets, say who leads it, and invite the product and R&D leads.`,
    },
  },
  'review-invited': {
    subject: {
      'zh-CN': '【{number}】邀请您参与复盘：{title}',
      'zh-TW': '【{number}】邀請您參與檢討：{title}',
      en: '{number} · You are invited to a review: {title}',
    },
    text: {
      'zh-CN': `{by}邀请您参与复盘 {number}“{title}”。

请登录查看涉及的工单，准备原因分析和改进建议。`,
      'zh-TW': `{by}邀請您參與檢討 {number}「{title}」。

請登入檢視相關工單，準備原因分析與改善建議。`,
      en: `{by} invites you to review {number} "{title}".

Please sign in, look at its tickets, and think about causes and what could be done.`,
    },
  },
  'action-given': {
    subject: {
      'zh-CN': '【{number}】请在 {dueAt} 前落实改进措施：{title}',
      'zh-TW': '【{number}】請在 {dueAt} 前落實改善措施：{title}',
      en: '{number} · Please carry out an action by {dueAt}: {title}',
    },
    text: {
      'zh-CN': `{by}请您落实复盘 {number}“{title}”的一项改进措施。

措施：{text}
期限：{dueAt}

完成后请上报，并附上说明或佐证链接。如无法按时完成，请尽早联系复盘负责人调整期限。`,
      'zh-TW': `{by}請您落實檢討 {number}「{title}」的一項改善措施。

措施：{text}
期限：{dueAt}

完成後請回報，並附上說明或佐證連結。如無法按時完成，請儘早聯絡檢討負責人調整期限。`,
      en: `{by} asks you to carry out an improvement action of review {number} "{title}".

Action: {text}
Due: {dueAt}

Please report it when it is done, with a few words or links that show it. If it cannot be done in time, tell whoever leads the review early.`,
    },
  },
  'action-changed': {
    subject: {
      'zh-CN': '【{number}】改进措施有变更：{title}',
      'zh-TW': '【{number}】改善措施有變更：{title}',
      en: '{number} · An action has changed: {title}',
    },
    text: {
      'zh-CN': `复盘 {number}“{title}”中由您负责的改进措施有变更。

措施：{clock}
期限：{dueAt}
原因：{reason}`,
      'zh-TW': `檢討 {number}「{title}」中由您負責的改善措施有變更。

措施：{clock}
期限：{dueAt}
原因：{reason}`,
      en: `An action of review {number} "{title}" that is yours has changed.

Action: {clock}
Due: {dueAt}
Reason: {reason}`,
    },
  },
  'action-due': {
    subject: {
      'zh-CN': '【{number}】改进措施将于 {dueAt} 到期：{title}',
      'zh-TW': '【{number}】改善措施將於 {dueAt} 到期：{title}',
      en: '{number} · An action is due on {dueAt}: {title}',
    },
    text: {
      'zh-CN': `复盘 {number}“{title}”中由您负责的改进措施即将到期。

措施：{clock}
期限：{dueAt}

完成后请上报；如无法按时完成，请联系复盘负责人调整期限。`,
      'zh-TW': `檢討 {number}「{title}」中由您負責的改善措施即將到期。

措施：{clock}
期限：{dueAt}

完成後請回報；如無法按時完成，請聯絡檢討負責人調整期限。`,
      en: `An action of review {number} "{title}" that is yours is due soon.

Action: {clock}
Due: {dueAt}

Please report it when it is done. If it cannot be done in time, ask whoever leads the review for another date.`,
    },
  },
  'action-overdue': {
    subject: {
      'zh-CN': '【{number}】改进措施已超时：{title}',
      'zh-TW': '【{number}】改善措施已逾時：{title}',
      en: '{number} · An action is overdue: {title}',
    },
    text: {
      'zh-CN': `复盘 {number}“{title}”的一项改进措施应于 {dueAt} 前完成，现已超时。

措施：{clock}
[通知级别：{escalation}]

请尽快完成并上报，或由复盘负责人说明原因并调整期限。`,
      'zh-TW': `檢討 {number}「{title}」的一項改善措施應於 {dueAt} 前完成，現已逾時。

措施：{clock}
[通知級別：{escalation}]

請盡快完成並回報，或由檢討負責人說明原因並調整期限。`,
      en: `An action of review {number} "{title}" was due on {dueAt} and is overdue.

Action: {clock}
[Escalated to: {escalation}]

Please have it done and reported, or have whoever leads the review set another date and say why.`,
    },
  },
  'effect-checked': {
    subject: {
      'zh-CN': '【{number}】改进效果：{outcome}：{title}',
      'zh-TW': '【{number}】改善效果：{outcome}：{title}',
      en: '{number} · Effect: {outcome}: {title}',
    },
    text: {
      'zh-CN': `复盘 {number}“{title}”的改进效果已统计，结果：{outcome}。

当前阶段：{stage}

无效时须重新分析原因；有效时请填写结论并结束复盘；数据太少时，系统会再次统计。前后对比数据请登录查看。`,
      'zh-TW': `檢討 {number}「{title}」的改善效果已統計，結果：{outcome}。

目前階段：{stage}

無效時須重新分析原因；有效時請填寫結論並結束檢討；資料太少時，系統會再次統計。前後對比數據請登入檢視。`,
      en: `The effect of review {number} "{title}" was counted, with the result: {outcome}.

Stage: {stage}

Without effect the analysis begins anew. With an effect, please write the conclusion and close the review. Where there are too few to say, it is counted again. Sign in for the numbers before and after.`,
    },
  },
  ...usualOfSamples,
  ...usualOfWorkingTogether,
  ...usualOfCoordination,
} as const satisfies Partial<Record<NoticeKind, Template>>

/** A profile's templates, and the usual words of the kinds that it leaves out. */
export function withUsualTemplates<T extends object>(given: T): typeof usualTemplates & T {
  return { ...usualTemplates, ...given }
}
