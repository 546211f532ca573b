import type { Labels, Locale } from '../labels.ts'

/** The sentences about a faulty document. Each says what is wrong and what to write instead; `{name}` is filled in. */
export const sentences = {
  // the text itself
  'too-long': said(
    '文档超过 {limit} 个字符，请拆分或删减',
    '文件超過 {limit} 個字元，請拆分或刪減',
    'the document is longer than {limit} characters; shorten it',
  ),
  'duplicate-key': said(
    '同一层中这个键写了两次，请只保留一个',
    '同一層中這個鍵寫了兩次，請只保留一個',
    'this key stands twice in the same mapping; keep one',
  ),
  tab: said('不能用制表符缩进，请改用空格', '不能用定位字元縮排，請改用空格', 'tabs cannot indent YAML; use spaces'),
  'two-documents': said(
    '一个文件只能有一份文档，请删去“---”及其后的内容',
    '一個檔案只能有一份文件，請刪去「---」及其後的內容',
    'one file holds one document; remove "---" and what follows',
  ),
  syntax: said(
    'YAML 语法有误（{detail}），请检查缩进、引号和括号',
    'YAML 語法有誤（{detail}），請檢查縮排、引號和括號',
    'not valid YAML ({detail}); check indentation, quotes and brackets',
  ),
  'json-syntax': said(
    'JSON 语法有误（{detail}），请检查引号、逗号和括号',
    'JSON 語法有誤（{detail}），請檢查引號、逗號和括號',
    'not valid JSON ({detail}); check quotes, commas and brackets',
  ),
  'bad-alias': said(
    '别名无法解析（{detail}），请直接写出内容',
    '別名無法解析（{detail}），請直接寫出內容',
    'an alias cannot be resolved ({detail}); write the content out',
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
  'write-boolean': said('请写 true 或 false', '請寫 true 或 false', 'write true or false'),
  'write-list': said(
    '请每项一行，以“- ”开头，或写 [a, b]',
    '請每項一行，以「- 」開頭，或寫 [a, b]',
    'write one item a line after "- ", or [a, b]',
  ),
  'write-mapping': said('请写成“键: 值”的形式', '請寫成「鍵: 值」的形式', 'write lines of "key: value"'),
  empty: said('不能为空，请填写', '不能為空，請填寫', 'must not be empty; fill it in'),
  'too-few': said('至少要有 {limit} 项，请补充', '至少要有 {limit} 項，請補充', 'needs at least {limit}; add what is lacking'),
  'too-small': said('不能小于 {limit}', '不能小於 {limit}', 'must be {limit} or more'),
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
  'team-id': said(
    '“{given}”不能作团队标识；请只用字母、数字、点、下划线和连字符，例如 tech-support',
    '「{given}」不能作團隊識別碼；請只用字母、數字、點、底線和連字號，例如 tech-support',
    '"{given}" is no team id; use letters, digits, dots, underscores and hyphens, such as tech-support',
  ),
  duration: said(
    '“{given}”不是时长；请写 ISO 8601 时长，例如 PT15M（15 分钟）、PT8H（8 小时）、P5D（5 天），不能用月和年',
    '「{given}」不是時長；請寫 ISO 8601 時長，例如 PT15M（15 分鐘）、PT8H（8 小時）、P5D（5 天），不能用月和年',
    '"{given}" is no duration; write ISO 8601 such as PT15M (minutes), PT8H (hours) or P5D (days), without months and years',
  ),
  'zero-duration': said('时长必须大于零，例如 PT15M', '時長必須大於零，例如 PT15M', 'must be longer than nothing, such as PT15M'),
  date: said(
    '“{given}”不是日期；请写成 2026-10-01',
    '「{given}」不是日期；請寫成 2026-10-01',
    '"{given}" is no date; write it like 2026-10-01',
  ),
  zone: said(
    '没有时区“{given}”；请写 IANA 时区，例如 Asia/Shanghai',
    '沒有時區「{given}」；請寫 IANA 時區，例如 Asia/Taipei',
    'there is no zone "{given}"; write an IANA zone such as Asia/Shanghai',
  ),
  'duplicate-id': said(
    '标识“{given}”重复，请改名或删去一个',
    '識別碼「{given}」重複，請改名或刪去一個',
    '"{given}" stands twice in the list; rename or remove one',
  ),
  // profiles
  'choices-missing': said(
    '选择字段须列出可选项，请补上 choices',
    '選擇欄位須列出可選項，請補上 choices',
    'a field of kind choice needs its choices; list them here',
  ),
  'choices-unused': said(
    '只有 kind 为 choice 的字段才有可选项；请删去 choices，或把 kind 改为 choice',
    '只有 kind 為 choice 的欄位才有可選項；請刪去 choices，或把 kind 改為 choice',
    'only a field of kind choice has choices; remove them or write kind: choice',
  ),
  'no-customer': said(
    '必须包含 customer（等待客户）：补充资料与暂停计时都以它为准',
    '必須包含 customer（等待客戶）：補充資料與暫停計時都以它為準',
    'needs an item with id customer: asking the customer for more and pausing clocks rely on it',
  ),
  'unknown-calendar': said(
    '没有工作日历“{given}”；现有：{known}',
    '沒有工作日曆「{given}」；現有：{known}',
    'there is no calendar "{given}"; there are {known}',
  ),
  'number-empty': said(
    '编号格式为空；请写如 TS{yyyyMMdd}{serial:3} 的格式',
    '編號格式為空；請寫如 TS{yyyyMMdd}{serial:3} 的格式',
    'is empty; write a pattern such as TS{yyyyMMdd}{serial:3}',
  ),
  'number-bad-literal': said(
    '“{at}”含有编号不能用的字符；请只用字母、数字、点、下划线和连字符',
    '「{at}」含有編號不能用的字元；請只用字母、數字、點、底線和連字號',
    '"{at}" has characters a number cannot carry; use letters, digits, dots, underscores and hyphens',
  ),
  'number-bad-date': said(
    '不认识“{at}”；日期请用 yyyy、yy、MM、dd、HH 组合，例如 {yyyyMMdd}，流水号写 {serial:3}',
    '不認識「{at}」；日期請用 yyyy、yy、MM、dd、HH 組合，例如 {yyyyMMdd}，流水號寫 {serial:3}',
    '"{at}" is neither a date nor a serial; write dates of yyyy, yy, MM, dd and HH such as {yyyyMMdd}, the serial as {serial:3}',
  ),
  'number-unknown-brace': said(
    '花括号不成对；请写如 TS{yyyyMMdd}{serial:3} 的格式',
    '大括號不成對；請寫如 TS{yyyyMMdd}{serial:3} 的格式',
    'a brace has no partner; write a pattern such as TS{yyyyMMdd}{serial:3}',
  ),
  'number-no-serial': said(
    '编号缺少流水号；请加上如 {serial:3}',
    '編號缺少流水號；請加上如 {serial:3}',
    'has no serial; add one such as {serial:3}',
  ),
  'number-two-serials': said(
    '编号只能有一个流水号；请删去“{at}”',
    '編號只能有一個流水號；請刪去「{at}」',
    'has two serials; remove "{at}"',
  ),
  'number-two-dates': said(
    '编号只能有一段日期；请并成一段，例如 {yyyyMMdd}',
    '編號只能有一段日期；請併成一段，例如 {yyyyMMdd}',
    'has two dates; join them, such as {yyyyMMdd}',
  ),
  'number-bad-width': said(
    '“{at}”须写明流水号的最少位数，1 到 15，例如 {serial:3}',
    '「{at}」須寫明流水號的最少位數，1 到 15，例如 {serial:3}',
    '"{at}" needs the serial\'s least width, 1 to 15, such as {serial:3}',
  ),
  'time-of-day': said(
    '“{given}”不是时刻；请写成 22:00，从 00:00 到 23:59',
    '「{given}」不是時刻；請寫成 22:00，從 00:00 到 23:59',
    '"{given}" is no time of day; write it like 22:00, from 00:00 to 23:59',
  ),
  'quiet-all-day': said(
    '免打扰时段的开始与结束都是 {given}；请写不同的时刻，或删去 quietHours',
    '勿擾時段的開始與結束都是 {given}；請寫不同的時刻，或刪去 quietHours',
    'quiet hours begin and end at {given}; write two different times, or remove quietHours',
  ),
  'unknown-priority': said(
    '没有优先级“{given}”；现有：{known}',
    '沒有優先級「{given}」；現有：{known}',
    'there is no priority "{given}"; there are {known}',
  ),
  'unknown-placeholder': said(
    '没有占位符“{at}”；这里可用：{known}',
    '沒有佔位符「{at}」；這裡可用：{known}',
    'there is no placeholder "{at}" here; there are {known}',
  ),
  'unknown-placeholder-near': said(
    '没有占位符“{at}”，是否应为“{nearest}”？这里可用：{known}',
    '沒有佔位符「{at}」，是否應為「{nearest}」？這裡可用：{known}',
    'there is no placeholder "{at}" here, perhaps "{nearest}"; there are {known}',
  ),
  'optional-placeholder': said(
    '“{at}”可能没有值；请把用到它的那一段放进方括号 […]，没有值时整段省去',
    '「{at}」可能沒有值；請把用到它的那一段放進方括號 […]，沒有值時整段省去',
    '"{at}" may have no value; put the part that uses it into [square brackets], which is then left out',
  ),
  'needless-brackets': said(
    '“{at}”的方括号会消失：方括号标出缺值时省去的部分，而这里没有可能缺的值；请改用【】或（）',
    '「{at}」的方括號會消失：方括號標出缺值時省去的部分，而這裡沒有可能缺的值；請改用【】或（）',
    '"{at}" would lose its brackets: they mark a part that is left out when a value is missing, and here none can be; use (…) or 【…】',
  ),
  'template-unpaired': said(
    '“{at}”不成对；占位符写成 {name}，可省略的部分写在 […] 中，不能嵌套',
    '「{at}」不成對；佔位符寫成 {name}，可省略的部分寫在 […] 中，不能巢狀',
    '"{at}" has no partner; a placeholder is written {name}, a part that may be left out stands in [...], not nested',
  ),
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

/** A sentence with its parameters filled in; braces that name no given parameter stay. */
export function sentence(code: SentenceCode, locale: Locale, params: Readonly<Record<string, string>> = {}): string {
  return sentences[code][locale].replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole)
}

export function isSentence(code: string): code is SentenceCode {
  return Object.hasOwn(sentences, code)
}

function said(simplified: string, traditional: string, english: string): Labels {
  return { 'zh-CN': simplified, 'zh-TW': traditional, en: english }
}
