import type { Template } from './template.ts'

/** What is said of work that is done where the customer is not asked to confirm it. */
export const usualOfSolved = {
  'ticket-solved': {
    subject: {
      'zh-CN': '已处理完成：{title}【{number}】',
      'zh-TW': '已處理完成：{title}【{number}】',
      en: 'Done: {title} · {number}',
    },
    text: {
      'zh-CN': `{customer}，您好！

“{title}”已处理完成。

如仍有问题，请随时{reach}联系我们并提供工单编号，无需重新描述。[

我们将在 {by} 前回访，请您为处理结果评分（1 至 5 分，5 分为非常满意）。]`,
      'zh-TW': `{customer}，您好！

「{title}」已處理完成。

如仍有問題，請隨時{reach}聯絡我們並提供工單編號，無需重新描述。[

我們將在 {by} 前回訪，請您為處理結果評分（1 至 5 分，5 分為非常滿意）。]`,
      en: `Hello {customer},

The work on "{title}" is done.

If anything is still not right, please contact us {reach} at any time and give the ticket number. You need not describe it again.[

We will get in touch with you by {by} and ask you to rate how we handled it, from 1 to 5 (5 means very satisfied).]`,
    },
  },
  'solved-closing-due': {
    subject: {
      'zh-CN': '【{number}】已处理完成，请结案：{title}',
      'zh-TW': '【{number}】已處理完成，請結案：{title}',
      en: '{number} · Done, please close it: {title}',
    },
    text: {
      'zh-CN': '工单 {number}“{title}”已处理完成。\n\n请填写问题解决报告并结案。',
      'zh-TW': '工單 {number}「{title}」已處理完成。\n\n請填寫問題解決報告並結案。',
      en: 'The work on ticket {number} "{title}" is done.\n\nPlease file the report and close the ticket.',
    },
  },
} as const satisfies Readonly<Record<string, Template>>
