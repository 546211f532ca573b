import { said, type Labels } from '../../domain/labels.ts'
import { isAmong, waitMoment, type Moment } from '../../domain/profile/moments.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { Instant } from '../../domain/instant.ts'
import { milestonePromised } from '../../domain/milestones.ts'
import { isOwed } from '../common/promises.ts'
import { isUnresolved } from './availability.ts'
import { clockOf } from '../common/terms.ts'
import { openMilestones } from './milestones.ts'
import { ticketProcess } from './process.ts'
import type { TicketState } from './state.ts'

/**
 * What nobody watches: something was said or is owed, and no clock will remind anybody of it (X5, X13). Promises that somebody
 * can forget are shown with what helps.
 */
export interface Unwatched {
  readonly reason: UnwatchedReason
  /** Since when it waits, or until when it was announced; null where there is no such instant. */
  readonly at: Instant | null
}

export function unwatched(state: TicketState, policy: Policy): Unwatched[] {
  const found: (Unwatched | undefined)[] = [
    unansweredQuery(state, policy) ?? endlessWait(state, policy),
    forgottenDeferral(state, policy),
    openTask(state, policy),
    openIntervention(state, policy),
    untimedMilestone(state),
  ]
  const some = found.filter((one) => one !== undefined)
  return some.length === 0 && nothingAhead(state, policy) ? [{ reason: 'nothing-ahead', at: null }] : some
}

/** Reasons with what is wrong and what helps. */
export const unwatchedReasons = {
  'wait-without-end': {
    text: said(
      '工单已挂起等待，既没有写明等到何时，也没有时钟计时，到时不会有人收到提醒',
      '工單已掛起等待，既沒有寫明等到何時，也沒有時鐘計時，屆時不會有人收到提醒',
      'The ticket waits without an end, and no clock measures the wait: nobody will be reminded',
    ),
    remedy: said(
      '请先恢复处理；如仍需等待，请重新挂起并填写等到何时',
      '請先恢復處理；若仍需等待，請重新掛起並填寫等到何時',
      'Resume the work; if it must still wait, wait again and say until when',
    ),
  },
  'deferral-without-clock': {
    text: said(
      '延期后的新期限没有时钟计时，到期时不会有人收到提醒',
      '延期後的新期限沒有時鐘計時，到期時不會有人收到提醒',
      'No clock measures the deadline that was announced with the deferral: nobody will be reminded of it',
    ),
    remedy: said(
      '请在新期限之前自行跟进，并请管理员在流程配置中添加以延期（deferred）开始的时钟',
      '請在新期限之前自行跟進，並請管理員在流程設定中新增以延期（deferred）開始的時鐘',
      'See to it yourself before that deadline, and ask the administrator for a clock that starts with `deferred` in the profile',
    ),
  },
  'task-without-clock': {
    text: said(
      '工单还有未完成的待办，但没有时钟计时，不会有人收到提醒',
      '工單還有未完成的待辦，但沒有時鐘計時，不會有人收到提醒',
      'A task of the ticket is open, and no clock measures it: nobody will be reminded of it',
    ),
    remedy: said('请完成待办并记录结果', '請完成待辦並記錄結果', 'Do the task and record its result'),
  },
  'query-without-clock': {
    text: said(
      '服务台尚未答复处理人的疑问，也没有时钟计时，不会有人收到提醒',
      '服務台尚未答覆處理人的疑問，也沒有時鐘計時，不會有人收到提醒',
      'The service desk has not answered what the handler asked, and no clock measures it: nobody will be reminded',
    ),
    remedy: said(
      '请答复疑问；管理员可在流程配置中添加以疑问退回（queried）开始的时钟',
      '請答覆疑問；管理員可在流程設定中新增以疑問退回（queried）開始的時鐘',
      'Answer the question; an administrator can have a clock start with `queried` in the profile',
    ),
  },
  'intervention-without-clock': {
    text: said(
      '介入调查尚未结束，也没有时钟计时，不会有人收到提醒',
      '介入調查尚未結束，也沒有時鐘計時，不會有人收到提醒',
      'An intervention is open, and no clock measures it: nobody will be reminded of it',
    ),
    remedy: said(
      '请结束介入并写明结果；管理员可在流程配置中添加以介入调查（intervened）开始的时钟',
      '請結束介入並寫明結果；管理員可在流程設定中新增以介入調查（intervened）開始的時鐘',
      'Close it and say what came of it; an administrator can have a clock start with `intervened` in the profile',
    ),
  },
  'milestone-without-clock': {
    text: said(
      '部门里程碑尚未完成，也没有时钟计时，不会有人收到提醒',
      '部門里程碑尚未完成，也沒有時鐘計時，不會有人收到提醒',
      'A milestone of a department is open, and no clock measures it: nobody will be reminded of it',
    ),
    remedy: said(
      '请跟进该里程碑并提交完成情况；管理员可在流程配置中添加以设定里程碑（milestone-set）开始的时钟',
      '請追蹤該里程碑並提交完成情況；管理員可在流程設定中新增以設定里程碑（milestone-set）開始的時鐘',
      'See that it is reached and reported; an administrator can have a clock start with `milestone-set` in the profile',
    ),
  },
  'nothing-ahead': {
    text: said(
      '工单尚未结案，但今后不会再有任何提醒或升级通知',
      '工單尚未結案，但今後不會再有任何提醒或升級通知',
      'The ticket is not closed, and no reminder or escalation is ahead: nobody will hear of it any more',
    ),
    remedy: said(
      '请完成下一步（见 allowed）；处理中如需更多时间，请延期并告知新期限',
      '請完成下一步（見 allowed）；處理中若需更多時間，請延期並告知新期限',
      'Take the next step (see allowed); while it is being solved, defer it if it takes longer, and say until when',
    ),
  },
} as const satisfies Readonly<Record<string, { readonly text: Labels; readonly remedy: Labels }>>

