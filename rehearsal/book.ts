import type { Policy } from '../domain/profile/policy.ts'
import type { PromiseState } from '../workflows/promise.ts'
import { clockOf } from '../workflows/common/terms.ts'
import { endingCommands } from '../workflows/ticket/deadlines.ts'
import type { RecordedTicketEvent } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import type { RehearsedPromise } from './result.ts'

/** Every promise of a ticket, as its events tell of it. */
export interface Book {
  note(events: readonly RecordedTicketEvent[], state: TicketState, policy: Policy): void
  promises(): readonly RehearsedPromise[]
}

export function createBook(): Book {
  const known = new Map<string, RehearsedPromise>()

  return {
    note(events, state, policy) {
      for (const event of events) for (const promise of event.promises) known.set(keyOf(promise), told(promise, event))

      function told(promise: PromiseState, { at }: RecordedTicketEvent): RehearsedPromise {
        const { clock, cycle, startedAt, dueAt, state: is, stoppedAt, recordedLate, provisional, basis } = promise
        const before = known.get(keyOf(promise))
        const due = before?.due ?? []
        const measured = clockOf(policy, clock)
        return {
          ...{ clock, cycle, startedAt, dueAt, state: is, stoppedAt, recordedLate, provisional },
          within: basis?.within ?? before?.within ?? null,
          from: basis?.from ?? before?.from ?? null,
          timeBase: basis?.timeBase ?? before?.timeBase ?? 'elapsed',
          due: due.at(-1)?.dueAt === dueAt ? due : [...due, { since: due.length === 0 ? startedAt : at, dueAt }],
          stoppedBy: measured ? endingCommands(measured, state, policy) : [],
        }
      }
    },
    promises: () => [...known.values()],
  }
}

function keyOf({ clock, cycle }: PromiseState): string {
  return `${clock} ${cycle}`
}
