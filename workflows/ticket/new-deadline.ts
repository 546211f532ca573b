import type { Policy } from '../../domain/profile/policy.ts'
import type { Notice } from '../process.ts'
import { instant, toPerson } from '../common/recipients.ts'
import { solvingDeadline } from './clocks.ts'
import type { RecordedTicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

/** What another fact, or another type, makes of the deadline, and who hears of that (X10): whoever works on the ticket planned by the one before. */

interface Around {
  readonly before: TicketState
  readonly after: TicketState
  readonly policy: Policy
}

/** The event with the deadline that it brought, where that is another one. */
export function sayingNewDeadline(event: RecordedTicketEvent, { before, after, policy }: Around): RecordedTicketEvent {
  if (!changesFacts(event) || policy.reckoning === undefined) return event
  const [old, now] = [before, after].map((state) => solvingDeadline(state, policy)?.dueAt ?? null)
  return now === undefined || now === old ? event : { ...event, deadline: now }
}

type OfFacts = Extract<
  RecordedTicketEvent,
  { readonly type: 'supplemented' | 'corrected' | 'act-recorded' | 'customer-tagged' | 'reclassified' }
>

function changesFacts(event: RecordedTicketEvent): event is OfFacts {
  switch (event.type) {
    case 'customer-tagged':
    case 'reclassified':
      return true
    case 'supplemented':
    case 'corrected':
    case 'act-recorded':
      return event.facts !== undefined
    default:
      return false
  }
}

/** Handler, helpers and representative hear of another type, or of another deadline, unless it is their own doing. Whoever gets it anew hears of it as of a new one. */
export function newDeadlineNotices(event: OfFacts, state: TicketState): Notice[] {
  const { number, assignee, representative, helpers = [] } = state
  const concerned = new Set([assignee, representative, ...helpers.map(({ person }) => person)])
  const tell = (kind: string, params: Notice['params']) =>
    [...concerned].flatMap((person) => (person === null || person === event.actor ? [] : toPerson(person, kind, { number, ...params })))
  const dueAt = instant('dueAt', event.deadline)
  if (event.type === 'reclassified') return tell('reclassified', { reason: event.reason, by: event.actor, ...dueAt })
  return event.deadline === undefined ? [] : tell('deadline-changed', dueAt)
}
