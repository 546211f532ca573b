import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Fields, RecordedTicketEvent, SealedContact } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { json } from './json.ts'
import { nextDueAt, projectedRows, type NoticesOf } from './projected-rows.ts'
import { insertPending, type RequestIdentity, type StoredResponse } from './requests.ts'
import type { Database } from './schema.ts'
import { searchRow } from './search.ts'
import { rowParts } from './write-rows.ts'

/** The ways a new ticket gets into the rows, before its workflow starts. */

/**
 * The next serial of a ticket number's prefix, from 1. A statement of its own, so that a burst of intakes does not queue
 * behind each other's transactions; a serial whose ticket then fails stays unused. It need not be flushed to disk
 * itself: the ticket that carries it is written later in the same log, so no surviving ticket's serial is given twice.
 */
export async function takeSerial(db: Kysely<Database>, counterKey: string): Promise<number> {
  if (db.isTransaction) throw new Error('a serial taken in a transaction would hold the counter until its end')
  const { rows } = await sql<{ last: number }>`
    with unflushed as (select set_config('synchronous_commit', 'off', true))
    insert into counters as counter (key, last) select ${counterKey}, 1 from unflushed
    on conflict (key) do update set last = counter.last + 1
    returning last`.execute(db)
  const [row] = rows
  if (!row) throw new Error(`the counter ${counterKey} gave nothing`)
  return row.last
}

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
  const parts = [
    // Twins wait here for each other; the second finds the request done.
    sql`locked as (select id, status from requests where id = ${request.id} for update)`,
    sql`request as (select id from locked where status = 'pending')`,
    sql`base as (
      insert into tickets (number, profile, profile_version, type, priority, priority_order, stage, channel, title, description, fields,
        keywords, tags, customer_name, customer_company, customer_account, contact_sealed, contact_masked, contact_keys, representative,
        requester, assignee, team, waiting_for, submitted_at, assigned_at, closed_at, next_due_at, version, state, request_id)
      select ${state.number}, ${ticket.profile}, ${ticket.profileVersion}::int, ${state.type}, ${state.priority}, ${ticket.priorities}::text[],
        ${state.stage}, ${state.channel}, ${ticket.title}, ${ticket.description}, ${json(ticket.fields)}::jsonb,
        ${ticket.keywords}::text[], '{}', ${ticket.customer.name}, ${ticket.customer.company}, ${ticket.customer.account}, ${ticket.contact.sealed},
        ${json(ticket.contact.masked)}::jsonb, ${ticket.contact.keys}::text[], ${state.representative}, ${state.requester}, ${state.assignee},
        ${state.team}, ${state.waiting?.for ?? null}, ${state.submittedAt}::timestamptz, ${state.assignedAt}::timestamptz, ${state.closedAt}::timestamptz,
        ${nextDueAt(state)}::timestamptz, ${state.version}::int, ${json(state)}::jsonb, request.id
      from request
      on conflict (number) do nothing
      returning number, 0 as version, team)`,
    sql`write_search as (
      insert into ticket_search (number, text, terms, customer, customer_terms)
      select base.number, ${search.text}, ${search.terms}, ${search.customer}, ${search.customerTerms} from base)`,
    ...rowParts(projectedRows([event], state, noticesOf)),
    sql`write_answered as (
      update requests set status = 'done', ticket = base.number, response_status = ${response.status}, response = ${json(response.body)}, done_at = ${event.at}
      from base where requests.id = ${request.id})`,
  ]
  for (;;) {
    const { rows } = await sql<{ pending: boolean; inserted: boolean }>`
      with ${sql.join(parts)} select exists (select from request) as pending, exists (select from base) as inserted`.execute(db)
    if (rows[0]?.inserted) return { result: 'inserted' }
    if (rows[0]?.pending) return { result: 'number-taken' }
    const earlier = await insertedEarlier(db, request)
    if (earlier) return earlier
  }
}

/** Notes that the workflow runs. */
export async function markWorkflowStarted(db: Kysely<Database>, number: string, at: Instant): Promise<void> {
  await db
    .updateTable('tickets')
    .set({ workflowStartedAt: at })
    .where('number', '=', number)
    .where('workflowStartedAt', 'is', null)
    .execute()
}

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
