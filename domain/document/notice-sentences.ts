import { said, type Labels } from '../labels.ts'

/** The sentences about notices of a profile that could not be said as they stand; see `sentences.ts`. */
export const noticeSentences = {
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
  'unknown-placeholders': said(
    '没有占位符：{at}（箭头后为可能的写法）；这里可用：{known}',
    '沒有佔位符：{at}（箭頭後為可能的寫法）；這裡可用：{known}',
    'there are no placeholders {at} here (behind an arrow stands what was perhaps meant); there are {known}',
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
  'full-width-braces': said(
    '“{at}”用了全角花括号，不会被替换；请写半角的“{nearest}”',
    '「{at}」用了全形大括號，不會被替換；請寫半形的「{nearest}」',
    '"{at}" has full-width braces and would stay as it is; write "{nearest}"',
  ),
  'template-unpaired': said(
    '“{at}”不成对；占位符写成 {name}，可省略的部分写在 […] 中，不能嵌套',
    '「{at}」不成對；佔位符寫成 {name}，可省略的部分寫在 […] 中，不能巢狀',
    '"{at}" has no partner; a placeholder is written {name}, a part that may be left out stands in [...], not nested',
  ),
  'no-such-field': said(
    '没有类型有字段 {at}；现有字段：{known}',
    '沒有類型有欄位 {at}；現有欄位：{known}',
    'no type has a field {at}; there are {known}',
  ),
  'internal-field': said(
    '{at} 是仅供内部的字段，不能写进给客户的通知；请删去，或取消该字段的 internal',
    '{at} 是僅供內部的欄位，不能寫進給客戶的通知；請刪去，或取消該欄位的 internal',
    '{at} is for colleagues only and cannot stand in a notice to customers; take it out, or remove internal from the field',
  ),
  'custom-kind': said(
    '“{given}”不能作自定义通知的标识；请以 custom- 开头，只含小写字母、数字和连字符，例如 custom-parts-arrived',
    '「{given}」不能作自訂通知的識別碼；請以 custom- 開頭，只含小寫字母、數字和連字號，例如 custom-parts-arrived',
    '"{given}" is no id for a notice of your own; begin with custom- and use lower-case letters, digits and hyphens, such as custom-parts-arrived',
  ),
  'notice-not-so': said(
    '“{given}”所说的事在“{at}”时并未发生；它只能用于：{known}。请改用这些时刻，或用 customNotices 自行撰写',
    '「{given}」所說的事在「{at}」時並未發生；它只能用於：{known}。請改用這些時刻，或用 customNotices 自行撰寫',
    '"{given}" says what is not so at {at}; it can be sent at {known}. Name one of these, or write a notice of your own under customNotices',
  ),
  'notice-of-product': said(
    '“{given}”只由系统在相应情况下发送，这里没有它要说的事实；请用 customNotices 自行撰写',
    '「{given}」只由系統在相應情況下寄送，這裡沒有它要說的事實；請用 customNotices 自行撰寫',
    '"{given}" is sent by the product alone, where what it says is so; write a notice of your own under customNotices',
  ),
  'warning-too-late': said(
    '“{given}”说的是即将到期，这一级却在到期时或之后；请删去 notice，或写负的偏移，例如 -25%',
    '「{given}」說的是即將到期，這一級卻在到期時或之後；請刪去 notice，或寫負的偏移，例如 -25%',
    '"{given}" says that a deadline is ahead, and this level speaks at it or after; leave notice out, or write an offset such as -25%',
  ),
  'missed-too-early': said(
    '“{given}”说的是已经超时，这一级却在到期之前；请删去 notice，或写 0% 或正的偏移',
    '「{given}」說的是已經逾時，這一級卻在到期之前；請刪去 notice，或寫 0% 或正的偏移',
    '"{given}" says that a deadline was missed, and this level speaks before it; leave notice out, or write 0% or an offset such as +25%',
  ),
  'value-missing': said(
    '{at} 没有值：{nearest} 会发送这个通知，而那里没有；请删去，或改由有它的时刻发送',
    '{at} 沒有值：{nearest} 會寄送這個通知，而那裡沒有；請刪去，或改由有它的時刻寄送',
    '{at} would have no value: {nearest} sends this notice and does not bring it; take it out, or send it at a moment that does',
  ),
  'value-optional': said(
    '{at} 在 {nearest} 时可能没有值；请把用到它的那一段放进方括号 […]，没有值时整段省去',
    '{at} 在 {nearest} 時可能沒有值；請把用到它的那一段放進方括號 […]，沒有值時整段省去',
    '{at} may have no value when {nearest} sends it; put the part that uses it into [square brackets], which is then left out',
  ),
  'mixed-audience': said(
    '“{given}”不适合这里所写的所有对象；客户与同事请各写一条，各用各的通知',
    '「{given}」不適合這裡所寫的所有對象；客戶與同事請各寫一條，各用各的通知',
    '"{given}" is not for all who are named here; give customers and colleagues one each, with a notice for each',
  ),
  'cannot-be-silenced': said(
    '“{given}”要求有人处理，或是客户应得的告知，不能停发；可以停发的：{known}',
    '「{given}」要求有人處理，或是客戶應得的告知，不能停發；可以停發的：{known}',
    '"{given}" asks somebody to act, or is owed to a customer, and cannot be silenced; these can: {known}',
  ),
  'silenced-and-sent': said(
    '“{given}”已在 silencedNotices 中停发，这条规则不会起作用；请二者留一',
    '「{given}」已在 silencedNotices 中停發，這條規則不會起作用；請二者留一',
    '"{given}" is among silencedNotices, so nobody would be told; remove it there or here',
  ),
} as const satisfies Readonly<Record<string, Labels>>
