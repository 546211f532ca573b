import type { Moment } from '../../domain/profile/moments.ts'
import type { PolicyClock } from '../../domain/profile/policy.ts'
import type { TicketState } from './state.ts'
import { goesOnBy } from './waiting.ts'

/** By what people stop the clocks of a ticket. */

/** Commands that bring about a moment. */
const broughtBy: Readonly<Partial<Record<Moment, readonly string[]>>> = {
  contacted: ['contact'],
  'review-recorded': ['record-review-meeting'],
  'priority-reviewed': ['confirm-priority', 'request-priority-change'],
  accepted: ['accept'],
  planned: ['plan'],
  updated: ['update-progress'],
  deferred: ['defer'],
  released: ['release'],
  completed: ['complete'],
  confirmed: ['confirm'],
  resolved: ['confirm'],
  closed: ['close'],
  'called-back': ['callback'],
  'article-filed': ['file-article'],
  reopened: ['reopen'],
}

/** Commands by which the clock would stop, in whatever stage. */
export function endingCommands(clock: PolicyClock, { stage, waiting }: TicketState): string[] {
  const moments = [...clock.stops, ...clock.cancels]
  return [
    ...new Set([
      ...moments.flatMap((moment) => broughtBy[moment] ?? []),
      ...(moments.includes('customer-answered') && waiting?.for === 'customer' ? goesOnBy(waiting.for, stage) : []),
      'withdraw',
    ]),
  ]
}
