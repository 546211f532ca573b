import type { Kysely } from 'kysely'
import type { Fields, RecordedTicketEvent, SealedContact } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { json } from './json.ts'
import { nextDueAt, projectedRows, type NoticesOf, type ProjectedRows } from './projected-rows.ts'
import type { RequestIdentity, StoredResponse } from './requests.ts'
import type { Database } from './schema.ts'
import { searchRow } from './search.ts'
import { statement } from './statement.ts'

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
  const projected = ordered.map(({ event, state, noticesOf }) => projectedRows([event], state, noticesOf))
  const lines = (kind: LineKind) =>
    json(projected.flatMap((rows, at) => rows[kind].map((line) => ({ process: ordered[at]?.state.number, ...line }))))
  const written = await takeIn(db, [
    json(ordered.map(requestLine)),
    json(ordered.map(ticketLine)),
    json(ordered.map(searchLine)),
    ...lineKinds.map(lines),
  ])
  return new Set(written.map(({ number }) => number))
}

const lineKinds = ['events', 'promises', 'assignments', 'contacts', 'notices'] as const satisfies readonly (keyof ProjectedRows)[]
type LineKind = (typeof lineKinds)[number]

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

function ticketLine({ request, ticket, state }: TicketIntake) {
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
        waiting_for, submitted_at, assigned_at, closed_at, next_due_at, version, state, request_id)
      select t.number, t.profile, t.profile_version, t.type, t.priority, t.priority_order, t.stage, t.channel,
        t.title, t.description, t.fields, t.keywords, '{}', t.customer_name, t.customer_company, t.customer_account,
        t.contact_sealed, t.contact_masked, t.contact_keys, t.representative, t.requester, t.assignee, t.team,
        t.waiting_for, t.submitted_at, t.assigned_at, t.closed_at, t.next_due_at, t.version, t.state, t.request_id
      from jsonb_populate_recordset(null::tickets, $2::jsonb) as t join request on request.id = t.request_id
      returning number, team),
    write_search as (
      insert into ticket_search (number, text, terms, customer, customer_terms)
      select base.number, s.text, array_to_tsvector(s.terms), s.customer, array_to_tsvector(s.customer_terms)
      from base join jsonb_to_recordset($3::jsonb) as s (number text, text text, terms text[], customer text, customer_terms text[])
        on s.number = base.number),
    write_events as (
      insert into events (process, seq, type, at, occurred_at, actor, request_id, stage, data, promises)
      select base.number, e.seq, e.type, e.at, e."occurredAt", e.actor, e."requestId", e.stage, e.data, e.promises
      from base join jsonb_to_recordset($4::jsonb) as e (process text, seq int, type text, at timestamptz, "occurredAt" timestamptz,
        actor text, "requestId" text, stage text, data jsonb, promises jsonb) on e.process = base.number),
    write_promises as (
      insert into promises (process, clock, cycle, started_at, due_at, paused_minutes, state, stopped_at, recorded_late, provisional, seq)
      select base.number, p.clock, p.cycle, p."startedAt", p."dueAt", p."pausedMinutes", p.state, p."stoppedAt", p."recordedLate",
        p.provisional, p.seq
      from base join jsonb_to_recordset($5::jsonb) as p (process text, clock text, cycle int, "startedAt" timestamptz,
        "dueAt" timestamptz, "pausedMinutes" float8, state text, "stoppedAt" timestamptz, "recordedLate" bool, provisional bool, seq int)
        on p.process = base.number),
    write_assignments as (
      insert into assignments (process, seq, at, manner, assignee, team, previous, reason, by)
      select base.number, a.seq, a.at, a.manner, a.assignee, coalesce(a.team, base.team), a.previous, a.reason, a.by
      from base join jsonb_to_recordset($6::jsonb) as a (process text, seq int, at timestamptz, manner text, assignee text, team text,
        previous text, reason text, by text) on a.process = base.number),
    write_contacts as (
      insert into contacts (process, seq, type, at, occurred_at, channel, direction, reached, text, by)
      select base.number, c.seq, c.type, c.at, c."occurredAt", c.channel, c.direction, c.reached, c.text, c.by
      from base join jsonb_to_recordset($7::jsonb) as c (process text, seq int, type text, at timestamptz, "occurredAt" timestamptz,
        channel text, direction text, reached bool, text text, by text) on c.process = base.number),
    write_notices as (
      insert into notices (process, seq, kind, recipient_kind, recipient_id, params, created_at)
      select base.number, n.seq, n.kind, n."recipientKind", n."recipientId", n.params, n.at
      from base join jsonb_to_recordset($8::jsonb) as n (process text, seq int, kind text, "recipientKind" text, "recipientId" text,
        params jsonb, at timestamptz) on n.process = base.number
      on conflict do nothing)
  select number from base`)
