import type { Kysely } from 'kysely'
import type { Customer } from '../../domain/customer.ts'
import { clearTexts } from '../../domain/customer.ts'
import { mostContacts } from '../../domain/customers/entry.ts'
import { identified, type Finding, type Identified, type Known } from '../../domain/customers/identity.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Keys } from '../contact-vault.ts'
import type { Database } from '../schema.ts'
import { searchTerms, searchText } from '../search-terms.ts'
import type { EntryContact } from '../tables/customers.ts'
import { findEntry, soughtKeysOf, type FoundEntry } from './find.ts'
import { keyIds, newEntryId, sealedForEntry, type CustomerMarks, type KnownElsewhere } from './marks.ts'

/**
 * What becomes of the customer of a ticket that is taken in: an entry that is there, to which it may bring a contact that nobody has, or
 * a new one. Of several registrations of one new customer, in a batch or at once, one makes the entry.
 */

/** A customer as they are registered. */
export interface Newcomer extends KnownElsewhere {
  readonly customer: Customer
  readonly marks: CustomerMarks
  readonly internal: boolean
  readonly at: Instant
}

/** To whose entry a ticket goes. */
export interface EntryOfTicket {
  readonly newcomer: Newcomer
  readonly identified: Identified
  /** The entry to be made, where nobody is known. */
  readonly made: MadeEntry | null
  /** What the entry that is there did not know. */
  readonly learned: readonly Learned[]
  /** To whose it goes as things are now, since somebody else came first. */
  readonly again: (db: Kysely<Database>) => Promise<EntryOfTicket>
}

interface MadeEntry {
  readonly id: string
  readonly contacts: readonly EntryContact[]
  readonly sealedBy: readonly string[]
  /** Keys of its contacts that somebody else has already: it is another customer by what counts more. */
  readonly held: readonly string[]
}

/** One line of what an entry learns: a contact, or what it alone has. */
interface Learned {
  readonly customer: string
  /** By what it is known that nobody has it. */
  readonly keys: readonly LineOfKey[]
  readonly contact: EntryContact | null
  readonly account: string | null
  readonly externalId: string | null
  readonly login: string | null
}

interface LineOfKey {
  readonly key: string
  readonly sole: boolean
  readonly first: boolean
}

/** To whose entry a newcomer's ticket goes, of those that were found. */
export function entryOfTicket(keys: Keys, number: string, newcomer: Newcomer, { identified: whose, known }: FoundEntry): EntryOfTicket {
  const { marks } = newcomer
  const again = async (db: Kysely<Database>) => entryOfTicket(keys, number, newcomer, await findEntry(db, marks.identity))
  const entry = { newcomer, identified: whose, made: null, learned: [], again }
  if (whose.found === 'several') return entry
  if (whose.found === 'entry') return { ...entry, learned: learnedBy(keys, number, newcomer, whose.id, known) }
  const id = newEntryId()
  const contacts = marks.contacts.map((contact) => sealedForEntry(keys, id, contact, number))
  return { ...entry, made: { id, contacts, sealedBy: keyIds(keys), held: known.flatMap(({ shared }) => shared) } }
}

/** What the ticket's row says of it. */
export function entryColumns({ identified: whose, made }: EntryOfTicket): { readonly id: string | null; readonly found: Finding } {
  if (whose.found === 'entry') return { id: whose.id, found: whose.by }
  return made ? { id: made.id, found: 'new' } : { id: null, found: 'none' }
}

/** Those of several that are taken in together, each knowing of those before it: two of one new customer make one entry. */
export function amongEachOther(all: readonly EntryOfTicket[]): EntryOfTicket[] {
  const news: (Known & { readonly keys: readonly string[] })[] = []
  return all.map((one) => {
    const { made, newcomer } = one
    if (!made) return one
    const { identity } = newcomer.marks
    const sought = soughtKeysOf(identity)
    const known = news.filter(({ keys }) => sought.some((key) => keys.includes(key)))
    const whose = identified(identity, known)
    if (whose.found !== 'nobody') return { ...one, identified: whose, made: null }
    news.push({ id: made.id, sole: identity.sole, shared: sought, keys: sought })
    return known.length === 0 ? one : { ...one, made: { ...made, held: [...made.held, ...known.flatMap(({ keys }) => keys)] } }
  })
}

/** What the entry does not know, and nobody else has. */
function learnedBy(
  keys: Keys,
  number: string,
  { marks, externalId, login }: Newcomer,
  customer: string,
  known: FoundEntry['known'],
): Learned[] {
  const nothing = { customer, contact: null, account: null, externalId: null, login: null }
  const own = known.find(({ id }) => id === customer)
  const held = new Set(known.flatMap(({ shared }) => shared))
  const isNew = (key: string) => !held.has(key)
  const contacts = marks.contacts
    // One that holds nothing to be recognised by, or anything that somebody has, is left where it is.
    .filter(({ forms }) => forms.length > 0 && forms.flat().every(isNew))
    .map((mark): Learned => {
      const contact = sealedForEntry(keys, customer, mark, number)
      const first = new Set(mark.forms.flat())
      return { ...nothing, contact, keys: contact.keys.map((key) => ({ key, sole: false, first: first.has(key) })) }
    })
  const sole = marks.identity.sole.filter((key) => own && !own.sole.includes(key) && isNew(key))
  return [
    ...contacts,
    ...sole.map((key): Learned => {
      const line = { ...nothing, keys: [{ key, sole: true, first: true }] }
      if (key.startsWith('external:')) return { ...line, externalId: externalId ?? null }
      return key.startsWith('login:') ? { ...line, login: login ?? null } : { ...line, account: marks.account }
    }),
  ]
}

