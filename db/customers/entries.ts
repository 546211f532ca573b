import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { EntryKind } from '../../domain/customers/entry.ts'
import { loginKey } from '../../domain/customers/identity.ts'
import { cursorAt, pageOf, partOf, positionOf, type Page } from '../cursor.ts'
import type { Database } from '../schema.ts'
import { questionTerms, searchText } from '../search-terms.ts'
import { quoted } from '../search.ts'
import type { CustomersTable } from '../tables/customers.ts'
import { z } from 'zod'

/** Entries of the directory as they are read. */

/** An entry without what only searching needs. */
export type Entry = Omit<Selectable<CustomersTable>, 'text' | 'terms'> & {
  /** What the organisation is called that it belongs to. */
  readonly organisationName: string | null
}

export async function entryOf(db: Kysely<Database>, id: string): Promise<Entry | undefined> {
  return selected(db).where('entry.id', '=', id).executeTakeFirst()
}

/** The entries of these ids, in any order. */
export async function entriesOf(db: Kysely<Database>, ids: readonly string[]): Promise<Entry[]> {
  return ids.length === 0 ? [] : selected(db).where('entry.id', 'in', ids).orderBy('entry.id').execute()
}

export async function entryByExternalId(db: Kysely<Database>, externalId: string): Promise<Entry | undefined> {
  return selected(db).where('entry.externalId', '=', externalId).executeTakeFirst()
}

export interface EntryFilters {
  readonly kind?: EntryKind | undefined
  /** Part of the name, company or an account. */
  readonly q?: string | undefined
  /** Keys of which it has one. */
  readonly keys?: readonly string[] | undefined
  readonly externalId?: string | undefined
  readonly organisation?: string | undefined
  readonly tier?: string | undefined
  readonly tag?: string | undefined
  readonly internal?: boolean | undefined
  /** Person with whose login it registers. */
  readonly login?: string | undefined
}

/** One page of entries, the newest first; without those that were erased. @throws CursorError */
export async function listEntries(
  db: Kysely<Database>,
  { filters, cursor, limit }: { readonly filters: EntryFilters; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<Entry>> {
  const list = ['customers', filters]
  const narrowed = conditions(filters)
  if (cursor !== undefined) {
    const [at, id] = positionOf(list, cursor, z.tuple([partOf.instant, partOf.number]))
    narrowed.push(sql`(entry.created_at, entry.id) < (${at}::timestamptz, ${id})`)
  }
  const rows = await selected(db)
    .where(sql<boolean>`${sql.join(narrowed, sql` and `)}`)
    .orderBy('entry.createdAt', 'desc')
    .orderBy('entry.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, ({ createdAt, id }) => cursorAt(list, [createdAt, id]))
}

/** How many tickets are of it, and how many of these are open. */
export async function ticketsOfEntry(db: Kysely<Database>, id: string): Promise<{ readonly tickets: number; readonly open: number }> {
  const { rows } = await sql<{ tickets: number; open: number }>`
    select count(*)::int as tickets, (count(*) filter (where open))::int as open from tickets where customer_entry = ${id}`.execute(db)
  return rows[0] ?? { tickets: 0, open: 0 }
}

function conditions({ kind, q, keys, externalId, organisation, tier, tag, internal, login }: EntryFilters): RawBuilder<unknown>[] {
  const given: RawBuilder<unknown>[] = [sql`entry.erased_at is null`]
  if (kind !== undefined) given.push(sql`entry.kind = ${kind}`)
  if (keys !== undefined) given.push(sql`entry.id = any(array(select customer from customer_keys where key = any(${keys})))`)
  if (externalId !== undefined) given.push(sql`entry.external_id = ${externalId}`)
  if (organisation !== undefined) given.push(sql`entry.organisation = ${organisation}`)
  if (tier !== undefined) given.push(sql`entry.tier = ${tier}`)
  if (tag !== undefined) given.push(sql`entry.tags @> ${[tag]}`)
  if (internal !== undefined) given.push(sql`entry.internal = ${internal}`)
  if (login !== undefined) given.push(sql`entry.id = any(array(select customer from customer_keys where key = ${loginKey(login)}))`)
  if (q !== undefined) {
    const folded = searchText(q)
    const terms = questionTerms(folded)
    if (terms.length > 0) given.push(sql`entry.terms @@ (select ${terms.map(quoted).join(' & ')}::tsquery)`)
    given.push(sql`position(${folded} in entry.text) > 0`)
  }
  return given
}

function selected(db: Kysely<Database>) {
  return db
    .selectFrom('customers as entry')
    .leftJoin('customers as body', 'body.id', 'entry.organisation')
    .select([
      ...(['entry.id', 'entry.kind', 'entry.name', 'entry.company', 'entry.organisation', 'entry.externalId', 'entry.login'] as const),
      ...(['entry.accounts', 'entry.contacts', 'entry.sealedBy', 'entry.tier', 'entry.tags', 'entry.internal', 'entry.madeFrom'] as const),
      ...(['entry.createdAt', 'entry.changedAt', 'entry.erasedAt', 'entry.version', 'body.name as organisationName'] as const),
    ])
}
