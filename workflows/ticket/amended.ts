import { withTermsOf, type Policy } from '../../domain/profile/policy.ts'
import type { RecordedTicketEvent } from './events.ts'

/** By what a ticket runs after an event. */
export function amend(policy: Policy, event: RecordedTicketEvent): Policy {
  switch (event.type) {
    case 'calendar-changed':
      return { ...policy, calendar: { version: event.version, calendar: event.calendar } }
    case 'reclassified':
      return withTermsOf(policy, event.terms)
    default:
      return policy
  }
}
