import type { AssignmentLine, ContactLine } from '../../db/ledger-lines.ts'
import type { RecordedTicketEvent } from '../../workflows/ticket/events.ts'

/** What a ticket's events mean in the ledgers. */

/** The assignment ledger's lines (R6). */
export function assignmentLines(events: readonly RecordedTicketEvent[]): AssignmentLine[] {
  const lines: AssignmentLine[] = []
  let team: string | null = null
  for (const event of events) {
    const line = { seq: event.seq, at: event.at, by: event.actor }
    if (event.type === 'submitted') {
      team = event.team
      if (event.assignee !== null)
        lines.push({ ...line, manner: 'submitted', assignee: event.assignee, team, previous: null, reason: null })
    } else if (event.type === 'assigned') {
      team = event.team
      lines.push({ ...line, manner: event.manner, assignee: event.assignee, team, previous: event.previous, reason: event.reason })
    } else if (event.type === 'released') {
      lines.push({ ...line, manner: 'released', assignee: null, team, previous: event.assignee, reason: event.reason })
    }
  }
  return lines
}

/** The communication record's line of an event that is a conversation with the customer, or an attempt at one (Q3, T12). */
export function conversationLines(event: RecordedTicketEvent): ContactLine[] {
  const line = { seq: event.seq, type: event.type, at: event.at, occurredAt: event.occurredAt, by: event.actor, reached: true }
  switch (event.type) {
    case 'contacted':
      return [{ ...line, channel: event.channel, direction: event.direction, text: event.text }]
    case 'confirmed':
      return [{ ...line, channel: event.channel, direction: 'outbound', text: event.remark ?? '' }]
    case 'called-back':
      return [{ ...line, channel: 'phone', direction: 'outbound', reached: event.reached, text: event.experience ?? '' }]
    default:
      return []
  }
}
