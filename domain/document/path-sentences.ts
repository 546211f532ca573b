import { said, type Labels } from '../labels.ts'

/** The sentences about a path whose stages do not agree with the rest of a profile; see `sentences.ts`. */
export const pathSentences = {
  'review-without-triage': said(
    '工单跳过诊断阶段（triage），不会有紧急评审；请改为 false，或保留该阶段',
    '工單略過診斷階段（triage），不會有緊急評審；請改為 false，或保留該階段',
    'tickets pass over triage, so there is no emergency review; write false, or keep that stage',
  ),
  'stage-needed': said(
    '“{given}”不能跳过：工单要在这里找到处理人、得到处理或可以重新打开；可以跳过的有：{known}',
    '「{given}」不能略過：工單要在這裡找到處理人、得到處理或可以重新開啟；可以略過的有：{known}',
    '"{given}" cannot be left out: there tickets find their handler, are worked on, or can be reopened; remove leftOut. Those that can: {known}',
  ),
  'left-out-twice': said(
    'stages 已写明何时跳过 {known}；同一件事只能写一处，请删去这一项，在 stages 中写明',
    'stages 已寫明何時略過 {known}；同一件事只能寫一處，請刪去這一項，在 stages 中寫明',
    'stages says already when {known} is left out, and nothing may be said in two places; remove this key and say it in stages',
  ),
  'never-starts': said(
    '阶段“{at}”已跳过，这个时钟不会启动；请去掉这个时钟，或改用仍会发生的启动时刻，或保留该阶段',
    '階段「{at}」已略過，這個時鐘不會啟動；請去掉這個時鐘，或改用仍會發生的啟動時刻，或保留該階段',
    'this clock would never start, since the stage {at} is left out; remove the clock, start it at a moment that still comes, or keep the stage',
  ),
  'moment-left-out': said(
    '阶段“{at}”已跳过，“{given}”不会发生；请改用仍会发生的时刻，例如 resolved，或保留该阶段',
    '階段「{at}」已略過，「{given}」不會發生；請改用仍會發生的時刻，例如 resolved，或保留該階段',
    '"{given}" never comes, since the stage {at} is left out; name a moment that still comes, such as resolved, or keep the stage',
  ),
  'may-never-stop': said(
    '工单跳过阶段“{at}”时，这个时钟一旦启动就不会停；请在 stops 中再写一个仍会发生的时刻，例如 resolved',
    '工單略過階段「{at}」時，這個時鐘一旦啟動就不會停；請在 stops 中再寫一個仍會發生的時刻，例如 resolved',
    'for tickets that pass over the stage {at} this clock would never stop: name in stops a moment that still comes, too, such as resolved',
  ),
} as const satisfies Readonly<Record<string, Labels>>
