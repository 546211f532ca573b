import type { Contact } from '../domain/customer.ts'
import type { Instant } from '../domain/instant.ts'
import type { NoticeKind } from '../domain/notices/kinds.ts'
import type { NoticeParams } from '../domain/notices/render.ts'
import type { ProcessStage } from '../domain/stages.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { ProfileOf } from './policies.ts'

/** What notices tell of, as it is now: whose it is, who works on it, and what may be said of it. */
export interface Subject extends ProfileOf {
  readonly number: string
  readonly title: string
  /** Ids in the profile, or whatever the type has in their place. */
  readonly type: string
  readonly priority: string
  readonly stage: string
  readonly stages: readonly ProcessStage[]
  readonly assignee: string | null
  readonly representative: string | null
  readonly requester: string | null
  readonly team: string
  readonly customerName: string | null
  readonly customerCompany: string | null
  readonly customerAccount: string | null
  readonly contactMasked: Contact
  /** Sealed for this number; null: nobody is to be written to. */
  readonly contactSealed: string | null
  readonly promises: readonly PromiseState[]
  /** Whether what a notice that had to wait says is still so. */
  isStillSo(kind: NoticeKind, notice: WaitedNotice, now: Instant): boolean
}

/** What of a notice decides that. */
export interface WaitedNotice {
  readonly seq: number
  readonly recipientId: string | null
  readonly params: NoticeParams
}
