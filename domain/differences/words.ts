import { said, type Labels, type Locale } from '../labels.ts'

/** The words in which changes are told. */
export const words = {
  nothing: said('没有差别。', '沒有差別。', 'Nothing changes.'),
  none: said('无', '無', 'none'),
  yes: said('是', '是', 'yes'),
  no: said('否', '否', 'no'),
  reviews: said('复盘', '檢討', 'Reviews'),
  otherwise: said('有改动', '有改動', 'changed'),
  order: said('顺序改变，现为', '順序改變，現為', 'in another order, now'),
  preparer: said('编制', '編製', 'Prepared by'),
  reviewer: said('审核', '審核', 'Reviewed by'),
  approver: said('批准', '核准', 'Approved by'),
  // headings
  whole: said('总则', '總則', 'General'),
  stages: said('阶段', '階段', 'Stages'),
  acts: said('自定义操作', '自訂操作', 'Own acts'),
  promises: said('时限与承诺', '時限與承諾', 'Promises'),
  types: said('类型与字段', '類型與欄位', 'Types and fields'),
  routing: said('派往团队', '派往團隊', 'Where tickets go'),
  priorities: said('优先级', '優先等級', 'Priorities'),
  lists: said('可选项', '可選項', 'Lists'),
  notifications: said('通知规则', '通知規則', 'Who is told at which moment'),
  roles: said('角色称呼', '角色稱呼', 'What roles are called'),
  notices: said('通知用语', '通知用語', 'Words of notices'),
  scripts: said('话术', '話術', 'Scripts'),
  recurring: said('报告、考核与抽检', '報告、考核與抽檢', 'Reports, assessments, samples'),
  // general
  label: said('名称', '名稱', 'Name'),
  document: said('文件', '文件', 'Document'),
  zone: said('时区', '時區', 'Zone'),
  calendar: said('工作日历', '工作日曆', 'Working calendar'),
  number: said('编号', '編號', 'Numbers'),
  dispatch: said('自动派单', '自動派單', 'Somebody is chosen automatically'),
  planBeforeCompletion: said('完成前须有方案', '完成前須有方案', 'A plan is demanded before completion'),
  explained: said('超时须先说明原因', '逾時須先說明原因', 'What is overdue is explained before completion'),
  planImpact: said('方案须写明对客户的影响', '方案須寫明對客戶的影響', 'A plan states its impact on the customer'),
  attempts: said('回访次数上限', '回訪次數上限', 'Attempts at a callback'),
  deferral: said('延期须提前告知', '延期須提前告知', 'A deferral is announced before'),
  handedOff: said('移交工单的定期查看', '移交工單的定期查看', 'Handed-off tickets are told at'),
  urging: said('催办间隔', '催辦間隔', 'Urged at most every'),
  deadline: said('解决期限以此时钟为准', '解決期限以此時鐘為準', 'Clock that is the deadline'),
  reopeningWindow: said('重开期限', '重開期限', 'Can be reopened for'),
  languages: said('语言', '語言', 'Languages'),
  language: said('默认语言', '預設語言', 'Language'),
  quietHours: said('免打扰时段', '勿擾時段', 'Quiet hours'),
  signature: said('署名', '署名', 'Signature'),
  except: said('除外', '除外', 'except'),
  unless: said('，除非{condition}', '，除非{condition}', ', unless {condition}'),
  closed: said('只能选所列分类', '只能選所列分類', 'Only listed classifications are taken'),
  emptyWords: said('不算标签的词', '不算標籤的詞', 'Words that say nothing as a tag'),
  never: said('否', '否', 'never'),
  always: said('一律', '一律', 'always'),
  'after-unsolved': said('客户反馈未解决之后', '客戶回覆未解決之後', 'after the customer said unsolved'),
  given: said('已填写', '已填寫', 'given'),
  empty: said('未填写', '未填寫', 'not given'),
  // stages
  leftOut: said('跳过', '略過', 'left out'),
  customerReads: said('客户看到', '客戶看到', 'the customer reads'),
  // lists
  channels: said('渠道', '管道', 'Channels'),
  waitingFor: said('等待对象', '等待對象', 'Waiting for'),
  planKinds: said('方案类型', '方案類型', 'Kinds of plans'),
  modules: said('模块', '模組', 'Modules'),
  causes: said('原因', '原因', 'Causes'),
  customerTags: said('客户标签', '客戶標籤', 'Customer tags'),
  live: said('即时沟通', '即時溝通', 'live'),
  // priorities and types
  criterion: said('判定标准', '判定標準', 'criterion'),
  timeBase: said('计时', '計時', 'counts'),
  elapsed: said('自然时间', '自然時間', 'all hours'),
  working: said('工作时间', '工作時間', 'working time'),
  reviewMeeting: said('紧急评审', '緊急評審', 'emergency review'),
  team: said('团队', '團隊', 'team'),
  skills: said('技能', '技能', 'skills'),
  field: said('字段', '欄位', 'field'),
  required: said('必填', '必填', 'required'),
  internal: said('仅内部', '僅內部', 'for colleagues only'),
  recordedIn: said('可记录的阶段', '可記錄的階段', 'recorded in'),
  recordedBy: said('可由谁记录', '可由誰記錄', 'recorded by'),
  visibleToCustomer: said('客户可见', '客戶可見', 'seen by the customer'),
  kind: said('种类', '種類', 'kind'),
  choices: said('可选项', '可選項', 'choices'),
  // clocks
  target: said('时限', '時限', 'target'),
  from: said('从字段起算', '從欄位起算', 'counts from the field'),
  starts: said('开始', '開始', 'starts when'),
  stops: said('结束', '結束', 'stops when'),
  cancels: said('取消', '取消', 'is cancelled when'),
  pauses: said('暂停于等待', '暫停於等待', 'rests while waiting for'),
  any: said('任何等待', '任何等待', 'anything'),
  all: said('全部', '全部', 'all'),
  asPriority: said('依优先级', '依優先等級', 'as the priority does'),
  only: said('仅限优先级', '僅限優先等級', 'only for'),
  when: said('适用条件', '適用條件', 'holds when'),
  requiredWhen: said('必填条件', '必填條件', 'required when'),
  exceptions: said('例外时限', '例外時限', 'other targets'),
  whenDue: said('到期时', '到期時', 'when it is due'),
  break: said('算超时', '算逾時', 'it is broken'),
  lapse: said('不再等待', '不再等待', 'it lapses'),
  close: said('自动结案', '自動結案', 'the ticket is closed'),
  again: said('每{every}一次，共 {times} 次', '每{every}一次，共 {times} 次', 'every {every}, {times} times'),
  ofTarget: said('{share} 时限', '{share} 時限', '{share} of the target'),
  before: said('到期前 {time}', '到期前 {time}', '{time} before it is due'),
  after: said('到期后 {time}', '到期後 {time}', '{time} after it is due'),
  due: said('到期时', '到期時', 'when it is due'),
  // who is told
  silenced: said('停发的通知', '停發的通知', 'Not sent'),
  audience: said('对象', '對象', 'for'),
  customer: said('客户', '客戶', 'customers'),
  staff: said('同事', '同事', 'colleagues'),
  mayMute: said('个人可停收', '個人可停收', 'may be muted'),
  // words of notices and scripts
  subject: said('主题', '主旨', 'subject'),
  text: said('正文', '內文', 'text'),
  purpose: said('用途', '用途', 'purpose'),
} as const satisfies Readonly<Record<string, Labels>>

export type Word = keyof typeof words

export function word(name: Word, locale: Locale): string {
  return words[name][locale]
}

export function isWord(name: string): name is Word {
  return Object.hasOwn(words, name)
}

/** What is said beside something. */
export function aside(text: string, locale: Locale): string {
  return locale === 'en' ? ` (${text})` : `（${text}）`
}

/** What stands between a name and what is said of it. */
export function colon(locale: Locale): string {
  return locale === 'en' ? ': ' : '：'
}

export function listed(items: readonly string[], locale: Locale): string {
  return items.length === 0 ? word('none', locale) : items.join(locale === 'en' ? ', ' : '、')
}
