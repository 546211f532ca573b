import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import { hoursBetween, plus, type Instant } from '../../../domain/instant.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import { invalid } from '../../../domain/rejection.ts'
import { defineCommand } from '../command.ts'
import type { TicketEvent } from '../events.ts'
import { factsOf } from '../../common/facts.ts'
import { satisfactionSchema, shortText } from '../../common/inputs.ts'
import type { TicketState } from '../state.ts'
import { handler } from '../availability.ts'
import { isLeftOut } from '../path.ts'
import type { Transitions } from '../transitions.ts'

/** 结案: the handler closes with the problem-resolution report 问题解决报告. */

export const close = defineCommand({
  name: 'close',
  labels: { 'zh-CN': '结案', 'zh-TW': '結案', en: 'Close' },
  summary:
    'Closes with the problem-resolution report: causes, solution, duration (computed), proof, satisfaction, knowledge-base document.',
  requirements: ['T11'],
  may: handler,
  stages: ['closing'],
  input: () =>
    z.strictObject({
      satisfaction: satisfactionSchema
        .optional()
        .describe('1–5; required unless the customer gave it when confirming, or was not asked to confirm'),
      proof: labelled(
        shortText
          .optional()
          .describe('proof of the verification; default: the proof given when confirming, else the recorded answer itself'),
        said('验证凭证', '驗證憑證', 'Proof'),
      ),
      article: labelled(shortText.optional().describe('knowledge-base document'), said('知识文章', '知識文章', 'Knowledge article')),
    }),
  decide({ state, policy, act }, { satisfaction = state.confirmation?.satisfaction ?? undefined, proof, article }) {
    // Who was not asked whether it is solved was not asked how satisfied they are either; the callback asks.
    if (satisfaction === undefined && state.confirmation !== null) return invalid({ path: 'satisfaction', code: 'required' })
    return [closure(state, policy, act.at, { satisfaction: satisfaction ?? null, proof: proof ?? null, article: article ?? null })]
  },
})

/** What follows once work is done about which the profile does not ask the customer: it is solved, and closed where no report is wanted. */
export function solved(state: TicketState, policy: Policy, at: Instant): TicketEvent[] {
  const closes = isLeftOut('closing', policy, factsOf(state))
  const closed = closes ? [closure({ ...state, resolvedAt: at }, policy, at, { satisfaction: null, proof: null })] : []
  return [{ type: 'resolved' }, ...closed]
}

/** The closing of a resolved ticket, with the figures of its report. */
export function closure(
  state: TicketState,
  policy: Policy,
  at: Instant,
  report: {
    readonly satisfaction: number | null
    readonly proof: string | null
    readonly article?: string | null
    readonly silence?: boolean
  },
): TicketEvent<'closed'> {
  return {
    type: 'closed',
    satisfaction: report.satisfaction,
    proof: report.proof,
    confirmation: state.confirmation?.seq ?? 0,
    completion: state.completion?.seq ?? 0,
    article: report.article ?? null,
    handler: state.assignee,
    durationHours: hoursBetween(state.assignedAt ?? state.submittedAt, state.resolvedAt ?? at),
    reopenableUntil: plus(at, policy.reopeningWindow),
    silence: report.silence ?? false,
  }
}

/** The closing of a ticket whose customer never answered (X3): no report, no callback, and to be reopened as any other. */
export function bySilence(state: TicketState, policy: Policy, at: Instant): TicketEvent<'closed'> {
  return closure(state, policy, at, { satisfaction: null, proof: null, silence: true })
}

export const transitions: Transitions<'resolved' | 'closed'> = {
  resolved: (_, event) => ({
    resolvedAt: event.occurredAt,
    callbackAttempts: 0,
    priorityChange: null,
  }),
  closed: (_, event) => ({
    stage: 'follow-up',
    closedAt: event.occurredAt,
    reopenableUntil: event.reopenableUntil,
    closedBySilence: event.silence,
    priorityChange: null,
  }),
}
