import type { Stage } from '../domain/ticket-stages.ts'
import type { Instant } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import type { AnyNoticeKind } from '../domain/notices/custom.ts'
import type { Rejection } from '../domain/rejection.ts'
import type { Notice } from '../workflows/process.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { RecordedTicketEvent } from '../workflows/ticket/events.ts'
import type { Act, Place } from './asked.ts'

/** What a rehearsal shows. Ids and instants; whoever tells it has the words. */
export interface Rehearsal {
  readonly ticket: {
    readonly number: string
    readonly profile: { readonly id: string; readonly version: number }
    readonly type: string
    readonly priority: string
    readonly channel: string
    readonly team: string
    readonly registeredAt: Instant
    readonly by: Place
    /** Fields of the form that the rehearsal filled in, since none of the profile's conditions asks for them. */
    readonly filled: readonly string[]
  }
  /** Zone of the profile, in which everything is to be read. */
  readonly zone: string
  /** Language of the mails. */
  readonly language: Locale
  /** In the order of time: what somebody did or was refused, and what happened by itself. */
  readonly timeline: readonly Happening[]
  /** Every cycle of every clock, in the order in which they began. */
  readonly promises: readonly RehearsedPromise[]
  readonly end: {
    readonly at: Instant
    readonly stage: Stage
    /**
     * `ended`: no further act is possible. `nothing-ahead`: it stays so until somebody acts. `looked-no-further`: a year is over, or more
     * happened than anybody would read.
     */
    readonly because: 'ended' | 'nothing-ahead' | 'looked-no-further'
    /** Deadlines that the customer, or whoever reads on, would still see. */
    readonly next: Instant | null
    /** Commands that would lead on. */
    readonly steps: readonly string[]
  }
}

export type Happening =
  | (Told & { readonly kind: 'registered'; readonly by: Place })
  | (Told & Acted & { readonly kind: 'act' })
  | (Acted & { readonly kind: 'refused'; readonly at: Instant; readonly rejection: Rejection })
  /** The world answered what the ticket asks, as the imagined team does. */
  | (Told & { readonly kind: 'answered'; readonly command: string })
  /** Time did it. */
  | (Told & { readonly kind: 'time' })

interface Acted {
  readonly by: Place
  readonly command: Act['do']
  /** Which act of the story it is, from 0. */
  readonly nth: number
  /** Names of what the rehearsal added to the input. */
  readonly filled: readonly string[]
}

interface Told {
  readonly at: Instant
  /** Where the ticket is after it. */
  readonly stage: Stage
  readonly events: readonly RecordedTicketEvent[]
  readonly mails: readonly RehearsedMail[]
}

/** A notice, and what became of it. */
export interface RehearsedMail {
  readonly seq: number
  readonly kind: AnyNoticeKind
  readonly recipient: Notice['recipient']
  /** What the ticket says with it. */
  readonly params: Notice['params']
  /** `waits`: quiet hours kept it longer than anybody looked. */
  readonly fate: 'sent' | 'overtaken' | 'muted' | 'undeliverable' | 'waits'
  readonly cause: NoticeCause | null
  readonly sentAt: Instant | null
  /** Until when quiet hours kept it; null: they did not. */
  readonly heldUntil: Instant | null
  /** `relay`: a colleague tells the customer. */
  readonly channel: 'email' | 'relay' | null
  /** Who gets it of the imagined people. */
  readonly reached: readonly Place[]
  readonly subject: string | null
  readonly text: string | null
}

export interface RehearsedPromise extends Pick<
  PromiseState,
  'clock' | 'cycle' | 'startedAt' | 'dueAt' | 'state' | 'stoppedAt' | 'recordedLate' | 'provisional'
> {
  /** The target, ISO 8601; null where an instant was stated. */
  readonly within: string | null
  /** The instant in a field that it counts from (X11); null: it counts from its start. */
  readonly from: Instant | null
  readonly timeBase: 'elapsed' | 'working'
  /** Since when which instant was promised: one line, unless it moved. */
  readonly due: readonly { readonly since: Instant; readonly dueAt: Instant }[]
  /** What stopped it, where it ended: nothing, where time did. While it is owed: the acts by which it would. */
  readonly stoppedBy: readonly Stopping[]
}

/** A command, and which of the organisation's own acts it records. */
export interface Stopping {
  readonly command: string
  readonly act: string | null
}
