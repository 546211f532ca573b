import { actOfMoment, momentOfAct, waitMoment, type Moment } from '../../domain/profile/moments.ts'
import { queryWait } from '../../domain/waits.ts'
import type { ByDepartment, TicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

/**
 * Whether a moment is told however late: whoever writes down a conversation, an update or an act of the organisation's own may give any instant
 * since the registration. The other ones that are told late are told once, and never of an earlier cycle.
 */
export function isToldLate(moment: Moment): boolean {
  return toldLate.has(moment) || actOfMoment(moment) !== undefined
}

const toldLate: ReadonlySet<Moment> = new Set(['contacted', 'department-contacted', 'updated'])

/** Which moments of a clock's life an event is, in the order in which they count. */
export function momentsOf(before: TicketState, after: TicketState, event: TicketEvent): readonly Moment[] {
  return [
    ...plainly(before, after, event),
    ...given('priority-changed', event.type !== 'submitted' && after.priority !== before.priority),
    ...given('plan-needed', planIsNeededFrom(before, after, event)),
  ]
}

function plainly(before: TicketState, after: TicketState, event: TicketEvent): readonly Moment[] {
  switch (event.type) {
    case 'submitted':
      return ['submitted', ...spoken(event), ...given('received', event.assignee !== null)]
    case 'contacted':
      return spoken(event)
    case 'waiting-started':
      return [waitMoment('waiting-started', event.for)]
    case 'waiting-ended':
      return [
        ...given(waitMoment('waiting-ended', event.for), event.silence === undefined),
        // Once it is answered nothing is asked any more.
        ...given('query-dropped', event.for === queryWait.id && Boolean(before.query)),
      ]
    case 'diagnosed':
      return given('review-called', event.reviewMeeting && !before.reviewMeetingNeeded)
    case 'review-meeting-recorded':
      return ['review-recorded', ...given('deadline-agreed', event.dueAt !== null)]
    case 'assigned':
      if (event.assignee === null) return given('released', before.assignee !== null)
      // What is handed over goes on as it was.
      return given('received', event.manner !== 'handed-over')
    case 'released':
      return ['released']
    case 'priority-confirmed':
    case 'priority-change-requested':
      return ['priority-reviewed']
    case 'accepted':
      return ['accepted']
    case 'planned':
      return ['planned', ...given('deadline-agreed', before.replan)]
    case 'progress-updated':
      return given('updated', after.stage === 'handling')
    case 'deferred':
      return ['deferred']
    case 'queried':
    case 'query-answered':
    case 'handed-up':
    case 'intervened':
    case 'intervention-closed':
    case 'coordinated':
    case 'milestone-set':
    case 'milestone-reached':
    case 'milestone-dropped':
      return [event.type]
    case 'milestone-moved':
      // In other hands it is due as it was.
      return given('milestone-set', event.dueAt !== event.previousDueAt)
    case 'completed':
      return ['completed', ...given('confirmation-asked', after.stage === 'confirmation')]
    case 'verified':
      if (!event.passed) return ['returned']
      return given('confirmation-asked', after.stage === 'confirmation')
    case 'confirmed':
      return [
        ...spoken(event),
        'confirmed',
        event.outcome === 'unsolved' ? 'returned' : 'resolved',
        // The same answer ends nothing that it starts.
        ...given('dissatisfied', event.outcome !== 'solved'),
      ]
    case 'resolved':
      return ['resolved']
    case 'closed':
      return event.silence ? [] : ['closed', ...given('article-filed', event.article !== null)]
    case 'called-back':
      return given('called-back', event.final)
    case 'article-filed':
      return ['article-filed']
    case 'act-recorded':
      return [momentOfAct(event.act)]
    case 'reopened':
      return ['reopened', ...given('returned', after.stage === 'handling')]
    default:
      return []
  }
}

function spoken({ live, byDepartment }: { readonly live: boolean } & ByDepartment): readonly Moment[] {
  return [...given('contacted', live), ...given('department-contacted', live && byDepartment === true)]
}

/** Somebody gets a ticket without a plan, or the one they have no longer does. */
function planIsNeededFrom(before: TicketState, after: TicketState, event: TicketEvent): boolean {
  const anotherHandler = event.type === 'assigned' && event.manner !== 'handed-over'
  return planIsNeeded(after) && (!planIsNeeded(before) || anotherHandler)
}

function planIsNeeded({ assignee, stage, plan, replan }: TicketState): boolean {
  return assignee !== null && (stage === 'assignment' || stage === 'handling') && (plan === null || replan)
}

function given(moment: Moment, is: boolean): readonly Moment[] {
  return is ? [moment] : []
}
