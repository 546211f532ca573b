import type { Found } from './found.ts'
import { ideographicDigits, ideographsAsDigits } from './legible.ts'
import { isMeantAsPhone, maskNumber, phoneKey, readPhone, readTaiwanPhone, switchboardKey } from './phone.ts'

/** Numbers inside a legible text, with whatever people write between the digits, and their extensions. */
export function phonesIn(text: string): Found[] {
  const found = numbersIn(text.replace(/(?<=\d)一(?=\d)/g, '-'))
  // Ideographs beside a number are names and counts, so they are digits only where most of a number is written with them.
  const read = ideographsAsDigits(text)
  const spelled = read === text ? [] : numbersIn(read).filter(({ from, to }) => ideographicDigits(text.slice(from, to)) >= fewestIdeographs)
  return [...found, ...spelled.filter(({ from, to }) => found.every((other) => other.to <= from || other.from >= to))]
}

const fewestIdeographs = 4

interface Group {
  readonly digits: string
  readonly from: number
  readonly to: number
}

/** The longest stretch first: `138 1234 5678 139 1234 5678`, `2023-10-01 13812345678`. */
function numbersIn(text: string): Found[] {
  const whole = isMeantAsPhone(text) && !datesAndAmounts.test(text) ? found(readPhone(text), 0, text.length) : undefined
  if (whole) return [whole]
  const groups = [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, from: index, to: index + digits.length }))
  const numbers: Found[] = []
  let next = 0
  while (next < groups.length) {
    const number = longestFrom(text, groups, next)
    if (number) numbers.push(number.found)
    next = number ? number.end : next + 1
  }
  return numbers
}

/** The longest number that begins with a group, and the group after it. */
function longestFrom(text: string, groups: readonly Group[], start: number): { readonly found: Found; readonly end: number } | undefined {
  const gap = (at: number) => text.slice(groups[at - 1]?.to ?? 0, groups[at]?.from)
  const ends: number[] = []
  let length = 0
  for (let at = start; at < groups.length && (at === start || joins(gap(at))); at += 1) {
    length += groups[at]?.digits.length ?? 0
    if (length > mostDigits) break
    ends.push(at + 1)
  }
  const before = start > 0 && joins(gap(start)) ? gap(start) : undefined
  for (const end of ends.toReversed()) {
    const number = numberOf(text, groups.slice(start, end), before)
    // With a dash another number goes on rather than an extension, or a date in front of one.
    const goesOn = end < groups.length && /^ *-/.test(gap(end))
    if (number && !(goesOn && (number.switchboard !== undefined || before?.endsWith('-')))) return { found: number, end }
  }
  return undefined
}

/** A number that can be called from anywhere, with an extension. */
const mostDigits = 15 + 8

function joins(gap: string): boolean {
  return /^[\p{P}\p{S}\p{Z}\p{M}\sー]*$/u.test(gap)
}

/** Digits that a mask ends with. */
const mostShown = 4

/** What hides digits in a mask stands for some, and between none: `137****0001 1234`, unlike `137****5555****0001`. */
function isMasked(text: string, groups: readonly Group[]): boolean {
  const gaps = groups.slice(1).map(({ from }, at) => text.slice(groups[at]?.to, from))
  const looksSo = gaps.length === 1 ? (groups.at(-1)?.digits.length ?? 0) <= mostShown : new Set(gaps).size > 1
  return looksSo && gaps.some((gap) => gap.includes('****'))
}

