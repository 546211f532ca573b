import type { NoticeKind } from './kinds.ts'
import type { Template } from './template.ts'

/** Usual words of what those who work on a ticket tell each other: helping, asking the service desk, handing up, looking into it. */
export const usualOfWorkingTogether = {
  reclassified: {
    subject: {
      'zh-CN': '【{number}】类型更正为“{type}”：{title}',
      'zh-TW': '【{number}】類型更正為「{type}」：{title}',
      en: '{number} · Now of the type {type}: {title}',
    },
    text: {
      'zh-CN': `工单 {number}“{title}”的类型已更正为“{type}”[，操作人：{by}]。

原因：{reason}
[解决期限改为：{dueAt}]

登记信息和各项时限已按新类型调整，请查看工单。`,
      'zh-TW': `工單 {number}「{title}」的類型已更正為「{type}」[，操作人：{by}]。

原因：{reason}
[解決期限改為：{dueAt}]

登記資訊和各項時限已依新類型調整，請查看工單。`,
      en: `Ticket {number} "{title}" is now of the type "{type}"[, by an act of {by}].

Reason: {reason}
[Now to be solved by: {dueAt}]

Its form and its deadlines are those of the new type: please look at the ticket.`,
    },
  },
  'deadline-changed': {
    subject: {
      'zh-CN': '【{number}】解决期限有变：{title}',
      'zh-TW': '【{number}】解決期限有變：{title}',
      en: '{number} · The deadline has changed: {title}',
    },
    text: {
      'zh-CN': `由于登记信息或客户标签有变，工单 {number}“{title}”的时限已重新计算。

[解决期限改为：{dueAt}]

请按工单上的时限处理。`,
      'zh-TW': `由於登記資訊或客戶標籤有變，工單 {number}「{title}」的時限已重新計算。

[解決期限改為：{dueAt}]

請依工單上的時限處理。`,
      en: `The form or the customer's tags have changed, so the deadlines of ticket {number} "{title}" have been worked out anew.

[Now to be solved by: {dueAt}]

Please go by the deadlines that the ticket shows.`,
    },
  },
  'help-asked': {
    subject: {
      'zh-CN': '【{number}】请协助处理（{priority}）：{title}',
      'zh-TW': '【{number}】請協助處理（{priority}）：{title}',
      en: '{number} · Please help ({priority}): {title}',
    },
    text: {
      'zh-CN': `{by}请您协助处理工单 {number}“{title}”[（{insteadOf} 不在岗，由您代理）]。

协助事项：{duty}

[主负责人：{handler}]
客户：{customer}[（{organisation}）]
[解决期限：{dueAt}]

进展请在工单中更新，内部讨论请用内部备注，客户看不到。如无法协助，请尽早告知主负责人。`,
      'zh-TW': `{by}請您協助處理工單 {number}「{title}」[（{insteadOf} 請假中，由您代理）]。

協助事項：{duty}

[主負責人：{handler}]
客戶：{customer}[（{organisation}）]
[解決期限：{dueAt}]

進度請在工單中更新，內部討論請用內部備註，客戶看不到。如無法協助，請儘早告知主負責人。`,
      en: `{by} asks you to help with ticket {number} "{title}"[, in place of {insteadOf}, who is away].

Your part: {duty}

[Who has it: {handler}]
Customer: {customer}[ ({organisation})]
[To be solved by: {dueAt}]

Please update the progress in the ticket, and use notes for what stays among colleagues: the customer does not see them. If you cannot help, tell whoever has it early.`,
    },
  },
  'help-ended': {
    subject: {
      'zh-CN': '【{number}】{helper}不再协助：{title}',
      'zh-TW': '【{number}】{helper}不再協助：{title}',
      en: '{number} · {helper} helps no more: {title}',
    },
    text: {
      'zh-CN': `{helper}不再协助处理工单 {number}“{title}”，操作人：{by}。

[原因：{reason}]`,
      'zh-TW': `{helper}不再協助處理工單 {number}「{title}」，操作人：{by}。

[原因：{reason}]`,
      en: `{helper} no longer helps with ticket {number} "{title}", by an act of {by}.

[Reason: {reason}]`,
    },
  },
  'help-goes-on': {
    subject: {
      'zh-CN': '【{number}】主负责人变更为{to}：{title}',
      'zh-TW': '【{number}】主負責人變更為{to}：{title}',
      en: '{number} · {to} has it now: {title}',
    },
    text: {
      'zh-CN': `您参与协同的工单 {number}“{title}”现由{to}负责，操作人：{by}。您的协助事项和里程碑不变。

[原因：{reason}]`,
      'zh-TW': `您參與協同的工單 {number}「{title}」現由{to}負責，操作人：{by}。您的協助事項與里程碑不變。

[原因：{reason}]`,
      en: `{to} has ticket {number} "{title}" now, by an act of {by}. You go on helping with it: your part and your milestones are as they were.

[Reason: {reason}]`,
    },
  },
  'query-asked': {
    subject: {
      'zh-CN': '【{number}】请答复疑问：{title}',
      'zh-TW': '【{number}】請答覆疑問：{title}',
      en: '{number} · Please answer a question: {title}',
    },
    text: {
      'zh-CN': `{by}对工单 {number}“{title}”有疑问，退回服务台，请答复。

疑问：{question}

客户：{customer}[（{organisation}）]

如需向客户核实，请联系客户后答复；登记有误的，请先更正。`,
      'zh-TW': `{by}對工單 {number}「{title}」有疑問，退回服務台，請答覆。

疑問：{question}

客戶：{customer}[（{organisation}）]

如需向客戶確認，請聯絡客戶後答覆；登記有誤的，請先更正。`,
      en: `{by} has a question about ticket {number} "{title}", and asks the service desk to answer it.

Question: {question}

Customer: {customer}[ ({organisation})]

Where the customer has to be asked, please do so and then answer. Where something was registered wrongly, correct it first.`,
    },
  },
  'query-answered': {
    subject: {
      'zh-CN': '【{number}】疑问已答复：{title}',
      'zh-TW': '【{number}】疑問已答覆：{title}',
      en: '{number} · The question is answered: {title}',
    },
    text: {
      'zh-CN': `{by}已答复工单 {number}“{title}”的疑问，请继续处理。

答复：{answer}`,
      'zh-TW': `{by}已答覆工單 {number}「{title}」的疑問，請繼續處理。

答覆：{answer}`,
      en: `{by} has answered the question about ticket {number} "{title}". Please go on with it.

Answer: {answer}`,
    },
  },
  'handed-up': {
    subject: {
      'zh-CN': '【{number}】升级处理（{priority}）：{title}',
      'zh-TW': '【{number}】升級處理（{priority}）：{title}',
      en: '{number} · Handed up ({priority}): {title}',
    },
    text: {
      'zh-CN': `{by}将工单 {number}“{title}”升级给您或您的团队处理，请尽快接单。

问题：{problem}
已尝试的措施：{tried}

客户：{customer}[（{organisation}）]
类型：{type}
[解决期限：{dueAt}]`,
      'zh-TW': `{by}將工單 {number}「{title}」升級給您或您的團隊處理，請盡快接單。

問題：{problem}
已嘗試的措施：{tried}

客戶：{customer}[（{organisation}）]
類型：{type}
[解決期限：{dueAt}]`,
      en: `{by} has handed ticket {number} "{title}" up to you or your team. Please take it over soon.

Problem: {problem}
What was tried: {tried}

Customer: {customer}[ ({organisation})]
Type: {type}
[To be solved by: {dueAt}]`,
    },
  },
  'intervention-opened': {
    subject: {
      'zh-CN': '【{number}】介入调查：{title}',
      'zh-TW': '【{number}】介入調查：{title}',
      en: '{number} · A superior looks into it: {title}',
    },
    text: {
      'zh-CN': `{by}已介入调查工单 {number}“{title}”。

介入原因：{cause}
说明：{reason}

请继续处理，并向{by}说明目前的情况。`,
      'zh-TW': `{by}已介入調查工單 {number}「{title}」。

介入原因：{cause}
說明：{reason}

請繼續處理，並向{by}說明目前的情況。`,
      en: `{by} is looking into ticket {number} "{title}".

What gave rise to it: {cause}
Why: {reason}

Please go on with the work, and tell {by} how things stand.`,
    },
  },
  'intervention-closed': {
    subject: {
      'zh-CN': '【{number}】介入已结束：{title}',
      'zh-TW': '【{number}】介入已結束：{title}',
      en: '{number} · The intervention is closed: {title}',
    },
    text: {
      'zh-CN': `{by}已结束对工单 {number}“{title}”的介入调查。

介入结果：{outcome}`,
      'zh-TW': `{by}已結束對工單 {number}「{title}」的介入調查。

介入結果：{outcome}`,
      en: `{by} has closed the intervention in ticket {number} "{title}".

Outcome: {outcome}`,
    },
  },
} as const satisfies Partial<Record<NoticeKind, Template>>
