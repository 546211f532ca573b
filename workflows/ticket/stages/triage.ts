import { z } from 'zod'
import { classifyTerm } from '../../../domain/classification.ts'
import { instantSchema } from '../../../domain/instant.ts'
import { priorityError, priorityOf } from '../../../domain/profile/policy.ts'
import { conflict, invalid, invalidIf } from '../../../domain/rejection.ts'
import { aheadError } from '../ahead.ts'
import { defineCommand } from '../command.ts'
import { longText, listedWord, shortText, wordSchema } from '../../common/inputs.ts'
import { leads, staff } from '../availability.ts'
import { offered } from '../offered.ts'
import { brokenByRetarget } from '../../common/retargeting.ts'
import type { Transitions } from '../transitions.ts'

/** 诊断与定级: reproduce, name the module, write the diagnosis report; urgent and high go through the emergency review. */

export const diagnose = defineCommand({
  name: 'diagnose',
  labels: { 'zh-CN': '诊断', 'zh-TW': '診斷', en: 'Diagnose' },
  summary: 'Files the diagnosis report 问题诊断报告. Ends triage, unless the priority demands an emergency review first.',
  requirements: ['T4', 'T10'],
  may: staff,
  stages: ['triage', 'handling'],
  input: () =>
    z.strictObject({
      summary: longText.describe('what was found'),
      module: listedWord.describe('module concerned: an id or label of the profile, or free words'),
      reproduced: z.boolean().describe('whether the fault could be reproduced'),
      remoteSession: shortText.optional().describe('note on a remote-assistance session'),
      suspectedCause: shortText.optional().describe('what is suspected'),
      needs: z.array(wordSchema).max(50).default([]).describe('what is still needed: logs, screenshots, error codes…'),
    }),
  decide({ state, policy }, { module, remoteSession, suspectedCause, ...report }) {
    const term = classifyTerm(module, policy.classification.modules, policy.classification, 'module')
    if (!term.ok) return invalid(...term.errors)
    const priority = priorityOf(policy, state.priority)
    const reviewMeeting = state.stage === 'triage' && (priority?.reviewMeeting ?? false) && state.reviewMeetingAt === null
    return [
      {
        type: 'diagnosed',
        ...report,
        module: term.value,
        remoteSession: remoteSession ?? null,
        suspectedCause: suspectedCause ?? null,
        reviewMeeting,
        ...offered(policy),
      },
    ]
  },
})

export const recordReviewMeeting = defineCommand({
  name: 'record-review-meeting',
  labels: { 'zh-CN': '记录紧急评审', 'zh-TW': '記錄緊急評審', en: 'Record review meeting' },
  summary: 'Records the emergency review 紧急会议 of an urgent or high ticket: who took part, priority and deadline decided, minutes.',
  requirements: ['T5'],
  may: { ...leads, engineer: 'any' },
  stages: ['triage'],
  input: () =>
    z.strictObject({
      participants: z.array(wordSchema).min(1).max(50).describe('who took part'),
      decision: shortText.describe('what was decided'),
      priority: listedWord.describe('priority as confirmed by the review'),
      dueAt: instantSchema.optional().describe('deadline agreed'),
      minutes: longText.describe('the minutes'),
    }),
  // One that was called is held, whatever the priority has become since: the ticket waits for it.
  blocked: ({ state: { priority, reviewMeetingNeeded }, policy }) =>
    reviewMeetingNeeded || priorityOf(policy, priority)?.reviewMeeting ? undefined : conflict('no-review-meeting', { priority }),
  decide(context, { priority, dueAt, ...meeting }) {
    const { state, policy, act } = context
    const unfit = invalidIf(priorityError(policy, priority), dueAt === undefined ? undefined : aheadError('dueAt', dueAt, context))
    if (unfit) return unfit
    return [
      { type: 'review-meeting-recorded', ...meeting, priority, dueAt: dueAt ?? null, ...offered(policy) },
      ...brokenByRetarget(state, priority, policy, act.at, ['review-recorded']),
    ]
  },
})

export const transitions: Transitions<'diagnosed' | 'review-meeting-recorded'> = {
  diagnosed: (state, event) => ({
    diagnosis: { module: event.module, reproduced: event.reproduced, at: event.at },
    reviewMeetingNeeded: event.reviewMeeting,
    // Without an intake review, who diagnoses keeps in touch.
    representative: state.representative ?? event.actor,
    stage: state.stage === 'triage' && !event.reviewMeeting ? 'assignment' : state.stage,
  }),
  'review-meeting-recorded': (state, event) => ({
    priority: event.priority,
    // The review decides; what was asked for before it is answered by that.
    priorityChange: null,
    reviewMeetingAt: event.at,
    reviewMeetingNeeded: false,
    agreedDueAt: event.dueAt,
    stage: state.diagnosis ? 'assignment' : state.stage,
  }),
}
