import { contactKeyHmacs, openContact, sealContact, type Keys } from '../db/contact-vault.ts'
import { checkCustomer, contactKeys, maskContact, type Contact } from '../domain/customer.ts'
import type { SealedContact } from '../workflows/ticket/events.ts'
import { invalidInput } from './problem.ts'

/** What rows say of a contact that nobody may read there: a mask to be shown, and keys to match by (S3). */
export interface ContactMarks extends Pick<SealedContact, 'masked' | 'keys'> {
  /** Every form in which the same contact may stand in older rows, {@link keys} included. */
  readonly everyForm: readonly string[]
}

export function contactMarks(keys: Keys, contact: Contact & { readonly account: string | null }): ContactMarks {
  const forms = contactKeys(contact).map((key) => contactKeyHmacs(keys, key))
  return { masked: maskContact(contact), keys: forms.flatMap(([newest = '']) => newest), everyForm: forms.flat() }
}

/** Contact details on their way in: checked, sealed for their ticket, and reduced to their marks. */
export function sealedContact(
  keys: Keys,
  number: string,
  contact: Contact & { readonly account: string | null },
  marks: ContactMarks = contactMarks(keys, contact),
): SealedContact {
  return { sealed: sealContact(keys, number, { phone: contact.phone, email: contact.email }), masked: marks.masked, keys: marks.keys }
}

/** What a ticket's row says of its customer. */
export interface KnownCustomer {
  readonly number: string
  readonly customerName: string | null
  readonly customerAccount: string | null
  readonly contactSealed: string
}

/**
 * The input of a correction as its process may see it: a new phone, e-mail or account becomes a sealed contact, so that
 * no history ever holds contact details in clear. Throws 422 for a phone or e-mail that cannot be used.
 */
export function sealedCorrection(keys: Keys, ticket: KnownCustomer, input: unknown): unknown {
  if (!isObject(input) || !isObject(input['customer'])) return input
  const { phone, email, ...customer } = input['customer']
  if (phone === undefined && email === undefined && customer['account'] === undefined) return input
  const known = openContact(keys, ticket.number, ticket.contactSealed)
  const checkedCustomer = checkCustomer({
    name: text(customer['name']) ?? ticket.customerName ?? undefined,
    account: text(customer['account']) ?? ticket.customerAccount ?? undefined,
    phone: text(phone) ?? known.phone ?? undefined,
    email: text(email) ?? known.email ?? undefined,
  })
  if (!checkedCustomer.ok) throw invalidInput(checkedCustomer.errors)
  const { customer: _, ...rest } = input
  return {
    ...rest,
    ...(Object.keys(customer).length > 0 && { customer }),
    contact: sealedContact(keys, ticket.number, checkedCustomer.value),
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
