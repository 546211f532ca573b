import { sql, type Kysely, type RawBuilder } from 'kysely'
import { questionTerms, searchTerms, searchText } from './search-terms.ts'
import type { Database } from './schema.ts'

/** The texts of a ticket that lists are searched by. */
export interface Searched {
  readonly number: string
  readonly title: string
  readonly description: string
  readonly customerName: string | null
  readonly customerCompany: string | null
  readonly customerAccount: string | null
}

/** What the row of `ticket_search` says of a ticket; the terms still to be made a tsvector. */
export function searchRow(ticket: Searched) {
  const text = searchText(ticket.number, ticket.title, ticket.description)
  const customer = searchText(ticket.customerName, ticket.customerCompany, ticket.customerAccount)
  return { text, terms: searchTerms(text), customer, customerTerms: searchTerms(customer) }
}

/** As a tsvector rather than an array: Postgres keeps statistics of its elements however long it is, and plans by them. */
function vectorOf(terms: readonly string[]): RawBuilder<string> {
  return sql`array_to_tsvector(${terms}::text[])`
}

/** Makes the search row of a ticket anew from its row. In the transaction that changed it: the lock keeps two from crossing. */
export async function refreshSearch(trx: Kysely<Database>, number: string): Promise<void> {
  const ticket = await trx
    .selectFrom('tickets')
    .select(['number', ...searchColumns])
    .where('number', '=', number)
    .executeTakeFirst()
  if (!ticket) return
  const { terms, customerTerms, ...texts } = searchRow(ticket)
  const row = { ...texts, terms: vectorOf(terms), customerTerms: vectorOf(customerTerms) }
  await trx.updateTable('ticketSearch').set(row).where('number', '=', number).execute()
}

/** Columns of a ticket of which its search row is made. */
export const searchColumns = ['title', 'description', 'customerName', 'customerCompany', 'customerAccount'] as const

/** The search row of a new ticket, for {@link searchInsert}. */
export function searchLine(number: string, { title, description, customer: of }: NewlySearched): Readonly<Record<string, unknown>> {
  const { text, terms, customer, customerTerms } = searchRow({
    number,
    title,
    description,
    customerName: of.name,
    customerCompany: of.company,
    customerAccount: of.account,
  })
  return { number, text, terms, customer, customer_terms: customerTerms }
}

interface NewlySearched {
  readonly title: string
  readonly description: string
  readonly customer: { readonly name: string | null; readonly company: string | null; readonly account: string | null }
}

/** Inserts the search rows of the tickets in `base`; their lines are the parameter at that place. */
export function searchInsert(at: number): string {
  return `
    write_search as (
      insert into ticket_search (number, text, terms, customer, customer_terms)
      select base.number, s.text, array_to_tsvector(s.terms), s.customer, array_to_tsvector(s.customer_terms)
      from base join jsonb_to_recordset($${at}::jsonb) as s (number text, text text, terms text[], customer text, customer_terms text[])
        on s.number = base.number)`
}

/** Conditions on a row of `ticket_search` whose text contains what is asked for. */
export interface Containing {
  /** Holds for these rows and no others. */
  readonly exact: RawBuilder<unknown>
  /** Holds for them and perhaps for more, and the index knows it. */
  readonly indexed: RawBuilder<unknown>
}

/** Rows that contain the question, and those of the tickets named beside it. */
export function containing(kind: 'text' | 'customer', question: string, also: readonly string[] = []): Containing {
  const folded = searchText(question)
  const terms = questionTerms(folded)
  const [text, index] = kind === 'text' ? [sql`text`, sql`terms`] : [sql`customer`, sql`customer_terms`]
  const exact = sql`position(${folded} in ${text}) > 0`
  // Within `(select …)` Postgres does not look at the terms. Taking words that follow each other for independent, it would misjudge them.
  const indexed = terms.length === 0 ? sql`true` : sql`${index} @@ (select ${terms.map(quoted).join(' & ')}::tsquery)`
  if (also.length === 0) return { exact, indexed }
  return { exact: sql`(${exact} or number = any(${also}))`, indexed: sql`(${indexed} or number = any(${also}))` }
}

/** As it stands in a tsquery. */
export function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
