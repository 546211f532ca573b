import type { ticketSummary, ticketView } from './ticket.ts'
import { own } from '../../domain/own.ts'

/** What customers see of their own tickets: not what colleagues tell each other about them. */

/** Tags and keywords say what we think of a customer (S4). */
export function summaryForCustomer(summary: ReturnType<typeof ticketSummary>): ReturnType<typeof ticketSummary> {
  return { ...summary, tags: [], keywords: [] }
}

export function ticketForCustomer(ticket: ReturnType<typeof ticketView>): ReturnType<typeof ticketView> {
  const { self, events, outlook, clocks } = ticket.links
  return { ...ticket, tags: [], keywords: [], diagnosis: null, tasks: [], undelivered: [], links: { self, events, outlook, clocks } }
}

interface LogLine {
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly occurredAt: string
  readonly actor: string
  readonly stage: string
  readonly [data: string]: unknown
}

/** The event without what is internal; nothing when all of it is. */
export function eventForCustomer(event: LogLine): LogLine[] {
  const fields = own(shownToCustomers, event.type)
  if (fields === undefined || (event.type === 'progress-updated' && event['visibleToCustomer'] !== true)) return []
  const { seq, type, at, occurredAt, actor, stage } = event
  return [{ ...Object.fromEntries(fields.map((field) => [field, own(event, field)])), seq, type, at, occurredAt, actor, stage }]
}

/** Events a customer sees, and what of them. */
export const shownToCustomers: Readonly<Record<string, readonly string[]>> = {
  submitted: ['ticketType', 'priority', 'channel'],
  supplemented: ['fields', 'text'],
  'intake-reviewed': ['complete', 'missing', 'message'],
  accepted: [],
  'progress-updated': ['text'],
  'waiting-started': ['for', 'until'],
  'waiting-ended': ['for'],
  completed: ['solution'],
  confirmed: ['outcome', 'remark', 'satisfaction'],
  closed: [],
  'called-back': ['reached'],
  reopened: ['reason'],
  withdrawn: ['reason'],
  archived: [],
}
