import { actionClock, actionOfClock } from '../../domain/reviews/actions.ts'
import { ladderNotices, toPerson, toRole } from '../common/recipients.ts'
import type { Notice } from '../process.ts'
import type { RecordedReviewEvent } from './events.ts'
import type { ReviewState } from './state.ts'

/** Who hears of what happens to a review. No customer does. */
export function reviewNotices(event: RecordedReviewEvent, state: ReviewState): Notice[] {
  const { number } = state
  switch (event.type) {
    case 'opened':
      if (event.lead === event.actor) return []
      return event.lead === null
        ? [toRole('lead', event.team, 'review-opened', { number, dueAt: event.analyseBy })]
        : toPerson(event.lead, 'review-opened', { number, dueAt: event.analyseBy })
    case 'appointed':
      return others([event.lead], event).flatMap((person) => toPerson(person, 'review-opened', { number }))
    case 'handed-over':
      return others([event.to], event).flatMap((person) => toPerson(person, 'review-opened', { number }))
    case 'invited':
      return others(
        event.participants.map(({ person }) => person),
        event,
      ).flatMap((person) => toPerson(person, 'review-invited', { number, by: event.actor }))
    case 'action-added':
      return toPerson(event.owner, 'action-given', { number, text: event.text, dueAt: event.dueAt, by: event.actor })
    case 'action-reassigned':
    case 'action-rescheduled': {
      const action = state.actions.find(({ id }) => id === event.action)
      if (!action) return []
      const { owner, dueAt } = action
      return others([owner], event).flatMap((person) =>
        toPerson(person, 'action-changed', { number, clock: actionClock(event.action), dueAt, reason: event.reason }),
      )
    }
    case 'effect-checked': {
      const { outcome } = event
      const people = [...state.participants.map(({ person }) => person), ...(state.assignee === null ? [] : [state.assignee])]
      const heard = [...new Set(people)].flatMap((person) => toPerson(person, 'effect-checked', { number, outcome }))
      return heard.length > 0 ? heard : [toRole('lead', state.team, 'effect-checked', { number, outcome })]
    }
    case 'level-reached':
      return ladderNotices(event, number, holderOf(state, event.clock))
    default:
      return []
  }
}

/** Whom a clock's ladder speaks to first: the owner of the action, or who leads the review. */
export function holderOf(state: Pick<ReviewState, 'actions' | 'assignee'>, clock: string): string | null {
  const id = actionOfClock(clock)
  return id === undefined ? state.assignee : (state.actions.find((action) => action.id === id)?.owner ?? state.assignee)
}

/** Nobody is told what they did themselves. */
function others(people: readonly string[], { actor }: RecordedReviewEvent): string[] {
  return people.filter((person) => person !== actor)
}
