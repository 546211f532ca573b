import type { Instant } from '../../domain/instant.ts'
import type { InterventionCause } from '../../domain/interventions.ts'

/** What can happen between those who work on a ticket together. Customers see none of it. */
export interface AmongColleagues {
  'helper-added': { helper: string; duty: string; /** The absent person whose deputy helps (X8). */ insteadOf: string | null }
  'helper-removed': { helper: string; reason: string | null }
  queried: { question: string }
  'query-answered': { answer: string }
  /** `to`: the supervisor who got it; null: it joined the queue of `team`. */
  'handed-up': { problem: string; tried: string; to: string | null; team: string }
  intervened: { cause: InterventionCause; reason: string }
  /** `intervention`: sequence number of the event that began it. `openedBy`: who did; absent: on record from before that was said. */
  'intervention-closed': { outcome: string; intervention: number; openedBy?: string }
  /** It stood among what others have in hand; `silentSince`: when whoever works on it last did something. */
  'handed-off-listed': { silentSince: Instant }
  // between departments
  coordinated: { participants: readonly string[]; minutes: string; duties: readonly { department: string; duty: string }[] }
  /** `milestone`: its number, from 1 on. `insteadOf`: the absent person whose deputy got it (X8). */
  'milestone-set': { milestone: number; department: string; what: string; owner: string; insteadOf: string | null; dueAt: Instant }
  'milestone-moved': {
    milestone: number
    owner: string
    previousOwner: string
    insteadOf: string | null
    dueAt: Instant
    previousDueAt: Instant
    reason: string
  }
  'milestone-reached': { milestone: number; result: string }
  'milestone-dropped': { milestone: number; reason: string }
}
