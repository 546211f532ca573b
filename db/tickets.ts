import { sql, type Kysely, type RawBuilder, type SelectQueryBuilder } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import { cursorAt, pageOf, positionOf, type Page } from './cursor.ts'
import { json } from './json.ts'
import type { Database, TicketRow } from './schema.ts'
import { containing } from './search.ts'
import { plannedEachTime, statement } from './statement.ts'

/** A ticket's row, whole. Its contact is sealed: `openContact()` of contact-vault.ts. */
export type Ticket = TicketRow

/** A ticket as lists give it. */
export type ListedTicket = Omit<TicketRow, 'contactSealed' | 'contactKeys' | 'customerTags' | 'priorityOrder'>

export async function findTicket(db: Kysely<Database>, number: string): Promise<Ticket | undefined> {
  const [ticket] = await ticketOfNumber(db, [number])
  return ticket
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
  /** Tickets that a customer registered themselves. */
  readonly requester?: string | undefined
  /** Of the solution, or of the customer by id or label. */
  readonly tag?: string | undefined
  /** Part of the customer's name, company or account; or one of the contact keys (HMACs) of the phone or e-mail it is. */
  readonly customer?: { readonly text: string; readonly contactKeys: readonly string[] } | undefined
  /** Something promised is owed since before now; or nothing is. */
  readonly overdue?: boolean | undefined
  /** Something promised is due before this. */
  readonly dueBefore?: Instant | undefined
  /** Part of the number, title or description. */
  readonly q?: string | undefined
}

/** `submitted`: newest first. `nextDue`: what is due first, first. `priority`: most urgent first, then oldest. */
export const ticketSorts = ['submitted', 'nextDue', 'priority'] as const
export type TicketSort = (typeof ticketSorts)[number]

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
  const { shape, after, position } = orders[sort]
  const knownByKey = await numbersByKey(db, filters.customer?.contactKeys ?? [])
  const query = ticketPage(db, { filters, sort, limit, now, knownByKey })
  const rows = await (cursor === undefined ? query : query.where(after(positionOf(list, cursor, shape)))).execute()
  return pageOf(rows, limit, (row) => cursorAt(list, position(row)))
}

/** The query of a first page, and of one row more that tells whether there is another. */
export function ticketPage(
  db: Kysely<Database>,
  {
    filters = {},
    sort = 'submitted',
    limit,
    now,
    knownByKey = [],
  }: Omit<TicketQuery, 'cursor'> & { readonly knownByKey?: readonly string[] },
): TicketSelection {
  const query = listed(db).where(sql<boolean>`${sql.join([sql`true`, ...conditions(filters, knownByKey, now)], sql` and `)}`)
  return orders[sort].order(query).limit(limit + 1)
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
  return db.selectFrom('tickets').select(listedColumns)
}

const listedColumns = [
  ...([
    'number',
    'profile',
    'profileVersion',
    'type',
    'priority',
    'priorityRank',
    'stage',
    'open',
    'channel',
    'title',
    'description',
  ] as const),
  ...(['fields', 'keywords', 'tags', 'customerName', 'customerCompany', 'customerAccount', 'contactMasked', 'representative'] as const),
  ...(['requester', 'assignee', 'team', 'waitingFor', 'submittedAt', 'assignedAt', 'closedAt', 'nextDueAt', 'version', 'state'] as const),
  ...(['workflowStartedAt', 'calendar', 'calendarVersion', 'requestId'] as const),
]

const ticketOfNumber = statement<Ticket>(
  `select ${[...listedColumns, 'contactSealed', 'contactKeys', 'customerTags', 'priorityOrder'].map(columnName).join(', ')} from tickets where number = $1`,
)

function columnName(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

type TicketSelection = SelectQueryBuilder<Database, 'tickets', ListedTicket>

interface Order {
  order(query: TicketSelection): TicketSelection
  readonly shape: z.ZodType<readonly (string | number)[]>
  after(position: readonly (string | number)[]): RawBuilder<boolean>
  position(row: ListedTicket): readonly (string | number)[]
}

const instant = z.iso.datetime()

/** Each order ends with the number, so that no two rows share a place, and is an index of its own. */
const orders: Readonly<Record<TicketSort, Order>> = {
  submitted: {
    order: (query) => query.orderBy('submittedAt', 'desc').orderBy('number', 'desc'),
    shape: z.tuple([instant, z.string()]),
    after: (position) => sql`(submitted_at, number) < (${sql.join(position)})`,
    position: ({ submittedAt, number }) => [submittedAt, number],
  },
  nextDue: {
    order: (query) => query.orderBy(sql`coalesce(next_due_at, 'infinity')`).orderBy('number'),
    shape: z.tuple([z.union([instant, z.literal('infinity')]), z.string()]),
    after: (position) => sql`(coalesce(next_due_at, 'infinity'), number) > (${sql.join(position)})`,
    position: ({ nextDueAt, number }) => [nextDueAt ?? 'infinity', number],
  },
  priority: {
    order: (query) => query.orderBy('priorityRank').orderBy('submittedAt').orderBy('number'),
    shape: z.tuple([z.int(), instant, z.string()]),
    after: (position) => sql`(priority_rank, submitted_at, number) > (${sql.join(position)})`,
    position: ({ priorityRank, submittedAt, number }) => [priorityRank, submittedAt, number],
  },
}

const equal = ['profile', 'type', 'stage', 'priority', 'team', 'representative', 'requester'] as const

/**
 * Numbers of the tickets with one of these contact keys. Asked beforehand, because hardly any search is for a contact:
 * without it Postgres can walk through a list and stop at the end of the page.
 */
async function numbersByKey(db: Kysely<Database>, contactKeys: readonly string[]): Promise<string[]> {
  if (contactKeys.length === 0) return []
  const rows = await db
    .selectFrom('tickets')
    .select('number')
    .where(sql<boolean>`contact_keys && ${contactKeys}`)
    .execute()
  return rows.map(({ number }) => number)
}

function conditions(filters: TicketFilters, knownByKey: readonly string[], now: Instant): RawBuilder<unknown>[] {
  const { open, assignee, tag, customer, overdue, dueBefore, q } = filters
  const given = equal.flatMap((column) => (filters[column] === undefined ? [] : [sql`${sql.ref(column)} = ${filters[column]}`]))
  if (open !== undefined) given.push(open ? sql`open` : sql`not open`)
  if (assignee !== undefined) given.push(assignee === null ? sql`assignee is null` : sql`assignee = ${assignee}`)
  if (tag !== undefined) given.push(sql`(tags @> ${[tag]} or customer_tags @> ${[tag]})`)
  if (overdue !== undefined)
    given.push(overdue ? sql`coalesce(next_due_at, 'infinity') < ${now}` : sql`coalesce(next_due_at, 'infinity') >= ${now}`)
  if (dueBefore !== undefined) given.push(sql`coalesce(next_due_at, 'infinity') < ${dueBefore}`)
  if (q !== undefined) given.push(sql`number in (${containing('text', q)})`)
  if (customer !== undefined) {
    const also = knownByKey.length === 0 ? sql`` : sql`union all select unnest(${knownByKey}::text[])`
    given.push(sql`number in (${containing('customer', customer.text)} ${also})`)
  }
  return given
}
