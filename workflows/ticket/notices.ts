import type { Notice, Recorded } from '../process.ts'
import type { TicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

/** Who hears of what happens to a ticket. Texts are made from templates when a notice is sent. */
export function ticketNotices(event: Recorded<TicketEvent>, { number }: TicketState): Notice[] {
  switch (event.type) {
    case 'submitted':
      return [toCustomer('ticket-submitted', { number, within: event.startWithin.within, timeBase: event.startWithin.timeBase }), ...(event.assignee === null ? [] : [toPerson(event.assignee, 'ticket-assigned', { number })])]
    case 'intake-reviewed':
      return event.complete ? [] : [toCustomer('information-requested', { number, missing: event.missing.join(', '), message: event.message ?? '' })]
    case 'assigned': {
      const deadline = typeof event.deadline === 'string' ? { dueAt: event.deadline } : { within: event.deadline.within, timeBase: event.deadline.timeBase }
      return event.assignee === null ? [toTeam(event.team, 'ticket-queued', { number })] : [toPerson(event.assignee, 'ticket-assigned', { number, ...deadline })]
    }
    case 'progress-updated':
      return event.visibleToCustomer ? [toCustomer('progress', { number, text: event.text })] : []
    case 'verified':
      return event.passed ? [toCustomer('confirmation-requested', { number })] : []
    case 'task-opened':
      return event.owner === null ? [] : [toPerson(event.owner, 'task-opened', { number, text: event.text })]
    default:
      return []
  }
}

function toCustomer(kind: string, params: Notice['params']): Notice {
  return { kind, recipient: { kind: 'customer' }, params }
}

function toPerson(id: string, kind: string, params: Notice['params']): Notice {
  return { kind, recipient: { kind: 'person', id }, params }
}

function toTeam(id: string, kind: string, params: Notice['params']): Notice {
  return { kind, recipient: { kind: 'team', id }, params }
}
