import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { priorityError, type Policy } from '../../domain/profile/policy.ts'
import { conflict, forbidden, invalid, type Rejection } from '../../domain/rejection.ts'
import { handler, leads, unresolvedStages } from './availability.ts'
import { defineCommand, type TicketDecision } from './command.ts'
import type { TicketEvent } from './events.ts'
import { listedWord, reasonSchema, shortText } from '../common/inputs.ts'
import { withBroken } from './broken.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 优先级复核: whoever gets a ticket checks its priority; another one needs a reason and a supervisor's approval (S12). */

export const confirmPriority = defineCommand({
  name: 'confirm-priority',
  labels: { 'zh-CN': '确认优先级', 'zh-TW': '確認優先等級', en: 'Confirm priority' },
  summary: 'Says that the priority is right, after checking it against the written criterion.',
  requirements: ['S12'],
  may: handler,
  stages: unresolvedStages,
  input: () => z.strictObject({}),
  blocked: changePending,
  decide: ({ state }) => [{ type: 'priority-confirmed', priority: state.priority }],
})

export const requestPriorityChange = defineCommand({
  name: 'request-priority-change',
  labels: { 'zh-CN': '申请优先级变更', 'zh-TW': '申請優先等級變更', en: 'Request priority change' },
  summary: "Asks for another priority, with the reason. Until a supervisor approves, the old priority's clocks run on.",
  requirements: ['S12'],
  may: handler,
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      priority: listedWord('profile.priorities', said('申请的优先级', '申請的優先等級', 'Priority requested')).describe(
        'the priority wished for',
      ),
      reason: reasonSchema,
    }),
  blocked: changePending,
  decide({ state, policy }, { priority, reason }) {
    const refusal = unfit(priority, state, policy)
    if (refusal) return refusal
    return [{ type: 'priority-change-requested', priority, current: state.priority, reason }]
  },
})

export const decidePriorityChange = defineCommand({
  name: 'decide-priority-change',
  labels: { 'zh-CN': '审批优先级变更', 'zh-TW': '審核優先等級變更', en: 'Decide priority change' },
  summary:
    'Approves or refuses another priority. Approved, the new targets count from the original start; one that has passed by then is broken by the decision.',
  requirements: ['S12'],
  may: leads,
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      approve: labelled(z.boolean().describe('whether the ticket gets the priority wished for'), said('是否批准', '是否核准', 'Approve')),
      comment: labelled(shortText.optional().describe('why'), said('审批意见', '審核意見', 'Comment')),
    }),
  blocked: ({ state }) => (state.priorityChange ? undefined : conflict('no-change-pending')),
  decide({ state, policy, act }, { approve, comment }) {
    const { priorityChange } = state
    if (!priorityChange) return conflict('no-change-pending')
    // Four eyes: nobody approves what they asked for themselves.
    if (approve && priorityChange.by === act.actor.id) return forbidden('own-request', { command: 'decide-priority-change' })
    const { id: request, by: requestedBy, priority } = priorityChange
    const decided: TicketEvent = {
      type: 'priority-change-decided',
      request,
      requestedBy,
      approved: approve,
      priority,
      comment: comment ?? null,
    }
    return approve ? withBroken(decided, state, { priority }, { policy, at: act.at }) : [decided]
  },
})

export const transitions: Transitions<'priority-confirmed' | 'priority-change-requested' | 'priority-change-decided'> = {
  'priority-confirmed': () => ({}),
  'priority-change-requested': (_, event) => ({
    priorityChange: { id: event.seq, priority: event.priority, by: event.actor, at: event.at },
  }),
  'priority-change-decided': (state, event) => ({
    priorityChange: null,
    priority: event.approved ? event.priority : state.priority,
  }),
}

function unfit(priority: string, state: TicketState, policy: Policy): Rejection | undefined {
  const unlisted = priorityError(policy, priority)
  if (unlisted) return invalid(unlisted)
  return priority === state.priority ? conflict('same-priority', { priority }) : undefined
}

function changePending({ state: { priorityChange } }: TicketDecision): Rejection | undefined {
  return priorityChange ? conflict('change-pending', { priority: priorityChange.priority, person: priorityChange.by }) : undefined
}
