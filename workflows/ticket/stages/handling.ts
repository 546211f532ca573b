import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import { classify, findTerm } from '../../../domain/classification.ts'
import { inOneLine } from '../../../domain/line.ts'
import { instantSchema } from '../../../domain/instant.ts'
import type { Directory } from '../../../domain/people.ts'
import { holds } from '../../../domain/profile/conditions.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import { conflict, invalid, invalidIf } from '../../../domain/rejection.ts'
import { aheadError } from '../../common/ahead.ts'
import { factsOf } from '../../common/facts.ts'
import { solvingDeadline } from '../clocks.ts'
import { defineCommand } from '../command.ts'
import type { CollaborationRequest, TicketEvent } from '../events.ts'
import { listedWord, longText, occurredAtSchema, shortText, wordSchema } from '../../common/inputs.ts'
import type { TicketState } from '../state.ts'
import { handler, takesPart } from '../availability.ts'
import { leadingTo, pastHandling } from '../path.ts'
import type { Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'
import { solved } from './closing.ts'

/** 处理中: the handler plans, works, tells how it goes, and says when it is done. */

export const plan = defineCommand({
  name: 'plan',
  labels: { 'zh-CN': '提交解决方案', 'zh-TW': '提交解決方案', en: 'Plan' },
  summary: 'Files the solution plan 解决方案: kind, steps, estimated finish, and what other departments must contribute.',
  requirements: ['T7', 'T10', 'R7'],
  may: handler,
  stages: ['assignment', 'handling'],
  input: () =>
    z.strictObject({
      kind: listedWord('profile.planKinds', said('方案类型', '方案類型', 'Kind of plan')).describe(
        'code fix, configuration, guidance…: an id or label of the profile, or free words',
      ),
      steps: labelled(longText.describe('what is to be done'), said('处理步骤', '處理步驟', 'Steps')),
      estimatedFinishAt: labelled(instantSchema, said('预计完成时间', '預計完成時間', 'Estimated finish')),
      impact: labelled(
        shortText.optional().describe('what it means for the customer, and how that is kept small'),
        said('对客户的影响', '對客戶的影響', 'Impact on the customer'),
      ),
      departments: labelled(
        z
          .array(
            z.strictObject({
              department: labelled(wordSchema.describe('id of a team, or its name in words'), said('部门', '部門', 'Department'), {
                from: 'teams',
              }),
              contact: labelled(
                wordSchema.describe('who is asked there: id of a person, or a name'),
                said('联系人', '聯絡人', 'Contact person'),
                { from: 'people' },
              ),
              need: labelled(shortText.describe('what is needed of them'), said('协作事项', '協作事項', 'What is needed')),
            }),
          )
          .max(20)
          .default([])
          .describe('whom else it takes; they are told at once'),
        said('协作部门', '協作部門', 'Departments needed'),
      ),
    }),
  mentions: ({ departments }) => ({
    people: departments.map(({ contact }) => contact),
    teams: departments.map(({ department }) => department),
  }),
  decide(context, { kind, estimatedFinishAt, steps, impact, departments }) {
    const { policy, act, state } = context
    const unstated = impact === undefined && holds(policy.planImpact ?? false, factsOf(state))
    const unfit = invalidIf(
      aheadError('estimatedFinishAt', estimatedFinishAt, context),
      unstated ? { path: 'impact', code: 'required' } : undefined,
    )
    if (unfit) return unfit
    return [
      {
        type: 'planned',
        kind: findTerm(kind, policy.planKinds)?.id ?? kind,
        steps,
        estimatedFinishAt,
        ...(impact !== undefined && { impact }),
      },
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
  may: { ...takesPart, agent: 'any', service: 'any' },
  stages: ['handling', 'verification'],
  input: () =>
    z.strictObject({
      text: labelled(longText.describe('the progress'), said('进度说明', '進度說明', 'Progress')),
      visibleToCustomer: labelled(
        z.boolean().default(false).describe('whether the customer is told'),
        said('通知客户', '通知客戶', 'Tell the customer'),
      ),
      occurredAt: occurredAtSchema,
    }),
  decide: (_, { text, visibleToCustomer }) => [{ type: 'progress-updated', text, visibleToCustomer }],
})

export const complete = defineCommand({
  name: 'complete',
  labels: { 'zh-CN': '处理完成', 'zh-TW': '處理完成', en: 'Complete' },
  summary: 'Says the work is done: solution, direct and underlying cause, classification. Goes on to internal verification.',
  requirements: ['T9', 'T10', 'T11', 'T15', 'R11'],
  may: handler,
  stages: ['handling'],
  input: () =>
    z.strictObject({
      solution: labelled(longText.describe('how it was solved'), said('解决方法', '解決方法', 'Solution')),
      cause: labelled(
        z
          .strictObject({
            direct: labelled(shortText.describe('the direct cause'), said('直接原因', '直接原因', 'Direct cause')),
            underlying: labelled(shortText.describe('the root cause'), said('根本原因', '根本原因', 'Underlying cause')),
          })
          .describe('why the problem arose'),
        said('问题原因', '問題原因', 'Cause'),
      ),
      classification: labelled(
        z
          .strictObject({
            module: listedWord('profile.classification.modules', said('所属模块', '所屬模組', 'Module')).describe(
              'module: an id or label of the profile, or free words',
            ),
            type: listedWord('profile.types', said('问题类型', '問題類型', 'Type of problem')).describe('type of problem'),
            cause: listedWord('profile.classification.causes', said('原因类别', '原因類別', 'Kind of cause')).describe(
              'kind of cause: an id or label of the profile, or free words',
            ),
          })
          .describe('where the problem belongs'),
        said('问题归类', '問題歸類', 'Classification'),
      ),
      tags: labelled(
        z
          .array(inOneLine(z.string().max(80)))
          .max(20)
          .default([])
          .describe('words that say what the problem was'),
        said('标签', '標籤', 'Tags'),
      ),
    }),
  blocked({ state, policy }) {
    if (needsPlan(state, policy)) return conflict('plan-needed', { command: 'complete' })
    return isUnexplained(state, policy) ? conflict('delay-unexplained', { command: 'complete' }) : undefined
  },
  decide({ state, policy, act }, { solution, cause, classification, tags }) {
    const classified = classify({ ...classification, tags }, policy.classification)
    if (!classified.ok) return invalid(...classified.errors)
    const { tags: telling, ...axes } = classified.value
    const before = endOfWaiting(state)
    const next = pastHandling(policy, factsOf(state))
    const completed: TicketEvent = {
      ...{ type: 'completed', solution, cause, classification: axes, tags: telling },
      ...leadingTo(next, 'verification'),
    }
    const completion = { seq: state.version + before.length + 1, at: act.at, classification: axes }
    return [...before, completed, ...(next === 'closing' ? solved({ ...state, completion }, policy, act.at) : [])]
  },
})

/** Whether the work cannot be completed before a plan was filed (T7, T10). */
export function needsPlan({ plan, replan }: TicketState, { planBeforeCompletion }: Policy): boolean {
  return planBeforeCompletion !== 'never' && (replan || (planBeforeCompletion === 'always' && plan === null))
}

/** Whether the solution is overdue and nobody has said why, and until when, where the profile demands that (R11). */
export function isUnexplained(state: TicketState, policy: Policy): boolean {
  if (policy.deferral.explained !== true) return false
  const promise = solvingDeadline(state, policy)
  return promise?.state === 'broken' && (state.deferredTo ?? '') <= promise.dueAt
}

export const transitions: Transitions<'planned' | 'collaboration-requested' | 'progress-updated' | 'completed'> = {
  planned: (_, event) => ({
    plan: {
      kind: event.kind,
      estimatedFinishAt: event.estimatedFinishAt,
      at: event.at,
      ...(event.impact !== undefined && { impact: event.impact }),
    },
    agreedDueAt: event.estimatedFinishAt,
    replan: false,
  }),
  'collaboration-requested': () => ({}),
  'progress-updated': (state) => ({ counts: { ...state.counts, updates: state.counts.updates + 1 } }),
  completed: (_, event) => ({
    stage: event.next ?? 'verification',
    ...(event.next === 'confirmation' && { confirmationAskedAt: event.at }),
    completion: { seq: event.seq, at: event.at, classification: event.classification },
  }),
}
