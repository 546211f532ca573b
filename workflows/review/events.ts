import type { Instant } from '../../domain/instant.ts'
import type { Counted, EffectOutcome } from '../../domain/reviews/effect.ts'
import type { CommonEvent } from '../common/common-events.ts'
import type { Recorded } from '../process.ts'
import type { Because, Classification, Participant } from './state.ts'

/** What can happen to a review. */
export type ReviewEvent =
  | CommonEvent
  | ({ readonly type: 'opened' } & Opened)
  | { readonly type: 'appointed'; readonly lead: string; readonly insteadOf?: string }
  /** `complete`: everybody who must take part does, from now on. */
  | { readonly type: 'invited'; readonly participants: readonly Participant[]; readonly complete: boolean }
  /** More tickets of its classification. */
  | { readonly type: 'tickets-joined'; readonly tickets: readonly string[] }
  | ({ readonly type: 'analysis-recorded' } & Analysed)
  | ({ readonly type: 'action-added' } & ActionAdded)
  | { readonly type: 'action-rescheduled'; readonly action: number; readonly dueAt: Instant; readonly reason: string }
  | {
      readonly type: 'action-reassigned'
      readonly action: number
      readonly owner: string
      readonly reason: string
      readonly insteadOf?: string
    }
  | { readonly type: 'action-reported'; readonly action: number; readonly text: string; readonly links: readonly string[] }
  | { readonly type: 'action-dropped'; readonly action: number; readonly reason: string }
  /** Nothing of it is left to do: its effect is looked at then. */
  | { readonly type: 'actions-completed'; readonly checkAt: Instant }
  /** Somebody wants to know now. */
  | { readonly type: 'check-asked' }
  | ({ readonly type: 'effect-checked' } & EffectChecked)
  | { readonly type: 'handed-over'; readonly from: string; readonly to: string; readonly reason: string; readonly insteadOf?: string }
  | { readonly type: 'abandoned'; readonly reason: string }
  | { readonly type: 'closed'; readonly conclusion: string }

export type RecordedReviewEvent = Recorded<ReviewEvent>

export interface Opened {
  readonly because: Because
  readonly title: string
  readonly reason: string | null
  readonly classification: Classification | null
  readonly parent: string | null
  readonly team: string
  readonly lead: string | null
  /** The absent person in whose place they lead it; absent: in nobody's. */
  readonly insteadOf?: string
  /** When the analysis is due. */
  readonly analyseBy: Instant
}

export interface Analysed {
  readonly summary: string
  /** What it came from, each with its kind of the profile. */
  readonly causes: readonly { readonly kind: string; readonly text: string }[]
  /** What is compared when its effect is looked at; null: what it was opened for. */
  readonly classification: Classification | null
}

export interface ActionAdded {
  readonly action: number
  readonly text: string
  readonly owner: string
  readonly insteadOf?: string
  readonly dueAt: Instant
}

export interface EffectChecked {
  readonly outcome: EffectOutcome
  /** What was counted, and when; null: there is no classification that could be counted. */
  readonly before: Span | null
  readonly after: Span | null
  /** When it is looked at again; null: not by itself. */
  readonly checkAt: Instant | null
  /** Without effect: when the next analysis is due. */
  readonly analyseBy: Instant | null
  /** With an effect: until when it is to be closed. */
  readonly closeBy: Instant | null
}

export interface Span extends Counted {
  readonly from: Instant
  readonly until: Instant
}
