import type { NoticeKind } from './kinds.ts'
import type { Template } from './template.ts'

/**
 * What a kind of notice says where a profile says nothing of its own. Kinds that came after the first release have such words, so that
 * profiles which organisations wrote before stay whole; installing one writes them into it.
 */
export const usualTemplates = {
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
    subject: { 'zh-CN': '{report}：{stage}', 'zh-TW': '{report}：{stage}', en: '{report}: {stage}' },
    text: {
      'zh-CN': `{report}{stage}，请登录处理。

如内容需要修改，审核人和批准人可以退回。`,
      'zh-TW': `{report}{stage}，請登入處理。

如內容需要修改，審核人與核准人可以退回。`,
      en: `{report} is {stage}. Please sign in and do so.

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
} as const satisfies Partial<Record<NoticeKind, Template>>

/** A profile's templates, and the usual words of the kinds that it leaves out. */
export function withUsualTemplates<T extends object>(given: T): typeof usualTemplates & T {
  return { ...usualTemplates, ...given }
}
