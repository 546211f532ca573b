import type { NoticeKind } from './kinds.ts'
import type { Template } from './template.ts'

/** Usual words of what departments hear that a coordination meeting gave something to do, and of whoever coordinates them (R9). */
export const usualOfCoordination = {
  'handed-off': {
    subject: {
      'zh-CN': '【{number}】{holder}处理中[，已 {silence}无进展]：{title}',
      'zh-TW': '【{number}】{holder}處理中[，已 {silence}無進展]：{title}',
      en: '{number} · With {holder}[, silent for {silence}]: {title}',
    },
    text: {
      'zh-CN': `您移交的工单 {number}“{title}”由{holder}处理，请查看进展。

最近进展：{silentSince}[（距今 {silence}）]
当前阶段：{stage}
客户：{customer}[（{organisation}）]
[解决期限：{dueAt}]

长时间无进展的，请催办，或请主管介入。`,
      'zh-TW': `您移交的工單 {number}「{title}」由{holder}處理，請查看進度。

最近進度：{silentSince}[（距今 {silence}）]
目前階段：{stage}
客戶：{customer}[（{organisation}）]
[解決期限：{dueAt}]

長時間無進度的，請催辦，或請主管介入。`,
      en: `{holder} has ticket {number} "{title}", which you handed off. Please look at how it goes.

Last sign of work: {silentSince}[, {silence} ago]
Stage: {stage}
Customer: {customer}[ ({organisation})]
[To be solved by: {dueAt}]

Where nothing has moved for long, urge it on or ask a supervisor to look into it.`,
    },
  },
  'coordination-recorded': {
    subject: {
      'zh-CN': '【{number}】协调会纪要，请贵部门落实：{title}',
      'zh-TW': '【{number}】協調會紀錄，請貴部門落實：{title}',
      en: '{number} · Coordination meeting, your department has a part: {title}',
    },
    text: {
      'zh-CN': `{by}已记录工单 {number}“{title}”的协调会，贵部门承担以下职责。

职责：{duty}

会议纪要：{minutes}

[主负责人：{handler}]
客户：{customer}[（{organisation}）]
[解决期限：{dueAt}]

各里程碑的责任人会另行收到通知。如有异议，请尽早与{by}联系。`,
      'zh-TW': `{by}已記錄工單 {number}「{title}」的協調會，貴部門負責下列事項。

職責：{duty}

會議紀錄：{minutes}

[主負責人：{handler}]
客戶：{customer}[（{organisation}）]
[解決期限：{dueAt}]

各里程碑的負責人會另行收到通知。如有不同意見，請儘早與{by}聯絡。`,
      en: `{by} has recorded the coordination meeting about ticket {number} "{title}". Your department has a part in it.

Duty: {duty}

Minutes: {minutes}

[Who has the ticket: {handler}]
Customer: {customer}[ ({organisation})]
[To be solved by: {dueAt}]

The owner of each milestone is told separately. If you disagree, speak with {by} early.`,
    },
  },
  'milestone-given': {
    subject: {
      'zh-CN': '【{number}】请于 {until} 前完成：{what}',
      'zh-TW': '【{number}】請於 {until} 前完成：{what}',
      en: '{number} · Yours to reach by {until}: {what}',
    },
    text: {
      'zh-CN': `协调会将工单 {number}“{title}”的一个里程碑交给您[（{insteadOf} 不在岗，由您代理）]，请按期完成。

里程碑：{what}
完成期限：{until}
记录人：{by}

[主负责人：{handler}]
客户：{customer}[（{organisation}）]

完成后请在工单中提交完成情况。如无法按期完成，请尽早告知{by}，以便调整。`,
      'zh-TW': `協調會將工單 {number}「{title}」的一個里程碑交給您[（{insteadOf} 請假中，由您代理）]，請如期完成。

里程碑：{what}
完成期限：{until}
記錄人：{by}

[主負責人：{handler}]
客戶：{customer}[（{organisation}）]

完成後請於工單中提交完成情況。如無法如期完成，請儘早告知{by}，以便調整。`,
      en: `The coordination meeting about ticket {number} "{title}" gave you a milestone[, in place of {insteadOf}, who is away].

Milestone: {what}
Due: {until}
Recorded by: {by}

[Who has the ticket: {handler}]
Customer: {customer}[ ({organisation})]

Report it in the ticket when it is reached. If it cannot be reached in time, tell {by} early so that it can be moved.`,
    },
  },
  'milestone-moved': {
    subject: {
      'zh-CN': '【{number}】里程碑已调整，期限 {until}：{what}',
      'zh-TW': '【{number}】里程碑已調整，期限 {until}：{what}',
      en: '{number} · Milestone moved, due {until}: {what}',
    },
    text: {
      'zh-CN': `{by}调整了工单 {number}“{title}”的里程碑。

里程碑：{what}
责任人：{owner}[（{insteadOf} 不在岗，由其代理）]
完成期限：{until}
原因：{reason}`,
      'zh-TW': `{by}調整了工單 {number}「{title}」的里程碑。

里程碑：{what}
負責人：{owner}[（{insteadOf} 請假中，由其代理）]
完成期限：{until}
原因：{reason}`,
      en: `{by} has changed a milestone of ticket {number} "{title}".

Milestone: {what}
Owner: {owner}[, in place of {insteadOf}, who is away]
Due: {until}
Reason: {reason}`,
    },
  },
  'milestone-dropped': {
    subject: {
      'zh-CN': '【{number}】里程碑已取消：{what}',
      'zh-TW': '【{number}】里程碑已取消：{what}',
      en: '{number} · Milestone dropped: {what}',
    },
    text: {
      'zh-CN': `{by}取消了工单 {number}“{title}”的里程碑，无需继续处理。

里程碑：{what}
原因：{reason}`,
      'zh-TW': `{by}取消了工單 {number}「{title}」的里程碑，無需繼續處理。

里程碑：{what}
原因：{reason}`,
      en: `{by} has dropped a milestone of ticket {number} "{title}". There is no more to do for it.

Milestone: {what}
Reason: {reason}`,
    },
  },
  'milestone-reached': {
    subject: {
      'zh-CN': '【{number}】里程碑已完成：{what}',
      'zh-TW': '【{number}】里程碑已完成：{what}',
      en: '{number} · Milestone reached: {what}',
    },
    text: {
      'zh-CN': `{by}报告：工单 {number}“{title}”的里程碑已完成。

里程碑：{what}
完成情况：{result}`,
      'zh-TW': `{by}回報：工單 {number}「{title}」的里程碑已完成。

里程碑：{what}
完成情況：{result}`,
      en: `{by} reports that a milestone of ticket {number} "{title}" is reached.

Milestone: {what}
Result: {result}`,
    },
  },
} as const satisfies Partial<Readonly<Record<NoticeKind, Template>>>
