import type { Kysely } from 'kysely'
import type { Draft, ProcessState } from '../workflows/process.ts'
import type { Batch, Outcome } from '../workflows/shell/protocol.ts'
import { noteDealings, wantDealings } from './dealings.ts'
import { entryColumns, type EventEntry } from './events.ts'
import { json } from './json.ts'
import { observeLateness } from './lateness.ts'
import { nextDueAt, projectedRows, stepResponse, type NoticesOf, type ProjectedRows, type StepResponse } from './projected-rows.ts'
import type { ProcessTable } from './process-table.ts'
import { finishRequest, type RequestIdentity } from './requests.ts'
import type { Database } from './schema.ts'
import { inTransaction } from './transaction.ts'
import { changing, storing, textsOf, type Written } from './projection-text.ts'
import { rowLists, type Answer } from './write-rows.ts'

/** Whatever a workflow tells. */
export type AnyBatch = Batch<ProcessState, Draft>

/** The request whose step brought the batch, and which of the events are its own. */
export interface Finishing {
  readonly request: RequestIdentity
  readonly outcome: Outcome
}

export interface Projected {
  /** How far the rows reach now. */
  readonly version: number
  /** The answer to the request given; null when none was. */
  readonly response: StepResponse | null
}

/**
 * Writes what a workflow has told: events, the row of its process, promises, assignments, contacts and notices, and the
 * answers of the requests whose outcomes the batch names. The one way into the rows after intake, for the gateway and the
 * activity alike. Idempotent; batches may come late, twice, overlapping and at once: the rows end as the fold of the
 * events. One statement, unless the batch corrects what is searched for, answers a request of earlier events or concerns other
 * processes.
 *
 * @throws GapError when the rows do not reach up to the batch: nothing was written, ask again from `rowsReach`
 * @throws UnknownProcessError when there is no such row
 */
export async function project(db: Kysely<Database>, { table, process }: Kept, batch: AnyBatch, finishing?: Finishing): Promise<Projected> {
  const first = firstOf(batch)
  const rows = projectedRows(table, batch.events, batch.state, process.notices)
  const named = finishing
    ? [...batch.outcomes.filter(({ requestId }) => requestId !== finishing.request.id), finishing.outcome]
    : batch.outcomes
  const earlier = named.filter(({ from }) => from < first)
  const answers = named.flatMap((outcome) => answerOf(batch.id, outcome, rows.events))
  const own = answers.find(({ id }) => id === finishing?.request.id)

  const write = async (on: Kysely<Database>) => {
    const written = await writeBatch(
      on,
      table,
      batch,
      rows,
      answers,
      earlier.map(({ requestId }) => requestId),
    )
    if (written === undefined) throw new UnknownProcessError(batch.id)
    if (written.version + 1 < first) throw new GapError(batch.id, written.version)
    if (isSought) await table.search?.refresh(on, batch.id)
    if (hasDealings)
      await noteDealings(
        on,
        batch.id,
        batch.events.filter(({ seq }) => seq > written.version),
      )
    // A rejected twin may have removed the row that the statement would have answered.
    if (finishing && own && !written.answered.includes(own.id))
      await finishRequest(on, finishing.request, { status: own.status, body: own.body }, own.doneAt)
    const waiting = earlier.filter(({ requestId }) => written.waiting.includes(requestId) || requestId === finishing?.request.id)
    const late = await answerFromRows(on, batch.id, waiting, finishing)
    return { before: written.version, version: Math.max(written.version, batch.state.version), response: own?.body ?? late }
  }
  const isSought = table.search?.columns.some((column) => rows.told.has(column)) ?? false
  const hasDealings = wantDealings(batch.events)
  const oneStatement = !isSought && !hasDealings && earlier.length === 0
  const { before, ...projected } = await (oneStatement ? write(db) : inTransaction(db, write))
  observeLateness(batch.events.filter(({ seq }) => seq > before))
  return projected
}

/** A process type as the rows know it. */
export interface Kept {
  readonly table: ProcessTable
  readonly process: { readonly notices: NoticesOf }
}

/** The batch begins later than the rows end. */
export class GapError extends Error {
  override name = 'GapError'
  readonly number: string
  /** Version of the row: say this as `writtenThrough` when asking again. */
  readonly rowsReach: number
  constructor(number: string, rowsReach: number) {
    super(`the rows of ${number} reach to event ${rowsReach}; the batch begins later`)
    this.number = number
    this.rowsReach = rowsReach
  }
}

/** There is no row of that number: intake writes it before the workflow starts, so it was removed since, or this is another database. */
export class UnknownProcessError extends Error {
  override name = 'UnknownProcessError'
  constructor(number: string) {
    super(`there is no process ${number} in the rows`)
  }
}

async function writeBatch(
  db: Kysely<Database>,
  table: ProcessTable,
  batch: AnyBatch,
  rows: ProjectedRows,
  answers: readonly Answer[],
  earlier: readonly string[],
): Promise<Written | undefined> {
  const { state } = batch
  const texts = textsOf(table)
  const [written] = await (earlier.length > 0 ? texts.writingLate : texts.writing)(answers)(db, [
    batch.id,
    firstOf(batch),
    ...rowLists(rows),
    ...[state.stage, nextDueAt(state), state.version, json(state), batch.events[0]?.at ?? null, batch.wakeAt ?? null],
    ...changing(table).map(([name, column]) => {
      const value = ('ofState' in column ? column.ofState(state) : rows.told.get(name)) ?? null
      return column.type === 'jsonb' && value !== null ? json(value) : value
    }),
    json(answers),
    ...(earlier.length > 0 ? [earlier] : []),
  ])
  return written
}

/** Answers requests whose events were written before; gives the answer to the one being finished. */
async function answerFromRows(
  db: Kysely<Database>,
  number: string,
  outcomes: readonly Outcome[],
  finishing?: Finishing,
): Promise<StepResponse | null> {
  if (outcomes.length === 0) return null
  const entries = await db
    .selectFrom('events')
    .select(entryColumns)
    .where('process', '=', number)
    .where('seq', '>=', Math.min(...outcomes.map(({ from }) => from)))
    .where('seq', '<=', Math.max(...outcomes.map(({ to }) => to)))
    .orderBy('seq')
    .execute()
  const answers = outcomes.flatMap((outcome) => answerOf(number, outcome, entries))
  if (answers.length > 0) await storing(answers)(db, [number, json(answers)])
  const own = answers.find(({ id }) => id === finishing?.request.id)
  if (!finishing || !own) return null
  await finishRequest(db, finishing.request, { status: own.status, body: own.body }, own.doneAt)
  return own.body
}

function answerOf(number: string, outcome: Outcome, entries: readonly EventEntry[]): Answer[] {
  const body = stepResponse(number, outcome, entries)
  const doneAt = body?.events.at(-1)?.at
  return body && doneAt !== undefined ? [{ id: outcome.requestId, status: 200, body, doneAt }] : []
}

/** Sequence number of the batch's first event; of an empty batch, the next one. */
function firstOf({ events, state }: AnyBatch): number {
  return events[0]?.seq ?? state.version + 1
}
