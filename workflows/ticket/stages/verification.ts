import { z } from 'zod'
import { invalid } from '../../../domain/rejection.ts'
import { defineCommand } from '../command.ts'
import { longText, wordSchema } from '../../common/inputs.ts'
import { handler } from '../availability.ts'
import type { Transitions } from '../transitions.ts'
import { endOfWaiting } from '../waiting.ts'

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
      passed: z.boolean().describe('whether the solution holds'),
      method: wordSchema.describe('how it was verified'),
      sideEffectsChecked: z.boolean().describe('whether other functions were checked too; must be true to pass'),
      remark: longText.optional().describe('what else was seen'),
    }),
  decide({ state }, { passed, method, sideEffectsChecked, remark }) {
    if (passed && !sideEffectsChecked)
      return invalid({ path: 'sideEffectsChecked', code: 'true-for-outcome', params: { outcome: 'passed: true' } })
    return [...endOfWaiting(state), { type: 'verified', passed, method, sideEffectsChecked, remark: remark ?? null }]
  },
})

export const transitions: Transitions<'verified'> = {
  verified: (state, event) =>
    event.passed
      ? { stage: 'confirmation', confirmationAskedAt: event.at }
      : { stage: 'handling', completion: null, counts: { ...state.counts, failedVerifications: state.counts.failedVerifications + 1 } },
}
