import type { Instant } from '../../domain/instant.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import type { SealedContact } from '../../domain/sealed-contact.ts'
import type { CalendarChanged } from '../common/calendar-news.ts'
import type { LevelReached, PromiseBroken, PromiseLapsed } from '../common/clock-events.ts'
import type { Recorded } from '../process.ts'
import type { Facts } from '../../domain/profile/conditions.ts'
import type { TypeTerms } from '../../domain/profile/policy.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import type { AmongColleagues } from './events-among-colleagues.ts'
import type { FactsNow } from './facts.ts'

/**
 * What can happen to a ticket. An event carries what was true then, texts and target instants included, so that it can
 * be applied without its profile and the rows of the log can be made from it alone. One table, and as long as there are kinds of events.
 */
export interface EventData extends AmongColleagues {
  // intake
  submitted: Submitted
  supplemented: { fields: Fields; text: string | null } & FactsNow & NewDeadline
  'intake-reviewed': { complete: boolean; missing: readonly string[]; message: string | null } & Offered & Onward<'assignment'>
  // triage
  diagnosed: Diagnosed
  'review-meeting-recorded': ReviewMeetingRecorded
  // assignment
  assigned: Assigned
  released: { assignee: string | null; reason: string }
  'representative-changed': { from: string; to: string; reason: string }
  accepted: { assignee: string | null }
  // priority
  'priority-confirmed': { priority: string }
  'priority-change-requested': { priority: string; current: string; reason: string }
  'priority-change-decided': PriorityChangeDecided
  // handling
  /** `impact`: what it means for the customer (R7); absent where nobody said, and in events of 0.1.0. */
  planned: { kind: string; steps: string; estimatedFinishAt: Instant; impact?: string }
  'collaboration-requested': CollaborationRequest
  'progress-updated': { text: string; visibleToCustomer: boolean }
  deferred: Deferred
  /** `asked`: what the customer is asked with it, null in no words of ours; absent when they are not asked with it. */
  'waiting-started': { for: string; reason: string; until: Instant | null; asked?: string | null }
  /** `silence`: the ticket is closed, and whoever was waited for did not answer. */
  'waiting-ended': { for: string; silence?: true }
  completed: { solution: string; cause: Cause; classification: Classification; tags: readonly string[] } & Onward<
    'confirmation' | 'closing'
  >
  // verification and confirmation
  verified: { passed: boolean; method: string; sideEffectsChecked: boolean; remark: string | null } & Onward<'closing'>
  confirmed: Confirmed
  /** Solved by the word of those who did it: the profile does not ask the customer. */
  resolved: object
  'task-opened': { kind: TaskKind; text: string; owner: string | null }
  'task-finished': { task: number; result: string }
  // closing and follow-up
  closed: Closure
  'called-back': CalledBack
  'article-filed': { article: string | null; unnecessary: string | null }
  reopened: { reason: string } & Offered
  withdrawn: { reason: string }
  archived: object
  // at any time
  contacted: {
    channel: string
    direction: 'outbound' | 'inbound'
    text: string
    template: string | null
    /** A person of ours spoke to the customer by a channel where one speaks at once: what counts as a first response. */
    live: boolean
  } & ByDepartment
  /** An act of the organisation's own (X11). What colleagues only see of it, `internalFields` holds. */
  'act-recorded': {
    act: string
    label: Labels
    fields: Fields
    internalFields: Fields
    visibleToCustomer: boolean
  } & FactsNow &
    NewDeadline
  urged: { by: 'customer' | 'staff'; reason: string | null; count: number }
  corrected: { reason: string; changes: Corrections } & FactsNow & NewDeadline
  reclassified: Reclassified
  'contact-revealed': { reason: string | null }
  /** Somebody said whose ticket it is: ids of entries in the directory; null: nobody's. */
  'customer-linked': { entry: string | null; previous: string | null; reason: string | null }
  /** All the tags the customer has now, by their history (S4). */
  'customer-tagged': { tags: readonly { readonly id: string; readonly label: Labels }[] } & NewDeadline
  /** What happened to the process of that number, which belongs to the ticket. */
  'related-noted': { process: string; what: Labels; remark: string | null }
  /** A major incident, of which that review opens. */
  'major-declared': { reason: string; review: string }
  // time
  'promise-broken': PromiseBroken
  'promise-lapsed': PromiseLapsed
  'level-reached': LevelReached
  'calendar-changed': CalendarChanged
}

