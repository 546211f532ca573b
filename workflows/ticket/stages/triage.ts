import { z } from 'zod'
import { labelled } from '../../../domain/labelled.ts'
import { said } from '../../../domain/labels.ts'
import { classifyTerm } from '../../../domain/classification.ts'
import { instantSchema } from '../../../domain/instant.ts'
import { priorityError, priorityOf } from '../../../domain/profile/policy.ts'
import { conflict, invalid, invalidIf } from '../../../domain/rejection.ts'
import { holds } from '../../../domain/profile/conditions.ts'
import { aheadError } from '../../common/ahead.ts'
import { factsOf } from '../../common/facts.ts'
import { defineCommand } from '../command.ts'
import { longText, listedWord, shortText, wordSchema } from '../../common/inputs.ts'
import { leads, staff } from '../availability.ts'
import { offered } from '../offered.ts'
import { withBroken } from '../broken.ts'
import type { TicketEvent } from '../events.ts'
import type { TicketState } from '../state.ts'
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
      summary: labelled(longText.describe('what was found'), said('诊断结论', '診斷結論', 'Findings')),
      module: listedWord('profile.classification.modules', said('所属模块', '所屬模組', 'Module')).describe(
        'module concerned: an id or label of the profile, or free words',
      ),
      reproduced: labelled(z.boolean().describe('whether the fault could be reproduced'), said('是否已复现', '是否已重現', 'Reproduced')),
      remoteSession: labelled(
        shortText.optional().describe('note on a remote-assistance session'),
        said('远程协助记录', '遠端協助紀錄', 'Remote session'),
      ),
      suspectedCause: labelled(shortText.optional().describe('what is suspected'), said('疑似原因', '疑似原因', 'Suspected cause')),
      needs: labelled(
        z.array(wordSchema).max(50).default([]).describe('what is still needed: logs, screenshots, error codes…'),
        said('尚需提供的资料', '尚需提供的資料', 'Still needed'),
      ),
    }),
  decide({ state, policy }, { module, remoteSession, suspectedCause, ...report }) {
    const term = classifyTerm(module, policy.classification.modules, policy.classification, 'module')
    if (!term.ok) return invalid(...term.errors)
    const priority = priorityOf(policy, state.priority)
    const reviewMeeting =
      state.stage === 'triage' && priority !== undefined && holds(priority.reviewMeeting, factsOf(state)) && state.reviewMeetingAt === null
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
      participants: labelled(z.array(wordSchema).min(1).max(50).describe('who took part'), said('参会人员', '與會人員', 'Participants')),
      decision: labelled(shortText.describe('what was decided'), said('会议决议', '會議決議', 'Decision')),
      priority: listedWord('profile.priorities', said('优先级', '優先等級', 'Priority')).describe('priority as confirmed by the review'),
      dueAt: labelled(
        instantSchema.optional().describe('deadline agreed: an instant, ISO 8601 with offset or Z'),
        said('约定期限', '約定期限', 'Agreed deadline'),
      ),
      minutes: labelled(longText.describe('the minutes'), said('会议纪要', '會議紀錄', 'Minutes')),
    }),
  // One that was called is held, whatever the priority has become since: the ticket waits for it.
  blocked({ state, policy }) {
    const { priority, reviewMeetingNeeded } = state
    const wanted = priorityOf(policy, priority)?.reviewMeeting ?? false
    return reviewMeetingNeeded || holds(wanted, factsOf(state)) ? undefined : conflict('no-review-meeting', { priority })
  },
  decide(context, { priority, dueAt, ...meeting }) {
    const { state, policy, act } = context
    const unfit = invalidIf(priorityError(policy, priority), dueAt === undefined ? undefined : aheadError('dueAt', dueAt, context))
    if (unfit) return unfit
    const recorded: TicketEvent = { type: 'review-meeting-recorded', ...meeting, priority, dueAt: dueAt ?? null, ...offered(policy) }
    return withBroken(recorded, state, { priority, ...stageAfterReview(state) }, { policy, at: act.at })
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
    ...stageAfterReview(state),
  }),
}

function stageAfterReview({ diagnosis, stage }: TicketState): Pick<TicketState, 'stage'> {
  return { stage: diagnosis ? 'assignment' : stage }
}