/** The lines of a statement with {@link entryParts}. */
export function entryLines(
  number: string,
  { newcomer, made, learned }: EntryOfTicket,
): { readonly made: unknown[]; readonly learned: unknown[] } {
  return { made: made ? [madeLine(number, newcomer, made)] : [], learned: learned.map((line) => learnedLine(number, newcomer, line)) }
}

function madeLine(
  ticket: string,
  { customer, marks, externalId, login, internal, at }: Newcomer,
  { id, contacts, sealedBy, held }: MadeEntry,
) {
  const { name, company } = clearTexts(customer)
  const text = searchText(name, company, marks.account)
  const sought = soughtKeysOf(marks.identity)
  const first = new Set(sought.filter((key) => !held.includes(key)))
  const sole = new Set(marks.identity.sole)
  return {
    ...{ ticket, id, name, company, internal, at, contacts, text },
    external_id: externalId ?? null,
    login: login ?? null,
    accounts: marks.account === null ? [] : [marks.account],
    sealed_by: sealedBy,
    terms: searchTerms(text),
    keys: [...new Set([...sought, ...contacts.flatMap((contact) => contact.keys)])].map((key) => ({
      key,
      sole: sole.has(key),
      first: first.has(key),
    })),
  }
}

function learnedLine(ticket: string, { at }: Newcomer, { customer, keys, contact, account, externalId, login }: Learned) {
  const text = searchText(account)
  return {
    ticket,
    customer,
    at,
    keys,
    contact,
    account,
    external_id: externalId,
    login,
    main: keys[0]?.key ?? '',
    text,
    terms: searchTerms(text),
  }
}

/** Parts of a statement that makes entries and has others learn, for the tickets in `base`; their lines are the parameters from there on. */
export function entryParts(at: number): string {
  return `
    entry_lines as materialized (
      select e.* from base join jsonb_to_recordset($${at}::jsonb) as e (
        ticket text, id text, name text, company text, external_id text, login text, accounts text[], contacts jsonb, sealed_by text[],
        internal boolean, text text, terms text[], at timestamptz, keys jsonb) on e.ticket = base.number),
    write_customers as (
      insert into customers (id, kind, name, company, external_id, login, accounts, contacts, sealed_by, internal, text, terms, made_from, created_at, changed_at)
      select id, 'person', name, company, external_id, login, accounts, contacts, sealed_by, internal, text, array_to_tsvector(terms), ticket, at, at
      from entry_lines),
    -- In one order everywhere: two that make the same ones wait for each other, but not in a circle.
    write_customer_keys as (
      insert into customer_keys (key, customer, sole, first, brought_by)
      select k.key, e.id, k.sole, k.first, case when k.sole then e.ticket end from entry_lines as e cross join lateral jsonb_to_recordset(e.keys) as k (key text, sole boolean, first boolean)
      order by k.key),
    learned_lines as materialized (
      select l.* from base join jsonb_to_recordset($${at + 1}::jsonb) as l (
        ticket text, customer text, at timestamptz, keys jsonb, contact jsonb, account text, external_id text, login text, main text, text text, terms text[])
        on l.ticket = base.number),
    -- Whoever erases an entry waits, or is waited for: nothing is learned by one that is erased.
    learning as materialized (
      select id from customers
      where id in (select customer from learned_lines) and erased_at is null and jsonb_array_length(contacts) < ${mostContacts}
      order by id for no key update),
    learned_keys as (
      insert into customer_keys (key, customer, sole, first, brought_by)
      select k.key, l.customer, k.sole, k.first, case when k.sole then l.ticket end
      from learned_lines as l join learning on learning.id = l.customer
        cross join lateral jsonb_to_recordset(l.keys) as k (key text, sole boolean, first boolean)
      order by k.key
      on conflict do nothing
      returning customer, key),
    write_learned as (
      update customers as entry set contacts = entry.contacts || l.contacts, accounts = entry.accounts || l.accounts,
        external_id = coalesce(entry.external_id, l.external_id), login = coalesce(entry.login, l.login), text = entry.text || l.text,
        terms = entry.terms || array_to_tsvector(l.terms), changed_at = l.at, version = version + 1
      from (
        select l.customer, coalesce(jsonb_agg(l.contact) filter (where l.contact is not null), '[]') as contacts,
          coalesce(array_agg(l.account) filter (where l.account is not null), '{}') as accounts, max(l.external_id) as external_id, max(l.login) as login,
          coalesce(string_agg(E'\\n' || l.text, '') filter (where l.text <> ''), '') as text, max(l.at) as at,
          coalesce((select array_agg(distinct term) from learned_lines as own, unnest(own.terms) as term where own.customer = l.customer), '{}') as terms
        from learned_lines as l join learned_keys on learned_keys.customer = l.customer and learned_keys.key = l.main
        group by l.customer) as l
      where entry.id = l.customer and entry.erased_at is null)`
}
