import type { SubjectKey } from '../../domain/assessment/model.ts'
import type { Scored } from '../../domain/assessment/rights.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Labels } from '../../domain/labels.ts'
import type { CommonEvent } from '../common/common-events.ts'
import type { Recorded } from '../process.ts'

/** What can happen to an assessment. `subject` is `person:engineer-wang` or `team:tech-support`, `item` one of the model's. */
export type AssessmentEvent =
  | CommonEvent
  | ({ readonly type: 'opened' } & Opened)
  /** It is reckoned, and what was counted is kept. `by`: when every score is to be confirmed; null: nobody is scored. */
  | { readonly type: 'reckoned'; readonly sha256: string; readonly subjects: readonly Scored[]; readonly by: Instant | null }
  /** A superior found that nobody could help it. */
  | { readonly type: 'delay-excused'; readonly subject: SubjectKey; readonly item: string; readonly reason: string }
  /** Another person confirmed an act that was recorded long after it took place. */
  | { readonly type: 'act-confirmed'; readonly subject: SubjectKey; readonly item: string; readonly remark: string | null }
  /** What was decided of an item counts no more. */
  | { readonly type: 'decision-taken-back'; readonly subject: SubjectKey; readonly item: string; readonly reason: string }
  /** `objectBy`: until when it can be objected to. */
  | { readonly type: 'score-confirmed'; readonly subject: SubjectKey; readonly objectBy: Instant }
  | { readonly type: 'all-confirmed' }
  /** `decideBy`: when it is to be decided. `by`: what the clock of decisions is to run to from now on; null: one that is due earlier still waits. */
  | {
      readonly type: 'objected'
      readonly subject: SubjectKey
      readonly reason: string
      readonly decideBy: Instant
      readonly by: Instant | null
    }
  /**
   * `excused`: items that leave the count by it. `first`: it was what the clock of decisions ran to. `by`: what that is to run to from now on;
   * null: none waits, or it runs on.
   */
  | {
      readonly type: 'objection-decided'
      readonly subject: SubjectKey
      readonly upheld: boolean
      readonly reason: string
      readonly excused: readonly string[]
      readonly first: boolean
      readonly by: Instant | null
    }
  /** Everything was down when the time for objections ended: it goes on. `from`: when it was to end. */
  | { readonly type: 'objections-prolonged'; readonly subject: SubjectKey; readonly from: Instant; readonly until: Instant }
  /** The time in which these could be objected to is over. */
  | { readonly type: 'objections-over'; readonly subjects: readonly SubjectKey[] }
  /** Every score is final. */
  | { readonly type: 'finalised' }
  /** Who comes into question as outstanding 优秀个人. `by`: when the management is to have decided; null: there is nothing to decide. */
  | { readonly type: 'outstanding-proposed'; readonly people: readonly string[]; readonly by: Instant | null }
  /** Everything was down when the management was to have decided: it may until `by`. `from`: when that was to be. */
  | { readonly type: 'commending-prolonged'; readonly from: Instant; readonly by: Instant }
  | { readonly type: 'outstanding-commended'; readonly person: string; readonly remark: string | null }
  | { readonly type: 'nominated'; readonly nomination: number; readonly person: string; readonly ticket: string; readonly why: string }
  | { readonly type: 'commended'; readonly nomination: number; readonly person: string; readonly remark: string | null }
  | { readonly type: 'nomination-declined'; readonly nomination: number; readonly reason: string }
  | { readonly type: 'closed' }

export type RecordedAssessmentEvent = Recorded<AssessmentEvent>

export interface Opened {
  readonly assessment: string
  readonly label: Labels
  readonly period: string
  readonly dueAt: Instant
  readonly calendar: { readonly id: string; readonly version: number }
}
