import type { Instant } from '../../domain/instant.ts'
import type { ActionStateName } from '../../domain/reviews/actions.ts'
import type { EffectOutcome } from '../../domain/reviews/effect.ts'
import type { ProfileReviews } from '../../domain/profile/reviews.ts'
import type { OwnPolicy, Worked } from '../common/define-process.ts'
import type { Refused } from '../common/refusals.ts'
import type { ReviewStage } from './stages.ts'

/** A review 复盘 as its process sees it: of what it is, who takes part, how far its actions are. What people wrote stands in the events. */
export interface ReviewState extends Worked, Refused {
  readonly stage: ReviewStage
  readonly because: Because
  /** Number of what it is about, such as the ticket of a major incident. */
  readonly parent: string | null
  /** What it is about; of one classification there is one open review at a time. Null: of none. */
  readonly classification: Classification | null
  /** What is compared, where that is not what it was opened for. */
  readonly compared: Classification | null
  readonly openedAt: Instant
  readonly participants: readonly Participant[]
  /** So many tickets of the classification have joined it. */
  readonly tickets: number
  readonly actions: readonly ActionState[]
  /** Kinds of causes that were found last. */
  readonly causes: readonly string[]
  /** Which time it is analysed, from 1. */
  readonly round: number
  /** Since when every action is carried out; null: not yet. */
  readonly since: Instant | null
  /** When the effect is looked at next; null: it is not. */
  readonly checkAt: Instant | null
  /** What was found of the effect last; null: nothing yet. */
  readonly outcome: EffectOutcome | null
}

/** Why it was opened: a classification came too often, a major incident, or somebody decided it. */
export const becauses = ['frequency', 'major', 'decision'] as const
export type Because = (typeof becauses)[number]

export interface Classification {
  readonly module: string
  readonly type: string
  readonly cause: string
}

export interface Participant {
  readonly person: string
  /** The party of the profile for which they speak; null: for none. */
  readonly party: string | null
}

export interface ActionState {
  /** From 1, in the order in which they were decided. */
  readonly id: number
  readonly owner: string
  readonly dueAt: Instant
  readonly state: ActionStateName
}

/** By what a review runs. */
export interface ReviewPolicy extends OwnPolicy {
  readonly reviews: Pick<ProfileReviews, 'atLeast' | 'analysisWithin' | 'effectAfter' | 'closingWithin'> & {
    /** Ids. */
    readonly parties: readonly string[]
    readonly causes: readonly string[]
    /** The team of each type that a classification can have, and the one of all others. */
    readonly teams: Readonly<Record<string, string>>
    readonly team: string
  }
}

export function openActions({ actions }: Pick<ReviewState, 'actions'>): readonly ActionState[] {
  return actions.filter(({ state }) => state === 'open')
}
