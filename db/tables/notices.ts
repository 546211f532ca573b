import type { Generated, GeneratedAlways } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { NoticeCause } from '../../domain/notices/causes.ts'
import type { AnyNoticeKind } from '../../domain/notices/custom.ts'
import type { Notice } from '../../workflows/process.ts'
import type { Json, NullableJson } from './json-columns.ts'

/** The outbox: who hears of an event. Delivery claims, sends and marks; the row is the record of what became of it. */
export interface NoticesTable {
  id: GeneratedAlways<number>
  process: string
  seq: number
  kind: AnyNoticeKind
  recipientKind: Notice['recipient']['kind']
  /** Null for the customer; `supervisor@tech-support` for a place over a team. */
  recipientId: string | null
  params: Json<Notice['params']>
  createdAt: Instant
  /** Whether its kind goes to many at once: then it has no order, and is sent beside the others. */
  bulk: Generated<boolean>
  /** `muted`: whoever would have got it does without this kind, or has heard the same as somebody else. `dead`: given up, for a `cause`. */
  status: Generated<'queued' | 'sent' | 'dead' | 'muted'>
  /** Quiet hours hold it until then, or until the priority of its process is no more `heldPriority`; null: it had none. */
  heldUntil: Instant | null
  heldPriority: string | null
  /** It failed for a while; tried again then. */
  retryAt: Instant | null
  /** Some worker has it in hand; one that died gives it up then. */
  claimedUntil: Instant | null
  /** It waits for the next digest of these people, until `heldUntil`; null: it goes by itself. */
  gatheredFor: string[] | null
  /** The digest that it stands in, once that is put together: what makes a repeat the same mail. */
  digest: string | null
  /** When delivery looks at it next: the latest of the three, else `createdAt`. */
  dueAt: GeneratedAlways<Instant>
  /** Attempts that count: those that reached a mail server. */
  attempts: Generated<number>
  firstFailedAt: Instant | null
  triedAt: Instant | null
  sentAt: Instant | null
  /** `relay`: a colleague was asked to tell the customer. */
  channel: 'email' | 'relay' | null
  /** The people it was sent to; empty for the customer. */
  reached: Generated<string[]>
  /** The customer's address, masked. */
  address: string | null
  messageId: string | null
  /** What it said when it was sent. */
  said: NullableJson<Said>
  /** Why it was given up, or why it went another way than it was meant to. */
  cause: NoticeCause | null
  /** Colleagues whom mail does not reach: it goes to whoever stands above them. */
  passedOver: Generated<string[]>
  /** What went wrong last, in the words of the mail server where it had any; addresses masked. */
  lastError: string | null
  /** What the mail server called it. */
  providerId: string | null
}

export interface Said {
  readonly language: Locale
  readonly subject: string
  readonly text: string
}
