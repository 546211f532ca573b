import type { Generated, GeneratedAlways } from 'kysely'
import type { CustomerPart } from '../../domain/customer.ts'
import type { EntryKind } from '../../domain/customers/entry.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Json } from './json-columns.ts'

/** The directory of customers: people and organisations, and by what each is found (S4). */

export interface CustomersTable {
  id: string
  kind: EntryKind
  /** Null where nothing is known, or where what is known is contact data; then it is among the contacts. */
  name: string | null
  /** Of a person: the company they speak for, as they say it. */
  company: string | null
  /** The organisation that a person belongs to. */
  organisation: string | null
  /** What another system, a CRM say, calls it. */
  externalId: string | null
  /** Person with whose login it registers. */
  login: string | null
  accounts: string[]
  /** Sealed for this entry, each by itself. */
  contacts: Json<readonly EntryContact[]>
  /** Ids of the keys of BIHUAN_KEY by which they are sealed and found. */
  sealedBy: string[]
  tier: string | null
  tags: string[]
  /** Of the organisation's own people. */
  internal: Generated<boolean>
  /** Name, company and accounts, folded. */
  text: string
  /** The pieces of `text` (../search-terms.ts). */
  terms: string
  /** The ticket with which it was made; null: somebody entered it. */
  madeFrom: string | null
  createdAt: Instant
  changedAt: Instant
  /** Since when nothing personal is in it any more. */
  erasedAt: Instant | null
  version: Generated<number>
}

/** A phone, an address, or a text that holds one. */
export interface EntryContact {
  readonly part: CustomerPart
  readonly sealed: string
  readonly masked: string
  /** What makes another contact the same, in every form; each is a line of `customer_keys`. */
  readonly keys: readonly string[]
  /** The ticket that brought it; null: somebody entered it. */
  readonly from: string | null
}

/** By what entries are found. */
export interface CustomerKeysTable {
  key: string
  customer: string
  /** It can be no other entry's: `external:…`, `login:…`, `account:…`. */
  sole: boolean
  /** The first to have it. By this no two registrations make two entries of one customer. */
  first: boolean
  /** The ticket that taught the entry what it alone can have; null: somebody said so, or a release before 0.2 did. Of contacts {@link EntryContact.from} says it. */
  broughtBy: string | null
}

/** Which members changed, and why. */
export interface EntryActDetails {
  readonly members: readonly string[]
  readonly reason: string | null
}

/** What was done with entries: who, when, what; nothing personal. */
export interface CustomerLogTable {
  id: GeneratedAlways<number>
  customer: string
  at: Instant
  by: string
  act: 'entered' | 'changed' | 'revealed' | 'erased'
  details: Json<EntryActDetails>
}
