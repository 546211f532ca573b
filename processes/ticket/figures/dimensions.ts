import type { Dimension } from '../../../domain/figures/figure.ts'
import { said } from '../../../domain/labels.ts'

/** What figures of tickets have in common. */

export const tickets = said('张工单', '張工單', 'tickets')

export const ofEveryTicket: readonly Dimension[] = [
  'type',
  'priority',
  'channel',
  'team',
  'person',
  'keyword',
  'module',
  'classification',
  'cause',
  'customer-tag',
]
