import type { Instant } from '../../../../domain/instant.ts'
import type { Counting } from '../../../../workflows/common/calendar-news.ts'
import type { CountingPolicy, Worked } from '../../../../workflows/common/define-process.ts'
import type { Refused } from '../../../../workflows/common/refusals.ts'
import type { LoanStage } from './stages.ts'

/** A loan of a device as its process sees it. */
export interface LoanState extends Worked, Counting, Refused {
  readonly stage: LoanStage
  /** Number of the ticket or loan that it belongs to. */
  readonly parent: string | null
  readonly lentAt: Instant
  readonly returnedAt: Instant | null
  readonly received: boolean
  /** Loans opened in place of this one. */
  readonly replacements: number
}

/** By what a loan runs. */
export type LoanPolicy = CountingPolicy
