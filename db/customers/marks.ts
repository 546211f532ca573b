import { randomBytes } from 'node:crypto'
import { contactOf, customerParts, findableKeys, maskContact, type Customer, type CustomerPart } from '../../domain/customer.ts'
import { entryIdLength, entryIdLetters } from '../../domain/customers/entry.ts'
import { externalKey, loginKey, type Identity } from '../../domain/customers/identity.ts'
import { fold } from '../../domain/text.ts'
import { contactKeyHmacs, openContact, sealContact, type Keys } from '../contact-vault.ts'
import type { EntryContact } from '../tables/customers.ts'

/** By what a customer is known, and their contacts as an entry keeps them: sealed for the entry, with keys to find it by (S3, S4). */

/** What else somebody may be known by. */
export interface KnownElsewhere {
  readonly externalId?: string | null | undefined
  /** Person with whose login they register. */
  readonly login?: string | null | undefined
}

/** A phone, an address, or a text that holds one, and by what the same is recognised. */
export interface ContactMark {
  readonly part: CustomerPart
  readonly value: string
  readonly masked: string
  /** Each phone and address in it, in every form. */
  readonly forms: readonly (readonly string[])[]
  /** What finds it without making anybody the same customer: the number of a switchboard. */
  readonly findable: readonly string[]
}

export interface CustomerMarks {
  readonly identity: Identity
  readonly contacts: readonly ContactMark[]
  /** The account, where it is no contact data. */
  readonly account: string | null
}

export function customerMarks(keys: Keys, customer: Customer, { externalId, login }: KnownElsewhere = {}): CustomerMarks {
  const contact = contactOf(customer)
  const contacts = customerParts.flatMap((part) => (contact[part] ? contactMark(keys, part, contact[part]) : []))
  const account = contact.account === undefined ? customer.account : null
  const sole = [
    ...(externalId ? [externalKey(externalId)] : []),
    ...(login ? [loginKey(login)] : []),
    ...(account ? [accountKey(account)] : []),
  ]
  return { identity: identityOf(sole, contacts), contacts, account }
}

/** What is contact data, and by what the same is recognised. */
export function contactMark(keys: Keys, part: CustomerPart, value: string): ContactMark {
  const found = findableKeys({ [part]: value })
  const hmacs = (key: string) => contactKeyHmacs(keys, key)
  return {
    ...{ part, value },
    masked: maskContact({ [part]: value })[part] ?? '',
    forms: found.filter((key) => !/^(?:account|base):/.test(key)).map(hmacs),
    findable: found.filter((key) => key.startsWith('base:')).flatMap(hmacs),
  }
}

export function identityOf(sole: readonly string[], contacts: readonly ContactMark[]): Identity {
  return { sole, contacts: distinct(contacts.flatMap(({ forms }) => forms)) }
}

export function accountKey(account: string): string {
  return `account:${fold(account)}`
}

/** Sealed for the entry. `from`: the ticket that brings it. */
export function sealedForEntry(
  keys: Keys,
  entry: string,
  { part, value, masked, forms, findable }: ContactMark,
  from: string | null,
): EntryContact {
  const contact = { phone: null, email: null, [part]: value }
  return { part, sealed: sealContact(keys, entry, contact), masked, keys: [...new Set([...forms.flat(), ...findable])], from }
}

/** In clear. @throws VaultError */
export function openedContact(keys: Keys, entry: string, { part, sealed }: Pick<EntryContact, 'part' | 'sealed'>): string {
  return openContact(keys, entry, sealed)[part] ?? ''
}

/** An id that no entry has. */
export function newEntryId(): string {
  return `C${[...randomBytes(entryIdLength)].map((byte) => entryIdLetters[byte % entryIdLetters.length]).join('')}`
}

/** By which keys entries are sealed and found now. */
export function keyIds(keys: Keys): string[] {
  return keys.map(({ id }) => id)
}

function distinct(forms: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(forms.map((list) => [list[0] ?? '', list])).values()]
}
