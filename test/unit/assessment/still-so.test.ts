import { expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { said } from '../../../domain/labels.ts'
import { isStillSo } from '../../../processes/assessment/still-so.ts'
import type { AssessmentState, SubjectState } from '../../../workflows/assessment/state.ts'
import { assessmentProcess } from '../../../workflows/assessment/process.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import { monday } from '../../support/tickets.ts'

/** Mails that waited are not sent once they have stopped being true. */

const born = assessmentProcess.birth.initial('assessment:p:monthly:2026-10', monday)
const head = (state: Partial<AssessmentState>) => {
  const whole = { ...born, label: said('月度考核', '每月考核', 'Monthly assessment'), ...state }
  return { stage: whole.stage, state: whole }
}
const objected = (id: string, seq: number, isDecided: boolean): SubjectState => ({
  ...{ kind: 'person', id, teams: [], leads: false, speaker: id, confirmedBy: 'boss', objectBy: monday, decided: {}, isFinal: isDecided },
  objection: { seq, by: id, decideBy: plus(monday, 'P5D'), isDecided },
})
const told = (seq: number, params: object = {}) => ({ seq, params: { ...params } })

it('R14: that an objection waits is told only while that one does, and a reminder while any does', () => {
  const state = head({ stage: 'confirmed', subjects: [objected('wang', 5, true), objected('chen', 6, false)] })
  expect(isStillSo(state, 'objection-to-decide', told(5))).toBe(false)
  expect(isStillSo(state, 'objection-to-decide', told(6))).toBe(true)
  expect(isStillSo(state, 'objection-to-decide', told(9))).toBe(true)
  expect(isStillSo(head({ stage: 'confirmed', subjects: [objected('wang', 5, true)] }), 'objection-to-decide', told(9))).toBe(false)
})

it('R14: that something is overdue is told only while that very promise is owed', () => {
  const promise: PromiseState = {
    ...{ clock: 'decision', cycle: 1, startedAt: monday, dueAt: plus(monday, 'P5D'), pausedMinutes: 0, state: 'broken', stoppedAt: null },
    ...{ recordedLate: false, provisional: false },
  }
  const late = told(9, { clock: 'decision', dueAt: promise.dueAt })
  const after = (promises: readonly PromiseState[]) => isStillSo(head({ stage: 'confirmed', promises }), 'assessment-overdue', late)
  expect(after([promise])).toBe(true)
  expect(after([{ ...promise, stoppedAt: plus(monday, 'P6D') }])).toBe(false)
  expect(after([{ ...promise, clock: 'confirmation' }])).toBe(false)
  expect(
    after([
      { ...promise, stoppedAt: monday },
      { ...promise, cycle: 2, dueAt: plus(monday, 'P7D') },
    ]),
  ).toBe(false)
})

it('R14: that there is somebody to commend is told only while there is', () => {
  const proposed = (isCommended: boolean) => head({ stage: 'final', proposed: [{ person: 'wang', isCommended }] })
  expect(isStillSo(proposed(false), 'commendation-to-decide', told(9))).toBe(true)
  expect(isStillSo(proposed(true), 'commendation-to-decide', told(9))).toBe(false)
})
