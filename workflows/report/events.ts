import type { Instant } from '../../domain/instant.ts'
import type { CommonEvent } from '../common/common-events.ts'
import type { Recorded } from '../process.ts'

/** What can happen to a report. */
export type ReportEvent =
  | CommonEvent
  | ({ readonly type: 'opened' } & Opened)
  /** It is reckoned, and what it holds is kept. `by`: when it is to be written; null: nobody signs it. */
  | { readonly type: 'reckoned'; readonly sha256: string; readonly quiet: boolean; readonly by: Instant | null }
  /** `texts`: what the preparer wrote, by the id of the box. `by`: when it is to be reviewed. */
  | { readonly type: 'written'; readonly texts: Readonly<Record<string, string>>; readonly by: Instant }
  /** `by`: when it is to be approved. */
  | { readonly type: 'reviewed'; readonly by: Instant }
  | { readonly type: 'approved' }
  | { readonly type: 'sent-back'; readonly reason: string; readonly by: Instant }
  /** It goes out. */
  | { readonly type: 'released'; readonly unreviewed: boolean }
  /** Its mails are queued. */
  | { readonly type: 'sent'; readonly recipients: number }

export type RecordedReportEvent = Recorded<ReportEvent>

export interface Opened {
  readonly report: string
  readonly period: string
  readonly dueAt: Instant
  readonly calendar: { readonly id: string; readonly version: number }
}
