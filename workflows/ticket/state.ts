import type { Instant } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { Facts } from '../../domain/profile/conditions.ts'
import type { InterventionCause } from '../../domain/interventions.ts'
import type { MilestoneState } from '../../domain/milestones.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import type { ProcessState } from '../process.ts'
import type { Classification, Outcome, TaskKind } from './events.ts'

/**
 * A ticket as its process sees it: ids, counts and instants. Texts and contact details live in Postgres and in the
 * events; nothing here grows with the number of acts.
 */
export interface TicketState extends ProcessState {
  readonly number: string
  readonly type: string
  readonly priority: string
  readonly channel: string
  readonly stage: Stage
  readonly waiting: Waiting | null
  /** What it waited for last, the latest at the end; absent: nothing yet. */
  readonly rests?: readonly Rest[]
  /** Keeps in touch with the customer; by default who registered the ticket. */
  readonly representative: string | null
  /** The customer's own login, when they registered it themselves. */
  readonly requester: string | null
  readonly assignee: string | null
  readonly team: string
  readonly submittedAt: Instant
  /** The version of the working calendar that its promises count by (X2). */
  readonly calendar: CalendarVersion
  /** Another priority that somebody asked for and nobody has decided on (S12). */
  readonly priorityChange: PriorityChange | null
  /** First time somebody got it: the duration in the resolution report counts from here (T11). */
  readonly assignedAt: Instant | null
  readonly reviewMeetingAt: Instant | null
  /** Deadline set by the emergency review or the current plan. */
  readonly agreedDueAt: Instant | null
  /** The deadline last announced by a deferral, null once the ticket was reopened; absent: none since this was kept. */
  readonly deferredTo?: Instant | null
  readonly reviewMeetingNeeded: boolean
  readonly diagnosis: { readonly module: string; readonly reproduced: boolean; readonly at: Instant } | null
  readonly plan: {
    readonly kind: string
    readonly estimatedFinishAt: Instant
    readonly at: Instant
    /** What it means for the customer (R7); absent: nobody said. */
    readonly impact?: string
  } | null
  /** The customer said unsolved and no new plan was made since (T10). */
  readonly replan: boolean
  readonly completion: { readonly seq: number; readonly at: Instant; readonly classification: Classification } | null
  readonly confirmationAskedAt: Instant | null
  readonly confirmation: {
    readonly seq: number
    readonly at: Instant
    readonly outcome: Outcome
    readonly satisfaction: number | null
  } | null
  readonly resolvedAt: Instant | null
  readonly closedAt: Instant | null
  readonly reopenableUntil: Instant | null
  /** Closed because the customer never answered (X3). */
  readonly closedBySilence: boolean
  readonly callbackAttempts: number
  /** When the last thing owed after the solution, callback or task, was recorded as done. */
  readonly settledAt: Instant | null
  /** What somebody still owes the customer; only the open ones. */
  readonly tasks: readonly Task[]
  readonly counts: Counts
  /** When it was last urged on (X7). */
  readonly urgedAt: Instant | null
  /** When its customer did; absent: not yet, or not since this was kept. */
  readonly customerUrgedAt?: Instant
  /** Since when it is a major incident; absent: it is none. */
  readonly majorAt?: Instant
  /** The clocks that say until when it is to be solved; absent: it began before profiles could name the deadline. */
  readonly deadlineClocks?: readonly string[]
  /** When each act of the organisation's own took place last (X11), by its id; absent: none has. */
  readonly acts?: Readonly<Record<string, Instant>>
  /** Values of the fields that conditions of the profile name (X10), and of those that its clocks count from (X11); absent: none has any. */
  readonly facts?: Facts['fields']
  /** Who helps whoever has it, at most twenty; absent: nobody ever did (S11). */
  readonly helpers?: readonly Helper[]
  /** What the service desk was asked and has not answered (R7); absent: nothing ever was. */
  readonly query?: Query | null
  /** That a superior looks into it (R10); absent: none ever did. */
  readonly intervention?: Intervention | null
  /** What each department answers for, at most twelve; absent: no coordination meeting was recorded (R9). */
  readonly duties?: readonly Duty[]
  /** What departments are to reach, at most twenty-four, each called by its number; absent: nothing was ever set (R9). */
  readonly milestones?: readonly Milestone[]
  /** Since when it waits to be told to who handed it off (R10); absent: nobody has had it since this was kept. */
  readonly handedOffAt?: Instant
  /** When whoever has it, helps, or has a milestone last did something (R10); absent: nothing since this was kept. */
  readonly workedAt?: Instant
  /** Ids of the profile's tags that the customer has (S4). */
  readonly customerTags?: readonly string[]
  /** In which the customer is written to; absent: in the profile's (X6). */
  readonly language?: Locale
}

export interface Waiting {
  /** Sequence number of the event that began it. */
  readonly id: number
  readonly for: string
  readonly reason: string
  readonly since: Instant
  readonly until: Instant | null
}

export interface Helper {
  readonly person: string
  /** With what they help. */
  readonly duty: string
  readonly since: Instant
}

/** A question; what it is, says for what the ticket waits. */
export interface Query {
  /** Sequence number of the event that put it. */
  readonly id: number
  readonly by: string
  readonly at: Instant
}

export interface Intervention {
  /** Sequence number of the event that began it. */
  readonly id: number
  readonly cause: InterventionCause
  readonly by: string
  readonly at: Instant
}

export interface Duty {
  /** Id of a team. */
  readonly department: string
  readonly duty: string
}

export interface Milestone {
  /** Its number, from 1 on. */
  readonly id: number
  /** Id of the team whose it is. */
  readonly department: string
  readonly what: string
  readonly owner: string
  readonly dueAt: Instant
  readonly state: MilestoneState
}

/** A waiting that is over. */
export interface Rest {
  readonly for: string
  readonly from: Instant
  readonly to: Instant
}

export interface CalendarVersion {
  readonly id: string
  readonly version: number
}

export interface PriorityChange {
  /** Sequence number of the event that asked for it. */
  readonly id: number
  readonly priority: string
  readonly by: string
  readonly at: Instant
}

export interface Task {
  /** Sequence number of the event that opened it. */
  readonly id: number
  readonly kind: TaskKind
  readonly text: string
  readonly owner: string | null
  readonly openedAt: Instant
}

export interface Counts {
  readonly contacts: number
  readonly updates: number
  readonly failedVerifications: number
  readonly unsolved: number
  readonly reopenings: number
  readonly urges: number
  /** Those of the customer. */
  readonly customerUrges?: number
  readonly deferrals: number
}
