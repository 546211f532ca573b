import type { Instant } from '../../domain/instant.ts'
import type { AnyNoticeKind } from '../../domain/notices/custom.ts'
import type { Draft, Notice } from '../process.ts'

/** What time does to promises. */

/** An event of these, as a type has it among its own. */
export type ClockEvent =
  | ({ readonly type: 'promise-broken' } & PromiseBroken)
  | ({ readonly type: 'promise-lapsed' } & PromiseLapsed)
  | ({ readonly type: 'level-reached' } & LevelReached)

/** Their names are no other event's. */
export function isClockEvent(event: Draft): event is ClockEvent {
  return names.has(event.type)
}

const byName: Readonly<Record<ClockEvent['type'], true>> = { 'promise-broken': true, 'promise-lapsed': true, 'level-reached': true }
const names: ReadonlySet<string> = new Set(Object.keys(byName))

export interface PromiseBroken {
  readonly clock: string
  readonly cycle: number
  readonly dueAt: Instant
  readonly cause: 'time' | 'retarget'
}

/** What was the customer's to do was not done in time; nobody is at fault. */
export interface PromiseLapsed {
  readonly clock: string
  readonly cycle: number
  readonly dueAt: Instant
}

/** A rung of a clock's ladder (X4). */
export interface LevelReached {
  readonly clock: string
  readonly cycle: number
  /** Reached once a cycle. */
  readonly level: string
  /** The rung of the profile; one that repeats has many levels. */
  readonly rung: string
  /** When the promise is or was due. */
  readonly dueAt: Instant
  /** Before the due instant. */
  readonly warning: boolean
  readonly notice: AnyNoticeKind
  readonly to: readonly Notice['recipient'][]
  /** When it is reached again; null at its last time. */
  readonly again: Instant | null
}
