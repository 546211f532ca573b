import { contactKeyHmac, openContact, sealContact, type Keys } from '../db/contact-vault.ts'
import { checkCustomer, contactKeys, maskContact, type Contact } from '../domain/customer.ts'
import type { SealedContact } from '../workflows/ticket/events.ts'
import { invalidInput } from './problem.ts'

/** Contact details on their way in: checked, sealed for their ticket, and reduced to a mask and keys to match by (S3). */
export function sealedContact(keys: Keys, number: string, contact: Contact & { readonly account: string | null }): SealedContact {
  return {
    sealed: sealContact(keys, number, { phone: contact.phone, email: contact.email }),
    masked: maskContact(contact),
    keys: contactKeys(contact).map((key) => contactKeyHmac(keys, key)),
  }
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
