import { actOfMoment } from '../domain/profile/moments.ts'
import type { Policy, PolicyClock } from '../domain/profile/policy.ts'
import type { PromiseState } from '../workflows/promise.ts'
import { clockOf } from '../workflows/common/terms.ts'
import { endingCommands } from '../workflows/ticket/deadlines.ts'
import type { RecordedTicketEvent } from '../workflows/ticket/events.ts'
import { recordAct } from '../workflows/ticket/own-acts.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import type { RehearsedPromise, Stopping } from './result.ts'

/** Every promise of a ticket, as its events tell of it. */
export interface Book {
  /** What a command brought about; null: the registration, or time. */
  note(events: readonly RecordedTicketEvent[], command: string | null): void
  /** Of what is still owed with the acts by which the ticket, as it stands, would have it end. */
  promises(state: TicketState, policy: Policy): readonly RehearsedPromise[]
}

export function createBook(): Book {
  const known = new Map<string, RehearsedPromise>()

  return {
    note(events, command) {
      for (const event of events) for (const promise of event.promises) known.set(keyOf(promise), told(promise, event))

      function told(promise: PromiseState, event: RecordedTicketEvent): RehearsedPromise {
        const { at } = event
        const { clock, cycle, startedAt, dueAt, state: is, stoppedAt, recordedLate, provisional, basis } = promise
        const before = known.get(keyOf(promise))
        const due = before?.due ?? []
        return {
          ...{ clock, cycle, startedAt, dueAt, state: is, stoppedAt, recordedLate, provisional },
          within: basis?.within ?? before?.within ?? null,
          from: basis?.from ?? before?.from ?? null,
          timeBase: basis?.timeBase ?? before?.timeBase ?? 'elapsed',
          due: due.at(-1)?.dueAt === dueAt ? due : [...due, { since: due.length === 0 ? startedAt : at, dueAt }],
          stoppedBy: before && isOver(before) ? before.stoppedBy : stopping(event, command),
        }
      }
    },
    promises: (state, policy) =>
      [...known.values()].map((promise) => {
        const clock = clockOf(policy, promise.clock)
        if (isOver(promise)) return promise
        return {
          ...promise,
          stoppedBy: clock ? endingCommands(clock, state, policy).flatMap((command) => ending(command, clock, policy)) : [],
        }
      }),
  }
}

function isOver({ stoppedAt }: Pick<PromiseState, 'stoppedAt'>): boolean {
  return stoppedAt !== null
}

/** By time alone it stops by no act. */
function stopping(event: RecordedTicketEvent, command: string | null): Stopping[] {
  if (command === null) return []
  return [{ command, act: event.type === 'act-recorded' ? event.act : null }]
}

/** The command that records an act, by each act of the organisation's own that would do. */
function ending(command: string, { stops, cancels }: PolicyClock, { acts = [] }: Policy): Stopping[] {
  if (command !== recordAct.name) return [{ command, act: null }]
  const named = [...stops, ...cancels].map(actOfMoment)
  return acts.flatMap(({ id }) => (named.includes(id) ? [{ command, act: id }] : []))
}

function keyOf({ clock, cycle }: PromiseState): string {
  return `${clock} ${cycle}`
}
