import { sql, type Kysely, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import type { TicketSort } from '../domain/ticket-sorts.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { Helper, Milestone, TicketState } from '../workflows/ticket/state.ts'
import { notTheirOwn } from './own-processes.ts'
import { inPostgres } from './column-names.ts'
import { cursorAt, pageOf, partOf, positionOf, type Page } from './cursor.ts'
import { json } from './json.ts'
import type { Database, TicketRow } from './schema.ts'
import { containing, type Containing } from './search.ts'
import { plannedEachTime, statement } from './statement.ts'
import { numbersContaining, type Part } from './ticket-search.ts'

/** A ticket's row, whole. Its contact is sealed: `openContact()` of contact-vault.ts. */
export type Ticket = TicketRow

/** A ticket as lists give it: what they show and sort by. */
export type ListedTicket = Pick<TicketRow, (typeof listedColumns)[number]> & { readonly state: ListedState }

/** What lists show of a ticket's state, which is most of its row. */
interface ListedState extends Pick<TicketState, 'waiting' | 'tasks'> {
  readonly promises: readonly Omit<PromiseState, 'basis'>[]
  readonly customerTags?: readonly string[] | null
  readonly helpers?: readonly Helper[] | null
  readonly milestones?: readonly Milestone[] | null
}

export async function findTicket(db: Kysely<Database>, number: string): Promise<Ticket | undefined> {
  const [ticket] = await ticketOfNumber(db, [number])
  return ticket
}

/** Tickets by their numbers, in the order of these; undefined where there is none. */
export async function findTickets(db: Kysely<Database>, numbers: readonly string[]): Promise<(Ticket | undefined)[]> {
  const found = await ticketsOfNumbers(db, [[...new Set(numbers)]])
  const byNumber = new Map(found.map((ticket) => [ticket.number, ticket]))
  return numbers.map((number) => byNumber.get(number))
}

/** What a list is narrowed to; each given filter narrows it further. */
export interface TicketFilters {
  readonly profile?: string | undefined
  readonly type?: string | undefined
  readonly stage?: string | undefined
  /** Still on its way: before `follow-up` and not ended off the path. */
  readonly open?: boolean | undefined
  readonly priority?: string | undefined
  /** Null: nobody has it. */
  readonly assignee?: string | null | undefined
  readonly team?: string | undefined
  readonly representative?: string | undefined
  /** Who helps with it. */
  readonly helper?: string | undefined
  /** Tickets that a customer registered themselves. */
  readonly requester?: string | undefined
  /** Tickets that this customer did not register. */
  readonly notOf?: string | undefined
  /** Of the solution, or of the customer by id or label. */
  readonly tag?: string | undefined
  /** Part of the customer's name, company or account; or one of the contact keys (HMACs) of the phone or e-mail it is. */
  readonly customer?: { readonly text: string; readonly contactKeys: readonly string[] } | undefined
  /** Its customer's entry in the directory. */
  readonly entry?: string | undefined
  /** Something promised is owed since before now; or nothing is. */
  readonly overdue?: boolean | undefined
  /** Something promised is due before this. */
  readonly dueBefore?: Instant | undefined
  /** Part of the number, title or description. */
  readonly q?: string | undefined
}

export interface TicketQuery {
  readonly filters?: TicketFilters
  readonly sort?: TicketSort
  /** `next` of the page before. */
  readonly cursor?: string | undefined
  readonly limit: number
  readonly now: Instant
}

/** One page of tickets. @throws CursorError */
export async function listTickets(
  db: Kysely<Database>,
  { filters = {}, sort = 'submitted', cursor, limit, now }: TicketQuery,
): Promise<Page<ListedTicket>> {
  const list = ['tickets', sort, filters]
  const { by, shape, after, position } = orders[sort]
  const narrowed = conditions(filters, now)
  if (cursor !== undefined) narrowed.push(after(positionOf(list, cursor, shape)))
  const sought = await soughtIn(db, filters)
  // One row more tells whether there is another page.
  const part = { where: sql<boolean>`${sql.join(narrowed, sql` and `)}`, by, count: limit + 1 }
  const rows = sought.length === 0 ? await rowsOf(db, part) : await rowsContaining(db, part, sought)
  return pageOf(rows, limit, (row) => cursorAt(list, position(row)))
}

async function rowsOf(db: Kysely<Database>, { where, by, count }: Part): Promise<ListedTicket[]> {
  return listed(db).where(where).orderBy(by).limit(count).execute()
}

async function rowsContaining(db: Kysely<Database>, part: Part, sought: readonly Containing[]): Promise<ListedTicket[]> {
  const numbers = await numbersContaining(db, part, sought)
  return numbers.length === 0 ? [] : rowsOf(db, { ...part, where: sql`number = any(${numbers})` })
}

/** What is told of an open ticket of the same customer. */
export type SimilarOpenTicket = Pick<TicketRow, 'number' | 'title' | 'stage' | 'type' | 'priority' | 'submittedAt' | 'requester'>

/** By what a customer is known. */
export interface KnownBy {
  readonly contactKeys: readonly string[]
  readonly account: string | null
}

/** Of each customer the newest open tickets, newest first: by contact or by account. */
export async function similarOpenTickets(
  db: Kysely<Database>,
  customers: readonly KnownBy[],
  limit: number,
): Promise<SimilarOpenTicket[][]> {
  const found = await ofSameCustomers(db, [json(customers.map((customer, at) => ({ at, ...customer }))), limit])
  const ofEach = customers.map((): SimilarOpenTicket[] => [])
  for (const { at, ...ticket } of found) ofEach[at]?.push(ticket)
  return ofEach
}

/** The customer's tickets first: else Postgres, not knowing whose they are, may walk through everybody's from the newest on. */
const ofSameCustomers = plannedEachTime<SimilarOpenTicket & { readonly at: number }>(`
  select at, newest.*
  from jsonb_to_recordset($1::jsonb) as customer (at int, "contactKeys" text[], account text)
  cross join lateral (
    with same as materialized (
      select number, title, stage, type, priority, submitted_at, requester from tickets
      where open and (contact_keys && customer."contactKeys" or customer_account = customer.account))
    select number, title, stage, type, priority, submitted_at, requester from same order by submitted_at desc, number desc limit $2) as newest
  order by at, newest.submitted_at desc, newest.number desc`)

/** Every column that lists give. */
export function listed(db: Kysely<Database>): TicketSelection {
  return db.selectFrom('tickets').select([...listedColumns, stateListed.as('state')])
}

const listedColumns = [
  ...(['number', 'profile', 'profileVersion', 'type', 'priority', 'priorityRank', 'stage', 'channel', 'title', 'fields'] as const),
  ...([
    'keywords',
    'tags',
    'customerName',
    'customerCompany',
    'customerAccount',
    'contactMasked',
    'customerEntry',
    'representative',
  ] as const),
  ...(['requester', 'assignee', 'team', 'submittedAt', 'closedAt', 'nextDueAt', 'version'] as const),
]

/** As one record, since each `->` would unpack the whole state again; promises without what only the clocks need, which is half of them. */
const stateListed = sql<ListedState>`(
  select json_build_object('waiting', waiting, 'tasks', tasks, 'customerTags', "customerTags", 'helpers', helpers, 'milestones', milestones,
    'promises', coalesce((select json_agg(promise - 'basis') from jsonb_array_elements(promises) as promise), '[]'))
  from jsonb_to_record(state) as shown (waiting jsonb, tasks jsonb, promises jsonb, "customerTags" jsonb, helpers jsonb, milestones jsonb))`

const columns: readonly (keyof TicketRow)[] = [
  ...listedColumns,
  ...(['open', 'description', 'waitingFor', 'assignedAt', 'state', 'workflowStartedAt', 'calendar', 'calendarVersion'] as const),
  ...(['requestId', 'contactSealed', 'contactKeys', 'customerTags', 'priorityOrder', 'entryFound'] as const),
]

/** The columns of a {@link Ticket}, for a statement. */
export const ticketColumns = columns.map(inPostgres).join(', ')

const ticketOfNumber = statement<Ticket>(`select ${ticketColumns} from tickets where number = $1`)
const ticketsOfNumbers = statement<Ticket>(`select ${ticketColumns} from tickets where number = any($1::text[])`)

type TicketSelection = SelectQueryBuilder<Database, 'tickets', ListedTicket>

interface Order {
  readonly by: RawBuilder<unknown>
  readonly shape: z.ZodType<readonly (string | number)[]>
  after(position: readonly (string | number)[]): RawBuilder<boolean>
  position(row: ListedTicket): readonly (string | number)[]
}

/** Each order ends with the number, so that no two rows share a place, and is an index of its own. */
const orders: Readonly<Record<TicketSort, Order>> = {
  submitted: {
    by: sql`submitted_at desc, number desc`,
    shape: z.tuple([partOf.instant, partOf.number]),
    after: (position) => sql`(submitted_at, number) < (${sql.join(position)})`,
    position: ({ submittedAt, number }) => [submittedAt, number],
  },
  nextDue: {
    by: sql`coalesce(next_due_at, 'infinity'), number`,
    shape: z.tuple([z.union([partOf.instant, z.literal('infinity')]), partOf.number]),
    after: (position) => sql`(coalesce(next_due_at, 'infinity'), number) > (${sql.join(position)})`,
    position: ({ nextDueAt, number }) => [nextDueAt ?? 'infinity', number],
  },
  priority: {
    by: sql`priority_rank, submitted_at, number`,
    shape: z.tuple([partOf.count, partOf.instant, partOf.number]),
    after: (position) => sql`(priority_rank, submitted_at, number) > (${sql.join(position)})`,
    position: ({ priorityRank, submittedAt, number }) => [priorityRank, submittedAt, number],
  },
}

const equal = ['profile', 'type', 'stage', 'priority', 'team', 'representative', 'requester'] as const

/** What a text filter asks for. */
async function soughtIn(db: Kysely<Database>, { q, customer }: TicketFilters): Promise<Containing[]> {
  const sought = q === undefined ? [] : [containing('text', q)]
  if (customer !== undefined) sought.push(containing('customer', customer.text, await numbersByKey(db, customer.contactKeys)))
  return sought
}

/** Numbers of the tickets with one of these contact keys. Asked beforehand, because hardly any search is for a contact. */
async function numbersByKey(db: Kysely<Database>, contactKeys: readonly string[]): Promise<string[]> {
  if (contactKeys.length === 0) return []
  const rows = await db
    .selectFrom('tickets')
    .select('number')
    .where(sql<boolean>`contact_keys && ${contactKeys}`)
    .execute()
  return rows.map(({ number }) => number)
}

/** The filters that the ticket's own row answers. */
function conditions(filters: TicketFilters, now: Instant): RawBuilder<unknown>[] {
  const { open, assignee, helper, tag, entry, overdue, dueBefore, notOf } = filters
  const given: RawBuilder<unknown>[] = [sql`true`]
  for (const column of equal) if (filters[column] !== undefined) given.push(sql`${sql.ref(column)} = ${filters[column]}`)
  if (open !== undefined) given.push(open ? sql`open` : sql`not open`)
  if (assignee !== undefined) given.push(assignee === null ? sql`assignee is null` : sql`assignee = ${assignee}`)
  if (helper !== undefined) given.push(sql`helpers @> ${[helper]}`)
  if (notOf !== undefined) given.push(notTheirOwn(notOf))
  if (tag !== undefined) given.push(sql`(tags @> ${[tag]} or customer_tags @> ${[tag]})`)
  if (entry !== undefined) given.push(sql`customer_entry = ${entry}`)
  if (overdue !== undefined)
    given.push(overdue ? sql`coalesce(next_due_at, 'infinity') < ${now}` : sql`coalesce(next_due_at, 'infinity') >= ${now}`)
  if (dueBefore !== undefined) given.push(sql`coalesce(next_due_at, 'infinity') < ${dueBefore}`)
  return given
}

/** Whether the representative of a ticket has still something to do: open, or closed with the callback (T12) or a question (T10) still owed. */
export const owedOfTickets = "(open or next_due_at is not null or state -> 'tasks' <> '[]')"
