import type { Locale } from '../../domain/labels.ts'
import type { RehearsalView } from '../../api/views/rehearsal.ts'

/** The words of the page of a rehearsal. */
export interface PageWords {
  readonly title: (profile: string, version: number) => string
  readonly registered: (number: string, at: string, zone: string, team: string) => string
  readonly filledForm: (fields: readonly string[]) => string
  readonly promises: string
  readonly noPromises: string
  readonly states: Readonly<Record<RehearsalView['promises'][number]['state'], string>>
  readonly recordedLate: string
  /** Broken, and done only then; or not done at all. */
  readonly late: (at: string) => string
  readonly never: string
  readonly provisional: string
  readonly target: (target: string) => string
  /** From an instant in a field, such as an appointment. */
  readonly counted: (target: string, from: string) => string
  readonly stated: string
  readonly stoppedBy: (acts: string) => string
  /** Of what is still owed. */
  readonly stopsBy: (acts: string) => string
  readonly moved: (dues: string) => string
  readonly timeline: string
  readonly registration: string
  readonly answered: string
  readonly refusedAt: (line: string) => string
  readonly held: (until: string) => string
  readonly fates: Readonly<Record<Exclude<RehearsalView['timeline'][number]['mails'][number]['fate'], 'sent' | 'waits'>, string>>
  readonly waits: string
  readonly relay: string
  readonly hears: string
  readonly hearsNothing: string
  readonly end: string
  readonly because: Readonly<Record<RehearsalView['end']['because'], (stage: string, at: string) => string>>
  readonly steps: (acts: string) => string
  readonly broken: (count: number) => string
  readonly filled: string
  readonly more: string
  readonly list: (items: readonly string[]) => string
}

const chinese = (items: readonly string[]) => items.join('、')

