import parsePhoneNumberFromString, { type PhoneNumber } from 'libphonenumber-js/max'
import { z } from 'zod'
import type { FieldError } from './rejection.ts'
import { clean, fold } from './text.ts'

/**
 * The customer of a ticket (S3): who they are and how to reach them. Only the API and the delivery of notices read
 * contacts; **workflows must not import this file**: contacts do not belong into histories, and the numbering plans of
 * the world would triple the workflow bundle. (`max` metadata, because the smaller sets accept a mobile with a digit
 * missing, or know no landlines.)
 */

/** The block as it arrives. {@link checkCustomer} says what is wrong with its content. */
export const customerSchema = z.strictObject({
  name: z.string().optional().describe('name of the contact person; this or the account is needed'),
  company: z.string().optional(),
  account: z.string().optional().describe('phone or user id by which the customer is known'),
  phone: z
    .string()
    .optional()
    .describe('with area code for landlines, extension after 转 or ext.; outside the mainland with +country code'),
  email: z.string().optional(),
})

/** What is kept: every absent or blank part is null, everything else is as the customer writes it. */
export interface Customer extends Contact {
  readonly name: string | null
  readonly company: string | null
  readonly account: string | null
}

/** The part that is stored encrypted and shown masked. */
export interface Contact {
  readonly phone: string | null
  readonly email: string | null
}

export type CustomerResult =
  | { readonly ok: true; readonly value: Customer }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/**
 * Checks the customer block: a name or an account, and a valid phone or e-mail. A contact that is given must be valid
 * even when the other one would do: a wrong number on file is worse than none. Errors, all at once: `required`
 * (`customer.name`), `contact-missing` (`customer.phone`), `bad-phone`, `bad-email`, `too-long`.
 */
export function checkCustomer(input: z.output<typeof customerSchema>): CustomerResult {
  const value: Customer = {
    name: kept(input.name),
    company: kept(input.company),
    account: kept(input.account),
    phone: kept(input.phone),
    email: kept(input.email),
  }
  const errors: FieldError[] = []
  for (const key of ['name', 'company', 'account', 'phone', 'email'] as const) {
    if ((value[key] ?? '').length > longest) errors.push({ path: `customer.${key}`, code: 'too-long', params: { limit: longest } })
  }
  if (value.name === null && value.account === null) errors.push({ path: 'customer.name', code: 'required' })
  if (value.phone === null && value.email === null) errors.push({ path: 'customer.phone', code: 'contact-missing' })
  if (value.phone !== null && !validPhone(value.phone)) errors.push({ path: 'customer.phone', code: 'bad-phone' })
  if (value.email !== null && !validEmail(value.email)) errors.push({ path: 'customer.email', code: 'bad-email' })
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors }
}

/**
 * What somebody without the right to see contacts is shown: `138****5678`, `010-****5678`, `+852 ****4567`,
 * `zh***@example.com`. Never more than half of the subscriber's digits or of the mailbox, and no extension.
 */
export function maskContact(contact: Partial<Contact>): Contact {
  const { phone, email } = contact
  return { phone: phone ? maskPhone(phone) : null, email: email ? maskEmail(email) : null }
}

/**
 * What makes two contacts the same customer's: `tel:+8613812345678`, `tel:+861012345678;ext=801`,
 * `mailto:zhang@example.com`, `account:…`, in that order. An account that is itself a phone or an address counts as
 * one. They are personal data: hash them with a key before they are stored.
 */
export function contactKeys(contact: Partial<Contact> & { readonly account?: string | null }): string[] {
  const keys = [contact.phone, contact.email, contact.account].flatMap((text, at) => {
    const written = kept(text)
    if (written === null) return []
    if (at !== 1) {
      const phone = validPhone(written)
      if (phone) return [phoneKey(phone)]
    }
    if (at !== 0 && validEmail(written)) return [`mailto:${fold(written)}`]
    return at === 2 ? [`account:${fold(written)}`] : []
  })
  return [...new Set(keys)]
}

/** Longer than any real name or address, shorter than abuse; an e-mail address has at most 254 characters. */
const longest = 254

function kept(text: string | null | undefined): string | null {
  return clean(text ?? '') || null
}

const emailSchema = z.email()

function validEmail(text: string): boolean {
  return emailSchema.safeParse(text).success
}

/** The number a text is, in whole; undefined when it is none that can be called. */
function validPhone(text: string): PhoneNumber | undefined {
  if (last?.text !== text) last = { text, phone: parsedPhone(text) }
  return last.phone
}

/** A registration asks of the same number whether it is valid, what it is masked, and whose it is, twice. */
let last: { readonly text: string; readonly phone: PhoneNumber | undefined } | undefined

function parsedPhone(text: string): PhoneNumber | undefined {
  // Without area code a landline cannot be called back; without +country code the mainland is meant.
  const phone = parsePhoneNumberFromString(withExtension(text), { defaultCountry: 'CN', extract: false })
  if (!phone) return undefined
  return phone.isValid() || isMainlandMobile(phone) ? phone : undefined
}

/** New mobile prefixes are in use long before any library lists them; a real customer must not be refused for one. */
function isMainlandMobile(phone: PhoneNumber): boolean {
  return phone.countryCallingCode === '86' && /^1[3-9]\d{9}$/.test(phone.nationalNumber)
}

/** Writes an extension the way the library reads it: `转801`, `分機 801`, `010-12345678-801` → ` ext. 801`. */
function withExtension(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s,;]{0,9}(?:转|轉|分机|分機|内线|內線)(?:号|號)?[\s:.-]*(\d{1,8})$/u, ' ext. $1')
    .replace(/^(\(?0\d{2,3}\)?[\s-]?\d{7,8}|(?:\+|00)86[\s-]?0?\d{2,3}[\s-]\d{7,8})[\s]*-[\s]*(\d{1,8})$/, '$1 ext. $2')
}

function phoneKey(phone: PhoneNumber): string {
  return `tel:${phone.number}${phone.ext ? `;ext=${phone.ext}` : ''}`
}

function maskPhone(text: string): string {
  const phone = validPhone(text)
  if (!phone) return `****${lastDigits(text.replace(/\D/g, ''), 3)}`
  const country = phone.countryCallingCode === '86' ? '' : `+${phone.countryCallingCode} `
  const national: string = phone.nationalNumber
  if (isMainlandMobile(phone)) return `${national.slice(0, 3)}****${national.slice(-4)}`
  const area = country === '' && phone.getType() === 'FIXED_LINE' ? mainlandAreaCode(national) : ''
  return `${country}${area && `0${area}-`}****${lastDigits(national.slice(area.length), 2)}`
}

/** Area codes of the mainland have two digits when they begin with 1 or 2 (10 Beijing, 21 Shanghai), else three. */
function mainlandAreaCode(national: string): string {
  return national.slice(0, /^[12]/.test(national) ? 2 : 3)
}

/** The last digits, at most four and at most one in `of`. */
function lastDigits(digits: string, of: number): string {
  const shown = Math.min(4, Math.floor(digits.length / of))
  return shown === 0 ? '' : digits.slice(-shown)
}

function maskEmail(text: string): string {
  const at = text.lastIndexOf('@')
  if (at < 1) return '***'
  const mailbox = [...text.slice(0, at)]
  return `${mailbox.slice(0, Math.min(2, Math.floor(mailbox.length / 2))).join('')}***${text.slice(at)}`
}
