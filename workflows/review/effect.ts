import { z } from 'zod'
import { instantSchema, plus } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict } from '../../domain/rejection.ts'
import { effectOf } from '../../domain/reviews/effect.ts'
import { longText, reasonSchema } from '../common/inputs.ts'
import type { Ask } from '../process.ts'
import { defineCommand, leading, notLeading } from './command.ts'
import type { EffectChecked, RecordedReviewEvent } from './events.ts'
import { openReviewStages } from './stages.ts'
import { openActions, type ReviewState } from './state.ts'

/** 效果验证: whether what was done had an effect, and how the review ends. */

export const checkEffect = defineCommand({
  name: 'check-effect',
  labels: said('验证效果', '驗證效果', 'Check effect'),
  summary: 'Has the effect looked at now, and not only on its day: tickets of the classification per 100, before and after.',
  requirements: ['T17'],
  may: leading,
  stages: ['effect'],
  input: () => z.strictObject({}),
  blocked: notLeading,
  decide: () => [{ type: 'check-asked' }],
})

const spanSchema = z
  .strictObject({
    from: labelled(instantSchema, said('开始', '開始', 'From')),
    until: labelled(instantSchema, said('结束', '結束', 'Until')),
    tickets: labelled(z.int().min(0), said('工单数', '工單數', 'Tickets')),
    hits: labelled(z.int().min(0), said('该类工单数', '該類工單數', 'Tickets of the classification')),
  })
  .nullable()

/** What was counted. */
export const noteEffect = defineCommand({
  name: 'note-effect',
  labels: said('记录效果', '記錄效果', 'Note effect'),
  summary: 'Notes how often the classification was seen before and after. Without effect the analysis begins anew.',
  requirements: ['T17'],
  may: {},
  stages: ['effect'],
  input: () =>
    z.strictObject({
      before: labelled(spanSchema, said('改进前', '改善前', 'Before')),
      after: labelled(spanSchema, said('改进后', '改善後', 'After')),
    }),
  decide({ state, policy, act }, { before, after }) {
    const { atLeast, effectAfter, analysisWithin, closingWithin } = policy.reviews
    const outcome = before === null || after === null ? 'unclear' : effectOf(before, after, atLeast)
    const planned = state.checkAt !== null && state.checkAt > act.at ? state.checkAt : plus(act.at, effectAfter)
    return [
      {
        type: 'effect-checked',
        outcome,
        before,
        after,
        // Without a classification no later look would tell more: whoever leads it ends it.
        checkAt: outcome === 'unclear' && before !== null ? planned : null,
        analyseBy: outcome === 'ineffective' ? plus(act.at, analysisWithin) : null,
        closeBy: outcome === 'effective' || before === null ? plus(act.at, closingWithin) : null,
      } satisfies { readonly type: 'effect-checked' } & EffectChecked,
    ]
  },
})

export const close = defineCommand({
  name: 'close',
  labels: said('结束复盘', '結束檢討', 'Close'),
  summary: 'Ends the review with what is to be remembered of it. Its effect was looked at before.',
  requirements: ['T17'],
  may: leading,
  stages: ['effect'],
  input: () =>
    z.strictObject({ conclusion: labelled(longText.describe('what is to be remembered'), said('复盘结论', '檢討結論', 'Conclusion')) }),
  blocked: (context) => notLeading(context) ?? (context.state.outcome === null ? conflict('effect-unchecked', {}) : undefined),
  decide: (_, { conclusion }) => [{ type: 'closed', conclusion }],
})

export const abandon = defineCommand({
  name: 'abandon',
  labels: said('终止复盘', '終止檢討', 'Abandon'),
  summary: 'Ends a review that is not wanted, and says why. Open actions end with it.',
  requirements: ['T17'],
  may: { supervisor: 'any', 'department-lead': 'any', quality: 'any', management: 'any' },
  stages: openReviewStages,
  input: () => z.strictObject({ reason: reasonSchema }),
  decide: (_, { reason }) => [{ type: 'abandoned', reason }],
})

export const compareKind = 'compare'

/** On its day, or when somebody wants to know, the effect is looked at; of the answer's instant. */
export function effectAsks(event: RecordedReviewEvent, state: ReviewState): Ask[] {
  const isDue = event.type === 'check-asked' || (event.type === 'promise-lapsed' && event.clock === 'effect')
  const { since, openedAt, compared, classification } = state
  if (!isDue || since === null || state.stage !== 'effect' || openActions(state).length > 0) return []
  return [{ kind: compareKind, question: { number: state.number, openedAt, since, classification: compared ?? classification } }]
}
