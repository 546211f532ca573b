import parsePhoneNumberFromString, { type PhoneNumber } from 'libphonenumber-js/max'
import { seen } from '../text.ts'
import { legible } from './legible.ts'

/**
 * Phone numbers as people write, copy and save them. (`max` metadata, because the smaller sets accept a mobile with a digit
 * missing, or know no landlines.) Nothing here is given a text that is longer than a contact may be; each pattern passes over
 * its text once all the same.
 */

/** The number as it is kept: as it was written, without what copying it leaves around it. */
export function dialled(text: string): string {
  // Phones put letters around a copied number that keep it from being turned round where people write from right to left.
  return seen(text).trim().replace(scheme, '').trim()
}

/** The number that a text is, in whole; undefined when it is none that can be called, or more than one. */
export function readPhone(text: string): PhoneNumber | undefined {
  if (last?.text !== text) last = { text, phone: oneNumber(plain(text)) }
  return last.phone
}

/** A registration asks of the same number whether it is valid, what it is masked, and whose it is, twice. */
let last: { readonly text: string; readonly phone: PhoneNumber | undefined } | undefined

/** A number of Taiwan without its country code. It cannot be called from here, but whoever knows the place can. */
export function readTaiwanPhone(text: string): PhoneNumber | undefined {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: 'TW', extract: false })
  return phone?.isValid() ? phone : undefined
}

/** Whether a text is two numbers, of which nobody could say which one to call. */
export function isTwoPhones(text: string): boolean {
  return isTwo(plain(text), /[ ;,/、|]|或|和|及/g)
}

/** Whether a number was meant to be called: an id of as many digits begins neither with an area or country code nor as mobiles do. */
export function isMeantAsPhone(text: string): boolean {
  const phone = readPhone(text)
  return phone !== undefined && (isMainlandMobile(phone) || /^\(?[+0]/.test(plain(text)))
}

/** `tel:+8613812345678`, `tel:+861012345678;ext=801` */
export function phoneKey(phone: PhoneNumber): string {
  return `tel:${phone.number}${phone.ext ? `;ext=${phone.ext}` : ''}`
}

/** What stands for everybody behind a switchboard: `base:+861012345678`. Caller ID gives that number and no extension. */
export function switchboardKey(phone: PhoneNumber): string {
  return `base:${phone.number}`
}

/** `138****5678`, `010-****5678`, `+852 ****4567`: never more than half of the subscriber's digits, and no extension. */
export function maskPhone(text: string): string {
  const phone = readPhone(text)
  return phone ? maskNumber(phone) : `****${lastDigits(text.replace(/\D/g, ''), 3)}`
}

/** {@link maskPhone} of a number that was read. */
export function maskNumber(phone: PhoneNumber): string {
  const country = phone.countryCallingCode === '86' ? '' : `+${phone.countryCallingCode} `
  const national: string = phone.nationalNumber
  if (isMainlandMobile(phone)) return `${national.slice(0, 3)}****${national.slice(-4)}`
  const area = country === '' && phone.getType() === 'FIXED_LINE' ? mainlandAreaCode(national) : ''
  return `${country}${area && `0${area}-`}****${lastDigits(national.slice(area.length), 2)}`
}

const scheme = /^tel:/i

/** As it reads, with one kind of dash and single blanks. */
function plain(text: string): string {
  return dialled(legible(text))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
}

function oneNumber(text: string): PhoneNumber | undefined {
  // The library takes what follows a semicolon for an extension, be it a second number.
  return isTwo(text, /[;,/、|]/g) ? undefined : parsed(text)
}

function isTwo(text: string, between: RegExp): boolean {
  return [...text.matchAll(between)].some(({ 0: { length }, index }) =>
    [text.slice(0, index), text.slice(index + length)].every((side) => digitsIn(side) >= fewestDigits && parsed(side.trim()) !== undefined),
  )
}

/** Of a number that can be called from anywhere. */
const fewestDigits = 7

function digitsIn(text: string): number {
  return text.replace(/\D/g, '').length
}

function parsed(text: string): PhoneNumber | undefined {
  // Without area code a landline cannot be called back; without +country code the mainland is meant.
  const phone = parsePhoneNumberFromString(withExtension(text), { defaultCountry: 'CN', extract: false })
  if (!phone) return undefined
  return phone.isValid() || isMainlandMobile(phone) ? phone : undefined
}

/** New mobile prefixes are in use long before any library lists them; a real customer must not be refused for one. */
function isMainlandMobile(phone: PhoneNumber): boolean {
  return phone.countryCallingCode === '86' && /^1[3-9]\d{9}$/.test(phone.nationalNumber)
}

/** Writes an extension the way the library reads it: `转801`, `分機 801`, `;ext=801`, `010-1234 5678-801` → ` ext. 801`. */
function withExtension(text: string): string {
  return text
    .replace(/ ?[,;]? ?(?:转|轉|分机|分機|内线|內線)(?:号|號)? ?[:.-]? ?(\d{1,8})$/u, ' ext. $1')
    .replace(/ ?; ?ext=(\d{1,8})$/i, ' ext. $1')
    .replace(landlineWithExtension, '$1 ext. $2')
}

const landlineWithExtension =
  /^(\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}|(?:\+|00)86[ -]?(?:\(0\)|0)?\d{2,3}[ -]\d{3,4}[ -]?\d{4}) ?- ?(\d{1,8})$/

/** Area codes of the mainland have two digits when they begin with 1 or 2 (10 Beijing, 21 Shanghai), else three. */
function mainlandAreaCode(national: string): string {
  return national.slice(0, /^[12]/.test(national) ? 2 : 3)
}

/** The last digits, at most four and at most one in `of`. */
function lastDigits(digits: string, of: number): string {
  const shown = Math.min(4, Math.floor(digits.length / of))
  return shown === 0 ? '' : digits.slice(-shown)
}
