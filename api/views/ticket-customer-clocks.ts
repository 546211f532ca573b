import type { Locale } from '../../domain/labels.ts'
import type { Moment } from '../../domain/profile/moments.ts'
import { ticketDeadlines } from '../../domain/ticket-deadlines.ts'
import type { ClockName } from '../../workflows/process.ts'
import { promiseView, type Cycle } from './promise.ts'

/** Of which promises of a ticket its customer is told. */

/** Promises as this reader sees them: customers those of which they are part. */
export function promisesFor(promises: readonly Cycle[], clocks: Clocks, { locale, asCustomer }: Reader) {
  const shown = asCustomer ? promisesForCustomer(promises, shownClocks(clocks)) : promises
  return shown.map((promise) => promiseView(promise, clocks.clocks, locale))
}

interface Reader {
  readonly locale: Locale
  readonly asCustomer: boolean
}

/** The profile, as far as its clocks go. */
export interface Clocks {
  readonly clocks: readonly (ClockName & { readonly stops: readonly Moment[] })[]
}

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
