import type { Notice, Recorded } from '../process.ts'
import { unansweredNotice } from './dispatch.ts'
import type { Assigned, TicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

/** Who hears of what happens to a ticket. Texts are made from templates when a notice is sent. */
export function ticketNotices(event: Recorded<TicketEvent>, { number }: TicketState): Notice[] {
  switch (event.type) {
    case 'submitted':
      return [
        toCustomer('ticket-submitted', { number, within: event.startWithin.within, timeBase: event.startWithin.timeBase }),
        ...(event.assignee === null ? [] : [toPerson(event.assignee, 'ticket-assigned', { number, ...told(event.deadline) })]),
      ]
    case 'intake-reviewed':
      return event.complete
        ? []
        : [toCustomer('information-requested', { number, missing: event.missing.join(', '), message: event.message ?? '' })]
    case 'assigned':
      if (event.assignee === null && event.manner === 'dispatched') return [unansweredNotice(event, number)]
      return event.assignee === null
        ? [toTeam(event.team, 'ticket-queued', { number })]
        : [toPerson(event.assignee, 'ticket-assigned', { number, ...told(event.deadline) })]
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

/** A deadline in the parameters of a notice: `dueAt`, or `within` and its `timeBase`. */
function told(deadline: Assigned['deadline'] | undefined): Notice['params'] {
  if (deadline === undefined) return {}
  return typeof deadline === 'string' ? { dueAt: deadline } : { within: deadline.within, timeBase: deadline.timeBase }
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
