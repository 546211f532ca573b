import { said } from '../../domain/labels.ts'
import type { StatedClock } from '../common/stated-clock.ts'
import type { ReportEvent } from './events.ts'

/** A signature is promised by an instant, too: whoever owes it is reminded, and whoever waits for the report hears when it is late. */

const ladder = [
  { id: 'reminder', at: '-PT4H', times: 1, to: ['team'] },
  { id: 'late', at: '0%', times: 1, to: ['supervisor'] },
  { id: 'still-late', at: '+PT24H', every: 'PT24H', times: 10, to: ['department-head'] },
] as const satisfies StatedClock<ReportEvent>['ladder']

/** By which each signature is awaited. */
export const clockOf = { write: 'writing', review: 'review', approve: 'approval' } as const

export const reportClocks: readonly StatedClock<ReportEvent>[] = [
  {
    id: 'writing',
    label: said('编制', '編製', 'Writing'),
    dueBy: (event) => (event.type === 'reckoned' ? (event.by ?? undefined) : event.type === 'sent-back' ? event.by : undefined),
    stops: ['written'],
    cancels: ['released'],
    ladder,
    endedBy: ['write'],
  },
  {
    id: 'review',
    label: said('审核', '審核', 'Review'),
    dueBy: (event) => (event.type === 'written' ? event.by : undefined),
    stops: ['reviewed'],
    cancels: ['released', 'sent-back'],
    ladder,
    endedBy: ['review', 'send-back'],
  },
  {
    id: 'approval',
    label: said('批准', '核准', 'Approval'),
    dueBy: (event) => (event.type === 'reviewed' ? event.by : undefined),
    stops: ['approved'],
    cancels: ['released', 'sent-back'],
    ladder,
    endedBy: ['approve', 'send-back'],
  },
]
