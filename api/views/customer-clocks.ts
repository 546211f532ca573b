import type { Moment } from '../../domain/profile/moments.ts'
import { ticketDeadlines } from '../../domain/terms.ts'

/** Of which promises customers are told. */

export function promisesForCustomer<P extends { readonly clock: string }>(promises: readonly P[], clocks: ShownClocks): P[] {
  return promises.filter(({ clock }) => clocks.has(clock))
}

/** Ids of the clocks that customers see. */
export type ShownClocks = ReadonlySet<string>

/** Those that something stops which the customer is part of or hears of, and the deadlines that are no promise. */
export function shownClocks({
  clocks,
}: {
  readonly clocks: readonly { readonly id: string; readonly stops: readonly Moment[] }[]
}): ShownClocks {
  const promised = clocks.filter(({ stops }) => stops.some((moment) => isNoticed[moment])).map(({ id }) => id)
  return new Set([...promised, ...ticketDeadlines.map(({ id }) => id)])
}

/** Whether a customer notices that it happened. */
const isNoticed: Readonly<Record<Moment, boolean>> = {
  submitted: true,
  contacted: true,
  'customer-asked': true,
  'customer-answered': true,
  'review-called': false,
  'review-recorded': false,
  received: false,
  'priority-reviewed': false,
  'plan-needed': false,
  accepted: true,
  planned: false,
  updated: true,
  'deadline-agreed': true,
  deferred: true,
  released: false,
  completed: true,
  returned: false,
  'confirmation-asked': true,
  confirmed: true,
  resolved: true,
  closed: true,
  'called-back': true,
  'article-filed': false,
  reopened: true,
}
