import { isObject } from '../../domain/document/loose.ts'
import { contactKeyHmacs, openCustomer, sealContact, type Keys, type SealedCustomer } from '../../db/contact-vault.ts'
import {
  checkCustomer,
  clearTexts,
  contactKeys,
  contactOf,
  customerParts,
  findableKeys,
  holdsContact,
  keptCustomer,
  maskContact,
  type Customer,
} from '../../domain/customer.ts'
import type { SealedContact } from '../../domain/sealed-contact.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { findTicket } from '../../db/tickets.ts'
import type { Sealing, Prepared } from '../hosting.ts'

/** What rows say of a contact that nobody may read there: a mask to be shown, and keys to match by (S3). */
export interface ContactMarks extends Pick<SealedContact, 'masked' | 'keys'> {
  /** Every form in which the same contact may stand in older rows. */
  readonly everyForm: readonly string[]
}

export function contactMarks(keys: Keys, customer: Customer): ContactMarks {
  return {
    masked: maskContact(contactOf(customer)),
    keys: findableKeys(customer).flatMap((key) => contactKeyHmacs(keys, key).slice(0, 1)),
    everyForm: contactKeys(customer).flatMap((key) => contactKeyHmacs(keys, key)),
  }
}

/** Contact details on their way in, whichever field they came in: sealed for their ticket, and reduced to their marks. */
export function sealedContact(
  keys: Keys,
  number: string,
  customer: Customer,
  marks: ContactMarks = contactMarks(keys, customer),
): SealedContact {
  return { sealed: sealContact(keys, number, contactOf(customer)), masked: marks.masked, keys: marks.keys }
}

/**
 * The input of a correction as its process may see it: whatever of the customer is contact data becomes a sealed contact, so
 * that no history ever holds contact details in clear. What is given and cannot be used is told beside what else it says.
 */
export async function sealCorrection({ db, keys }: Sealing, number: string, input: unknown): Promise<Prepared> {
  const ticket = await findTicket(db, number)
  if (!ticket || !isObject(input) || !isObject(input['customer'])) return { ok: true, input }
  const { customer: given, ...rest } = input
  if (!concernsContact(given, ticket)) return { ok: true, input }
  const known = openCustomer(keys, ticket)
  const block = Object.fromEntries(customerParts.map((key) => [key, text(given[key]) ?? known[key] ?? undefined]))
  const checkedCustomer = checkCustomer(block)
  // What was taken in long ago is not this caller's mistake.
  const errors: readonly FieldError[] = checkedCustomer.ok
    ? []
    : checkedCustomer.errors.filter(({ path }) => path.replace('customer.', '') in given)
  if (errors.length > 0) return { ok: false, errors, rest }
  const corrected = keptCustomer(block)
  const clear = Object.entries(clearTexts(corrected)).filter(([key, value]) => key in given && value !== null)
  return {
    ok: true,
    // What was not given is sealed as it was known: whoever corrects another part meanwhile must not be undone.
    of: ticket.version,
    input: {
      ...rest,
      ...(clear.length > 0 && { customer: Object.fromEntries(clear) }),
      contact: sealedContact(keys, ticket.number, corrected),
    },
  }
}

/** Whether it changes by what the customer is reached or found. */
function concernsContact(given: Readonly<Record<string, unknown>>, { contactMasked }: SealedCustomer): boolean {
  if (['phone', 'email', 'account'].some((key) => key in given)) return true
  return (['name', 'company'] as const).some((key) => key in given && (key in contactMasked || holdsContact(text(given[key]) ?? '')))
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
