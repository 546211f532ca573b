import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import type { Deadline } from '../../process.ts'
import { knownClocks } from '../../../domain/profile/clocks.ts'
import { conflict, invalid } from '../../../domain/rejection.ts'
import { isOwed } from '../../common/promises.ts'
import { latest } from '../../common/cycles.ts'
import { defineCommand } from '../command.ts'
import type { TicketEvent } from '../events.ts'
import { longText, occurredAtSchema, reasonSchema, satisfactionSchema, shortText } from '../../common/inputs.ts'
import type { TicketState } from '../state.ts'
import { serviceDesk, staff, unresolvedStages } from '../availability.ts'
import { offered } from '../offered.ts'
import type { Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'

/** 回访与归档: the satisfaction callback, the reopening window, and the ways out of the path. */

export const callback = defineCommand({
  name: 'callback',
  labels: { 'zh-CN': '回访', 'zh-TW': '回訪', en: 'Call back' },
  summary: 'Records an attempt at the satisfaction callback. Unreached calls are repeated; the last one is recorded as finally unreached.',
  requirements: ['T12'],
  may: serviceDesk,
  stages: ['closing', 'follow-up'],
  input: () =>
    z.strictObject({
      reached: labelled(z.boolean().describe('whether the customer was reached'), said('是否接通', '是否接通', 'Reached')),
      satisfaction: satisfactionSchema.optional(),
      experience: labelled(
        longText.optional().describe("overall experience, in the customer's words"),
        said('整体体验', '整體體驗', 'Overall experience'),
      ),
      suggestions: labelled(longText.optional().describe('what the customer suggests'), said('意见和建议', '意見和建議', 'Suggestions')),
      effect: labelled(
        shortText.optional().describe('how the solution or rectification works in daily use'),
        said('使用效果', '使用成效', 'Effect in daily use'),
      ),
      occurredAt: occurredAtSchema,
    }),
  notBefore: (state) => state.resolvedAt ?? state.submittedAt,
  blocked: ({ state }) => (isOwed(latest(state.promises, knownClocks.callback)) ? undefined : conflict('callback-finished')),
  decide({ state, policy }, { reached, satisfaction, experience, suggestions, effect }) {
    const attempt = state.callbackAttempts + 1
    return [
      {
        type: 'called-back',
        reached,
        attempt,
        final: reached || attempt >= policy.callback.attempts,
        satisfaction: satisfaction ?? null,
        experience: experience ?? null,
        suggestions: suggestions ?? null,
        effect: effect ?? null,
      },
    ]
  },
})

export const fileArticle = defineCommand({
  name: 'file-article',
  labels: { 'zh-CN': '知识入库', 'zh-TW': '知識入庫', en: 'File article' },
  summary: 'Files the knowledge-base article of what was learnt, or says why none is needed.',
  requirements: ['T16'],
  may: { ...staff, quality: 'any' },
  stages: ['follow-up'],
  input: () =>
    z.strictObject({
      article: labelled(shortText.optional().describe('where the article is'), said('知识文章', '知識文章', 'Knowledge article')),
      unnecessary: labelled(
        reasonSchema.optional().describe('why none is needed'),
        said('无需入库的原因', '無需入庫的原因', 'Why none is needed'),
      ),
    }),
  blocked: ({ state }) => (isOwed(latest(state.promises, knownClocks.article)) ? undefined : conflict('article-finished')),
  decide(_, { article, unnecessary }) {
    if ((article === undefined) === (unnecessary === undefined))
      return invalid({ path: 'article', code: 'one-of-two', params: { other: 'unnecessary' } })
    return [{ type: 'article-filed', article: article ?? null, unnecessary: unnecessary ?? null }]
  },
})

export const reopen = defineCommand({
  name: 'reopen',
  labels: { 'zh-CN': '重新打开', 'zh-TW': '重新開啟', en: 'Reopen' },
  summary:
    'Takes a resolved ticket up again within the reopening window: the same handler goes on, with a new plan. Its open questions are part of that work again.',
  requirements: ['T10', 'X7'],
  may: { ...staff, customer: 'own' },
  stages: ['closing', 'follow-up'],
  input: () => z.strictObject({ reason: reasonSchema }),
  // Something owed keeps a ticket from the archive, not its window open.
  blocked: ({ state: { reopenableUntil, stage }, act }) =>
    reopenableUntil !== null && act.at > reopenableUntil ? conflict('ended', { command: 'reopen', stage }) : undefined,
  decide({ state, policy }, { reason }) {
    return [
      ...state.tasks.map(({ id }): TicketEvent => ({ type: 'task-finished', task: id, result: reason })),
      { type: 'reopened', reason, ...offered(policy) },
    ]
  },
})

export const withdraw = defineCommand({
  name: 'withdraw',
  labels: { 'zh-CN': '撤回', 'zh-TW': '撤回', en: 'Withdraw' },
  summary: 'The customer takes the request back. Everything promised is cancelled and the ticket ends.',
  requirements: ['X8'],
  may: { ...serviceDesk, customer: 'own' },
  stages: unresolvedStages,
  input: () => z.strictObject({ reason: reasonSchema }),
  decide: ({ state }, { reason }) => [...endOfWaiting(state), { type: 'withdrawn', reason }],
})

/**
 * A closed ticket is archived when its reopening window is over and nothing is owed any more: no promise, no task, and nobody looks into it. If those end after the window, archiving follows at once.
 */
export function archivingDeadlines(state: TicketState): Deadline[] {
  const { stage, reopenableUntil, settledAt, intervention } = state
  const isOwing = state.tasks.length > 0 || state.promises.some(isOwed) || Boolean(intervention)
  if (stage !== 'follow-up' || reopenableUntil === null || isOwing) return []
  const dueAt = settledAt !== null && settledAt > reopenableUntil ? settledAt : reopenableUntil
  return [{ clock: 'reopening', cycle: state.counts.reopenings + 1, level: 'end', dueAt, to: [], cancelledBy: ['reopen'] }]
}

export const transitions: Transitions<'called-back' | 'article-filed' | 'reopened' | 'withdrawn' | 'archived'> = {
  'called-back': (state, event) => ({
    callbackAttempts: event.attempt,
    settledAt: event.final ? event.at : state.settledAt,
  }),
  'article-filed': (_, event) => ({ settledAt: event.at }),
  reopened: (state) => ({
    stage: state.assignee === null ? 'assignment' : 'handling',
    completion: null,
    confirmation: null,
    confirmationAskedAt: null,
    resolvedAt: null,
    closedAt: null,
    reopenableUntil: null,
    closedBySilence: false,
    agreedDueAt: null,
    ...(state.counts.deferrals > 0 && { deferredTo: null }),
    replan: true,
    counts: { ...state.counts, reopenings: state.counts.reopenings + 1 },
  }),
  withdrawn: () => ({ stage: 'withdrawn', priorityChange: null }),
  archived: () => ({ stage: 'archived' }),
}
