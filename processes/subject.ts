import type { Instant } from '../domain/instant.ts'
import type { NoticeSubject } from '../domain/notices/facts.ts'
import type { NoticeKind } from '../domain/notices/kinds.ts'
import type { Waited } from '../domain/notices/still-so.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { ProfileOf } from './policies.ts'

/** What notices tell of, as it is now: what may be said of it, whose it is, and who works on it. */
export interface Subject extends ProfileOf, NoticeSubject {
  readonly requester: string | null
  readonly team: string
  /** Sealed for this number; null: nobody is to be written to. */
  readonly contactSealed: string | null
  readonly promises: readonly PromiseState[]
  /** Whether what a notice that had to wait says is still so. */
  isStillSo(kind: NoticeKind, notice: Waited, now: Instant): boolean
}
