import type { Kysely } from 'kysely'
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
  type ColumnChange,
  type NoticesOf,
  type ProjectedRows,
  type StepResponse,
} from './projected-rows.ts'
import { finishRequest, type RequestIdentity } from './requests.ts'
import type { Database } from './schema.ts'
import { refreshSearch } from './search.ts'
import { inTransaction } from './transaction.ts'
import { statementForLines } from './statement.ts'
import { answerPart, rowLists, rowParts, type Answer } from './write-rows.ts'

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
  const { state } = batch
  const news = new Map<string, unknown>(rows.columns.map(({ column, value }) => [column, column === 'contactMasked' ? json(value) : value]))
  const [written] = await (earlier.length > 0 ? writingLate : writing)(answers)(db, [
    batch.id,
    firstOf(batch),
    ...rowLists(rows),
    ...[state.priority, state.type, state.stage, state.channel, state.representative, state.requester, state.assignee, state.team],
    ...[state.waiting?.for ?? null, state.submittedAt, state.assignedAt, state.closedAt, nextDueAt(state), state.version, json(state)],
    batch.events[0]?.at ?? null,
    batch.wakeAt ?? null,
    Object.keys(rows.fields).length > 0 ? json(rows.fields) : null,
    ...changeable.map(([, column]) => news.get(column) ?? null),
    json(answers),
    ...(earlier.length > 0 ? [earlier] : []),
  ])
  return written
}

/** Columns that only some events change, with their types. */
const changeable = [
  ['title', 'title', 'text'],
  ['description', 'description', 'text'],
  ['customer_name', 'customerName', 'text'],
  ['customer_company', 'customerCompany', 'text'],
  ['customer_account', 'customerAccount', 'text'],
  ['contact_sealed', 'contactSealed', 'text'],
  ['tags', 'tags', 'text[]'],
  ['customer_tags', 'customerTags', 'text[]'],
  ['contact_keys', 'contactKeys', 'text[]'],
  ['contact_masked', 'contactMasked', 'jsonb'],
] as const satisfies readonly (readonly [string, ColumnChange['column'], string])[]

const firstChangeable = 26

/** A customer's text that is empty is none: what stood there is contact data now. */
function changed([name, column, type]: (typeof changeable)[number], at: number): string {
  const value = `coalesce($${firstChangeable + at}::${type}, ticket.${name})`
  return `${name} = ${isCustomerText(column) ? `nullif(${value}, '')` : value}`
}

function isCustomerText(column: ColumnChange['column']): boolean {
  return column === 'customerName' || column === 'customerCompany' || column === 'customerAccount'
}

/** An API of an older release may bring contact data in them. */
const customerTexts = changeable.flatMap(([, column], at) => (isCustomerText(column) ? [`$${firstChangeable + at}`] : []))
const answersAt = firstChangeable + changeable.length

const writing = statementForLines<Written>((most) => writingText(most, 'array[]::text[]'))

/** Where requests of earlier events may wait for their answers, which is rare: Postgres plans for the question anew each time. */
const writingLate = statementForLines<Written>((most) =>
  writingText(most, `array(select id from requests where id = any($${answersAt + 1}::text[]) and status <> 'done')`),
)

function writingText(most: number, waiting: string): string {
  return `
  with
    -- Taking the lock first makes everything after it see what the step before has written.
    ticket as (select number, version, team from tickets where number = $1 for no key update),
    base as (select * from ticket where version + 1 >= $2::int),
    ${rowParts(3)},
    -- The ticket's row after the batch, if it is news to it. Who sends a batch runs.
    write_ticket as (
      update tickets as ticket set priority = $8, type = $9, stage = $10, channel = $11, representative = $12, requester = $13,
        assignee = $14, team = $15, waiting_for = $16, submitted_at = $17::timestamptz, assigned_at = $18::timestamptz,
        closed_at = $19::timestamptz, next_due_at = $20::timestamptz, version = $21::int, state = $22::jsonb,
        workflow_started_at = coalesce(ticket.workflow_started_at, $23::timestamptz),
        wake_at = $24::timestamptz,
        fields = case when $25::jsonb is null then ticket.fields else ticket.fields || $25::jsonb end,
        ${changeable.map(changed).join(', ')},
        contacts_checked = ticket.contacts_checked and coalesce(${customerTexts.join(', ')}) is null
      from base where ticket.number = base.number and base.version < $21::int),
    ${answerPart(answersAt, most)}
  select version, array(select id from write_answered) as answered, ${waiting} as waiting
  from ticket`
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

const storing = statementForLines(
  (most) => `with base as (select $1::text as number), ${answerPart(2, most)} select id from write_answered`,
)

function answerOf(number: string, outcome: Outcome, entries: readonly EventEntry[]): Answer[] {
  const body = stepResponse(number, outcome, entries)
  const doneAt = body?.events.at(-1)?.at
  return body && doneAt !== undefined ? [{ id: outcome.requestId, status: 200, body, doneAt }] : []
}

/** Sequence number of the batch's first event; of an empty batch, the next one. */
function firstOf({ events, state }: TicketBatch): number {
  return events[0]?.seq ?? state.version + 1
}