export type EventType = keyof EventData
/** One event, or one of the named kinds of event. */
export type TicketEvent<T extends EventType = EventType> = { [K in T]: { readonly type: K } & Readonly<EventData[K]> }[T]
export type RecordedTicketEvent<T extends EventType = EventType> = { [K in T]: Recorded<TicketEvent<K>> }[T]

/** Whoever spoke, spoke for the department that has the ticket. */
export interface ByDepartment {
  /** Absent: nobody of it did, and in events of 0.1.0. */
  readonly byDepartment?: true
}

export type Outcome = 'solved' | 'partly' | 'unsolved'
export type TaskKind = 'open-question'
export type Fields = Readonly<Record<string, string | number | boolean>>

/** Where a step leads. */
export interface Onward<S extends Stage> {
  /** The stage it leads to, since the profile leaves out the one before; absent: the one that follows. */
  readonly next?: S
}

/** What a change of facts makes of the time in which the ticket is to be solved (X10). */
export interface NewDeadline {
  /** Until when it is to be solved from then on; null: that is promised no more. Absent: as before. */
  readonly deadline?: Instant | null
}

/** How a ticket that comes to be assigned finds somebody. */
export interface Offered {
  /** Its team chooses for itself; absent where somebody is chosen automatically (S7), and in events of 0.1.0. */
  readonly offered?: true
}

/** The ticket is of another type than was said. */
export interface Reclassified extends NewDeadline {
  readonly from: string
  readonly ticketType: string
  readonly reason: string
  /** All values of the new type's form. */
  readonly fields: Fields
  /** What the form of the new type has no place for. */
  readonly dropped: Fields
  /** By what it runs from now on. */
  readonly terms: TypeTerms
  readonly facts: Facts['fields']
}

export interface Submitted extends Offered, FactsNow, ByDepartment {
  readonly ticketType: string
  readonly priority: string
  readonly channel: string
  /** In which the customer is written to; absent: in the profile's. */
  readonly language?: Locale
  readonly representative: string | null
  readonly requester: string | null
  readonly assignee: string | null
  readonly team: string
  /** The customer was on the line. */
  readonly live: boolean
  /** Within what time work starts, told to the customer (T3); null where the profile promises none. */
  readonly startWithin: Target | null
  /** The version of the working calendar that its promises count by. */
  readonly calendar: { readonly id: string; readonly version: number }
  /** The absent person named as assignee, whose deputy got it (X8). */
  readonly insteadOf?: string
  /** The clocks that say until when it is to be solved (T6); absent: it was registered before profiles could name the deadline. */
  readonly deadlineClocks?: readonly string[]
  /** The stage it begins in; absent: intake. */
  readonly begins?: 'triage' | 'assignment'
}

/** A duration promised, and whether only working time counts. */
export interface Target {
  readonly within: string
  readonly timeBase: 'elapsed' | 'working'
}

export interface Diagnosed extends Offered {
  readonly summary: string
  readonly module: string
  readonly reproduced: boolean
  /** Note on a remote-assistance session, if one was held (T4). */
  readonly remoteSession: string | null
  readonly suspectedCause: string | null
  readonly needs: readonly string[]
  /** An emergency review must confirm priority and deadline before assignment (T5). */
  readonly reviewMeeting: boolean
}

