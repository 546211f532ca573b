import type { Generated, GeneratedAlways } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import type { ProcessState } from '../../workflows/process.ts'
import type { PromiseState } from '../../workflows/promise.ts'
import type { Json, JsonObject } from './json-columns.ts'

/** What is kept of every process, whatever its type: its head, its log, its promises. */

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
  /** Who helps whoever has it; null where the type knows no helpers. */
  helpers: readonly string[] | null
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
