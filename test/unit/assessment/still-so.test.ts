import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { said } from '../../../domain/labels.ts'
import type { Holder } from '../../../db/queued-mails.ts'
import type { NoticeKind } from '../../../domain/notices/kinds.ts'
import { isStillSo as isStillSoOf } from '../../../processes/assessment/still-so.ts'
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
const told = (seq: number, params: object = {}, recipientId = 'boss') => ({ seq, params: { ...params }, recipientId })
const superiors: readonly Holder[] = [
  { id: 'boss', roles: ['management'], teams: [] },
  { id: 'head', roles: ['department-lead'], teams: ['support'] },
]
const isStillSo = (of: ReturnType<typeof head>, kind: NoticeKind, notice: ReturnType<typeof told>, now = superiors) =>
  isStillSoOf(of, kind, notice, now)

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

describe('R14: that there are scores to confirm is told', () => {
  const scored = (id: string, kind: 'person' | 'team', confirmedBy: string | null, leads = false): SubjectState => ({
    ...{ kind, id, teams: ['support'], leads, speaker: id, confirmedBy, decided: {}, objectBy: null, objection: null, isFinal: false },
  })
  const asks = (who: string, subjects: readonly SubjectState[], now = superiors) =>
    isStillSo(head({ stage: 'draft', subjects }), 'scores-to-confirm', told(2, {}, who), now)
  const both = [scored('wang', 'person', null), scored('support', 'team', null)]

  it('to whom still has some: heads of their people, the management of what is theirs', () => {
    expect(['head', 'boss'].map((who) => asks(who, both))).toEqual([true, true])
    const [wang, team] = [scored('wang', 'person', 'head'), scored('support', 'team', 'boss')]
    expect(['head', 'boss'].map((who) => asks(who, [wang, scored('support', 'team', null)]))).toEqual([false, true])
    expect(['head', 'boss'].map((who) => asks(who, [scored('wang', 'person', null), team]))).toEqual([true, false])
    expect(isStillSo(head({ stage: 'confirmed', subjects: [wang, team] }), 'scores-to-confirm', told(2))).toBe(false)
  })

  it('to nobody who confirms no more: another team, another role, gone; the management has it where nobody is left', () => {
    const moved: readonly Holder[] = [
      { id: 'boss', roles: ['management'], teams: [] },
      { id: 'head', roles: ['department-lead'], teams: ['desk'] },
    ]
    const people = [scored('wang', 'person', null)]
    expect(['head', 'boss'].map((who) => asks(who, people, moved))).toEqual([false, true])
    expect(asks('boss', both, [])).toBe(false)
    expect(asks('gone', both)).toBe(false)
  })

  it('of no score that is their own', () => {
    expect(asks('boss', [scored('boss', 'person', null, true)])).toBe(false)
    expect(asks('boss', [scored('boss', 'person', null, true), scored('head', 'person', null, true)])).toBe(true)
  })
})

it('R14: what the management decides is asked of nobody who is not of it any more', () => {
  const waits = head({ stage: 'confirmed', subjects: [objected('chen', 6, false)] })
  const nominated = head({ stage: 'final', proposed: [{ person: 'wang', isCommended: false }] })
  for (const [of, kind] of [
    [waits, 'objection-to-decide'],
    [nominated, 'commendation-to-decide'],
  ] as const) {
    expect(isStillSo(of, kind, told(6)), kind).toBe(true)
    expect(isStillSo(of, kind, told(6, {}, 'head')), kind).toBe(false)
    expect(isStillSo(of, kind, told(6), []), kind).toBe(false)
  }
})
