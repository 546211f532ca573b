import { said } from '../../domain/labels.ts'
import { commonTransition } from '../common/common-events.ts'
import { clockDeadlines, clockExpires } from '../common/deadlines.ts'
import { defineProcess } from '../common/define-process.ts'
import { endersOf } from '../common/stated-clock.ts'
import { noteRefusalName, noteRefusalOf } from '../common/refusals.ts'
import { tellingNews } from '../common/related-news.ts'
import { addAction, dropAction, reassignAction, reportAction, rescheduleAction } from './actions.ts'
import { appoint, invite, joined, joinTickets, recordAnalysis } from './analysis.ts'
import { reviewClocks } from './clocks.ts'
import { beganAt, type ReviewCommand } from './command.ts'
import { reviewDisplay } from './display.ts'
import { abandon, checkEffect, close, effectAsks, noteEffect } from './effect.ts'
import type { RecordedReviewEvent, ReviewEvent } from './events.ts'
import { handOver } from './handing-over.ts'
import { holderOf, reviewNotices } from './notices.ts'
import { birth, type Opening } from './opening.ts'
import { openReviewStages, reviewStages } from './stages.ts'
import { openActions, type ActionState, type ReviewPolicy, type ReviewState } from './state.ts'

const commands: readonly ReviewCommand[] = [
  appoint,
  invite,
  recordAnalysis,
  addAction,
  reportAction,
  rescheduleAction,
  reassignAction,
  dropAction,
  checkEffect,
  close,
  abandon,
  handOver,
  joinTickets,
  noteEffect,
  noteRefusalOf({ stages: openReviewStages }, beganAt),
]

const endedBy = endersOf(reviewClocks, commands)

/** A review 复盘: why something comes again and again, what is done about it, and whether that had an effect (T17). */
export const reviewProcess = defineProcess<ReviewState, ReviewEvent, ReviewPolicy, Opening>({
  name: 'review',
  labels: said('复盘', '檢討', 'review'),
  several: { labels: said('复盘', '檢討', 'reviews'), counted: said('{count} 次复盘', '{count} 次檢討', '{count} reviews') },
  stages: reviewStages,
  clocks: reviewClocks,
  display: reviewDisplay,
  birth,
  commands,
  transition,
  // Whoever has an action of it has something to do there; what only who leads it may do, its commands say.
  owns: (state, { id }, as) => as !== 'customer' && (state.assignee === id || openActions(state).some(({ owner }) => owner === id)),
  deadlines: (state, policy) =>
    clockDeadlines(
      state,
      policy,
      ({ id }) => endedBy(id, state.stage),
      (_, clock) => ({ ...state, assignee: holderOf(state, clock) }),
    ),
  expire: (state, deadline, policy) => clockExpires({ ...state, assignee: holderOf(state, deadline.clock) }, deadline, policy),
  notices: reviewNotices,
  asks(event, state) {
    if (event === null) return []
    if (event.type !== 'closed' && event.type !== 'abandoned') return effectAsks(event, state)
    if (state.parent === null) return []
    const remark = event.type === 'closed' ? event.conclusion : event.reason
    return [tellingNews(state.parent, { process: state.number, what: isOver, remark }, noteRefusalName)]
  },
})

const isOver = said('复盘已结束', '檢討已結束', 'The review has ended')

function transition(state: ReviewState, event: RecordedReviewEvent): Partial<ReviewState> {
  switch (event.type) {
    case 'opened': {
      const { because, classification, parent, team, lead } = event
      return { because, classification, parent, team, assignee: lead }
    }
    case 'appointed':
      return { assignee: event.lead }
    case 'handed-over':
      return { assignee: event.to }
    case 'invited':
      return {
        participants: joined(state.participants, event.participants),
        ...(state.stage === 'opened' && event.complete && { stage: 'analysis' }),
      }
    case 'tickets-joined':
      return { tickets: state.tickets + event.tickets.length }
    case 'analysis-recorded':
      return {
        stage: 'actions',
        causes: [...new Set(event.causes.map(({ kind }) => kind))],
        compared: event.classification ?? state.compared,
      }
    case 'action-added':
      return {
        ...{ stage: 'actions', since: null, checkAt: null },
        actions: [...state.actions, { id: event.action, owner: event.owner, dueAt: event.dueAt, state: 'open' }],
      }
    case 'action-rescheduled':
      return changed(state, event.action, { dueAt: event.dueAt })
    case 'action-reassigned':
      return changed(state, event.action, { owner: event.owner })
    case 'action-reported':
      return changed(state, event.action, { state: 'done' })
    case 'action-dropped':
      return changed(state, event.action, { state: 'dropped' })
    case 'actions-completed':
      return { stage: 'effect', since: event.occurredAt, checkAt: event.checkAt, outcome: null }
    case 'check-asked':
      return {}
    case 'effect-checked': {
      const { outcome, checkAt } = event
      return outcome === 'ineffective' ? { outcome, checkAt, stage: 'analysis', round: state.round + 1, since: null } : { outcome, checkAt }
    }
    case 'abandoned':
    case 'closed':
      return { stage: 'closed' }
    default:
      return commonTransition(state, event)
  }
}

function changed({ actions }: ReviewState, id: number, change: Partial<ActionState>): Pick<ReviewState, 'actions'> {
  return { actions: actions.map((action) => (action.id === id ? { ...action, ...change } : action)) }
}
