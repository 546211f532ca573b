import type { Scored } from '../../domain/assessment/rights.ts'
import { subjectKey, type SubjectKey } from '../../domain/assessment/model.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Labels } from '../../domain/labels.ts'
import type { ProfileAssessment } from '../../domain/profile/assessments.ts'
import type { Counting } from '../common/calendar-news.ts'
import type { CountingPolicy, Worked } from '../common/define-process.ts'
import type { AssessmentStage } from './stages.ts'

/**
 * An assessment 统计评分 as its process sees it: who is scored, and how far each score has come. No number of it stands here: what was counted
 * stands in the rows, what people wrote in the events.
 */
export interface AssessmentState extends Worked, Counting {
  readonly stage: AssessmentStage
  /** Id of the assessment in its profile. */
  readonly assessment: string
  /** What it was called when it was opened. */
  readonly label: Labels
  /** `2026-11` */
  readonly period: string
  readonly openedAt: Instant
  /** When it fell due, as of which instant it is reckoned. */
  readonly dueAt: Instant
  readonly reckonedAt: Instant | null
  readonly subjects: readonly SubjectState[]
  readonly nominations: readonly NominationState[]
  /** Who is proposed as outstanding 优秀个人; null: all scores are not final, or it is not known yet. */
  readonly proposed: readonly ProposedState[] | null
}

/** How far one score has come. */
export interface SubjectState extends Scored {
  /** Who confirmed it; null: nobody yet. */
  readonly confirmedBy: string | null
  /** By which command a superior decided of an item, by its id; of the others nothing was. */
  readonly decided: Readonly<Record<string, ItemDecision>>
  /** Until when it can be objected to; null: it is not confirmed. */
  readonly objectBy: Instant | null
  /** That is later than was said first: everything was down then. Absent: it is not. */
  readonly prolonged?: true
  readonly objection: ObjectionState | null
  /** Nothing can be said against it any more. */
  readonly isFinal: boolean
}

export type ItemDecision = 'excuse' | 'confirm-act'

export interface ObjectionState {
  /** Of the event with which it was made. */
  readonly seq: number
  readonly by: string
  readonly decideBy: Instant
  readonly isDecided: boolean
}

/** 创新表彰提名 */
export interface NominationState {
  /** From 1, in the order in which they came. */
  readonly id: number
  readonly person: string
  readonly ticket: string
  readonly by: string
  readonly state: 'open' | 'commended' | 'declined'
}

export interface ProposedState {
  readonly person: string
  readonly isCommended: boolean
}

/** What of an assessment in its profile its process needs. */
export type AssessmentTerms = Pick<ProfileAssessment, 'id' | 'label' | 'confirmWithin' | 'objectWithin' | 'decideWithin'>

/** By what an assessment runs. */
export interface AssessmentPolicy extends CountingPolicy {
  readonly assessments: readonly AssessmentTerms[]
  /** A time that ends while everything is down goes on afterwards. Absent: it is over, as in assessments that began before there was this. */
  readonly prolongs?: true
}

export function termsOf(
  { assessments }: Pick<AssessmentPolicy, 'assessments'>,
  { assessment }: Pick<AssessmentState, 'assessment'>,
): AssessmentTerms {
  const terms = assessments.find(({ id }) => id === assessment)
  if (!terms) throw new Error(`the profile has no assessment ${assessment}`)
  return terms
}

/** Whose score is not confirmed yet. */
export function unconfirmed({ subjects }: Pick<AssessmentState, 'subjects'>): readonly SubjectState[] {
  return subjects.filter(({ confirmedBy }) => confirmedBy === null)
}

/** Objections that wait for a decision, what is due first, first. */
export function openObjections({ subjects }: Pick<AssessmentState, 'subjects'>): readonly Objected[] {
  return subjects
    .flatMap(({ objection, ...subject }) => (objection && !objection.isDecided ? [{ key: subjectKey(subject), ...objection }] : []))
    .toSorted((one, other) => (one.decideBy < other.decideBy ? -1 : one.decideBy > other.decideBy ? 1 : 0))
}

export interface Objected extends ObjectionState {
  readonly key: SubjectKey
}

/** What the management may still commend. */
export function openCommendations({ nominations, proposed }: Pick<AssessmentState, 'nominations' | 'proposed'>): number {
  return nominations.filter(({ state }) => state === 'open').length + (proposed ?? []).filter(({ isCommended }) => !isCommended).length
}
