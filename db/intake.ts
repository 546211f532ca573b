import type { Kysely } from 'kysely'
import pg from 'pg'
import type { Instant } from '../domain/instant.ts'
import type { Fields, RecordedTicketEvent, SealedContact } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { json } from './json.ts'
import { nextDueAt, projectedRows, type NoticesOf } from './projected-rows.ts'
import type { RequestIdentity, StoredResponse } from './requests.ts'
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
  return takeSerials(db, counterKey, 1)
}

/** The next serial for each of the keys, in their order; a key that comes more than once is counted on once. */
export async function takeEachSerial(db: Kysely<Database>, counterKeys: readonly string[]): Promise<number[]> {
  const taken = new Map<string, number>()
  for (const key of new Set(counterKeys))
    taken.set(key, (await takeSerials(db, key, counterKeys.filter((other) => other === key).length)) - 1)
  return counterKeys.map((key) => {
    const serial = (taken.get(key) ?? 0) + 1
    taken.set(key, serial)
    return serial
  })
}

/** The first of so many serials of a prefix, one after another. */
async function takeSerials(db: Kysely<Database>, counterKey: string, count: number): Promise<number> {
  if (db.isTransaction) throw new Error('a serial taken in a transaction would hold the counter until its end')
  const [row] = await nextSerials(db, [counterKey, count])
  if (!row) throw new Error(`the counter ${counterKey} gave nothing`)
  return row.last - count + 1
}

const nextSerials = statement<{ readonly last: number }>(`
  with unflushed as (select set_config('synchronous_commit', 'off', true))
  insert into counters as counter (key, last) select $1, $2::bigint from unflushed
  on conflict (key) do update set last = counter.last + excluded.last
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
 * Writes a new ticket with its first event and its request with the answer, all in one statement. Of any number of attempts at
 * the same request exactly one inserts: their key is unique, so twins wait for each other. A row of the request that is there
 * already and pending is answered.
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
    ...[request.id, request.caller, request.key, request.route, request.bodyHash, request.createdAt],
    ...[response.status, json(response.body), event.at],
    ...[state.number, ticket.profile, ticket.profileVersion, state.type, state.priority, ticket.priorities, state.stage, state.channel],
    ...[ticket.title, ticket.description, json(ticket.fields), ticket.keywords, customer.name, customer.company, customer.account],
    ...[contact.sealed, json(contact.masked), contact.keys, state.representative, state.requester, state.assignee, state.team],
    ...[state.waiting?.for ?? null, state.submittedAt, state.assignedAt, state.closedAt, nextDueAt(state), state.version, json(state)],
    ...[search.text, search.terms, search.customer, search.customerTerms],
    ...rowLists(projectedRows([event], state, noticesOf)),
  ]
  for (;;) {
    const row = await takeIn(db, values).then(
      ([first]) => first,
      (error: unknown) => {
        if (isTaken(error)) return undefined
        throw error
      },
    )
    if (row === undefined) return { result: 'number-taken' }
    if (row.inserted) return { result: 'inserted' }
    const earlier = await insertedEarlier(db, request)
    if (earlier) return earlier
  }
}

const takeIn = statement<{ readonly inserted: boolean }>(`
  with
    request as (
      insert into requests as request (id, caller, key, route, body_hash, ticket, status, response_status, response, created_at, done_at)
      values ($1, $2, $3, $4, $5, $10, 'done', $7::int, $8::jsonb, $6::timestamptz, $9::timestamptz)
      on conflict (caller, key) do update set status = excluded.status, response_status = excluded.response_status,
        response = excluded.response, done_at = excluded.done_at, ticket = excluded.ticket
      where request.id = excluded.id and request.status = 'pending'
      returning id),
    base as (
      insert into tickets (number, profile, profile_version, type, priority, priority_order, stage, channel,
        title, description, fields, keywords, tags, customer_name, customer_company, customer_account,
        contact_sealed, contact_masked, contact_keys, representative, requester, assignee, team,
        waiting_for, submitted_at, assigned_at, closed_at, next_due_at, version, state, request_id)
      select $10, $11, $12::int, $13, $14, $15::text[], $16, $17,
        $18, $19, $20::jsonb, $21::text[], '{}', $22, $23, $24,
        $25, $26::jsonb, $27::text[], $28, $29, $30, $31,
        $32, $33::timestamptz, $34::timestamptz, $35::timestamptz, $36::timestamptz, $37::int, $38::jsonb, request.id
      from request
      returning number, 0 as version, team),
    write_search as (
      insert into ticket_search (number, text, terms, customer, customer_terms)
      select base.number, $39, array_to_tsvector($40::text[]), $41, array_to_tsvector($42::text[]) from base),
    ${rowParts(43)}
  select exists (select from base) as inserted`)

/** Whether the number is another ticket's: then nothing of the statement has happened. */
function isTaken(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === uniqueViolation && error.constraint === 'tickets_pkey'
}

const uniqueViolation = '23505'

/**
 * Notes that workflows run, of tickets by their numbers. It need not be flushed to disk: what is lost is started again, which
 * leaves a workflow that runs as it is.
 */
export async function markWorkflowsStarted(db: Kysely<Database>, numbers: readonly string[], at: Instant): Promise<void> {
  await markStarted(db, [numbers, at])
}

const markStarted = statement(`
  with unflushed as (select set_config('synchronous_commit', 'off', true))
  update tickets set workflow_started_at = $2::timestamptz from unflushed where number = any($1::text[]) and workflow_started_at is null`)

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

/** Why nothing was inserted; undefined when the key is free by now and the insert may be tried again. */
async function insertedEarlier(db: Kysely<Database>, { caller, key, id }: RequestIdentity): Promise<Intake | undefined> {
  const row = await db
    .selectFrom('requests')
    .select(['id', 'responseStatus', 'response'])
    .where('caller', '=', caller)
    .where('key', '=', key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.id !== id) return { result: 'key-taken' }
  return row.responseStatus === null ? undefined : { result: 'already-done', response: { status: row.responseStatus, body: row.response } }
}
