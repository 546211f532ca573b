import { z } from 'zod'
import { plus, type Instant } from '../../../domain/instant.ts'
import { invalid } from '../../../domain/rejection.ts'
import { startPromise } from '../clocks.ts'
import { closure } from './closing.ts'
import { defineCommand } from '../command.ts'
import type { TicketEvent } from '../events.ts'
import { listedWord, longText, occurredAtSchema, satisfactionSchema, shortText } from '../inputs.ts'
import type { TicketState } from '../state.ts'
import { serviceDesk, type Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'

/** 客户确认: led by the service representative, the customer says solved, partly, or not. */

export const confirm = defineCommand({
  name: 'confirm',
  labels: { 'zh-CN': '客户确认', 'zh-TW': '客戶確認', en: 'Confirm' },
  summary:
    "Records the customer's answer: solved 解决满意, partly 基本解决仍有疑问 (the open question becomes a task), unsolved 未解决 (back to handling).",
  requirements: ['T10', 'T12'],
  may: { ...serviceDesk, customer: 'own' },
  stages: ['confirmation'],
  input: z.strictObject({
    outcome: z.enum(['solved', 'partly', 'unsolved']),
    channel: listedWord.describe('how the customer answered: a channel of the profile'),
    remark: shortText.optional().describe("the customer's words; required for `partly`"),
    satisfaction: satisfactionSchema.optional(),
    proof: shortText.optional().describe('where the proof is: a screenshot, a record of the answer'),
    occurredAt: occurredAtSchema,
  }),
  notBefore: (state) => state.confirmationAskedAt ?? state.submittedAt,
  decide({ state, policy, act }, { outcome, channel, remark, satisfaction, proof, occurredAt = act.at }) {
    if (!policy.channels.includes(channel)) return invalid({ path: 'channel', code: 'not-a-choice', params: { choices: policy.channels } })
    if (outcome === 'partly' && remark === undefined) return invalid({ path: 'remark', code: 'required-for-outcome', params: { outcome } })
    const confirmed: TicketEvent<'confirmed'> = {
      type: 'confirmed',
      outcome,
      channel,
      remark: remark ?? null,
      satisfaction: satisfaction ?? null,
      proof: proof ?? null,
      callbackDueAt: outcome === 'unsolved' ? null : plus(occurredAt, policy.callback.within),
    }
    const question: TicketEvent[] =
      outcome === 'partly' && remark !== undefined
        ? [{ type: 'task-opened', kind: 'open-question', text: remark, owner: state.representative }]
        : []
    return [...endOfWaiting(state), confirmed, ...question, ...closingWithoutReport(state, confirmed, occurredAt)]

    /** Where the profile wants no closing report, a positive answer closes the ticket. */
    function closingWithoutReport(before: TicketState, answer: TicketEvent<'confirmed'>, at: Instant): TicketEvent[] {
      if (policy.closingReport || answer.outcome === 'unsolved') return []
      const seq = before.version + endOfWaiting(before).length + 1
      return [
        closure(
          { ...before, resolvedAt: at, confirmation: { seq, at, outcome: answer.outcome, satisfaction: answer.satisfaction } },
          policy,
          act.at,
          { satisfaction: answer.satisfaction, proof: answer.proof },
        ),
      ]
    }
  },
})

export const finishTask = defineCommand({
  name: 'finish-task',
  labels: { 'zh-CN': '完成待办', 'zh-TW': '完成待辦', en: 'Finish task' },
  summary: 'Settles a task of the ticket, such as the question a partly satisfied customer left open.',
  requirements: ['T10'],
  may: { ...serviceDesk, engineer: 'own' },
  stages: ['closing', 'follow-up'],
  input: z.strictObject({ task: z.int().min(1).describe('id of the task, as the ticket lists it'), result: longText }),
  decide({ state }, { task, result }) {
    const open = state.tasks.map(({ id }) => id)
    if (!open.includes(task)) return invalid({ path: 'task', code: 'not-a-choice', params: { choices: open.map(String) } })
    return [{ type: 'task-finished', task, result }]
  },
})

export const transitions: Transitions<'confirmed' | 'task-opened' | 'task-finished'> = {
  confirmed(state, event) {
    if (event.callbackDueAt === null) {
      return {
        stage: 'handling',
        completion: null,
        replan: true,
        agreedDueAt: null,
        counts: { ...state.counts, unsolved: state.counts.unsolved + 1 },
      }
    }
    return {
      stage: 'closing',
      confirmation: { seq: event.seq, at: event.occurredAt, outcome: event.outcome, satisfaction: event.satisfaction },
      resolvedAt: event.occurredAt,
      callbackAttempts: 0,
      promises: startPromise(state.promises, 'callback', event.occurredAt, event.callbackDueAt),
    }
  },
  'task-opened': (state, event) => ({
    tasks: [...state.tasks, { id: event.seq, kind: event.kind, text: event.text, owner: event.owner, openedAt: event.at }],
  }),
  'task-finished': (state, event) => ({ settledAt: event.at, tasks: state.tasks.filter(({ id }) => id !== event.task) }),
}
