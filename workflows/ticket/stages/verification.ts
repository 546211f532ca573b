import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import { invalid } from '../../../domain/rejection.ts'
import { defineCommand } from '../command.ts'
import { factsOf } from '../../common/facts.ts'
import { longText, wordSchema } from '../../common/inputs.ts'
import { handler } from '../availability.ts'
import { leadingTo, pastVerification } from '../path.ts'
import type { Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'
import { solved } from './closing.ts'

/** 内部验证: the handler or a tester proves the solution, side effects included, before the customer sees it. */

export const verify = defineCommand({
  name: 'verify',
  labels: { 'zh-CN': '内部验证', 'zh-TW': '內部驗證', en: 'Verify' },
  summary: 'Records the internal verification. Passed: the customer is asked; failed: back to handling.',
  requirements: ['T9'],
  may: { ...handler, engineer: 'any', quality: 'any' },
  stages: ['verification'],
  input: () =>
    z.strictObject({
      passed: labelled(z.boolean().describe('whether the solution holds'), said('是否通过', '是否通過', 'Passed')),
      method: labelled(wordSchema.describe('how it was verified'), said('验证方式', '驗證方式', 'Method')),
      sideEffectsChecked: labelled(
        z.boolean().describe('whether other functions were checked too; must be true to pass'),
        said('已检查其他功能', '已檢查其他功能', 'Side effects checked'),
      ),
      remark: labelled(longText.optional().describe('what else was seen'), said('备注', '備註', 'Remark')),
    }),
  decide({ state, policy, act }, { passed, method, sideEffectsChecked, remark }) {
    if (passed && !sideEffectsChecked)
      return invalid({ path: 'sideEffectsChecked', code: 'true-for-outcome', params: { outcome: 'passed: true' } })
    const verified = { type: 'verified', passed, method, sideEffectsChecked, remark: remark ?? null } as const
    if (!passed) return [...endOfWaiting(state), verified]
    const next = pastVerification(policy, factsOf(state))
    const onward = { ...verified, ...leadingTo(next, 'confirmation') }
    return [...endOfWaiting(state), onward, ...(next === 'closing' ? solved(state, policy, act.at) : [])]
  },
})

export const transitions: Transitions<'verified'> = {
  verified: (state, event) =>
    event.passed
      ? event.next
        ? { stage: event.next }
        : { stage: 'confirmation', confirmationAskedAt: event.at }
      : { stage: 'handling', completion: null, counts: { ...state.counts, failedVerifications: state.counts.failedVerifications + 1 } },
}
