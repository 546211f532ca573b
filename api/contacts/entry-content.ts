import { accountKey, contactMark, identityOf, keyIds, sealedForEntry, type ContactMark } from '../../db/customers/marks.ts'
import type { EntryContent } from '../../db/customers/write.ts'
import type { Keys } from '../../db/contact-vault.ts'
import type { EntryContact } from '../../db/tables/customers.ts'
import { isEmail } from '../../domain/contact/email.ts'
import { isTwoPhones, readPhone } from '../../domain/contact/phone.ts'
import { holdsContact, keptCustomer, type CustomerPart } from '../../domain/customer.ts'
import { externalKey, loginKey, type Identity } from '../../domain/customers/identity.ts'
import type { FieldError } from '../../domain/rejection.ts'
import type { EntryBody } from '../operations/customers.ts'

/** What an entry of the directory is to say, made of what it says and of what is sent: contacts sealed for it, wherever they stood. */

export const emptyEntry: EntryContent = {
  ...{
    kind: 'person',
    name: null,
    company: null,
    organisation: null,
    externalId: null,
    login: null,
    accounts: [],
    contacts: [],
    sealedBy: [],
  },
  ...{ tier: null, tags: [], internal: false },
}

/** What is sent, read once: its contacts recognised, everything wrong with it told. */
export interface ReadBody {
  readonly body: EntryBody
  /** Contacts of the parts that are given. */
  readonly marks: readonly ContactMark[]
  readonly accounts: readonly string[] | undefined
  readonly errors: readonly FieldError[]
}

export function readBody(keys: Keys, given: EntryBody): ReadBody {
  const { name, company, accounts, phones, emails, externalId, tier, tags } = given
  const texts = { name: textOf('name', name), company: textOf('company', company) }
  const body: EntryBody = {
    ...given,
    ...(name !== undefined && { name: texts.name }),
    ...(company !== undefined && { company: texts.company }),
  }
  const listed = [
    ...(accounts ?? []).map((value, at) => partAt('account', `accounts[${at}]`, value)),
    ...(phones ?? []).map((value, at) => partAt('phone', `phones[${at}]`, value)),
    ...(emails ?? []).map((value, at) => partAt('email', `emails[${at}]`, value)),
  ]
  const clear = [
    { path: 'externalId', value: externalId },
    { path: 'tier', value: tier },
    ...(tags ?? []).map((value, at) => ({ path: `tags[${at}]`, value })),
  ]
  const own = listed.filter(({ part, value }) => value !== '' && (part !== 'account' || holdsContact(value)))
  const inTexts = (['name', 'company'] as const).flatMap((part) => {
    const value = texts[part]
    return value && holdsContact(value) ? [{ part, value }] : []
  })
  return {
    body,
    marks: [...new Map([...inTexts, ...own].map(({ part, value }) => [`${part} ${value}`, contactMark(keys, part, value)])).values()],
    accounts:
      accounts &&
      distinctAccounts(listed.flatMap(({ part, value }) => (part === 'account' && value !== '' && !holdsContact(value) ? [value] : []))),
    errors: [
      ...listed.flatMap(({ part, path, value }) => wrongWith(part, path, value)),
      ...clear.flatMap(({ path, value }): FieldError[] => (value && holdsContact(value) ? [{ path, code: 'contact-in-clear' }] : [])),
    ],
  }
}

/** The entry as it is to be. */
export function contentOf(
  keys: Keys,
  id: string,
  before: EntryContent,
  { body, marks, accounts }: ReadBody,
  organisation: string | null | undefined,
): EntryContent {
  const { name, company, phones, emails } = body
  const given: Readonly<Record<CustomerPart, boolean>> = {
    name: name !== undefined,
    company: company !== undefined,
    account: accounts !== undefined,
    phone: phones !== undefined,
    email: emails !== undefined,
  }
  const contacts: EntryContact[] = [
    ...before.contacts.filter(({ part }) => !given[part]),
    ...marks.map((mark) => sealedForEntry(keys, id, mark, null)),
  ]
  const inClear = (value: string | null | undefined, old: string | null) =>
    value === undefined ? old : value && holdsContact(value) ? null : value
  return {
    kind: body.kind ?? before.kind,
    name: inClear(name, before.name),
    company: inClear(company, before.company),
    organisation: organisation === undefined ? before.organisation : organisation,
    externalId: body.externalId === undefined ? before.externalId : body.externalId,
    login: before.login,
    accounts: accounts ?? before.accounts,
    contacts,
    sealedBy: before.contacts.length > 0 && contacts.some((contact) => before.contacts.includes(contact)) ? before.sealedBy : keyIds(keys),
    tier: body.tier === undefined ? before.tier : body.tier,
    tags: [...new Set(body.tags ?? before.tags)],
    internal: body.internal ?? before.internal,
  }
}

/** Those of its keys that only one entry can have. */
export function soleKeysOf({ externalId, login, accounts }: Pick<EntryContent, 'externalId' | 'login' | 'accounts'>): string[] {
  return [...(externalId ? [externalKey(externalId)] : []), ...(login ? [loginKey(login)] : []), ...accounts.map(accountKey)]
}

/** By what somebody with that content would be known. */
export function identityIn({ body, marks, accounts }: ReadBody): Identity {
  return identityOf(soleKeysOf({ externalId: body.externalId ?? null, login: null, accounts: accounts ?? [] }), marks)
}

/** The same, but for the id of the other system. */
export function identityBesideId(read: ReadBody): Identity {
  return identityIn({ ...read, body: { ...read.body, externalId: null } })
}

/** Names of the members in which two contents differ. */
export function changedMembers(before: EntryContent, after: EntryContent): string[] {
  const members = ['kind', 'name', 'company', 'organisation', 'externalId', 'accounts', 'tier', 'tags', 'internal'] as const
  const texts = ({ contacts }: EntryContent) =>
    contacts
      .map(({ part, keys, masked }) => [part, masked, keys[0]].join(' '))
      .toSorted()
      .join('\n')
  return [
    ...members.filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member])),
    ...(texts(before) === texts(after) ? [] : ['contacts']),
  ]
}

function textOf(part: 'name' | 'company', value: string | null | undefined): string | null {
  return keptCustomer({ [part]: value ?? undefined })[part]
}

function partAt(part: CustomerPart, path: string, value: string) {
  return { part, path, value: keptCustomer({ [part]: value })[part] ?? '' }
}

function wrongWith(part: CustomerPart, path: string, value: string): FieldError[] {
  if (part === 'phone' && !readPhone(value)) return [{ path, code: isTwoPhones(value) ? 'several-phones' : 'bad-phone' }]
  return part === 'email' && !isEmail(value) ? [{ path, code: 'bad-email' }] : []
}

function distinctAccounts(accounts: readonly string[]): string[] {
  return [...new Map(accounts.map((account) => [accountKey(account), account])).values()]
}