export type UnwatchedReason = keyof typeof unwatchedReasons

export const unwatchedReasonNames = Object.keys(unwatchedReasons).filter((key): key is UnwatchedReason =>
  Object.hasOwn(unwatchedReasons, key),
)

/** A wait that says no end, unless a clock counts since it began; a question to colleagues is told as one. */
function endlessWait({ waiting, query, promises }: TicketState, policy: Policy): Unwatched | undefined {
  if (waiting === null || waiting.until !== null || query) return undefined
  const began = waitMoment('waiting-started', waiting.for)
  return isMeasured(promises, began, policy) ? undefined : { reason: 'wait-without-end', at: waiting.since }
}

function unansweredQuery({ query, promises }: TicketState, policy: Policy): Unwatched | undefined {
  return query && !isMeasured(promises, 'queried', policy) ? { reason: 'query-without-clock', at: query.at } : undefined
}

function openIntervention({ intervention, promises }: TicketState, policy: Policy): Unwatched | undefined {
  return intervention && !isMeasured(promises, 'intervened', policy)
    ? { reason: 'intervention-without-clock', at: intervention.at }
    : undefined
}

/** None times it: the profile has no such clock, or it was open when the ticket was solved and opened again. */
function untimedMilestone(state: TicketState): Unwatched | undefined {
  if (!isUnresolved(state.stage)) return undefined
  const timed = new Set(state.promises.filter(isOwed).map(({ clock }) => milestonePromised(clock)?.milestone))
  const [first] = openMilestones(state)
    .filter(({ id }) => !timed.has(id))
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))
  return first && { reason: 'milestone-without-clock', at: first.dueAt }
}

/** Whether a clock runs that began with that. */
function isMeasured(promises: TicketState['promises'], moment: Moment, policy: Policy): boolean {
  return promises.some((promise) => isOwed(promise) && isAmong(moment, clockOf(policy, promise.clock)?.starts ?? []))
}

function forgottenDeferral(state: TicketState, policy: Policy): Unwatched | undefined {
  const dueAt = deferredTo(state)
  if (dueAt === null || !isUnresolved(state.stage)) return undefined
  return isMeasured(state.promises, 'deferred', policy) ? undefined : { reason: 'deferral-without-clock', at: dueAt }
}

/** The deadline last announced by a deferral. */
function deferredTo({ deferredTo: announced, counts, agreedDueAt, plan }: TicketState): Instant | null {
  if (announced !== undefined) return announced
  // Deferred before that was kept: what was agreed upon last and is not the plan's own estimate.
  return counts.deferrals > 0 && agreedDueAt !== plan?.estimatedFinishAt ? agreedDueAt : null
}

/** Something owed to a customer whose ticket is otherwise done with. */
function openTask(state: TicketState, policy: Policy): Unwatched | undefined {
  const [first] = state.tasks
  if (!first || isUnresolved(state.stage) || hasAhead(state, policy)) return undefined
  return { reason: 'task-without-clock', at: first.openedAt }
}

function nothingAhead(state: TicketState, policy: Policy): boolean {
  return (isUnresolved(state.stage) || state.stage === 'closing') && !hasAhead(state, policy)
}

function hasAhead(state: TicketState, policy: Policy): boolean {
  return ticketProcess.deadlines(state, policy).length > 0
}
