import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Fields, RecordedTicketEvent, SealedContact } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { json } from './json.ts'
import { nextDueAt, projectedRows, type NoticesOf } from './projected-rows.ts'
import { insertPending, type RequestIdentity, type StoredResponse } from './requests.ts'
import type { Database } from './schema.ts'
import { searchRow } from './search.ts'
import { statement } from './statement.ts'
import { rowLists, rowParts } from './write-rows.ts'

/** The ways a new ticket gets into the rows, before its workflow starts. */

/**
 * The next serial of a ticket number's prefix, from 1. A statement of its own, so that a burst of intakes does not queue
 * behind each other's transactions; a serial whose ticket then fails stays unused. It need not be flushed to disk
 * itself: the ticket that carries it is written later in the same log, so no surviving ticket's serial is given twice.
 */
export async function takeSerial(db: Kysely<Database>, counterKey: string): Promise<number> {
  if (db.isTransaction) throw new Error('a serial taken in a transaction would hold the counter until its end')
  const [row] = await nextSerial(db, [counterKey])
  if (!row) throw new Error(`the counter ${counterKey} gave nothing`)
  return row.last
}

const nextSerial = statement<{ readonly last: number }>(`
  with unflushed as (select set_config('synchronous_commit', 'off', true))
  insert into counters as counter (key, last) select $1, 1 from unflushed
  on conflict (key) do update set last = counter.last + 1
  returning last`)

/** What the form says beyond the ticket's state. */
export interface NewTicket {
  readonly profile: string
  readonly profileVersion: number
  /** Ids of the profile's priorities, most urgent first. */
  readonly priorities: readonly string[]
  readonly title: string
  readonly description: string
  readonly fields: Fields
  readonly keywords: readonly string[]
  readonly customer: { readonly name: string | null; readonly company: string | null; readonly account: string | null }
  /** Sealed for the number of this ticket. */
  readonly contact: SealedContact
}

export type Intake =
  | { readonly result: 'inserted' }
  /** Another attempt at the same request came first; this is the answer it stored. */
  | { readonly result: 'already-done'; readonly response: StoredResponse }
  /** Somebody has this number (a profile whose literals look like another's serials): take the next serial. */
  | { readonly result: 'number-taken' }
  /** The request's row was removed by a refused twin, and its key serves another request by now. */
  | { readonly result: 'key-taken' }

/**
 * Writes a new ticket with its first event and answers its request, all in one statement. Of any number of attempts at
 * the same request exactly one inserts.
 */
export async function insertTicket(
  db: Kysely<Database>,
  request: RequestIdentity,
  ticket: NewTicket,
  state: TicketState,
  event: RecordedTicketEvent,
  noticesOf: NoticesOf,
  response: StoredResponse,
): Promise<Intake> {
  const search = searchRow({
    number: state.number,
    title: ticket.title,
    description: ticket.description,
    customerName: ticket.customer.name,
    customerCompany: ticket.customer.company,
    customerAccount: ticket.customer.account,
  })
  const { customer, contact } = ticket
  const values = [
    ...[request.id, response.status, json(response.body), event.at],
    ...[state.number, ticket.profile, ticket.profileVersion, state.type, state.priority, ticket.priorities, state.stage, state.channel],
    ...[ticket.title, ticket.description, json(ticket.fields), ticket.keywords, customer.name, customer.company, customer.account],
    ...[contact.sealed, json(contact.masked), contact.keys, state.representative, state.requester, state.assignee, state.team],
    ...[state.waiting?.for ?? null, state.submittedAt, state.assignedAt, state.closedAt, nextDueAt(state), state.version, json(state)],
    ...[search.text, search.terms, search.customer, search.customerTerms],
    ...rowLists(projectedRows([event], state, noticesOf)),
  ]
  for (;;) {
    const [row] = await takeIn(db, values)
    if (row?.inserted) return { result: 'inserted' }
    if (row?.pending) return { result: 'number-taken' }
    const earlier = await insertedEarlier(db, request)
    if (earlier) return earlier
  }
}

const takeIn = statement<{ readonly pending: boolean; readonly inserted: boolean }>(`
  with
    -- Twins wait here for each other; the second finds the request done.
    locked as (select id, status from requests where id = $1 for update),
    request as (select id from locked where status = 'pending'),
    base as (
      insert into tickets (number, profile, profile_version, type, priority, priority_order, stage, channel,
        title, description, fields, keywords, tags, customer_name, customer_company, customer_account,
        contact_sealed, contact_masked, contact_keys, representative, requester, assignee, team,
        waiting_for, submitted_at, assigned_at, closed_at, next_due_at, version, state, request_id)
      select $5, $6, $7::int, $8, $9, $10::text[], $11, $12,
        $13, $14, $15::jsonb, $16::text[], '{}', $17, $18, $19,
        $20, $21::jsonb, $22::text[], $23, $24, $25, $26,
        $27, $28::timestamptz, $29::timestamptz, $30::timestamptz, $31::timestamptz, $32::int, $33::jsonb, request.id
      from request
      on conflict (number) do nothing
      returning number, 0 as version, team),
    write_search as (
      insert into ticket_search (number, text, terms, customer, customer_terms)
      select base.number, $34, array_to_tsvector($35::text[]), $36, array_to_tsvector($37::text[]) from base),
    ${rowParts(38)},
    write_answered as (
      update requests set status = 'done', ticket = base.number, response_status = $2::int, response = $3::jsonb, done_at = $4::timestamptz
      from base where requests.id = $1)
  select exists (select from request) as pending, exists (select from base) as inserted`)

/** Notes that the workflow runs. */
export async function markWorkflowStarted(db: Kysely<Database>, number: string, at: Instant): Promise<void> {
  await markStarted(db, [number, at])
}

const markStarted = statement(`
  update tickets set workflow_started_at = $2 where number = $1 and workflow_started_at is null`)

/** The stages after which a ticket has no workflow any more. */
const endedStages = ['archived', 'withdrawn', 'merged'] as const

/**
 * Forgets that the workflows of tickets that have not ended were started, so that the sweeper starts each that does not
 * run, from its rows. For a Temporal that has lost them; one that has them keeps them as they are. How many tickets.
 */
export async function forgetWorkflows(db: Kysely<Database>): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('tickets')
    .set({ workflowStartedAt: null })
    .where('stage', 'not in', endedStages)
    .where('workflowStartedAt', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export interface UnstartedTicket {
  readonly number: string
  readonly profile: string
  readonly profileVersion: number
  readonly state: TicketState
}

/** Tickets submitted before `olderThan` whose workflow is not known to run, oldest first: Temporal was away, or the gateway died. */
export async function unstartedTickets(db: Kysely<Database>, olderThan: Instant, limit: number): Promise<UnstartedTicket[]> {
  return db
    .selectFrom('tickets')
    .select(['number', 'profile', 'profileVersion', 'state'])
    .where('workflowStartedAt', 'is', null)
    .where('submittedAt', '<', olderThan)
    .orderBy('submittedAt')
    .limit(limit)
    .execute()
}

/** Why the request was not pending; undefined when it is so now and the insert may be tried again. */
async function insertedEarlier(db: Kysely<Database>, request: RequestIdentity): Promise<Intake | undefined> {
  const restored = await insertPending(db, request)
  const row = await db.selectFrom('requests').select(['responseStatus', 'response']).where('id', '=', request.id).executeTakeFirst()
  if (row === undefined) return restored ? undefined : { result: 'key-taken' }
  return row.responseStatus === null ? undefined : { result: 'already-done', response: { status: row.responseStatus, body: row.response } }
}
