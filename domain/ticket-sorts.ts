/** The orders in which tickets are listed. `submitted`: newest first. `nextDue`: what is due first, first. `priority`: most urgent first, then oldest. */
export const ticketSorts = ['submitted', 'nextDue', 'priority'] as const
export type TicketSort = (typeof ticketSorts)[number]
