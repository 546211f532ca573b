import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Batch, Outcome } from '../workflows/shell/protocol.ts'
import type { TicketEvent } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { entryColumns, type EventEntry } from './events.ts'
import { json } from './json.ts'
import { observeLateness } from './lateness.ts'
import {
  changesSearch,
  nextDueAt,
  projectedRows,
  stepResponse,
  type NoticesOf,
  type ProjectedRows,
  type StepResponse,
} from './projected-rows.ts'
import { finishRequest, type RequestIdentity } from './requests.ts'
import type { Database } from './schema.ts'
import { refreshSearch } from './search.ts'
import { inTransaction } from './transaction.ts'
import { answerParts, rowParts, type Answer } from './write-rows.ts'

export type TicketBatch = Batch<TicketState, TicketEvent>

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
 * Writes what a ticket's workflow has told: events, the ticket's row, promises, assignments, contacts and notices, and the
 * answers of the requests whose outcomes the batch names. The one way into the rows after intake, for the gateway and the
 * activity alike. Idempotent; batches may come late, twice, overlapping and at once: the rows end as the fold of the
 * events. One statement, unless the batch corrects what is searched for or answers a request of earlier events.
 *
 * @throws GapError when the rows do not reach up to the batch: nothing was written, ask again from `rowsReach`
 * @throws UnknownTicketError when there is no such ticket
 */
export async function project(db: Kysely<Database>, batch: TicketBatch, noticesOf: NoticesOf, finishing?: Finishing): Promise<Projected> {
  const first = firstOf(batch)
  const rows = projectedRows(batch.events, batch.state, noticesOf)
  const named = finishing
    ? [...batch.outcomes.filter(({ requestId }) => requestId !== finishing.request.id), finishing.outcome]
    : batch.outcomes
  const earlier = named.filter(({ from }) => from < first)
  const answers = named.flatMap((outcome) => answerOf(batch.id, outcome, rows.events))
  const own = answers.find(({ id }) => id === finishing?.request.id)

  const write = async (on: Kysely<Database>) => {
    const written = await writeBatch(
      on,
      batch,
      rows,
      answers,
      earlier.map(({ requestId }) => requestId),
    )
    if (written === undefined) throw new UnknownTicketError(batch.id)
    if (written.version + 1 < first) throw new GapError(batch.id, written.version)
    if (changesSearch(rows)) await refreshSearch(on, batch.id)
    // A rejected twin may have removed the row that the statement would have answered.
    if (finishing && own && !written.answered.includes(own.id))
      await finishRequest(on, finishing.request, { status: own.status, body: own.body }, own.doneAt)
    const waiting = earlier.filter(({ requestId }) => written.waiting.includes(requestId) || requestId === finishing?.request.id)
    const late = await answerFromRows(on, batch.id, waiting, finishing)
    return { before: written.version, version: Math.max(written.version, batch.state.version), response: own?.body ?? late }
  }
  const oneStatement = !changesSearch(rows) && earlier.length === 0
  const { before, ...projected } = await (oneStatement ? write(db) : inTransaction(db, write))
  observeLateness(batch.events.filter(({ seq }) => seq > before))
  return projected
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
export class UnknownTicketError extends Error {
  override name = 'UnknownTicketError'
  constructor(number: string) {
    super(`there is no ticket ${number} in the rows`)
  }
}

interface Written {
  /** Version of the row before. */
  readonly version: number
  /** Requests answered now. */
  readonly answered: readonly string[]
  /** Requests of earlier events that still wait for their answer. */
  readonly waiting: readonly string[]
}

async function writeBatch(
  db: Kysely<Database>,
  batch: TicketBatch,
  rows: ProjectedRows,
  answers: readonly Answer[],
  earlier: readonly string[],
): Promise<Written | undefined> {
  const parts = [
    // Taking the lock first makes everything after it see what the step before has written.
    sql`ticket as (select number, version, team from tickets where number = ${batch.id} for no key update)`,
    sql`base as (select * from ticket where version + 1 >= ${firstOf(batch)})`,
    ...rowParts(rows),
    ...(rows.events.length === 0 ? [] : [sql`write_ticket as (${updateTicket(batch, rows)})`]),
    ...answerParts(answers),
  ]
  const answered = answers.length === 0 ? sql`'{}'::text[]` : sql`array(select id from write_answered)`
  const waiting =
    earlier.length === 0 ? sql`'{}'::text[]` : sql`array(select id from requests where id = any(${earlier}) and status <> 'done')`
  const { rows: result } = await sql<Written>`
    with ${sql.join(parts)}
    select version, ${answered} as answered, ${waiting} as waiting from ticket`.execute(db)
  return result[0]
}

/** The ticket's row after the batch, if it is news to it. */
function updateTicket({ events, state }: TicketBatch, rows: ProjectedRows): RawBuilder<unknown> {
  const changes = [
    sql`priority = ${state.priority}, type = ${state.type}, stage = ${state.stage}, channel = ${state.channel}`,
    sql`representative = ${state.representative}, requester = ${state.requester}, assignee = ${state.assignee}, team = ${state.team}`,
    sql`waiting_for = ${state.waiting?.for ?? null}, submitted_at = ${state.submittedAt}, assigned_at = ${state.assignedAt}`,
    sql`closed_at = ${state.closedAt}, next_due_at = ${nextDueAt(state)}, version = ${state.version}, state = ${json(state)}`,
    // Who sends a batch runs.
    sql`workflow_started_at = coalesce(ticket.workflow_started_at, ${events[0]?.at})`,
    ...rows.columns.map(({ column, value }) => sql`${sql.ref(column)} = ${column === 'contactMasked' ? json(value) : value}`),
  ]
  if (Object.keys(rows.fields).length > 0) changes.push(sql`fields = ticket.fields || ${json(rows.fields)}::jsonb`)
  return sql`update tickets as ticket set ${sql.join(changes)} from base where ticket.number = base.number and base.version < ${state.version}`
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
  await sql`with base as (select ${number} as number), ${sql.join(answerParts(answers))} select id from write_answered`.execute(db)
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
function firstOf({ events, state }: TicketBatch): number {
  return events[0]?.seq ?? state.version + 1
}
