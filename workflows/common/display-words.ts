import type { Locale } from '../../domain/labels.ts'
import type { PolicyClock } from '../../domain/profile/policy.ts'
import type { PromiseState } from '../promise.ts'

/** The words of `display.ts` that no profile and no command brings along. */
interface DisplayWords {
  readonly colon: string
  readonly comma: string
  readonly stage: string
  readonly holder: string
  readonly team: string
  readonly nobody: string
  readonly customer: string
  readonly promises: (zone: string) => string
  readonly promiseColumns: readonly string[]
  readonly states: Readonly<Record<PromiseState['state'] | 'brokenAndOwed' | 'keptRecordedLate', string>>
  readonly resting: string
  readonly never: string
  readonly next: (zone: string) => string
  readonly nothingNext: string
  readonly nextColumns: readonly string[]
  readonly andMore: (count: number) => string
  readonly reminder: string
  /** A word at the due instant or after it. */
  readonly told: Readonly<Record<PolicyClock['whenDue'], string>>
  readonly whenDue: Readonly<Record<PolicyClock['whenDue'], string>>
  /** To the rows, of what the type is called. */
  readonly writing: (what: string) => string
  readonly showing: string
  /** Another process, by its number. */
  readonly opening: (number: string) => string
  readonly telling: (number: string) => string
}

export const displayWords: Readonly<Record<Locale, DisplayWords>> = {
  'zh-CN': {
    colon: '：',
    comma: '、',
    stage: '阶段',
    holder: '处理人',
    team: '团队',
    nobody: '无',
    customer: '客户',
    promises: (zone) => `承诺（时间：${zone}）`,
    promiseColumns: ['承诺', '到期时刻', '状态'],
    states: {
      running: '进行中',
      paused: '暂停',
      kept: '已按时完成',
      keptRecordedLate: '已按时完成（补录）',
      broken: '已超时，事后完成或终止',
      brokenAndOwed: '已超时，仍未完成',
      cancelled: '已取消',
    },
    resting: '恢复后顺延',
    never: '无法推算',
    next: (zone) => `若无人处理，接下来会发生（时间：${zone}）`,
    nothingNext: '没有待发生的事项',
    nextColumns: ['时刻', '事项', '通知', '可由以下操作避免'],
    andMore: (count) => `以及之后的 ${count} 项。`,
    reminder: '到期前提醒',
    told: { break: '超时通知', lapse: '期满通知', close: '期满通知' },
    whenDue: { break: '到期即超时', lapse: '期满终止', close: '期满自动结案' },
    writing: (what) => `写入${what}记录`,
    showing: '更新可检索的属性',
    opening: (number) => `新建 ${number}`,
    telling: (number) => `告知 ${number}`,
  },
  'zh-TW': {
    colon: '：',
    comma: '、',
    stage: '階段',
    holder: '處理人',
    team: '團隊',
    nobody: '無',
    customer: '客戶',
    promises: (zone) => `承諾（時間：${zone}）`,
    promiseColumns: ['承諾', '到期時刻', '狀態'],
    states: {
      running: '進行中',
      paused: '暫停',
      kept: '已按時完成',
      keptRecordedLate: '已按時完成（補錄）',
      broken: '已逾時，事後完成或終止',
      brokenAndOwed: '已逾時，仍未完成',
      cancelled: '已取消',
    },
    resting: '恢復後順延',
    never: '無法推算',
    next: (zone) => `若無人處理，接下來會發生（時間：${zone}）`,
    nothingNext: '沒有待發生的事項',
    nextColumns: ['時刻', '事項', '通知', '可由以下操作避免'],
    andMore: (count) => `以及之後的 ${count} 項。`,
    reminder: '到期前提醒',
    told: { break: '逾時通知', lapse: '期滿通知', close: '期滿通知' },
    whenDue: { break: '到期即逾時', lapse: '期滿終止', close: '期滿自動結案' },
    writing: (what) => `寫入${what}記錄`,
    showing: '更新可檢索的屬性',
    opening: (number) => `新增 ${number}`,
    telling: (number) => `告知 ${number}`,
  },
  en: {
    colon: ': ',
    comma: ', ',
    stage: 'Stage',
    holder: 'Handler',
    team: 'Team',
    nobody: 'nobody',
    customer: 'customer',
    promises: (zone) => `Promises (times: ${zone})`,
    promiseColumns: ['Promise', 'Due', 'State'],
    states: {
      running: 'running',
      paused: 'paused',
      kept: 'kept',
      keptRecordedLate: 'kept, recorded late',
      broken: 'broken, over',
      brokenAndOwed: 'broken, still owed',
      cancelled: 'cancelled',
    },
    resting: 'moves when it goes on',
    never: 'cannot be reckoned',
    next: (zone) => `What happens next if nobody acts (times: ${zone})`,
    nothingNext: 'Nothing will happen by itself',
    nextColumns: ['When', 'What', 'Who is told', 'What would prevent it'],
    andMore: (count) => `And ${count} more after that.`,
    reminder: 'reminder',
    told: { break: 'overdue notice', lapse: 'notice of its end', close: 'notice of its end' },
    whenDue: { break: 'broken', lapse: 'over', close: 'closed by silence' },
    writing: () => 'Write to the records',
    showing: 'Bring the search attributes up to date',
    opening: (number) => `Open ${number}`,
    telling: (number) => `Tell ${number}`,
  },
}
