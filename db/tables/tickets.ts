import type { Generated, GeneratedAlways } from 'kysely'
import type { Contact } from '../../domain/customer.ts'
import type { Finding } from '../../domain/customers/identity.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import type { Fields } from '../../workflows/ticket/events.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import type { Json } from './json-columns.ts'

/** One row a ticket: its newest state, and the texts and contacts that its process does not carry. */
export interface TicketsTable {
  number: string
  profile: string
  profileVersion: number
  type: string
  priority: string
  /** The profile's priorities, most urgent first: what makes priorities of different profiles comparable. */
  priorityOrder: string[]
  /** 1 is the most urgent. */
  priorityRank: GeneratedAlways<number>
  stage: Stage
  /** Still on the way to its customer's confirmation or report: before `follow-up` and not ended off the path. */
  open: GeneratedAlways<boolean>
  channel: string
  title: string
  description: string
  fields: Json<Fields>
  keywords: string[]
  /** What tells about the solution (T15). */
  tags: string[]
  /** What tells about the customer (S4): each tag by its id and in every language, so that a list finds it by any. */
  customerTags: Generated<string[]>
  /** Null where nothing is known, or where what is known is contact data; then it is among what is sealed and masked. */
  customerName: string | null
  customerCompany: string | null
  customerAccount: string | null
  /** Phone, e-mail and whatever else is contact data, encrypted and bound to this number (S3; contact-vault.ts). */
  contactSealed: string
  contactMasked: Json<Contact>
  /** HMACs by which another ticket of the same customer is found. */
  contactKeys: string[]
  /** That no name, company or account in clear is contact data (contacts-at-rest.ts). */
  contactsChecked: Generated<boolean>
  /** By which rule; 0: by that of 0.1.0, whose workers know of none (domain/contact/within.ts). */
  contactRule: Generated<number>
  /** Its customer's entry in the directory; null: none yet, or several come into question. */
  customerEntry: string | null
  /** By what it was found; null: nobody has looked yet (../customers/bring-in.ts). */
  entryFound: Finding | null
  representative: string | null
  requester: string | null
  assignee: string | null
  team: string
  /** Who takes part beside whoever has it: helpers (S11), and owners of open milestones (R9). */
  helpers: Generated<string[]>
  /** Teams with an open milestone of it, while it is not solved (R9). */
  departments: Generated<string[]>
  waitingFor: string | null
  submittedAt: Instant
  assignedAt: Instant | null
  closedAt: Instant | null
  /** When the earliest promise still owed is or was due, paused ones aside; in the past means overdue. */
  nextDueAt: Instant | null
  /** When its workflow is to be woken, since something falls due; null when nothing does, or when it wakes by itself. */
  wakeAt: Instant | null
  /** Sequence number of the last event in the rows: events 1 to this are all there. */
  version: number
  state: Json<TicketState>
  /** Null until the workflow is known to run. */
  workflowStartedAt: Instant | null
  /** The working calendar its promises count by, and in which version (X2). */
  calendar: GeneratedAlways<string>
  calendarVersion: GeneratedAlways<number>
  /** The request that created it. */
  requestId: string
}

/** What is searched for, apart from the ticket's row so that a step does not write the search index anew. */
export interface TicketSearchTable {
  number: string
  /** Number, title and description, folded. */
  text: string
  /** The pieces of `text` (search-terms.ts). */
  terms: string
  /** Customer's name, company and account, folded. */
  customer: string
  customerTerms: string
}

/** Who was lately chosen for a ticket, so that one chosen for twenty at once counts as busy before any of them is in the rows. */
export interface DispatchesTable {
  ticket: string
  person: string
  at: Instant
}
