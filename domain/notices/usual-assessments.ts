import type { NoticeKind } from './kinds.ts'
import type { Template } from './template.ts'

/** What mails about assessments say: that there is something to read or to decide, and where. No number, and nobody's name. */
export const assessmentTemplates = {
  'scores-to-confirm': {
    subject: {
      'zh-CN': '{assessment}：评分待您确认',
      'zh-TW': '{assessment}：評分待您確認',
      en: '{assessment}: scores to confirm',
    },
    text: {
      'zh-CN': `{assessment}已完成统计，有评分待您确认。

请登录查看每项依据：确有客观原因的延误，请先认定；补录的操作，请先核实。评分确认后，考核对象可在规定期限内提出异议。`,
      'zh-TW': `{assessment}已完成統計，有評分待您確認。

請登入檢視每項依據：確有客觀原因的延誤，請先認定；補錄的操作，請先查證。評分確認後，考核對象可在規定期限內提出異議。`,
      en: `{assessment} is reckoned, and there are scores for you to confirm.

Please sign in and look at how each came about: excuse delays that nobody could help, and confirm acts that were recorded late, before you confirm a score. Whoever is scored then has some days to object.`,
    },
  },
  'assessment-overdue': {
    subject: {
      'zh-CN': '{assessment}：{clock}已超时',
      'zh-TW': '{assessment}：{clock}已逾時',
      en: '{assessment}: {clock} is overdue',
    },
    text: {
      'zh-CN': `{assessment}的“{clock}”应于 {dueAt} 前完成，现已超时，请尽快登录处理。`,
      'zh-TW': `{assessment}的「{clock}」應於 {dueAt} 前完成，現已逾時，請盡快登入處理。`,
      en: `“{clock}” of {assessment} was due on {dueAt} and is overdue. Please sign in and see to it.`,
    },
  },
  'objection-to-decide': {
    subject: {
      'zh-CN': '{assessment}：有异议待裁定',
      'zh-TW': '{assessment}：有異議待裁定',
      en: '{assessment}: an objection to decide',
    },
    text: {
      'zh-CN': `有人对{assessment}中的评分提出异议，请登录查看并裁定。裁定前暂不执行该评分的扣分。`,
      'zh-TW': `有人對{assessment}中的評分提出異議，請登入檢視並裁定。裁定前暫不執行該評分的扣分。`,
      en: `Somebody objects to a score of {assessment}. Please sign in, read why, and decide. Until then nothing is deducted for that score.`,
    },
  },
  'commendation-to-decide': {
    subject: {
      'zh-CN': '{assessment}：有表彰待决定',
      'zh-TW': '{assessment}：有表揚待決定',
      en: '{assessment}: a commendation to decide',
    },
    text: {
      'zh-CN': `{assessment}中有创新方案提名或优秀个人候选待您决定，请登录查看。`,
      'zh-TW': `{assessment}中有創新方案提名或優秀個人候選待您決定，請登入檢視。`,
      en: `In {assessment} a solution was nominated, or somebody is proposed as outstanding. Please sign in and decide on it.`,
    },
  },
  'score-confirmed': {
    subject: {
      'zh-CN': '{assessment}：{whose}评分已确认，请查看',
      'zh-TW': '{assessment}：{whose}評分已確認，請檢視',
      en: '{assessment}: {whose} score is confirmed',
    },
    text: {
      'zh-CN': `{recipient}，您好！

{assessment}中您的{whose}评分已确认，请登录查看评分及其依据。

如有异议，请在 {until} 前登录提出；逾期未提出的，评分即为最终结果。`,
      'zh-TW': `{recipient}，您好！

{assessment}中您的{whose}評分已確認，請登入檢視評分及其依據。

如有異議，請在 {until} 前登入提出；逾期未提出者，評分即為最終結果。`,
      en: `Dear {recipient},

In {assessment}, {whose} score is confirmed. Please sign in to read it, and how it came about.

If you think it is wrong, you can object until {until}. After that it is final.`,
    },
  },
  'objection-decided': {
    subject: {
      'zh-CN': '{assessment}：您对{whose}评分的异议已裁定',
      'zh-TW': '{assessment}：您對{whose}評分的異議已裁定',
      en: '{assessment}: the objection to {whose} score is decided',
    },
    text: {
      'zh-CN': `{recipient}，您好！

您对{assessment}中{whose}评分提出的异议已裁定，请登录查看结果和理由。该评分即为最终结果。`,
      'zh-TW': `{recipient}，您好！

您對{assessment}中{whose}評分提出的異議已裁定，請登入檢視結果與理由。該評分即為最終結果。`,
      en: `Dear {recipient},

Your objection to {whose} score in {assessment} is decided. Please sign in to read how, and why. The score is final now.`,
    },
  },
  commended: {
    subject: {
      'zh-CN': '{assessment}：您获得了表彰',
      'zh-TW': '{assessment}：您獲得了表揚',
      en: '{assessment}: you are commended',
    },
    text: {
      'zh-CN': `{recipient}，您好！

您在{assessment}中获得管理层表彰，感谢您的付出。`,
      'zh-TW': `{recipient}，您好！

您在{assessment}中獲得管理層表揚，感謝您的付出。`,
      en: `Dear {recipient},

The management commends you in {assessment}. Thank you for your work.`,
    },
  },
} as const satisfies Partial<Record<NoticeKind, Template>>
