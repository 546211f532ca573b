import type { Instant } from '../domain/instant.ts'
import { recipientId } from '../domain/notices/recipients.ts'
import type { Draft, Notice, ProcessState, Recorded } from '../workflows/process.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { Outcome } from '../workflows/shell/protocol.ts'
import { entryOf, withoutSecrets, type EventEntry } from './events.ts'
import type { LedgerLines } from './ledger-lines.ts'
import type { ProcessTable } from './process-table.ts'

/**
 * What a batch of events means in rows. Pure. Lines carry the sequence number of the event they come from, so that
 * whoever writes can leave out what the rows have already; columns need none, since the row changes only when the batch
 * reaches beyond it, and then the batch has the last word.
 */

/** Who hears of an event; the process' own function with its policy bound. */
export type NoticesOf<S extends ProcessState = ProcessState, E extends Draft = Draft> = {
  of(event: Recorded<E>, state: S): readonly Notice[]
}['of']

export interface ProjectedRows extends LedgerLines {
  readonly events: readonly EventEntry[]
  /** The last word on each cycle of a clock. */
  readonly promises: readonly (Omit<PromiseState, 'basis'> & { readonly seq: number })[]
  readonly notices: readonly NoticeLine[]
  /** What events say of columns, by name: the last word, or all that was said of an object that is changed member by member. */
  readonly told: ReadonlyMap<string, unknown>
}

export interface NoticeLine {
  readonly seq: number
  readonly at: Instant
  readonly kind: string
  readonly recipientKind: Notice['recipient']['kind']
  readonly recipientId: string | null
  readonly params: Notice['params']
}

export function projectedRows<S extends ProcessState, E extends Draft>(
  table: Pick<ProcessTable<S, E>, 'columns' | 'ledgers'>,
  events: readonly Recorded<E>[],
  state: S,
  noticesOf: NoticesOf<S, E>,
): ProjectedRows {
  return {
    events: events.map(entryOf),
    promises: lastOfEach(
      events.flatMap((event) => event.promises.map(({ basis: _, ...promise }) => ({ ...promise, seq: event.seq }))),
      ({ clock, cycle }) => `${clock} ${cycle}`,
    ),
    ...(table.ledgers?.(events) ?? { assignments: [], contacts: [] }),
    notices: events.flatMap((event) => noticesOf(event, state).map((notice) => noticeLine(event, notice))),
    told: toldOf(table, events),
  }
}

function toldOf<E extends Draft>(
  { columns }: Pick<ProcessTable<never, E>, 'columns'>,
  events: readonly Recorded<E>[],
): Map<string, unknown> {
  const told = new Map<string, unknown>()
  for (const [name, column] of Object.entries(columns)) {
    if (!('ofEvent' in column)) continue
    for (const event of events) {
      const value = column.ofEvent(event)
      if (value === undefined) continue
      const before = told.get(name)
      told.set(name, column.manner === 'merged' && before !== undefined ? Object.assign({}, before, value) : value)
    }
  }
  return told
}

/** The answer to a step: what its own events made of the process. */
export interface StepResponse {
  readonly number: string
  readonly version: number
  readonly stage: string
  readonly events: readonly EventEntry[]
}

/** The answer to the request of `outcome`; undefined when some of its events are not among `entries`. */
export function stepResponse(number: string, outcome: Outcome, entries: readonly EventEntry[]): StepResponse | undefined {
  const own = entries.filter(({ seq }) => seq >= outcome.from && seq <= outcome.to)
  const last = own.at(-1)
  if (last === undefined || own.length !== outcome.to - outcome.from + 1) return undefined
  return { number, version: outcome.to, stage: last.stage, events: own.map(withoutSecrets) }
}

/** When the earliest promise still owed is or was due; a paused one has no due instant until it resumes. */
export function nextDueAt(state: ProcessState): Instant | null {
  const owed = state.promises.filter((promise) => promise.stoppedAt === null && promise.state !== 'paused')
  return owed.map(({ dueAt }) => dueAt).toSorted()[0] ?? null
}

function noticeLine({ seq, at }: Recorded<Draft>, { kind, recipient, params }: Notice): NoticeLine {
  return { seq, at, kind, recipientKind: recipient.kind, recipientId: recipientId(recipient), params }
}

function lastOfEach<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [nameOf(item), item])).values()]
}
