import type { Template } from './template.ts'

/** Usual words of what is told of samples: to who judges, and of a finding to who leads the team. */
export const usualOfSamples = {
  'sample-given': {
    subject: {
      'zh-CN': '【{number}】请评定抽检：{title}',
      'zh-TW': '【{number}】請評定抽檢：{title}',
      en: '{number} · A sample to judge: {title}',
    },
    text: {
      'zh-CN': `抽检 {number}“{title}”由您负责评定。

[评定期限：{dueAt}]

请登录逐一评定其中的工单。您本人处理过的工单请交由其他同事评定；无法评定的，请免评并说明原因。`,
      'zh-TW': `抽檢 {number}「{title}」由您負責評定。

[評定期限：{dueAt}]

請登入逐一評定其中的工單。您本人處理過的工單請交由其他同事評定；無法評定的，請免評並說明原因。`,
      en: `Sample {number} "{title}" is yours to judge.

[Due by: {dueAt}]

Please sign in and judge its tickets one by one. Have a colleague judge those that you handled yourself; excuse those that cannot be judged, and say why.`,
    },
  },
  'sample-due': {
    subject: {
      'zh-CN': '【{number}】请在 {dueAt} 前完成评定：{title}',
      'zh-TW': '【{number}】請在 {dueAt} 前完成評定：{title}',
      en: '{number} · Please judge it by {dueAt}: {title}',
    },
    text: {
      'zh-CN': `抽检 {number}“{title}”还有工单未评定，{clock}将于 {dueAt} 到期。

请登录完成评定；如无法按时完成，请移交其他同事。`,
      'zh-TW': `抽檢 {number}「{title}」還有工單未評定，{clock}將於 {dueAt} 到期。

請登入完成評定；如無法按時完成，請移交其他同事。`,
      en: `Sample {number} "{title}" still has tickets to be judged; it is due on {dueAt} ({clock}).

Please sign in and judge them. If you cannot do so in time, hand the sample over to a colleague.`,
    },
  },
  'sample-late': {
    subject: {
      'zh-CN': '【{number}】抽检已超时：{title}',
      'zh-TW': '【{number}】抽檢已逾時：{title}',
      en: '{number} · A sample is overdue: {title}',
    },
    text: {
      'zh-CN': `抽检 {number}“{title}”应于 {dueAt} 前评定完毕（{clock}），现已超时。

[当前负责人：{handler}]

请尽快完成评定，或移交其他同事。`,
      'zh-TW': `抽檢 {number}「{title}」應於 {dueAt} 前評定完畢（{clock}），現已逾時。

[目前負責人：{handler}]

請盡快完成評定，或移交其他同事。`,
      en: `Sample {number} "{title}" was to be judged by {dueAt} ({clock}), and is overdue.

[It is with: {handler}]

Please have it judged soon, or hand it over to a colleague.`,
    },
  },
  'sample-finding': {
    subject: {
      'zh-CN': '【{number}】抽检发现问题，请跟进',
      'zh-TW': '【{number}】抽檢發現問題，請跟進',
      en: '{number} · A sample found something to see to',
    },
    text: {
      'zh-CN': `{by}在抽检 {number} 中发现需要跟进的问题。

工单：{ticket}
问题：{text}

请与相关同事核实并处理。`,
      'zh-TW': `{by}在抽檢 {number} 中發現需要跟進的問題。

工單：{ticket}
問題：{text}

請與相關同事核實並處理。`,
      en: `{by} found something in sample {number} that somebody is to see to.

Ticket: {ticket}
Finding: {text}

Please look into it with the colleagues concerned.`,
    },
  },
} as const satisfies Readonly<Record<string, Template>>
