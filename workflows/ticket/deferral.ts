import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { durationMs, instantSchema } from '../../domain/instant.ts'
import { conflict, invalid } from '../../domain/rejection.ts'
import { timeLeft } from '../common/promises.ts'
import { aheadError } from '../common/ahead.ts'
import { handler, unresolvedStages } from './availability.ts'
import { solvingDeadline } from './clocks.ts'
import { defineCommand } from './command.ts'
import { reasonSchema } from '../common/inputs.ts'
import type { Transitions } from './transitions.ts'

/**
 * 延期: who sees that a deadline will be missed says so in time, with the reason and a new one. The original promise stays
 * on record as kept or broken; the new one is measured by a clock of its own (T14).
 */

export const defer = defineCommand({
  name: 'defer',
  labels: { 'zh-CN': '延期', 'zh-TW': '延期', en: 'Defer' },
  summary:
    'Announces that the deadline will be missed: reason, kind of cause, new deadline. Customer and superior are told; announced too late, it is marked so.',
  requirements: ['T14', 'R11'],
  may: handler,
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      reason: reasonSchema,
      cause: labelled(
        z.enum(['objective', 'subjective']).describe('whether anybody could have helped it'),
        said('原因性质', '原因性質', 'Kind of cause'),
        { of: { objective: said('客观原因', '客觀原因', 'Objective'), subjective: said('主观原因', '主觀原因', 'Subjective') } },
      ),
      newDueAt: labelled(
        instantSchema.describe('the new deadline: an instant, ISO 8601 with offset or Z'),
        said('新期限', '新期限', 'New deadline'),
      ),
      customerTold: labelled(
        z.boolean().describe('whether the customer has been told in person already'),
        said('已告知客户', '已告知客戶', 'Customer told'),
      ),
    }),
  blocked: ({ state, policy }) => (solvingDeadline(state, policy) ? undefined : conflict('nothing-to-defer')),
  decide(context, { reason, cause, newDueAt, customerTold }) {
    const { state, policy, act } = context
    const error = aheadError('newDueAt', newDueAt, context)
    if (error) return invalid(error)
    const promise = solvingDeadline(state, policy)
    if (!promise) return conflict('nothing-to-defer')
    if (newDueAt <= promise.dueAt)
      return invalid({ path: 'newDueAt', code: 'not-later', params: { given: newDueAt, earliest: promise.dueAt } })
    const late = promise.state === 'broken' || timeLeft(promise, act.at, policy.calendar.calendar) < durationMs(policy.deferral.notice)
    return [{ type: 'deferred', reason, cause, previousDueAt: promise.dueAt, newDueAt, customerTold, late }]
  },
})

export const transitions: Transitions<'deferred'> = {
  deferred: (state, event) => ({
    agreedDueAt: event.newDueAt,
    deferredTo: event.newDueAt,
    counts: { ...state.counts, deferrals: state.counts.deferrals + 1 },
  }),
}
