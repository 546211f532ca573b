import { z } from 'zod'
import { addressed, emailKey, isEmail, maskEmail } from './contact/email.ts'
import { dialled, isTwoPhones, maskPhone, phoneKey, readPhone, switchboardKey } from './contact/phone.ts'
import { contactsWithin } from './contact/within.ts'
import { customerLabels, longestContact, longestExternalId } from './customer-labels.ts'
import { labelled } from './labelled.ts'
import { inOneLine } from './line.ts'
import type { FieldError } from './rejection.ts'
import { fold, oneLine } from './text.ts'

/**
 * The customer of a ticket (S3): who they are and how to reach them. Only the API and the delivery of notices read
 * contacts; **workflows must not import this file**: contacts do not belong into histories, and the numbering plans of
 * the world would triple the workflow bundle.
 */

const part = inOneLine(z.string().max(longestContact))

/** The block as it arrives. {@link checkCustomer} says what is wrong with its content. */
export const customerSchema = z
  .strictObject({
    name: labelled(part.optional().describe('name of the contact person; this or the account is needed'), customerLabels.name),
    company: labelled(part.optional().describe('the company they speak for'), customerLabels.company),
    account: labelled(part.optional().describe('phone or user id by which the customer is known'), customerLabels.account),
    phone: labelled(
      part.optional().describe('with area code for landlines, extension after 转, - or ext.; outside the mainland with +country code'),
      customerLabels.phone,
    ),
    email: labelled(part.optional().describe('e-mail address; this or the phone is needed'), customerLabels.email),
    externalId: labelled(
      inOneLine(z.string().min(1).max(longestExternalId))
        .optional()
        .describe('what another system, a CRM say, calls them; it decides whose entry of the directory the ticket belongs to'),
      customerLabels.externalId,
    ),
    internal: labelled(
      z.boolean().optional().describe("one of the organisation's own people, where they are new to the directory"),
      customerLabels.internal,
    ),
  })
  .meta({ id: 'Customer', description: 'who the customer is and how they are reached' })

const texts = ['name', 'company', 'account'] as const
export const customerParts = [...texts, 'phone', 'email'] as const
export type CustomerPart = (typeof customerParts)[number]
type Part = CustomerPart

/** What is kept: every absent or blank part is null, everything else is as the customer writes it. */
export type Customer = Readonly<Record<Part, string | null>>

/**
 * How a customer can be reached: what is stored encrypted and shown masked. A name, company or account is among it where a
 * phone or an address stands in it.
 */
export interface Contact extends Pick<Customer, 'phone' | 'email'>, Readonly<Partial<Record<(typeof texts)[number], string>>> {}

/** What may stand in clear; null for what is not given, or is contact data. */
export type ClearTexts = Pick<Customer, (typeof texts)[number]>

export type CustomerResult =
  | { readonly ok: true; readonly value: Customer }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/**
 * Checks the customer block: a name or an account, and a valid phone or e-mail. A contact that is given must be valid
 * even when the other one would do: a wrong number on file is worse than none. Errors, all at once: `required`
 * (`customer.name`), `contact-missing` (`customer.phone`), `bad-phone`, `several-phones`, `bad-email`, `too-long`.
 */
export function checkCustomer(input: z.output<typeof customerSchema>): CustomerResult {
  // Nothing else looks at what is too long.
  const tooLong = customerParts.filter((key) => !isShort(input[key] ?? ''))
  const value = keptCustomer(input)
  const lacks = (...keys: Part[]) => keys.every((key) => value[key] === null && !tooLong.includes(key))
  const errors: FieldError[] = tooLong.map((key) => ({ path: `customer.${key}`, code: 'too-long', params: { limit: longestContact } }))
  if (lacks('name', 'account')) errors.push({ path: 'customer.name', code: 'required' })
  if (lacks('phone', 'email')) errors.push({ path: 'customer.phone', code: 'contact-missing' })
  if (value.phone !== null && !readPhone(value.phone))
    errors.push({ path: 'customer.phone', code: isTwoPhones(value.phone) ? 'several-phones' : 'bad-phone' })
  if (value.email !== null && !isEmail(value.email)) errors.push({ path: 'customer.email', code: 'bad-email' })
  if (holdsContact(input.externalId ?? '')) errors.push({ path: 'customer.externalId', code: 'contact-in-clear' })
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors }
}

/** The block as it is kept, whatever is wrong with it; without what is too long. */
export function keptCustomer(input: z.output<typeof customerSchema>): Customer {
  const { name, company, account, phone, email } = input
  return {
    name: kept(name, oneLine),
    company: kept(company, oneLine),
    account: kept(account, oneLine),
    phone: kept(phone, dialled),
    email: kept(email, addressed),
  }
}