export const pageWords: Readonly<Record<Locale, PageWords>> = {
  'zh-CN': {
    title: (profile, version) => `演练：${profile}（版本 ${version}）`,
    registered: (number, at, zone, team) => `${number} · 登记于 ${at} ${zone} · 团队 ${team}`,
    filledForm: (fields) => `演练补上的登记信息：${chinese(fields)}`,
    promises: '承诺',
    noPromises: '没有任何承诺。',
    states: { running: '进行中', paused: '暂停', kept: '按时完成', broken: '超时', cancelled: '取消' },
    recordedLate: '（补录）',
    late: (at) => `超时，${at} 才完成`,
    never: '超时，始终未完成',
    provisional: '（假日安排尚未公布，可能变动）',
    target: (target) => `目标 ${target}`,
    counted: (target, from) => `目标 ${target}，自 ${from} 起`,
    stated: '约定的时间',
    stoppedBy: (acts) => `因“${acts}”停止`,
    stopsBy: (acts) => `可停止的操作：${acts}`,
    moved: (dues) => `曾为 ${dues}`,
    timeline: '经过',
    registration: '登记',
    answered: '系统',
    refusedAt: (line) => `步骤 ${line}`,
    held: (until) => `免打扰，${until} 发出`,
    fates: { overtaken: '免打扰结束时已不成立，不再发送', muted: '收件人已知，不再发送', undeliverable: '无人可以送达' },
    waits: '尚未发出',
    relay: '电话转告',
    hears: '客户听到的',
    hearsNothing: '客户什么也没有听到',
    end: '结局',
    because: {
      ended: (stage, at) => `${at}：${stage}，不再有任何操作。`,
      'nothing-ahead': (stage, at) => `${at} 之后再无提醒：只要没有人处理，工单就一直停在“${stage}”。`,
      'looked-no-further': (stage, at) => `演练到 ${at} 为止，工单处于“${stage}”，此后仍有提醒。`,
    },
    steps: (acts) => `可继续的操作：${acts}`,
    broken: (count) => (count === 0 ? '没有承诺超时。' : `${count} 项承诺超时。`),
    filled: '演练补上的内容',
    more: '加 --mails 可查看每封邮件的全文，加 --json 供程序读取。',
    list: chinese,
  },
  'zh-TW': {
    title: (profile, version) => `演練：${profile}（版本 ${version}）`,
    registered: (number, at, zone, team) => `${number} · 登記於 ${at} ${zone} · 團隊 ${team}`,
    filledForm: (fields) => `演練補上的登記資訊：${chinese(fields)}`,
    promises: '承諾',
    noPromises: '沒有任何承諾。',
    states: { running: '進行中', paused: '暫停', kept: '按時完成', broken: '逾時', cancelled: '取消' },
    recordedLate: '（補錄）',
    late: (at) => `逾時，${at} 才完成`,
    never: '逾時，始終未完成',
    provisional: '（國定假日尚未公布，可能變動）',
    target: (target) => `目標 ${target}`,
    counted: (target, from) => `目標 ${target}，自 ${from} 起`,
    stated: '約定的時間',
    stoppedBy: (acts) => `因「${acts}」停止`,
    stopsBy: (acts) => `可停止的操作：${acts}`,
    moved: (dues) => `原為 ${dues}`,
    timeline: '經過',
    registration: '登記',
    answered: '系統',
    refusedAt: (line) => `步驟 ${line}`,
    held: (until) => `勿擾時段，${until} 寄出`,
    fates: { overtaken: '勿擾時段結束時已不成立，不再寄送', muted: '收件人已知，不再寄送', undeliverable: '無人可以送達' },
    waits: '尚未寄出',
    relay: '電話轉告',
    hears: '客戶收到的訊息',
    hearsNothing: '客戶沒有收到任何訊息',
    end: '結局',
    because: {
      ended: (stage, at) => `${at}：${stage}，不再有任何操作。`,
      'nothing-ahead': (stage, at) => `${at} 之後再無提醒：只要沒有人處理，工單就一直停在「${stage}」。`,
      'looked-no-further': (stage, at) => `演練到 ${at} 為止，工單處於「${stage}」，此後仍有提醒。`,
    },
    steps: (acts) => `可繼續的操作：${acts}`,
    broken: (count) => (count === 0 ? '沒有承諾逾時。' : `${count} 項承諾逾時。`),
    filled: '演練補上的內容',
    more: '加 --mails 可查看每封郵件的全文，加 --json 供程式讀取。',
    list: chinese,
  },
  en: {
    title: (profile, version) => `Rehearsal: ${profile}, version ${version}`,
    registered: (number, at, zone, team) => `${number} · registered ${at} ${zone} · team ${team}`,
    filledForm: (fields) => `The rehearsal filled in: ${fields.join(', ')}`,
    promises: 'Promises',
    noPromises: 'Nothing is promised.',
    states: { running: 'running', paused: 'paused', kept: 'kept', broken: 'broken', cancelled: 'cancelled' },
    recordedLate: ', recorded late',
    late: (at) => `broken, done ${at}`,
    never: 'broken, never done',
    provisional: ' (may move: the holidays are not announced yet)',
    target: (target) => `target ${target}`,
    counted: (target, from) => `target ${target} from ${from}`,
    stated: 'an agreed instant',
    stoppedBy: (acts) => `stopped by ${acts}`,
    stopsBy: (acts) => `can be stopped by ${acts}`,
    moved: (dues) => `was ${dues}`,
    timeline: 'What happens',
    registration: 'Registration',
    answered: 'system',
    refusedAt: (line) => `story ${line}`,
    held: (until) => `quiet hours, goes ${until}`,
    fates: {
      overtaken: 'not so any more when the quiet hours end, not sent',
      muted: 'the reader has heard of it, not sent',
      undeliverable: 'nobody can be reached',
    },
    waits: 'not sent yet',
    relay: 'to be told by phone',
    hears: 'What the customer hears',
    hearsNothing: 'The customer hears nothing',
    end: 'What becomes of it',
    because: {
      ended: (stage, at) => `${at}: ${stage}. No further act is possible.`,
      'nothing-ahead': (stage, at) => `After ${at} nobody is reminded any more: until somebody acts, the ticket stays in "${stage}".`,
      'looked-no-further': (stage, at) => `The rehearsal ends at ${at} with the ticket in "${stage}"; reminders go on after that.`,
    },
    steps: (acts) => `What would lead on: ${acts}`,
    broken: (count) => (count === 0 ? 'No promise is broken.' : `${count} ${count === 1 ? 'promise is' : 'promises are'} broken.`),
    filled: 'The rehearsal filled in',
    more: 'Add --mails to read each mail whole, or --json for programs.',
    list: (items) => items.join(', '),
  },
}
