import type { Generated, GeneratedAlways } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import type { ProcessState } from '../../workflows/process.ts'
import type { PromiseState } from '../../workflows/promise.ts'
import type { Assigned } from '../../workflows/ticket/events.ts'
import type { Json, JsonObject } from './json-columns.ts'

/** What is kept of every process, whatever its type: its head, its log, its promises, its lines in the ledgers. */

/** What every process has, whatever its type: read only. */
export interface HeadsTable {
  number: string
  /** Name of its process type, which is not the `type` of a ticket. */
  processType: string
  /** Number of the process that it belongs to. */
  parent: string | null
  profile: string
  profileVersion: number
  stage: string
  /** Still on its way. */
  open: boolean
  /** Open, or with something that its representative still owes. */
  owed: boolean
  /** Its assignee has still something to do with it. */
  inHand: boolean
  /** No further act is possible. */
  ended: boolean
  title: string
  /** Id in its profile; null where the type knows no priorities. */
  priority: string | null
  /** 1 is the most urgent; null where the type knows no priorities. */
  priorityRank: number | null
  /** Who keeps in touch with whom it is for. */
  representative: string | null
  /** The customer whose it is, if they have a login. */
  requester: string | null
  assignee: string | null
  team: string
  startedAt: Instant
  nextDueAt: Instant | null
  wakeAt: Instant | null
  version: number
  state: Json<ProcessState>
  workflowStartedAt: Instant | null
  /** Null where its promises count by no calendar. */
  calendar: string | null
  calendarVersion: number | null
}

/** Every event of every process, whole: a process' state can be folded from its rows. */
export interface EventsTable {
  process: string
  seq: number
  type: string
  at: Instant
  occurredAt: Instant
  actor: string
  requestId: string | null
  stage: string
  /** What the event says beyond the columns. */
  data: Json<JsonObject>
  promises: Json<readonly PromiseState[]>
}

/** Lines of a process' log that are no events, such as internal notes. They move no clock. */
export interface NotesTable {
  id: GeneratedAlways<number>
  /** Number of the process. */
  ticket: string
  /** The command that wrote it. */
  type: Generated<string>
  author: string
  text: string
  at: Instant
  requestId: string
}

/** Every cycle of every clock, as the newest event that touched it left it. */
export interface PromisesTable {
  process: string
  clock: string
  cycle: number
  startedAt: Instant
  dueAt: Instant
  pausedMinutes: number
  state: PromiseState['state']
  stoppedAt: Instant | null
  recordedLate: boolean
  /** Due beyond the last day whose holidays are known. */
  provisional: boolean
  /** The event that last touched it. */
  seq: number
}

/** The assignment ledger 分配记录台账 (R6). */
export interface AssignmentsTable {
  process: string
  seq: number
  at: Instant
  manner: Assigned['manner'] | 'submitted' | 'released'
  assignee: string | null
  team: string
  previous: string | null
  reason: string | null
  by: string
}

/** The communication record: every conversation with the customer (Q3). */
export interface ContactsTable {
  process: string
  seq: number
  /** The event that records it: `contacted`, `confirmed` or `called-back`. */
  type: string
  at: Instant
  occurredAt: Instant
  channel: string
  direction: 'outbound' | 'inbound'
  /** False for a call that nobody answered. */
  reached: boolean
  text: string
  by: string
}

/** Who was lately chosen for a ticket, so that one chosen for twenty at once counts as busy before any of them is in the rows. */
export interface DispatchesTable {
  ticket: string
  person: string
  at: Instant
}
