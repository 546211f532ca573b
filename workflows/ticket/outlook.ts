import type { Policy } from '../../domain/profile/policy.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import { knownClocks } from '../../domain/profile/clocks.ts'
import { inOrder } from '../deadline-order.ts'
import { allowedCommands as allowedInProcess } from '../engine.ts'
import type { Deadline } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import { isOwed } from '../common/promises.ts'
import { latest } from '../common/cycles.ts'
import { ticketProcess } from './process.ts'
import { isUnexplained, needsPlan } from './stages/handling.ts'
import type { TicketState } from './state.ts'

/** The answers every ticket owes (X5): which stage, who has it, what was promised, what happens next and when, and what would cancel that. */
export interface Outlook {
  readonly stage: string
  readonly holder: string | null
  readonly waiting: TicketState['waiting']
  readonly promises: readonly PromiseState[]
  /** What happens if nobody acts, soonest first. */
  readonly next: readonly Deadline[]
  /** Commands that move the ticket along from here. */
  readonly steps: readonly string[]
}

export function outlook(state: TicketState, policy: Policy): Outlook {
  return {
    stage: state.stage,
    holder: state.assignee,
    waiting: state.waiting,
    promises: state.promises,
    next: inOrder(ticketProcess.deadlines(state, policy)),
    steps: stepsFrom(state, policy),
  }
}

/** Commands the actor may give now: those that some input would carry out. */
export function allowedCommands(state: TicketState, actor: Actor, policy: Policy, now: Instant): string[] {
  return allowedInProcess(ticketProcess, state, policy, { actor, at: now })
}

function stepsFrom(state: TicketState, policy: Policy): readonly string[] {
  if (state.waiting) return [state.query ? 'answer-query' : 'resume']
  switch (state.stage) {
    case 'intake':
      return ['review-intake']
    case 'triage':
      return [...(state.diagnosis ? [] : ['diagnose']), ...(state.reviewMeetingNeeded ? ['record-review-meeting'] : [])]
    case 'assignment':
      return state.assignee === null ? ['assign', 'claim'] : ['accept']
    case 'handling':
      if (needsPlan(state, policy)) return ['plan']
      if (isUnexplained(state, policy)) return ['defer', 'update-progress']
      // Where the work goes without plans nobody is sent to write one.
      return policy.planBeforeCompletion === 'never' || (state.plan && !state.replan)
        ? ['update-progress', 'complete']
        : ['plan', 'complete']
    case 'verification':
      return ['verify']
    case 'confirmation':
      return ['confirm']
    case 'closing':
      return ['close', ...owed(state)]
    case 'follow-up':
      return owed(state)
    default:
      return []
  }
}

function owed(state: TicketState): string[] {
  const isPromised = (clock: string) => isOwed(latest(state.promises, clock))
  return [
    ...(isPromised(knownClocks.callback) ? ['callback'] : []),
    ...(isPromised(knownClocks.article) && state.stage === 'follow-up' ? ['file-article'] : []),
    ...(state.tasks.length > 0 ? ['finish-task'] : []),
  ]
}
