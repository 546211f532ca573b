import { said, type Labels } from '../labels.ts'

/** The sentences about a faulty profile; see `sentences.ts`. */
export const profileSentences = {
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
  'unknown-team-here': said(
    '没有团队“{given}”；请先添加团队，或填写现有的：{known}',
    '沒有團隊「{given}」；請先新增團隊，或填寫現有的：{known}',
    'there is no team "{given}"; add it first, or name one that there is: {known}',
  ),
  'unknown-calendar': said(
    '没有工作日历“{given}”；现有：{known}',
    '沒有工作日曆「{given}」；現有：{known}',
    'there is no calendar "{given}"; there are {known}',
  ),
  'tag-without-rule': said(
    '客户标签须说明何时附加：请补上 when（按历史）、accounts（按账号）、tiers（按客户等级）或 internal（内部员工）',
    '客戶標籤須說明何時附加：請補上 when（依歷史）、accounts（依帳號）、tiers（依客戶等級）或 internal（內部員工）',
    'says nowhere when it attaches itself; add when (by history), accounts (by account), tiers (by tier) or internal (for colleagues)',
  ),
  'day-long-ago': said(
    '“{given}”太早；请写 1900-01-01 或以后的日期',
    '「{given}」太早；請寫 1900-01-01 或以後的日期',
    '"{given}" is too long ago; write a day from 1900-01-01 on',
  ),
  'clock-missing': said(
    '缺少 clock：不同的承诺不能合并，请写明是哪一项（可选：{known}）',
    '缺少 clock：不同的承諾不能合併，請寫明是哪一項（可選：{known}）',
    'clock is missing: different promises are never added up, so say which one is meant; there are: {known}',
  ),
  'word-says-nothing': said(
    '没有文字，什么意见都不会含有它；请写一个词',
    '沒有文字，什麼意見都不會含有它；請寫一個詞',
    'has neither letters nor digits, so nothing is found by it; write a word',
  ),
  'clock-unused': said(
    '只有 figure 为 attainment 时才写 clock；请删去 clock，或把 figure 改为 attainment',
    '只有 figure 為 attainment 時才寫 clock；請刪去 clock，或把 figure 改為 attainment',
    'only of attainment one says which clock; remove clock, or write figure: attainment',
  ),
  'only-of-promises': said(
    '整份报告不能只限于一项承诺，否则工单类指标都为 0；请删去 only.clock，并在相应栏目中写 clock',
    '整份報告不能只限於一項承諾，否則工單類指標都為 0；請刪去 only.clock，並在對應欄目中寫 clock',
    'a whole report cannot be narrowed to a promise, of which most figures count nothing; remove only.clock, and name the clock in sections of attainment',
  ),
  'clock-of-customers': said(
    '“{given}”由客户负责，超时不算任何人的过失，不能评分；请改用：{known}',
    '「{given}」由客戶負責，逾時不算任何人的過失，不能評分；請改用：{known}',
    '"{given}" is for the customer to keep, so nobody can be scored by it; name one of: {known}',
  ),
  'deadline-of-customers': said(
    '“{given}”由客户负责，不能作为工单的解决期限；请改用：{known}',
    '「{given}」由客戶負責，不能作為工單的解決期限；請改用：{known}',
    '"{given}" is for the customer to keep, and no deadline of ours; name one of: {known}',
  ),
  'language-unnamed': said(
    '配置的 languages 为 {known}，不含 {given}；请删去这段 {given} 文字，或把 {given} 写进 languages',
    '設定的 languages 為 {known}，不含 {given}；請刪去這段 {given} 文字，或把 {given} 寫進 languages',
    'the profile speaks {known}, and nobody would read this text in {given}; remove it, or write {given} under languages',
  ),
  'own-language-unnamed': said(
    '“{given}”不在 languages 之列；请写以下之一：{known}',
    '「{given}」不在 languages 之列；請寫以下之一：{known}',
    '"{given}" is none of the languages of this profile; write one of {known}',
  ),
  'scored-twice': said(
    '“{given}”已经评过分，重复会使权重失真；请删去其中一项，并调整 weight',
    '「{given}」已經評過分，重複會使權重失真；請刪去其中一項，並調整 weight',
    '"{given}" is scored already, and twice it would weigh more than it says; remove one of the two and adjust its weight',
  ),
  hundredths: said(
    '“{given}”超过两位小数；请写 0 到 100 之间最多两位小数的数，例如 97.5',
    '「{given}」超過兩位小數；請寫 0 到 100 之間最多兩位小數的數，例如 97.5',
    '"{given}" has more than two decimals; write a number from 0 to 100 with two at most, such as 97.5',
  ),
  'criterion-differs': said(
    '评定项目“{given}”在另一类抽检中另有定义；同一编号须完全相同，否则请换一个编号',
    '評定項目「{given}」在另一類抽檢中另有定義；同一編號須完全相同，否則請換一個編號',
    'criterion "{given}" is defined otherwise by another kind of samples; say the same of it, or give it another id',
  ),
  'cut-off': said(
    '应为 0 到 12 小时的时长，例如 PT30M',
    '應為 0 到 12 小時的時間長度，例如 PT30M',
    'must be a duration of 0 to 12 hours, such as PT30M',
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
  'number-meets': said(
    '“{given}”可能与“{nearest}”的“{known}”产生相同的编号，例如 {at}；请换一个前缀',
    '「{given}」可能與「{nearest}」的「{known}」產生相同的編號，例如 {at}；請換一個前綴',
    '"{given}" can give the same number as "{known}" of "{nearest}", such as {at}; give it another prefix',
  ),
  'number-bad-width': said(
    '“{at}”须写明流水号的最少位数，1 到 15，例如 {serial:3}',
    '「{at}」須寫明流水號的最少位數，1 到 15，例如 {serial:3}',
    '"{at}" needs the serial\'s least width, 1 to 15, such as {serial:3}',
  ),
  // clocks
  'never-stops': said(
    '这个时钟一旦启动就不会停；请在 stops 中写一个启动之后还会发生、且不会重新启动它的时刻，例如 resolved',
    '這個時鐘一旦啟動就不會停；請在 stops 中寫一個啟動之後還會發生、且不會重新啟動它的時刻，例如 resolved',
    'this clock would never stop: name in stops a moment that comes after its start and does not start it anew, such as resolved',
  ),
  endless: said(
    '“{given}”超过十年，不能作期限；请写短一些',
    '「{given}」超過十年，不能作期限；請寫短一些',
    '"{given}" is more than ten years, which is no promise; write less',
  ),
  'named-like-command': said(
    '“{given}”是系统已有的操作；请给自定义操作换一个 id',
    '「{given}」是系統既有的操作；請為自訂操作換一個 id',
    '"{given}" is a command of the product; give the act another id',
  ),
  'act-never': said(
    '工单不会经过这里所写的阶段（{given}），这个操作永远无法记录；请改写 stages，或调整 begins、closingReport',
    '工單不會經過這裡所寫的階段（{given}），這個操作永遠無法記錄；請改寫 stages，或調整 begins、closingReport',
    'no ticket passes these stages ({given}), so the act can never be recorded; write other stages, or change begins or closingReport',
  ),
  'no-acts': said(
    '没有“{given}”：本配置未写任何自定义操作；请先在 acts 中写明',
    '沒有「{given}」：本設定未寫任何自訂操作；請先在 acts 中寫明',
    'there is no "{given}", as the profile has no acts of its own; write it under acts first',
  ),
  'no-instants': said(
    '没有 kind 为 instant 的字段“{given}”；请先在类型或操作的 fields 中写明',
    '沒有 kind 為 instant 的欄位「{given}」；請先在類型或操作的 fields 中寫明',
    'there is no field "{given}" of kind instant; write it under fields of a type, or of the act, first',
  ),
  'not-an-instant': said(
    '字段“{given}”不是时刻，无法从它起算；请把它的 kind 改为 instant，或改用别的字段',
    '欄位「{given}」不是時刻，無法從它起算；請把它的 kind 改為 instant，或改用別的欄位',
    'the field "{given}" holds no instant, so nothing can be counted from it; make it kind: instant, or name another one',
  ),
  'from-stated': said(
    '由 deadline-agreed、deferred 或 milestone-set 启动的时钟以约定的时刻为期限；请删去 from，或改用别的启动时刻',
    '由 deadline-agreed、deferred 或 milestone-set 啟動的時鐘以約定的時刻為期限；請刪去 from，或改用別的啟動時刻',
    'a clock that deadline-agreed, deferred or milestone-set starts is due at the instant they bring; remove from, or start it otherwise',
  ),
  'share-of-nothing': said(
    '没有写 within 的时钟到字段中的时刻即到期，没有时限可取百分比；请写时长，例如 -PT1H，或补上 within',
    '沒有寫 within 的時鐘到欄位中的時刻即到期，沒有時限可取百分比；請寫時長，例如 -PT1H，或補上 within',
    'without within the promise is due at the instant in the field, and there is no target of which this would be a share; write a duration such as -PT1H, or within',
  ),
  'no-target': said(
    '缺少时限；请写 within，例如 PT4H，或每个优先级各写一个；按字段中的时刻到期的写 from',
    '缺少時限；請寫 within，例如 PT4H，或每個優先等級各寫一個；按欄位中的時刻到期的寫 from',
    'has no target; write within, such as PT4H, or one for each priority; or from, where it is due at the instant in a field',
  ),
  'milestones-among': said(
    '为部门里程碑计时的时钟只能由 milestone-set 启动；请删去其他启动时刻，或为它们另设时钟',
    '為部門里程碑計時的時鐘只能由 milestone-set 啟動；請刪去其他啟動時刻，或為它們另設時鐘',
    'a clock that milestone-set starts times each milestone by itself; remove the other starts, or give them a clock of their own',
  ),
  'two-targets': said(
    '由 deadline-agreed 或 deferred 启动的时钟以约定的时刻为期限；请删去 within，或改用别的启动时刻',
    '由 deadline-agreed 或 deferred 啟動的時鐘以約定的時刻為期限；請刪去 within，或改用別的啟動時刻',
    'a clock that deadline-agreed or deferred starts is due at the instant they bring; remove within, or start it otherwise',
  ),
  'target-missing': said(
    '没有优先级“{given}”的时限；请为每个优先级各写一个：{known}',
    '沒有優先等級「{given}」的時限；請為每個優先等級各寫一個：{known}',
    'has no target for priority "{given}"; write one for each of {known}',
  ),
  'unknown-reference': said(
    '本配置中没有“{given}”；现有：{known}',
    '本設定中沒有「{given}」；現有：{known}',
    'there is no "{given}" in this profile; there are {known}',
  ),
  nobody: said(
    '这一级没有通知任何人；请写明通知谁，例如 [handler] 或 [supervisor]',
    '這一級沒有通知任何人；請寫明通知誰，例如 [handler] 或 [supervisor]',
    'this level names nobody; say who hears of it, such as [handler] or [supervisor]',
  ),
  'no-readers': said(
    '没有写明收件人；请填写可以查看报告的角色，例如 [supervisor]',
    '沒有寫明收件人；請填寫可以檢視報告的角色，例如 [supervisor]',
    'names nobody who gets it; name roles that may read reports, such as [supervisor]',
  ),
  'nobody-scored': said(
    '没有写明考核对象；请填写 [person]、[team] 或两者',
    '沒有寫明考核對象；請填寫 [person]、[team] 或兩者',
    'names nobody who is scored; write [person], [team] or both',
  ),
  'no-judges': said(
    '没有写明由谁评定；请填写角色，例如 [quality]，或省略该项',
    '沒有寫明由誰評定；請填寫角色，例如 [quality]，或省略此項',
    'names nobody who judges; name roles, such as [quality], or leave it out',
  ),
  offset: said(
    '“{given}”不是偏移量；请写时限的百分比如 -25%、0%、+100%，或时长如 -PT3H、+PT30M',
    '「{given}」不是偏移量；請寫時限的百分比如 -25%、0%、+100%，或時長如 -PT3H、+PT30M',
    '"{given}" is no offset; write a share of the target such as -25%, 0% or +100%, or a duration such as -PT3H or +PT30M',
  ),
  repeat: said(
    '“{given}”不能作重复间隔；请写时限的百分比如 100%，或小时、分、秒如 PT4H，且大于零',
    '「{given}」不能作重複間隔；請寫時限的百分比如 100%，或小時、分、秒如 PT4H，且大於零',
    '"{given}" cannot be a repetition; write a share of the target such as 100%, or hours, minutes and seconds such as PT4H, more than nothing',
  ),
  'after-end': said(
    '“{given}”在时钟结束之后，永远不会触发；请写到期之前或到期时，例如 -50% 或 0%',
    '「{given}」在時鐘結束之後，永遠不會觸發；請寫到期之前或到期時，例如 -50% 或 0%',
    '"{given}" lies after the end of this clock and would never speak; write a time before it or at it, such as -50% or 0%',
  ),
  'wrong-audience': said(
    '同一级不能既通知客户又通知同事；通知客户请单独写一级，并用 notice 写明客户通知，例如 still-investigating',
    '同一級不能既通知客戶又通知同事；通知客戶請單獨寫一級，並用 notice 寫明客戶通知，例如 still-investigating',
    'customers and colleagues hear different things: give the customer a level of its own, with a notice for customers such as still-investigating',
  ),
  'notice-not-for-customers': said(
    '这一级通知客户，须用 notice 写明给客户的通知，例如 still-investigating',
    '這一級通知客戶，須用 notice 寫明給客戶的通知，例如 still-investigating',
    'this rung speaks to the customer: name a notice for customers, such as still-investigating',
  ),
  'notice-not-for-staff': said(
    '“{given}”是给客户的通知，这一级却只通知同事；请写 to: [customer]，或改用给同事的通知，例如 deadline-warning',
    '「{given}」是給客戶的通知，這一級卻只通知同事；請寫 to: [customer]，或改用給同事的通知，例如 deadline-warning',
    '"{given}" is a notice for customers and this rung speaks to colleagues: write to: [customer], or name a notice for colleagues such as deadline-warning',
  ),
  'reserved-level': said(
    '“{given}”是保留名称，请换一个，例如 missed',
    '「{given}」是保留名稱，請換一個，例如 missed',
    '"{given}" is a name of our own; choose another, such as missed',
  ),
  'times-alone': said(
    '写了次数却没有间隔；请补上 every，例如 PT4H，或删去 times',
    '寫了次數卻沒有間隔；請補上 every，例如 PT4H，或刪去 times',
    'says how often but not how soon; add every, such as PT4H, or remove times',
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
  unsigned: said(
    '“{given}”没有写明在到期之前还是之后；请写 -{given}（之前）或 +{given}（之后）',
    '「{given}」沒有寫明在到期之前還是之後；請寫 -{given}（之前）或 +{given}（之後）',
    '"{given}" says neither before nor after the due instant; write -{given} or +{given}',
  ),
  'before-start': said(
    '“{given}”在时钟启动之时或之前，永远不会触发；请写近于时限的偏移，例如 -50%',
    '「{given}」在時鐘啟動之時或之前，永遠不會觸發；請寫近於時限的偏移，例如 -50%',
    '"{given}" lies at the start of this clock or before it and would never speak; write less than the whole target, such as -50%',
  ),
  'repeats-after-end': said(
    '时钟到期即结束，“{given}”的重复落在其后，永远不会触发；请减少 times、缩短 every，或提前这一级',
    '時鐘到期即結束，「{given}」的重複落在其後，永遠不會觸發；請減少 times、縮短 every，或提前這一級',
    'this clock ends when it is due, and repetitions every "{given}" come after that; lower times, shorten every, or begin earlier',
  ),
} as const satisfies Readonly<Record<string, Labels>>
