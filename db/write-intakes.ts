import type { Kysely } from 'kysely'
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

/** Everything that a registration writes. */
export interface TicketIntake {
  readonly request: RequestIdentity
  readonly ticket: NewTicket
  readonly state: TicketState
  readonly event: RecordedTicketEvent
  /** When its workflow is to be woken first. */
  readonly wakeAt: Instant | null
  readonly noticesOf: NoticesOf
  readonly response: StoredResponse
}

/**
 * Writes new tickets with their first events and their requests with the answers, in one statement, which is whole or not at
 * all; the numbers of those written. A request that is done, or whose key serves another, is left out with its ticket.
 */
export async function writeIntakes(db: Kysely<Database>, intakes: readonly TicketIntake[]): Promise<ReadonlySet<string>> {
  // In one order everywhere: two processes that are sent the same requests wait for each other's rows, but not in a circle.
  const ordered = intakes.toSorted((a, b) => (a.request.id < b.request.id ? -1 : 1))
  const rows = ordered.map(({ event, state, noticesOf }) => [state.number, projectedRows([event], state, noticesOf)] as const)
  const written = await takeIn(db, [
    json(ordered.map(requestLine)),
    json(ordered.map(ticketLine)),
    json(ordered.map(searchLine)),
    ...rowLists(rows),
  ])
  return new Set(written.map(({ number }) => number))
}

function requestLine({ request, state, event, response }: TicketIntake) {
  return {
    id: request.id,
    caller: request.caller,
    key: request.key,
    route: request.route,
    body_hash: request.bodyHash,
    ticket: state.number,
    response_status: response.status,
    response: response.body,
    created_at: request.createdAt,
    done_at: event.at,
  }
}

function ticketLine({ request, ticket, state, wakeAt }: TicketIntake) {
  const { customer, contact } = ticket
  return {
    number: state.number,
    profile: ticket.profile,
    profile_version: ticket.profileVersion,
    type: state.type,
    priority: state.priority,
    priority_order: ticket.priorities,
    stage: state.stage,
    channel: state.channel,
    title: ticket.title,
    description: ticket.description,
    fields: ticket.fields,
    keywords: ticket.keywords,
    customer_name: customer.name,
    customer_company: customer.company,
    customer_account: customer.account,
    contact_sealed: contact.sealed,
    contact_masked: contact.masked,
    contact_keys: contact.keys,
    representative: state.representative,
    requester: state.requester,
    assignee: state.assignee,
    team: state.team,
    waiting_for: state.waiting?.for ?? null,
    submitted_at: state.submittedAt,
    assigned_at: state.assignedAt,
    closed_at: state.closedAt,
    next_due_at: nextDueAt(state),
    wake_at: wakeAt,
    version: state.version,
    state,
    request_id: request.id,
  }
}

function searchLine({ ticket, state }: TicketIntake) {
  const { text, terms, customer, customerTerms } = searchRow({
    number: state.number,
    title: ticket.title,
    description: ticket.description,
    customerName: ticket.customer.name,
    customerCompany: ticket.customer.company,
    customerAccount: ticket.customer.account,
  })
  return { number: state.number, text, terms, customer, customer_terms: customerTerms }
}

const takeIn = statement<{ readonly number: string }>(`
  with
    request as (
      insert into requests as request (id, caller, key, route, body_hash, ticket, status, response_status, response, created_at, done_at)
      select id, caller, key, route, body_hash, ticket, 'done', response_status, response, created_at, done_at
      from jsonb_populate_recordset(null::requests, $1::jsonb)
      on conflict (caller, key) do update set status = excluded.status, response_status = excluded.response_status,
        response = excluded.response, done_at = excluded.done_at, ticket = excluded.ticket
      where request.id = excluded.id and request.status = 'pending'
      returning id),
    base as (
      insert into tickets (number, profile, profile_version, type, priority, priority_order, stage, channel,
        title, description, fields, keywords, tags, customer_name, customer_company, customer_account,
        contact_sealed, contact_masked, contact_keys, representative, requester, assignee, team,
        waiting_for, submitted_at, assigned_at, closed_at, next_due_at, wake_at, version, state, request_id, contacts_checked)
      select t.number, t.profile, t.profile_version, t.type, t.priority, t.priority_order, t.stage, t.channel,
        t.title, t.description, t.fields, t.keywords, '{}', t.customer_name, t.customer_company, t.customer_account,
        t.contact_sealed, t.contact_masked, t.contact_keys, t.representative, t.requester, t.assignee, t.team,
        t.waiting_for, t.submitted_at, t.assigned_at, t.closed_at, t.next_due_at, t.wake_at, t.version, t.state, t.request_id, true
      from jsonb_populate_recordset(null::tickets, $2::jsonb) as t join request on request.id = t.request_id
      returning number, 0 as version, team),
    write_search as (
      insert into ticket_search (number, text, terms, customer, customer_terms)
      select base.number, s.text, array_to_tsvector(s.terms), s.customer, array_to_tsvector(s.customer_terms)
      from base join jsonb_to_recordset($3::jsonb) as s (number text, text text, terms text[], customer text, customer_terms text[])
        on s.number = base.number),
    ${rowParts(4)}
  select number from base`)
