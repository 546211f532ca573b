import type { Instant } from '../../domain/instant.ts'
import type { Draft, Recorded } from '../process.ts'

/**
 * What can happen to a ticket. An event carries what was true then, texts included, since the rows of the log are made
 * from it; the state keeps only what decides the next step.
 */
export type TicketEvent =
  // intake
  | Of<'submitted', { type: string; priority: string; channel: string; representative: string | null; requester: string | null; assignee: string | null; team: string; live: boolean }>
  | Of<'supplemented', { fields: Fields; text: string | null }>
  | Of<'intake-reviewed', { complete: boolean; missing: readonly string[]; message: string | null }>
  // triage
  | Of<'diagnosed', { summary: string; module: string; reproduced: boolean; remoteSession: string | null; suspectedCause: string | null; needs: readonly string[] }>
  | Of<'review-meeting-recorded', { participants: readonly string[]; decision: string; priority: string; dueAt: Instant | null; minutes: string }>
  // assignment
  | Of<'assigned', Assignment & { manner: 'assigned' | 'claimed' | 'reassigned' | 'handed-over'; insteadOf: string | null }>
  | Of<'released', { assignee: string; reason: string }>
  | Of<'representative-changed', { from: string | null; to: string; reason: string }>
  | Of<'accepted', { assignee: string }>
  // handling
  | Of<'planned', { kind: string; steps: string; estimatedFinishAt: Instant; departments: readonly { department: string; contact: string; need: string }[] }>
  | Of<'progress-updated', { text: string; visibleToCustomer: boolean }>
  | Of<'waiting-started', { for: string; reason: string; until: Instant | null }>
  | Of<'waiting-ended', { for: string }>
  | Of<'completed', { solution: string; cause: { direct: string; underlying: string }; classification: Classification; tags: readonly string[] }>
  // verification, confirmation
  | Of<'verified', { passed: boolean; method: string; sideEffectsChecked: boolean; remark: string | null }>
  | Of<'confirmed', { outcome: Outcome; channel: string; remark: string | null; satisfaction: number | null; proof: string | null }>
  // closing, follow-up
  | Of<'closed', Closure>
  | Of<'called-back', { reached: boolean; attempt: number; final: boolean; satisfaction: number | null; experience: string | null; suggestions: string | null }>
  | Of<'reopened', { reason: string }>
  | Of<'withdrawn', { reason: string }>
  | Of<'archived', object>
  // at any time
  | Of<'contacted', { channel: string; direction: 'outbound' | 'inbound'; text: string }>
  | Of<'corrected', { reason: string; changes: Corrections }>
  | Of<'contact-revealed', { reason: string }>
  // time
  | Of<'promise-broken', { clock: string; cycle: number; dueAt: Instant; firedAt: Instant }>

export type RecordedTicketEvent = Recorded<TicketEvent>
export type Outcome = 'solved' | 'partly' | 'unsolved'
export type FieldValue = string | number | boolean
export type Fields = Readonly<Record<string, FieldValue>>

export interface Classification {
  readonly module: string
  readonly type: string
  readonly cause: string
}

export interface Assignment {
  readonly assignee: string | null
  readonly team: string
  readonly previous: string | null
  readonly reason: string | null
}

/** The problem-resolution report's own figures (T11); its texts stand in the events it names by sequence number. */
export interface Closure {
  readonly satisfaction: number
  /** What proves the customer's answer: given by the handler, else the record of the answer itself. */
  readonly proof: string | null
  readonly confirmedBy: number
  readonly completedBy: number
  readonly article: string | null
  readonly handler: string
  /** Hours from first assignment to the customer's confirmation. */
  readonly durationHours: number
}

/** Corrected values. Contact details travel sealed: only who holds the key can read them (see docs/architecture.md). */
export interface Corrections {
  readonly title?: string
  readonly description?: string
  readonly customer?: { readonly name?: string; readonly company?: string; readonly account?: string }
  readonly contact?: SealedContact
  readonly fields?: Fields
}

export interface SealedContact {
  readonly sealed: string
  readonly masked: { readonly phone: string | null; readonly email: string | null }
  readonly keys: readonly string[]
}

type Of<Type extends string, Data> = Draft & { readonly type: Type } & Readonly<Data>
