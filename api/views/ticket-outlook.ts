import type { Ticket } from '../../db/tickets.ts'
import type { Actor } from '../../domain/people.ts'
import { isCustomerOf } from '../access/access.ts'
import { shownClocks } from './ticket-customer-clocks.ts'
import { outlookForCustomer } from './ticket-for-customer.ts'
import { outlookView, type Around, type OutlookView } from './ticket-outlook-view.ts'

/** What happens next with a ticket (X5), as this caller may know it. People and teams by id. */
export function outlookFor(ticket: Ticket, around: Around & { readonly caller: Actor }): OutlookView {
  const view = outlookView(ticket, around)
  return isCustomerOf(ticket, around.caller) ? outlookForCustomer(view, shownClocks(around.profile)) : view
}

/** Ids of the people that an outlook names. */
export function idsInOutlook({ holder, next, undelivered }: OutlookView): string[] {
  const told = [...undelivered.flatMap(({ told: people }) => people), ...next.flatMap(({ to }) => to.flatMap(({ people }) => people))]
  return [...(holder === null ? [] : [holder]), ...told]
}
