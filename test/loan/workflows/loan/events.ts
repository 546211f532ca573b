import type { Instant } from '../../../../domain/instant.ts'
import type { CommonEvent } from '../../../../workflows/common/common-events.ts'
import type { Recorded } from '../../../../workflows/process.ts'

/** What can happen to a loan. */
export type LoanEvent =
  | CommonEvent
  | ({ readonly type: 'lent' } & Lent)
  | { readonly type: 'received' }
  | { readonly type: 'extended'; readonly until: Instant; readonly reason: string }
  | { readonly type: 'returned'; readonly condition: string }
  | { readonly type: 'inspected'; readonly ok: boolean }
  /** Somebody else sees from now on that it comes back. */
  | { readonly type: 'handed-over'; readonly from: string; readonly to: string; readonly reason: string; readonly insteadOf?: string }
  /** Another device is lent in its place, by a loan of that number. */
  | { readonly type: 'replaced'; readonly device: string; readonly until: Instant; readonly number: string }

export type RecordedLoanEvent = Recorded<LoanEvent>

export interface Lent {
  readonly device: string
  readonly until: Instant
  readonly parent: string | null
  readonly assignee: string | null
  /** The absent person in whose place they have it; absent: in nobody's. */
  readonly insteadOf?: string
  readonly requester: string | null
  readonly team: string
  readonly calendar: { readonly id: string; readonly version: number }
}
