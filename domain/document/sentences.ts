import { excerpt } from '../excerpt.ts'
import { said, type Labels, type Locale } from '../labels.ts'
import { conditionSentences } from './condition-sentences.ts'
import { derivationSentences } from './derivation-sentences.ts'
import { noticeSentences } from './notice-sentences.ts'
import { pathSentences } from './path-sentences.ts'
import { profileSentences } from './profile-sentences.ts'
import { syntaxSentences } from './syntax-sentences.ts'
import { own } from '../own.ts'
import { filledIn } from '../template.ts'

/** The sentences about a faulty document. Each says what is wrong and what to write instead; `{name}` is filled in. */
export const sentences = {
  // the text itself
  'too-long': said(
    '文档超过 {limit} 个字符，请拆分或删减',
    '文件超過 {limit} 個字元，請拆分或刪減',
    'the document is longer than {limit} characters; shorten it',
  ),
  'too-many-parts': said(
    '文档内容过多，读到此处为止；请拆分或删减',
    '文件內容過多，讀到此處為止；請拆分或刪減',
    'the document has too many parts and was read up to here; shorten it',
  ),
  'too-deep': said(
    '此处嵌套过深，请减少层级；可检查括号是否成对',
    '此處巢狀過深，請減少層級；可檢查括號是否成對',
    'is nested too deep here; use fewer levels, and check that brackets are closed',
  ),
  'more-faults': said(
    '另有 {limit} 处有误，请先改正以上各处',
    '另有 {limit} 處有誤，請先改正以上各處',
    '{limit} more faults are not shown; mend these first',
  ),
  'duplicate-key': said(
    '同一层中这个键写了两次，请只保留一个',
    '同一層中這個鍵寫了兩次，請只保留一個',
    'this key stands twice in the same mapping; keep one',
  ),
  'reserved-key': said('“__proto__”不能作键，请改名', '「__proto__」不能作鍵，請改名', '"__proto__" cannot be a key; give it another name'),
  'alias-of-nothing': said(
    '别名“*{given}”之前没有对应的“&{given}”，请直接写出内容',
    '別名「*{given}」之前沒有對應的「&{given}」，請直接寫出內容',
    'there is no "&{given}" before the alias "*{given}"; write the content out',
  ),
  'alias-of-itself': said(
    '别名“*{given}”引用了自身所在的内容，请直接写出内容',
    '別名「*{given}」引用了自己所在的內容，請直接寫出內容',
    'the alias "*{given}" stands inside what it names; write the content out',
  ),
  'aliases-multiply': said(
    '别名“*{given}”使文档展开后过大，请直接写出内容',
    '別名「*{given}」使文件展開後過大，請直接寫出內容',
    'with the alias "*{given}" the document grows too large; write the content out',
  ),
  // keys and types
  missing: said('缺少这一项，请补上', '缺少這一項，請補上', 'is missing; add it'),
  'missing-choice': said(
    '缺少这一项，请写以下之一：{choices}',
    '缺少這一項，請寫以下之一：{choices}',
    'is missing; write one of {choices}',
  ),
  'unknown-key': said(
    '不认识“{given}”；这里可以写：{known}',
    '不認識「{given}」；這裡可以寫：{known}',
    'unknown key "{given}"; known here: {known}',
  ),
  'unknown-key-near': said(
    '不认识“{given}”，是否应为“{nearest}”？',
    '不認識「{given}」，是否應為「{nearest}」？',
    'unknown key "{given}"; write "{nearest}"',
  ),
  'not-a-choice': said(
    '“{given}”不可用，请写以下之一：{choices}',
    '「{given}」不可用，請寫以下之一：{choices}',
    '"{given}" is not possible; write one of {choices}',
  ),
  'not-a-choice-near': said(
    '“{given}”不可用，是否应为“{nearest}”？请写以下之一：{choices}',
    '「{given}」不可用，是否應為「{nearest}」？請寫以下之一：{choices}',
    '"{given}" is not possible, perhaps "{nearest}"; write one of {choices}',
  ),
  'wrong-type': said('应为{expected}，现为 {given}；', '應為{expected}，現為 {given}；', 'must be {expected}, not {given}; '),
  'write-text': said('请加引号', '請加引號', 'put it in quotes'),
  'write-number': said('请写不带引号的整数，例如 3', '請寫不帶引號的整數，例如 3', 'write a whole number without quotes, such as 3'),
  'write-boolean': said('请写不带引号的 true 或 false', '請寫不帶引號的 true 或 false', 'write true or false without quotes'),
  'write-one-text': said('请只写一个文本', '請只寫一個文字', 'write a single text here'),
  'write-list': said(
    '请每项一行，以“- ”开头，或写 [a, b]',
    '請每項一行，以「- 」開頭，或寫 [a, b]',
    'write one item a line after "- ", or [a, b]',
  ),
  'write-mapping': said('请写成“键: 值”的形式', '請寫成「鍵: 值」的形式', 'write lines of "key: value"'),
  empty: said('不能为空，请填写', '不能為空，請填寫', 'must not be empty; fill it in'),
  'too-few': said('至少要有 {limit} 项，请补充', '至少要有 {limit} 項，請補充', 'needs at least {limit}; add what is lacking'),
  'too-small': said('不能小于 {limit}', '不能小於 {limit}', 'must be {limit} or more'),
  'text-too-long': said(
    '不能超过 {limit} 个字符，请缩短',
    '不可超過 {limit} 個字元，請縮短',
    'must have {limit} characters or fewer; shorten it',
  ),
  'too-many': said('最多只能有 {limit} 项，请删减', '最多只能有 {limit} 項，請刪減', 'may have at most {limit}; take some out'),
  'too-big': said('不能大于 {limit}', '不能大於 {limit}', 'must be {limit} or less'),
  other: said('有误：{detail}', '有誤：{detail}', 'is wrong: {detail}'),
  // forms of words
  identifier: said(
    '“{given}”不能作标识；请用小写字母开头，只含小写字母、数字和连字符，例如 software-fault',
    '「{given}」不能作識別碼；請用小寫字母開頭，只含小寫字母、數字和連字號，例如 software-fault',
    '"{given}" is no id; begin with a lower-case letter and use those, digits and hyphens, such as software-fault',
  ),
  'field-id': said(
    '“{given}”不能作字段标识；请用小写字母开头，只含字母和数字，例如 errorText',
    '「{given}」不能作欄位識別碼；請用小寫字母開頭，只含字母和數字，例如 errorText',
    '"{given}" is no field id; begin with a lower-case letter and use letters and digits, such as errorText',
  ),
  'person-id': said(
    '“{given}”不能作人员标识；请只用字母、数字、点、下划线和连字符，例如 li.na；system 是产品自己',
    '「{given}」不能作人員識別碼；請只用字母、數字、點、底線和連字號，例如 li.na；system 是產品自己',
    '"{given}" is no id for a person; use letters, digits, dots, underscores and hyphens, such as li.na; system is the product itself',
  ),
  'team-id': said(
    '“{given}”不能作团队标识；请只用字母、数字、点、下划线和连字符，例如 tech-support',
    '「{given}」不能作團隊識別碼；請只用字母、數字、點、底線和連字號，例如 tech-support',
    '"{given}" is no team id; use letters, digits, dots, underscores and hyphens, such as tech-support',
  ),
  'nobody-there': said(
    '没有标识为“{given}”的人员；请在 people 中添加',
    '沒有識別碼為「{given}」的人員；請在 people 中新增',
    'there is nobody with the id "{given}"; add them under people',
  ),
  'no-such-team': said(
    '没有标识为“{given}”的团队；请在 teams 中添加',
    '沒有識別碼為「{given}」的團隊；請在 teams 中新增',
    'there is no team with the id "{given}"; add it under teams',
  ),
  'customer-holds': said(
    '“{given}”是客户；请填写本机构的人员',
    '「{given}」是客戶；請填寫本機構的人員',
    '"{given}" is a customer; name somebody who works here',
  ),
  'machine-holds': said(
    '“{given}”是系统账号；请填写本机构的人员',
    '「{given}」是系統帳號；請填寫本機構的人員',
    '"{given}" is a service account; name somebody who works here',
  ),
  'still-holds': said(
    '“{given}”还是团队“{known}”的负责人，不能只是客户；请先在该团队另填人员，或保留一个员工角色',
    '「{given}」還是團隊「{known}」的負責人，不能只是客戶；請先在該團隊另填人員，或保留一個員工角色',
    '"{given}" still leads the team "{known}" and cannot be a customer only; name somebody else there, or keep a role of staff',
  ),
  'customer-belongs': said(
    '“{given}”是客户，客户不属于任何团队；请删去 teams',
    '「{given}」是客戶，客戶不屬於任何團隊；請刪去 teams',
    '"{given}" is a customer, and customers belong to no team; leave the teams out',
  ),
  duration: said(
    '“{given}”不是时长；请写 ISO 8601 时长，例如 PT15M（15 分钟）、PT8H（8 小时）、P5D（5 天），不能用月和年',
    '「{given}」不是時長；請寫 ISO 8601 時長，例如 PT15M（15 分鐘）、PT8H（8 小時）、P5D（5 天），不能用月和年',
    '"{given}" is no duration; write ISO 8601 such as PT15M (minutes), PT8H (hours) or P5D (days), without months and years',
  ),
  'zero-duration': said('时长必须大于零，例如 PT15M', '時長必須大於零，例如 PT15M', 'must be longer than nothing, such as PT15M'),
  'under-five-days': said(
    '“{given}”少于五个工作日；提出异议的时间至少为 P5D',
    '「{given}」少於五個工作日；提出異議的時間至少為 P5D',
    '"{given}" is less than five working days; who is scored has at least P5D to object',
  ),
  date: said(
    '“{given}”不是日期；请写成 2026-10-01',
    '「{given}」不是日期；請寫成 2026-10-01',
    '"{given}" is no date; write it like 2026-10-01',
  ),
  'bad-year': said(
    '“{given}”的年份须在 0001 到 9999 之间，请检查年份',
    '「{given}」的年份須在 0001 到 9999 之間，請檢查年份',
    '"{given}" has a year outside 0001 to 9999; check the year',
  ),
  zone: said(
    '没有时区“{given}”；请写“洲/城市”，例如 Asia/Shanghai，或 UTC',
    '沒有時區「{given}」；請寫「洲/城市」，例如 Asia/Taipei，或 UTC',
    'there is no zone "{given}"; write Area/City such as Asia/Shanghai, or UTC',
  ),
  'zone-abbreviated': said(
    '“{given}”在不同地方指不同的时区；请写“洲/城市”，例如 Asia/Shanghai，或 UTC',
    '「{given}」在不同地方指不同的時區；請寫「洲/城市」，例如 Asia/Taipei，或 UTC',
    '"{given}" means different zones in different places; write Area/City such as Asia/Shanghai, or UTC',
  ),
  'more-places': said('（另有 {limit} 处相同）', '（另有 {limit} 處相同）', ' (and {limit} more like it)'),
  'duplicate-id': said(
    '标识“{given}”重复，请改名或删去一个',
    '識別碼「{given}」重複，請改名或刪去一個',
    '"{given}" stands twice in the list; rename or remove one',
  ),
  ...syntaxSentences,
  ...profileSentences,
  ...noticeSentences,
  ...pathSentences,
  ...conditionSentences,
  ...derivationSentences,
  // calendars
  span: said(
    '“{given}”不是时段；请写如 09:00-12:00，结束可写 24:00',
    '「{given}」不是時段；請寫如 09:00-12:00，結束可寫 24:00',
    '"{given}" is no span of time; write it like 09:00-12:00, at most until 24:00',
  ),
  'span-backwards': said(
    '时段“{given}”的结束不晚于开始；跨午夜请拆成两天',
    '時段「{given}」的結束不晚於開始；跨午夜請拆成兩天',
    '"{given}" ends no later than it begins; split what crosses midnight into two days',
  ),
  'span-overlap': said(
    '时段“{given}”与前一段重叠或次序颠倒；请按时间先后排列且互不重叠',
    '時段「{given}」與前一段重疊或次序顛倒；請按時間先後排列且互不重疊',
    '"{given}" overlaps the span before it or precedes it; put spans in order and apart',
  ),
  'never-works': said(
    '一周内没有任何工作时段，任何期限都到不了；请至少写一段',
    '一週內沒有任何工作時段，任何期限都到不了；請至少寫一段',
    'no day of the week has a span, so no deadline would ever come; write at least one',
  ),
  'covered-through': said(
    '早于已列出的 {last}；请写节假日安排已公布到的最后一天，不早于该日',
    '早於已列出的 {last}；請寫節假日安排已公布到的最後一天，不早於該日',
    'is before the listed day {last}; write the last day whose holidays are known, that day or later',
  ),
} as const satisfies Readonly<Record<string, Labels>>

export type SentenceCode = keyof typeof sentences

/** What kinds of value are called. */
export const typeNames = {
  text: said('文本', '文字', 'text'),
  number: said('整数', '整數', 'a whole number'),
  boolean: said('true 或 false', 'true 或 false', 'true or false'),
  list: said('列表', '清單', 'a list'),
  mapping: said('一组键值', '一組鍵值', 'a mapping'),
} as const satisfies Readonly<Record<string, Labels>>

export type TypeName = keyof typeof typeNames

/** A sentence with its parameters filled in, cut where they are long; braces that name no given parameter stay. */
export function sentence(code: SentenceCode, locale: Locale, params: Readonly<Record<string, string>> = {}): string {
  return filledIn(sentences[code][locale], (name) => {
    const given = own(params, name)
    return given === undefined ? undefined : excerpt(given, longestPart)
  })
}

/** Room for all words that are possible somewhere, and not for what somebody wrote instead. */
const longestPart = 1_000

export function isSentence(code: string): code is SentenceCode {
  return Object.hasOwn(sentences, code)
}