/** The number that groups are, where one may begin there; `before` is what stands between them and a group in front. */
function numberOf(text: string, groups: readonly Group[], before: string | undefined): Found | undefined {
  const [first] = groups
  const last = groups.at(-1)
  if (!first || !last || isMasked(text, groups)) return undefined
  const between = text.slice(first.from, last.to)
  // One among the digits says that none of them begins a country code.
  const plus = between.includes('+') ? null : /\+[ (]?$/.exec(text.slice(Math.max(0, first.from - 2), first.from))
  if (!plus && !mayBe(text, groups, before)) return undefined
  const digits = plainly(between)
  const begin = first.from - (plus?.[0].length ?? 0)
  const opened = text.charAt(begin - 1) === '(' && digits.includes(')')
  const extension = extensionAt(text, last.to)
  const label = extension && ` ext. ${extension.digits}`
  const read = (written: string) => (isMeantAsPhone(written) ? readPhone(written) : undefined)
  const phone =
    (plus && read(`+${digits}${label ?? ''}`)) ??
    read(`${opened ? '(' : ''}${digits}${label ?? ''}`) ??
    (isSetOffAsInTaiwan(groups) ? readTaiwanPhone(`${digits}${label ?? ''}`) : undefined)
  return found(phone, begin - Number(opened), extension?.to ?? last.to)
}

function found(phone: ReturnType<typeof readPhone>, from: number, to: number): Found | undefined {
  if (!phone) return undefined
  return { from, to, mask: maskNumber(phone), key: phoneKey(phone), ...(phone.ext && { switchboard: switchboardKey(phone) }) }
}

/** With blanks for what people write between digits and no telephone knows. */
function plainly(written: string): string {
  return written.replace(/[^\d().\u2010-\u2015\u2212-]+/g, ' ')
}

function extensionAt(text: string, at: number): { readonly digits: string; readonly to: number } | undefined {
  const label = /(?: ?[,;]? ?(?:转|轉|分机|分機|内线|內線|ext(?:ension|n)?|x|#)\.?(?:号|號)? ?[:=.-]? ?)(\d{1,8})/iy
  label.lastIndex = at
  const said = label.exec(text)
  return said?.[1] === undefined ? undefined : { digits: said[1], to: at + said[0].length }
}

/**
 * Whether groups of digits may be a number: read anew behind a blank or a word, and elsewhere only where they are grouped as
 * numbers are, because dates, times, amounts and ids have dashes and stops too.
 */
function mayBe(text: string, groups: readonly Group[], before: string | undefined): boolean {
  const digits = groups.map((group) => group.digits).join('')
  const isMobile = mobile.test(digits)
  const withoutLast = digits.slice(0, digits.length - (groups.at(-1)?.digits.length ?? 0))
  if (!isMobile && !landline.test(digits) && !mainland.test(withoutLast)) return false
  const [first] = groups
  const isFresh = before === undefined || /[\s;|、(]/.test(before)
  if (isFresh && !(groups.length > 1 && datesAndAmounts.test(text.slice(first?.from)))) return true
  const lengths = groups.map((group) => group.digits.length).join()
  if (isMobile) return mobileGroups.test(lengths)
  return !monthAndDay.test(first?.digits ?? '') && (landlineGroups.test(lengths) || (lengths.length === 2 && /[,/]/.test(before ?? '')))
}

const mobile = /^(?:(?:00)?86)?0?1[3-9]\d{9}$/
/** With country or area code. The library decides; it is slow to, so it is asked about nothing that no number looks like. */
const landline = /^(?:00[1-9]\d{6,14}|0[1-9]\d{7,11})$/
/** What may have an extension behind a dash. */
const mainland = /^(?:0086\d{9,11}|0[1-9]\d{8,10})$/
const mobileGroups = /^(?:2,)?(?:11|3,4,4|3,8|7,4)$|^13$/
const landlineGroups = /^[2-4],(?:[34],4|[78])(?:,[1-8])?$/
const monthAndDay = /^(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/
/** `2023-10-01`, `14:30`, `138,001,380.00` */
const datesAndAmounts = /^(?:(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}(?!\d)|\d{1,2}:\d\d(?!\d)|\d{1,3}(?:,\d{3})+\.\d\d(?!\d))/

/** `0912-345-678`, `02-2345-6789`: without the dashes ten digits are a mobile, and else more likely an id. */
function isSetOffAsInTaiwan(groups: readonly Group[]): boolean {
  const lengths = groups.map((group) => group.digits.length).join()
  const digits = groups.map((group) => group.digits).join('')
  return /^09\d{8}$/.test(digits) || (/^0[2-8]\d{7,8}$/.test(digits) && /^[2-4],(?:[34],[34]|[5-8])$/.test(lengths))
}