/** The part of a customer that is contact data, whichever field it came in. */
export function contactOf(customer: Customer): Contact {
  const { phone, email } = customer
  return { phone, email, ...eachText((key) => (holding(customer[key]) ? customer[key] : null)) }
}

/** What of a customer's name, company and account is no contact data. */
export function clearTexts(customer: Customer): ClearTexts {
  const { name, company, account } = customer
  return { name: clear(name), company: clear(company), account: clear(account) }
}

/** The whole customer, of the texts in clear and the contact. */
export function wholeCustomer(texts: ClearTexts, contact: Contact): Customer {
  const { name, company, account } = { ...texts, ...contact }
  return { name: name ?? null, company: company ?? null, account: account ?? null, phone: contact.phone, email: contact.email }
}

/** What somebody without the right to see contacts is shown: `138****5678`, `zh***@example.com`, `王芳 138****5678`. */
export function maskContact(contact: Partial<Contact>): Contact {
  const { phone, email } = contact
  return {
    phone: phone ? maskPhone(phone) : null,
    email: email ? maskEmail(email) : null,
    ...eachText((key) => holding(contact[key])?.masked ?? null),
  }
}

/**
 * What makes two contacts the same customer's: `tel:+8613812345678`, `tel:+861012345678;ext=801`,
 * `mailto:zhang@example.com`, `account:…`, in that order. An account that is itself a phone or an address counts as
 * one, and so does one that stands in a name. They are personal data: hash them with a key before they are stored.
 */
export function contactKeys(customer: Partial<Customer>): string[] {
  const { phone, email, account } = customer
  const whole = wholeKey(account, account)
  return unique([
    ...present(wholeKey(phone, null)),
    ...present(wholeKey(null, email)),
    ...present(whole),
    ...texts.flatMap((key) => holding(customer[key])?.keys ?? []),
    ...(account && isShort(account) && whole === undefined ? [`account:${fold(account)}`] : []),
  ])
}

/** {@link contactKeys}, and what finds a number with its extension by the number that caller ID gives: `base:+861012345678`. */
export function findableKeys(customer: Partial<Customer>): string[] {
  const phones = [customer.phone, customer.account].flatMap((text) => present(text && isShort(text) ? readPhone(text) : undefined))
  const switchboards = phones.filter(({ ext }) => ext).map(switchboardKey)
  return unique([...contactKeys(customer), ...switchboards, ...texts.flatMap((key) => holding(customer[key])?.switchboards ?? [])])
}

/** The keys to find customers by, of whom somebody says a phone, an address or an account. */
export function soughtKeys(text: string): { readonly contacts: readonly string[]; readonly account: string } {
  const phone = isShort(text) ? readPhone(text) : undefined
  return {
    contacts: unique([
      ...present(wholeKey(text, text)),
      ...(phone && !phone.ext ? [switchboardKey(phone)] : []),
      ...(holding(text)?.keys ?? []),
    ]),
    account: `account:${fold(text)}`,
  }
}

/** Whether a text is or holds a phone or an address, so that nobody may see it or ask for it who may not see contacts. */
export function holdsContact(text: string): boolean {
  return holding(text) !== undefined
}

function holding(text: string | null | undefined) {
  return text && isShort(text) ? contactsWithin(text) : undefined
}

function clear(text: string | null): string | null {
  return holding(text) ? null : text
}

function isShort(text: string): boolean {
  return text.length <= longestContact
}

function wholeKey(phone: string | null | undefined, email: string | null | undefined): string | undefined {
  const number = phone && isShort(phone) ? readPhone(dialled(phone)) : undefined
  if (number) return phoneKey(number)
  const address = email && isShort(email) ? addressed(email) : ''
  return isEmail(address) ? emailKey(address) : undefined
}

function eachText(valueOf: (key: (typeof texts)[number]) => string | null): Partial<Record<(typeof texts)[number], string>> {
  return Object.fromEntries(texts.flatMap((key) => present(valueOf(key)).map((value) => [key, value])))
}

function kept(text: string | undefined, tidied: (text: string) => string): string | null {
  return isShort(text ?? '') ? oneLine(tidied(text ?? '')) || null : null
}

function present<T>(value: T | null | undefined | ''): T[] {
  return value === undefined || value === null || value === '' ? [] : [value]
}

function unique(keys: readonly string[]): string[] {
  return [...new Set(keys)]
}
