import { said, type Labels } from '../labels.ts'

/** The sentences about conditions of a profile that cannot hold; see `sentences.ts`. */
export const conditionSentences = {
  'empty-condition': said(
    '条件是空的，写了等于没写；请写明何时成立，例如 priority: urgent，或整段删去',
    '條件是空的，寫了等於沒寫；請寫明何時成立，例如 priority: urgent，或整段刪去',
    'says nothing, so it would always hold; say when it does, such as priority: urgent, or remove it',
  ),
  'never-reached': said(
    '前面的第 {at} 条已经涵盖这里的所有情形，本条永远不会用到；请把较窄的条件写在前面，或删去本条',
    '前面的第 {at} 條已經涵蓋這裡的所有情形，本條永遠不會用到；請把較窄的條件寫在前面，或刪去本條',
    'number {at} above holds whenever this does, so this is never reached; write the narrower one first, or remove it',
  ),
  'team-missing': said(
    '这个类型没有处理团队；请写 team，或用 routing 按条件分派',
    '這個類型沒有處理團隊；請寫 team，或用 routing 按條件分派',
    'tickets of this type have no team; write team, or routing with conditions',
  ),
  'routes-uncovered': said(
    'routing 没有覆盖“{given}”的所有情形，缺 {limit} 种，例如 {at}；请补一条，或写 team 作为其余情形的团队',
    'routing 沒有涵蓋「{given}」的所有情形，缺 {limit} 種，例如 {at}；請補一條，或寫 team 作為其餘情形的團隊',
    'routing does not cover {limit} kinds of "{given}", such as {at}; add routes, or write team for the rest',
  ),
  'routes-too-many': said(
    'routing 区分的情形太多，无法逐一核对是否都已覆盖；请写 team 作为其余情形的团队',
    'routing 區分的情形太多，無法逐一核對是否都已涵蓋；請寫 team 作為其餘情形的團隊',
    'routing tells so many kinds apart that nobody can see whether all are covered; write team for the rest',
  ),
  'exception-of-nothing': said(
    '这个时钟没有写 within，例外的时限无从谈起；请补上 within，或删去 exceptions',
    '這個時鐘沒有寫 within，例外的時限無從談起；請補上 within，或刪去 exceptions',
    'this clock has no target of its own to make exceptions from; write within, or remove exceptions',
  ),
  'field-of-other-types': said(
    '这里所写的类型没有字段“{given}”，条件永远不成立；有这个字段的类型：{known}',
    '這裡所寫的類型沒有欄位「{given}」，條件永遠不成立；有這個欄位的類型：{known}',
    'the types named here have no field "{given}", so this never holds; the field is of {known}',
  ),
  'asks-itself': said(
    '字段“{given}”是否必填不能取决于它自己；请改用别的字段，或写 required: true',
    '欄位「{given}」是否必填不能取決於它自己；請改用別的欄位，或寫 required: true',
    'whether "{given}" is required cannot depend on itself; name another field, or write required: true',
  ),
  'tag-too-early': said(
    '登记时还不知道客户标签，这里的条件无从判断；请改用类型、优先级、渠道或字段',
    '登記時還不知道客戶標籤，這裡的條件無從判斷；請改用類型、優先等級、管道或欄位',
    'tags of the customer are not known yet when the ticket is registered and this is decided; use type, priority, channel or a field',
  ),
  'tested-number': said(
    '这个字段是数字，“{given}”不是；请写数字，或写 atLeast、below',
    '這個欄位是數字，「{given}」不是；請寫數字，或寫 atLeast、below',
    'the field is a number and "{given}" is none; write a number, or atLeast and below',
  ),
  'tested-boolean': said(
    '这个字段只有是与否，“{given}”不是；请写 true 或 false',
    '這個欄位只有是與否，「{given}」不是；請寫 true 或 false',
    'the field is yes or no and "{given}" is neither; write true or false',
  ),
  'tested-by-limits': said(
    '日期与时刻不能逐个比对；请写 atLeast、below 或 given',
    '日期與時刻不能逐個比對；請寫 atLeast、below 或 given',
    'dates and instants are not matched one by one; write atLeast, below or given',
  ),
  'tested-by-presence': said(
    '文字字段的内容不能作条件；请写 { given: true }，或把字段改为 choice',
    '文字欄位的內容不能作條件；請寫 { given: true }，或把欄位改為 choice',
    'what stands in a text field is nothing to decide by; write { given: true }, or make it a choice',
  ),
  'compared-number': said(
    '这个字段是数字，“{given}”不能与之比较；请写数字',
    '這個欄位是數字，「{given}」不能與之比較；請寫數字',
    'the field is a number and "{given}" cannot be compared with it; write a number',
  ),
  'compared-date': said(
    '这个字段是日期，“{given}”不能与之比较；请加引号写成 "2026-01-31"',
    '這個欄位是日期，「{given}」不能與之比較；請加引號寫成 "2026-01-31"',
    'the field is a date and "{given}" cannot be compared with it; write it in quotes like "2026-01-31"',
  ),
  'compared-instant': said(
    '这个字段是时刻，“{given}”不能与之比较；请加引号写成 "2026-01-31T09:00:00.000Z"',
    '這個欄位是時刻，「{given}」不能與之比較；請加引號寫成 "2026-01-31T09:00:00.000Z"',
    'the field is an instant and "{given}" cannot be compared with it; write it in quotes like "2026-01-31T09:00:00.000Z"',
  ),
  'compared-nothing': said(
    '这个字段没有大小先后，不能写 atLeast 或 below；请改写具体的值或 given',
    '這個欄位沒有大小先後，不能寫 atLeast 或 below；請改寫具體的值或 given',
    'values of this field have no order; write the values themselves, or given',
  ),
} as const satisfies Readonly<Record<string, Labels>>
