import type { Instant } from '../../../../domain/instant.ts'
import type { PolicyCalendar } from '../../../../domain/profile/policy.ts'
import type { Staffed } from '../../../../workflows/common/deadlines.ts'
import type { DisplayPolicy } from '../../../../workflows/common/display.ts'
import type { LoanStage } from './stages.ts'

/** A loan of a device as its process sees it. */
export interface LoanState extends Staffed {
  readonly number: string
  readonly stage: LoanStage
  /** Number of the ticket or loan that it belongs to. */
  readonly parent: string | null
  /** The customer who has the device, if they sign in. */
  readonly requester: string | null
  readonly lentAt: Instant
  readonly returnedAt: Instant | null
  readonly calendar: { readonly id: string; readonly version: number }
  readonly received: boolean
  /** Loans opened in place of this one. */
  readonly replacements: number
  /** What it told others and they refused. */
  readonly refusals: number
}

/** By what a loan runs. */
export interface LoanPolicy extends DisplayPolicy {
  readonly profile: { readonly id: string; readonly version: number }
  readonly calendar: PolicyCalendar
  /** How far ahead a deadline may be set. */
  readonly furthest: string
}
