import { sql, type Kysely } from 'kysely'
import type { EntryKind } from '../../domain/customers/entry.ts'
import type { Instant } from '../../domain/instant.ts'
import { json } from '../json.ts'
import type { Database } from '../schema.ts'
import { searchTerms, searchText } from '../search-terms.ts'
import type { EntryContact } from '../tables/customers.ts'

/** Writing entries that somebody enters or changes. */

/** An entry as it is to be. */
export interface EntryContent {
  readonly kind: EntryKind
  readonly name: string | null
  readonly company: string | null
  readonly organisation: string | null
  readonly externalId: string | null
  readonly login: string | null
  readonly accounts: readonly string[]
  readonly contacts: readonly EntryContact[]
  readonly sealedBy: readonly string[]
  readonly tier: string | null
  readonly tags: readonly string[]
  readonly internal: boolean
}

/** The entry, which nobody else changes until the transaction is over; undefined: there is none, or it was erased. */
export async function lockEntry(trx: Kysely<Database>, id: string): Promise<EntryContent | undefined> {
  return trx
    .selectFrom('customers')
    .select([
      'kind',
      'name',
      'company',
      'organisation',
      'externalId',
      'login',
      'accounts',
      'contacts',
      'sealedBy',
      'tier',
      'tags',
      'internal',
    ])
    .where('id', '=', id)
    .where('erasedAt', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Who has one of these keys that only one can have, other than this entry. */
export async function holdersOf(trx: Kysely<Database>, id: string, sole: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (sole.length === 0) return new Map()
  const rows = await trx
    .selectFrom('customerKeys')
    .select(['key', 'customer'])
    .where('key', 'in', sole)
    .where('sole', '=', true)
    .where('customer', '<>', id)
    .execute()
  return new Map(rows.map(({ key, customer }) => [key, customer]))
}

/**
 * Writes an entry with the keys by which it is found. `sole`: those that only one can have; of the contacts' keys, those that nobody has yet
 * become its own. @throws a unique violation of `customer_keys_first` where somebody else takes one of the former at that moment
 */
export async function writeEntry(
  trx: Kysely<Database>,
  id: string,
  { contacts, accounts, tags, sealedBy, ...content }: EntryContent,
  { sole, at, isNew }: { readonly sole: readonly string[]; readonly at: Instant; readonly isNew: boolean },
): Promise<void> {
  const text = searchText(content.name, content.company, ...accounts)
  const row = {
    ...content,
    ...{ accounts: [...accounts], tags: [...tags], sealedBy: [...sealedBy], contacts: json(contacts), changedAt: at, text },
    terms: sql<string>`array_to_tsvector(${searchTerms(text)}::text[])`,
  }
  if (isNew)
    await trx
      .insertInto('customers')
      .values({ id, createdAt: at, ...row })
      .execute()
  else
    await trx
      .updateTable('customers')
      .set({ ...row, version: sql`version + 1` })
      .where('id', '=', id)
      .execute()
  const keys = [...new Set(contacts.flatMap((contact) => contact.keys))].toSorted()
  await sql`delete from customer_keys where customer = ${id} and not key = any(${[...sole, ...keys]})`.execute(trx)
  await sql`
    insert into customer_keys (key, customer, sole, first) select key, ${id}, true, true from unnest(${[...sole].toSorted()}::text[]) as key
    where not exists (select from customer_keys as own where own.customer = ${id} and own.key = key.key)`.execute(trx)
  for (const first of [true, false])
    await sql`
      insert into customer_keys (key, customer, sole, first) select key, ${id}, false, ${first}::boolean from unnest(${keys}::text[]) as key
      on conflict do nothing`.execute(trx)
}

/** Somebody says of these keys that they are the entry's: no ticket's correction takes them back any more. */
export async function confirmKeys(trx: Kysely<Database>, id: string, sole: readonly string[]): Promise<void> {
  if (sole.length === 0) return
  await trx
    .updateTable('customerKeys')
    .set({ broughtBy: null })
    .where('customer', '=', id)
    .where('key', 'in', sole)
    .where('broughtBy', 'is not', null)
    .execute()
}

/** Takes everything personal out of an entry; what is left says that there was one, and whose tickets are one customer's. */
export async function eraseEntry(trx: Kysely<Database>, id: string, at: Instant): Promise<void> {
  await sql`delete from customer_keys where customer = ${id}`.execute(trx)
  await sql`
    update customers set name = null, company = null, organisation = null, external_id = null, login = null, accounts = '{}', contacts = '[]',
      sealed_by = '{}', tier = null, tags = '{}', text = '', terms = '', changed_at = ${at}, erased_at = ${at}, version = version + 1
    where id = ${id}`.execute(trx)
}
