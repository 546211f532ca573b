import type { Instant } from '../../domain/instant.ts'
import type { ProfileReport } from '../../domain/profile/reports.ts'
import type { Counting } from '../common/calendar-news.ts'
import type { CountingPolicy, Worked } from '../common/define-process.ts'
import type { ReportStage } from './stages.ts'

/** A periodic report as its process sees it: of what time it is, how far it has come, and who signed it. What it holds stands in the rows. */
export interface ReportState extends Worked, Counting {
  readonly stage: ReportStage
  /** Id of the report in its profile. */
  readonly report: string
  /** `2026-11`; how periods are written says domain/recurring/periods.ts. */
  readonly period: string
  readonly openedAt: Instant
  /** When it fell due, as of which instant it is reckoned. */
  readonly dueAt: Instant
  readonly reckonedAt: Instant | null
  /** Ids of those who signed; null: not yet. */
  readonly preparer: string | null
  readonly reviewer: string | null
  readonly approver: string | null
  /** A deadline passed, and it went out as it was 未审核. */
  readonly unreviewed: boolean
  /** Sequence number of the event by which it was released; null: it is not. */
  readonly releasedSeq: number | null
}

/** What of a report in its profile its process needs. */
export type ReportTerms = Pick<ProfileReport, 'id' | 'label' | 'every' | 'cutOff' | 'to'> & {
  readonly release: NonNullable<ProfileReport['release']> | null
  /** Ids of the boxes in which a person writes. */
  readonly boxes: readonly string[]
}

/** By what a report runs. */
export interface ReportPolicy extends CountingPolicy {
  readonly reports: readonly ReportTerms[]
}

export function termsOf({ reports }: Pick<ReportPolicy, 'reports'>, { report }: Pick<ReportState, 'report'>): ReportTerms {
  const terms = reports.find(({ id }) => id === report)
  if (!terms) throw new Error(`the profile has no report ${report}`)
  return terms
}
