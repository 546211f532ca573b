import type { ListedTicket, Ticket } from '../../db/tickets.ts'
import type { Actor } from '../../domain/people.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { isCustomerOf } from '../access/access.ts'
import { summaryForCustomer, ticketForCustomer } from './ticket-for-customer.ts'
import { ticketSummary, ticketView, type Seen, type TicketSummary, type TicketView } from './ticket-view.ts'

/** A ticket as lists show it to this caller: the customer's contact masked, people and teams by id. */
export function summaryFor(ticket: ListedTicket, profile: Profile, { caller, locale }: Pick<Seen, 'caller' | 'locale'>): TicketSummary {
  const summary = ticketSummary(ticket, profile, locale)
  return isCustomerOf(ticket, caller) ? summaryForCustomer(summary, profile) : summary
}

/** A ticket whole, as this caller may see it and act on it. */
export function ticketFor(ticket: Ticket, profile: Profile, seen: Seen): TicketView {
  const view = ticketView(ticket, profile, seen)
  return isCustomerOf(ticket, seen.caller) ? ticketForCustomer(view, profile) : view
}

/** Ids of the people and teams that a ticket names to this caller; whose tasks are open is told to staff. */
export function idsIn(ticket: ListedTicket, caller: Actor): string[] {
  const { representative, requester, assignee, team, state } = ticket
  const owners = isCustomerOf(ticket, caller)
    ? []
    : [
        ...state.tasks.map(({ owner }) => owner),
        ...(state.helpers ?? []).map(({ person }) => person),
        ...(state.milestones ?? []).flatMap(({ owner, department }) => [owner, department]),
      ]
  return [representative, requester, assignee, team, ...owners].filter((id) => id !== null)
}