export interface ReviewMeetingRecorded extends Offered {
  readonly participants: readonly string[]
  readonly decision: string
  readonly priority: string
  /** Deadline agreed. */
  readonly dueAt: Instant | null
  readonly minutes: string
}

export interface Assigned {
  readonly manner: 'assigned' | 'claimed' | 'reassigned' | 'handed-over' | 'handed-up' | 'dispatched'
  readonly assignee: string | null
  readonly team: string
  readonly previous: string | null
  readonly reason: string | null
  /** The absent person whose deputy got it (X8). */
  readonly insteadOf: string | null
  /** Until when the ticket is to be solved, told to the assignee (T6); null where nothing is promised. */
  readonly deadline: Instant | null
  /** Dispatched: who came into question, best first. */
  readonly candidates?: readonly Candidate[]
}

/** Somebody who could get a ticket by automatic dispatch (S7). */
export interface Candidate {
  readonly assignee: string
  /** The absent member of the team for whom they stand in. */
  readonly insteadOf: string | null
  /** How many of the skills wanted the member has. */
  readonly skills: number
  /** Open tickets they have in hand. */
  readonly inHand: number
}

export interface PriorityChangeDecided {
  /** Sequence number of the request. */
  readonly request: number
  readonly requestedBy: string
  readonly approved: boolean
  /** The priority wished for; the ticket's from now on if approved. */
  readonly priority: string
  readonly comment: string | null
}

/** A later deadline, announced with its reason (T14). */
export interface Deferred {
  readonly reason: string
  readonly cause: 'objective' | 'subjective'
  /** The deadline that will be missed; null where none was running. */
  readonly previousDueAt: Instant | null
  readonly newDueAt: Instant
  /** Whether the customer has been told in person already. */
  readonly customerTold: boolean
  /** Announced later than the profile demands before the deadline. */
  readonly late: boolean
}

export interface Cause {
  readonly direct: string
  readonly underlying: string
}

export interface Classification {
  readonly module: string
  readonly type: string
  readonly cause: string
}

/** What a plan needs of another department (T7). */
export interface CollaborationRequest {
  readonly department: string
  readonly contact: string
  readonly need: string
  /** When the plan is to be finished. */
  readonly finishAt: Instant
  /** Who is told: not every contact is somebody we know. */
  readonly informed: 'contact' | 'lead' | 'representative'
}

export interface Confirmed extends ByDepartment {
  readonly outcome: Outcome
  /** Asked by a person of ours on a live channel: the customer was spoken to. */
  readonly live: boolean
  readonly channel: string
  readonly remark: string | null
  readonly satisfaction: number | null
  readonly proof: string | null
}

/** The problem-resolution report's own figures (T11); its texts stand in the events it names by sequence number. */
export interface Closure {
  readonly satisfaction: number | null
  /** What proves the customer's answer; null when the recorded answer itself is the proof. */
  readonly proof: string | null
  readonly confirmation: number
  readonly completion: number
  readonly article: string | null
  readonly handler: string | null
  /** Hours from first assignment to the customer's confirmation. */
  readonly durationHours: number
  /** Until when the ticket can be reopened. */
  readonly reopenableUntil: Instant
  /** Closed because the customer never answered (X3). */
  readonly silence: boolean
}

export interface CalledBack {
  readonly reached: boolean
  readonly attempt: number
  /** No further attempt is owed: reached, or the last attempt failed. */
  readonly final: boolean
  readonly satisfaction: number | null
  readonly experience: string | null
  readonly suggestions: string | null
  readonly effect: string | null
}

/** Corrected values. Contact details travel sealed: only who holds the key can read them. */
export interface Corrections {
  readonly language?: Locale | undefined
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly customer?:
    | { readonly name?: string | undefined; readonly company?: string | undefined; readonly account?: string | undefined }
    | undefined
  readonly contact?: SealedContact | undefined
  /** null: emptied. */
  readonly fields?: Readonly<Record<string, Fields[string] | null>> | undefined
}
