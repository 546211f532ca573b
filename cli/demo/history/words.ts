import type { Locale } from '../../../domain/labels.ts'

/** What the loading of the history says. */
export interface HistoryWords {
  readonly title: string
  readonly subtitle: string
  readonly loading: string
  readonly loaded: (counts: { readonly tickets: number; readonly events: number; readonly seconds: number }) => string
  readonly open: (count: number) => string
  readonly started: string
  /** Reviews of what came often open by themselves. */
  readonly reviews: string
  /** The workers take longer than anybody waits here. */
  readonly stillStarting: (count: number) => string
  readonly thereAlready: (tickets: number) => string
  readonly othersWorkHere: (people: readonly string[]) => string
  readonly noKey: (path: string) => string
  readonly unfinished: (count: number) => string
  readonly reports: string
  readonly makingReports: string
  readonly page: string
  readonly look: string
  readonly figures: string
  readonly lists: string
  readonly temporal: string
}

export const historyWordsIn: Readonly<Record<Locale, HistoryWords>> = {
  'zh-CN': {
    title: '三个月的工单',
    subtitle: '两份随附的流程配置，过去三个月：每一次登记、分派、超时和回访都由系统自身的规则得出，只是时间在过去。不会补发任何邮件。',
    loading: '正在生成，约需半分钟……',
    loaded: ({ tickets, events, seconds }) => `已载入 ${tickets} 张工单、${events} 条记录，用时 ${seconds} 秒。`,
    open: (count) => `其中 ${count} 张尚未归档，正在启动它们的工作流……`,
    started: '工作流已全部启动，这些工单从现在起照常提醒、升级。',
    reviews: '同类问题较多的，五分钟内会自动发起复盘，并邮件通知负责人。',
    stillStarting: (count) => `还有 ${count} 张等待启动，请查看 worker 的日志。`,
    thereAlready: (tickets) => `三个月的工单（${tickets} 张）已经载入过，未作任何改动。要重新生成，请换一个数据目录：BIHUAN_DATA=…`,
    othersWorkHere: (people) =>
      `这个数据库里已有演示人员以外的人处理过工单（${people.join('、')}），不能混入虚构的工单。请用新的数据目录启动：BIHUAN_DATA=… npm start`,
    noKey: (path) => `找不到密钥 ${path}。启动系统时若设置了 BIHUAN_KEY，请在这里也设置同一个。`,
    unfinished: (count) => `有 ${count} 张工单停在中途：所装的流程配置与随附的不同，其后的步骤被拒绝。`,
    reports: '报告',
    makingReports: '正在生成报告……',
    page: '网页',
    look: '接着看',
    figures: '统计',
    lists: '工单列表',
    temporal: '工作流',
  },
  'zh-TW': {
    title: '三個月的工單',
    subtitle: '兩份隨附的流程設定，過去三個月：每一次登記、分派、逾時與回訪都依系統自身的規則得出，只是時間在過去。不會補寄任何郵件。',
    loading: '正在產生，約需半分鐘……',
    loaded: ({ tickets, events, seconds }) => `已載入 ${tickets} 張工單、${events} 筆紀錄，費時 ${seconds} 秒。`,
    open: (count) => `其中 ${count} 張尚未歸檔，正在啟動它們的工作流程……`,
    started: '工作流程已全部啟動，這些工單從現在起照常提醒、升級。',
    reviews: '同類問題較多的，五分鐘內會自動發起檢討，並以郵件通知負責人。',
    stillStarting: (count) => `還有 ${count} 張等待啟動，請查看 worker 的日誌。`,
    thereAlready: (tickets) => `三個月的工單（${tickets} 張）已載入過，未作任何變更。要重新產生，請換一個資料目錄：BIHUAN_DATA=…`,
    othersWorkHere: (people) =>
      `這個資料庫裡已有示範人員以外的人處理過工單（${people.join('、')}），不能混入虛構的工單。請用新的資料目錄啟動：BIHUAN_DATA=… npm start`,
    noKey: (path) => `找不到金鑰 ${path}。啟動系統時若設定了 BIHUAN_KEY，請在這裡也設定同一個。`,
    unfinished: (count) => `有 ${count} 張工單停在中途：所安裝的流程設定與隨附的不同，其後的步驟遭拒絕。`,
    reports: '報告',
    makingReports: '正在產生報告……',
    page: '網頁',
    look: '接著看',
    figures: '統計',
    lists: '工單列表',
    temporal: '工作流程',
  },
  en: {
    title: 'Three months of tickets',
    subtitle:
      'Of the two shipped profiles, over the past three months: each registration, assignment, breach and callback follows from the rules of the product, only in the past. No mail is sent for it. The tickets themselves are in Chinese.',
    loading: 'Making them, half a minute or so …',
    loaded: ({ tickets, events, seconds }) => `Loaded ${tickets} tickets with ${events} events in ${seconds} s.`,
    open: (count) => `${count} of them are not archived yet; their workflows are being started …`,
    started: 'All of these run now, and remind and escalate as any other.',
    reviews: 'Reviews of what came often open by themselves within five minutes, and their leads get mail.',
    stillStarting: (count) => `${count} of them wait to be started; the log of the worker says why.`,
    thereAlready: (tickets) =>
      `Three months of tickets (${tickets}) were loaded before; nothing was changed. For others, start on another data folder: BIHUAN_DATA=…`,
    othersWorkHere: (people) =>
      `People other than those of the demo have worked on tickets in this database (${people.join(', ')}), and invented ones must not be mixed with theirs. Start on a new data folder: BIHUAN_DATA=… npm start`,
    noKey: (path) => `There is no key in ${path}. If the product was started with BIHUAN_KEY, set the same one here.`,
    unfinished: (count) =>
      `${count} tickets stopped on their way: the profile that is installed is not the shipped one, and refused what came next.`,
    reports: 'Reports',
    makingReports: 'Making the reports …',
    page: 'Page',
    look: 'Go on with',
    figures: 'Figures',
    lists: 'Tickets',
    temporal: 'Workflows',
  },
}
