import { z } from 'zod'
import { classify, findTerm } from '../../../domain/classification.ts'
import { inOneLine } from '../../../domain/line.ts'
import { instantSchema } from '../../../domain/instant.ts'
import type { Directory } from '../../../domain/people.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import { conflict, invalid } from '../../../domain/rejection.ts'
import { aheadError } from '../ahead.ts'
import { defineCommand } from '../command.ts'
import type { CollaborationRequest } from '../events.ts'
import { listedWord, longText, occurredAtSchema, shortText, wordSchema } from '../../common/inputs.ts'
import type { TicketState } from '../state.ts'
import { handler } from '../availability.ts'
import type { Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'

/** 处理中: the handler plans, works, tells how it goes, and says when it is done. */

export const plan = defineCommand({
  name: 'plan',
  labels: { 'zh-CN': '提交解决方案', 'zh-TW': '提交解決方案', en: 'Plan' },
  summary: 'Files the solution plan 解决方案: kind, steps, estimated finish, and what other departments must contribute.',
  requirements: ['T7', 'T10'],
  may: handler,
  stages: ['assignment', 'handling'],
  input: () =>
    z.strictObject({
      kind: listedWord.describe('code fix, configuration, guidance…: an id or label of the profile, or free words'),
      steps: longText.describe('what is to be done'),
      estimatedFinishAt: instantSchema,
      departments: z
        .array(
          z.strictObject({
            department: wordSchema.describe('id of a team, or its name in words'),
            contact: wordSchema.describe('who is asked there: id of a person, or a name'),
            need: shortText.describe('what is needed of them'),
          }),
        )
        .max(20)
        .default([])
        .describe('whom else it takes; they are told at once'),
    }),
  mentions: ({ departments }) => ({
    people: departments.map(({ contact }) => contact),
    teams: departments.map(({ department }) => department),
  }),
  decide(context, { kind, estimatedFinishAt, steps, departments }) {
    const { policy, act } = context
    const error = aheadError('estimatedFinishAt', estimatedFinishAt, context)
    if (error) return invalid(error)
    return [
      { type: 'planned', kind: findTerm(kind, policy.planKinds)?.id ?? kind, steps, estimatedFinishAt },
      ...departments.map((need) => ({
        type: 'collaboration-requested' as const,
        ...need,
        finishAt: estimatedFinishAt,
        informed: informedOf(need, act.directory),
      })),
    ]
  },
})

/** Who can be written to: the contact, else whoever leads the department, else our own representative, who asks them. */
function informedOf(
  need: { readonly department: string; readonly contact: string },
  { people, teams }: Directory,
): CollaborationRequest['informed'] {
  if (Object.hasOwn(people, need.contact)) return 'contact'
  return teams.includes(need.department) ? 'lead' : 'representative'
}

export const updateProgress = defineCommand({
  name: 'update-progress',
  labels: { 'zh-CN': '更新进度', 'zh-TW': '更新進度', en: 'Update progress' },
  summary: 'Tells how the work goes; the customer hears it too when marked so.',
  requirements: ['T8'],
  may: { ...handler, agent: 'any', service: 'any' },
  stages: ['handling', 'verification'],
  input: () =>
    z.strictObject({
      text: longText.describe('the progress'),
      visibleToCustomer: z.boolean().default(false).describe('whether the customer is told'),
      occurredAt: occurredAtSchema,
    }),
  decide: (_, { text, visibleToCustomer }) => [{ type: 'progress-updated', text, visibleToCustomer }],
})

export const complete = defineCommand({
  name: 'complete',
  labels: { 'zh-CN': '处理完成', 'zh-TW': '處理完成', en: 'Complete' },
  summary: 'Says the work is done: solution, direct and underlying cause, classification. Goes to internal verification.',
  requirements: ['T9', 'T10', 'T11', 'T15'],
  may: handler,
  stages: ['handling'],
  input: () =>
    z.strictObject({
      solution: longText.describe('how it was solved'),
      cause: z
        .strictObject({ direct: shortText.describe('the direct cause'), underlying: shortText.describe('the root cause') })
        .describe('why the problem arose'),
      classification: z
        .strictObject({
          module: listedWord.describe('module: an id or label of the profile, or free words'),
          type: listedWord.describe('type of problem'),
          cause: listedWord.describe('kind of cause: an id or label of the profile, or free words'),
        })
        .describe('where the problem belongs'),
      tags: z
        .array(inOneLine(z.string().max(80)))
        .max(20)
        .default([])
        .describe('words that say what the problem was'),
    }),
  blocked: ({ state, policy }) => (needsPlan(state, policy) ? conflict('plan-needed', { command: 'complete' }) : undefined),
  decide({ state, policy }, { solution, cause, classification, tags }) {
    const classified = classify({ ...classification, tags }, policy.classification)
    if (!classified.ok) return invalid(...classified.errors)
    const { tags: telling, ...axes } = classified.value
    return [...endOfWaiting(state), { type: 'completed', solution, cause, classification: axes, tags: telling }]
  },
})

/** Whether the work cannot be completed before a plan was filed (T7, T10). */
export function needsPlan({ plan, replan }: TicketState, { planBeforeCompletion }: Policy): boolean {
  return planBeforeCompletion !== 'never' && (replan || (planBeforeCompletion === 'always' && plan === null))
}

export const transitions: Transitions<'planned' | 'collaboration-requested' | 'progress-updated' | 'completed'> = {
  planned: (_, event) => ({
    plan: { kind: event.kind, estimatedFinishAt: event.estimatedFinishAt, at: event.at },
    agreedDueAt: event.estimatedFinishAt,
    replan: false,
  }),
  'collaboration-requested': () => ({}),
  'progress-updated': (state) => ({ counts: { ...state.counts, updates: state.counts.updates + 1 } }),
  completed: (_, event) => ({
    stage: 'verification',
    completion: { seq: event.seq, at: event.at, classification: event.classification },
  }),
}
