import { said, type Labels } from '../labels.ts'

/** What each warning says of a profile, and what helps; `{name}` is filled in. `{of}` says which tickets are meant where not all are. */
export const warningSentences = {
  'deadline-unnamed': {
    text: said(
      '没有写明哪个时钟是工单的解决期限；目前以会因“已解决”而停止的时钟推断：{known}',
      '沒有寫明哪個時鐘是工單的解決期限；目前以會因「已解決」而停止的時鐘推斷：{known}',
      'does not name the clock that is the deadline of a ticket; it is guessed from those that the solution stops: {known}',
    ),
    remedy: said('请写明，例如 deadline: {nearest}', '請寫明，例如 deadline: {nearest}', 'name it, for example deadline: {nearest}'),
  },
  'no-solution-clock': {
    text: said(
      '没有从登记计时、到解决为止的时钟{of}，工单可能一直不解决而无人收到提醒',
      '沒有從登記計時、到解決為止的時鐘{of}，工單可能一直未解決而無人收到提醒',
      'no clock runs from the registration to the solution{of}: such a ticket can stay unsolved without a reminder',
    ),
    remedy: said(
      '请添加以 submitted 开始、以 resolved 停止的时钟',
      '請新增以 submitted 開始、以 resolved 停止的時鐘',
      'add a clock that starts with submitted and stops with resolved',
    ),
  },
  'deferral-unwatched': {
    text: said(
      '延期后的新期限没有时钟计时并提醒同事{of}',
      '延期後的新期限沒有時鐘計時並提醒同事{of}',
      'no clock measures the deadline that a deferral announces and reminds a colleague of it{of}',
    ),
    remedy: said(
      '请添加以 deferred 开始的时钟，并在 ladder 中写明提醒谁',
      '請新增以 deferred 開始的時鐘，並在 ladder 中寫明提醒誰',
      'add a clock that starts with deferred, and say in its ladder who is reminded',
    ),
  },
  'wait-without-end': {
    text: said(
      '等待“{given}”时没有时钟计时并提醒同事{of}，工单可能一直等下去',
      '等待「{given}」時沒有時鐘計時並提醒同事{of}，工單可能一直等下去',
      'no clock measures a wait for "{given}" and reminds a colleague of it{of}: such a ticket can wait for ever',
    ),
    remedy: said(
      '请添加以 waiting-started:{given} 开始、以 waiting-ended 停止的时钟',
      '請新增以 waiting-started:{given} 開始、以 waiting-ended 停止的時鐘',
      'add a clock that starts with waiting-started:{given} and stops with waiting-ended',
    ),
  },
  'target-unused': {
    text: said(
      '时钟“{given}”没有自己的时限（within），类型“{nearest}”在 targets 里为它写的时限不起作用',
      '時鐘「{given}」沒有自己的時限（within），類型「{nearest}」在 targets 裡為它寫的時限不起作用',
      'the clock "{given}" has no target of its own (within), so what the type "{nearest}" says of it in targets has no effect',
    ),
    remedy: said(
      '请为时钟写 within，或从 targets 中删去“{given}”',
      '請為時鐘寫 within，或從 targets 中刪去「{given}」',
      'write within for the clock, or take "{given}" out of targets',
    ),
  },
  'rests-from-start': {
    text: said(
      '时钟在等待“{given}”时开始，又在等待“{given}”时暂停，永远不会到期',
      '時鐘在等待「{given}」時開始，又在等待「{given}」時暫停，永遠不會到期',
      'the clock starts when a ticket waits for "{given}" and rests while it does: it never falls due',
    ),
    remedy: said('请从 pauses 中删去“{given}”', '請從 pauses 中刪去「{given}」', 'take "{given}" out of pauses'),
  },
  'clock-unheard': {
    text: said(
      '时钟“{given}”不提醒任何同事{of}，超时也不会有人知道',
      '時鐘「{given}」不提醒任何同事{of}，逾時也不會有人知道',
      'the clock "{given}" reminds no colleague{of}: nobody hears when it is overdue',
    ),
    remedy: said(
      '请在 ladder 中添加一级，写明提醒谁，例如 at: 0%、to: [handler, lead]',
      '請在 ladder 中新增一級，寫明提醒誰，例如 at: 0%、to: [handler, lead]',
      'add a rung to its ladder, such as at: 0% with to: [handler, lead]',
    ),
  },
  'report-label-long': {
    text: said(
      '报告“{given}”的名称超过 {limit} 个字符，页眉、邮件主题和文件名放不下',
      '報告「{given}」的名稱超過 {limit} 個字元，頁首、郵件主旨和檔名放不下',
      'the label of the report "{given}" has more than {limit} characters: page heads, mail subjects and file names have no room for it',
    ),
    remedy: said(
      '请缩短名称，说明可写在章节标题中',
      '請縮短名稱，說明可寫在章節標題中',
      'shorten it; what explains it can stand in the heading of a section',
    ),
  },
  'cut-off-unused': {
    text: said(
      '报告“{given}”不是日报，cutOff 不起作用',
      '報告「{given}」不是日報，cutOff 不起作用',
      'the report "{given}" is not made every day, so cutOff does nothing',
    ),
    remedy: said('请删去 cutOff，或改为 every: day', '請刪去 cutOff，或改為 every: day', 'leave cutOff out, or say every: day'),
  },
  'calendar-missing': {
    text: said(
      '没有工作日历“{given}”；现有：{known}',
      '沒有工作日曆「{given}」；現有：{known}',
      'there is no working calendar "{given}"; there are: {known}',
    ),
    remedy: said('请先安装该日历，或填写现有的', '請先安裝該日曆，或填寫現有的', 'install it first, or name one that there is'),
  },
  'announced-ended': {
    text: said(
      '已安装、原定 {at} 起生效的版本 {given} 将不再生效：生效日期已到的版本中，以版本号最高者为准',
      '已安裝、原定 {at} 起生效的版本 {given} 將不再生效：生效日期已到的版本中，以版本號最高者為準',
      'version {given}, which is installed and was to come into force on {at}, never will: of the versions whose day has come the highest counts',
    ),
    remedy: said(
      '请将版本 {given} 的内容连同本次改动，以版本号 {nearest} 和原生效日期再次安装',
      '請將版本 {given} 的內容連同本次改動，以版本號 {nearest} 和原生效日期再次安裝',
      'install what version {given} says, with this change, once more as version {nearest} with its day',
    ),
  },
  'team-missing': {
    text: said('没有团队“{given}”；现有：{known}', '沒有團隊「{given}」；現有：{known}', 'there is no team "{given}"; there are: {known}'),
    remedy: said('请先添加该团队，或填写现有的', '請先新增該團隊，或填寫現有的', 'add it first, or name one that there is'),
  },
  'team-without-people': {
    text: said(
      '团队“{given}”没有能收到通知的成员，派给它的工单无人处理',
      '團隊「{given}」沒有能收到通知的成員，派給它的工單無人處理',
      'nobody in the team "{given}" can be reached by mail: nobody takes up the tickets that it gets',
    ),
    remedy: said(
      '请为该团队添加有邮箱的在职成员，或改派其他团队',
      '請為該團隊新增有電子郵件信箱的在職成員，或改派其他團隊',
      'add active members with an address to it, or send the tickets to another team',
    ),
  },
  'place-empty': {
    text: said(
      '团队“{given}”的{place}无人担任或无法收到通知，本应通知该岗位的提醒将转给{instead}',
      '團隊「{given}」的{place}無人擔任或無法收到通知，本應通知該職位的提醒將轉給{instead}',
      'the team "{given}" has no {place} who can be reached by mail: what is meant for that place goes to the {instead}',
    ),
    remedy: said('请为该团队指定{place}', '請為該團隊指定{place}', 'name a {place} for the team'),
  },
  'nobody-at-last': {
    text: said(
      '没有能收到通知的管理员：各级都无人时，提醒会丢失',
      '沒有能收到通知的管理員：各級都無人時，提醒會遺失',
      'no administrator can be reached by mail: where nobody else is there, reminders are lost',
    ),
    remedy: said('请添加一名有邮箱的在职管理员', '請新增一名有電子郵件信箱的在職管理員', 'add an active administrator with an address'),
  },
} as const satisfies Readonly<Record<string, { readonly text: Labels; readonly remedy: Labels }>>

export type WarningCode = keyof typeof warningSentences

export const warningCodes = Object.keys(warningSentences).filter((code): code is WarningCode => Object.hasOwn(warningSentences, code))
