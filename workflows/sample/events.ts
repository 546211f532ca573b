import type { Instant } from '../../domain/instant.ts'
import type { Frame, Narrowing, Stratum } from '../../domain/samples/frame.ts'
import type { Judged } from '../../domain/samples/judgement.ts'
import type { CommonEvent } from '../common/common-events.ts'
import type { Recorded } from '../process.ts'
import type { Manner } from './state.ts'

/** What can happen to a sample. */
export type SampleEvent =
  | CommonEvent
  | ({ readonly type: 'opened' } & Opened)
  | ({ readonly type: 'judged' } & TicketJudged)
  /** Corrected: its judgement counts from now on, in the time of the first one. */
  | ({ readonly type: 'rejudged'; readonly reason: string } & TicketJudged)
  | { readonly type: 'ticket-excused'; readonly ticket: string; readonly reason: string }
  /** No ticket is left to judge. `closesAt`: until when it can be corrected. */
  | { readonly type: 'all-judged'; readonly closesAt: Instant }
  | { readonly type: 'handed-over'; readonly from: string; readonly to: string; readonly reason: string; readonly insteadOf?: string }
  | { readonly type: 'abandoned'; readonly reason: string }
  | { readonly type: 'closed' }

export type RecordedSampleEvent = Recorded<SampleEvent>

/** How it was drawn: drawn again by this, it is the same. */
export interface Draw {
  readonly manner: Manner
  readonly of: Frame | null
  readonly from: Instant | null
  readonly until: Instant | null
  readonly only: Readonly<Partial<Record<Narrowing, string>>>
  readonly each: Stratum | null
  readonly wanted: number
  readonly seed: string | null
  /** What was recorded later was not known. */
  readonly asOf: Instant
  /** Other samples of the kind, whose tickets were left out. */
  readonly without: readonly string[]
  readonly frame: number | null
}

export interface Opened extends Draw {
  readonly sample: string
  /** What whoever drew it called it; null: nothing. */
  readonly title: string | null
  /** Who sees that it is judged, and the absent person in whose place; absent: in nobody's. */
  readonly judge: string
  readonly insteadOf?: string
  readonly tickets: readonly string[]
  /** Of each ticket, by its number: whose it was, and who judges it not. */
  readonly teams: Readonly<Record<string, string>>
  readonly involved: Readonly<Record<string, readonly string[]>>
  readonly judgeBy: Instant
  readonly calendar: { readonly id: string; readonly version: number }
}

export interface TicketJudged {
  readonly ticket: string
  /** In the time of which it counts. */
  readonly judgedAt: Instant
  readonly answers: readonly Judged[]
  readonly remark: string | null
  /** What somebody is to see to; null: nothing. */
  readonly finding: string | null
}
