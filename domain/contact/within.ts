import { emailKey, isEmail, maskEmail } from './email.ts'
import { isMeantAsPhone, maskPhone, phoneKey, readPhone, switchboardKey } from './phone.ts'

/**
 * Phones and addresses inside other texts: agents put the number where the name belongs, and portals make it the account.
 * Wherever it stands, it is contact data.
 */

/** A text that is or holds contact data. */
export interface Holding {
  /** The text with the mask of each phone and address in its place. */
  readonly masked: string
  /** What makes two contacts the same: `tel:…`, `mailto:…`. */
  readonly keys: readonly string[]
  /** What stands for everybody behind the switchboards in it: `base:…`. */
  readonly switchboards: readonly string[]
}

/** The phones and addresses in a text; undefined when there are none. Only for texts no longer than a contact may be. */
export function contactsWithin(text: string): Holding | undefined {
  if (!perhaps.test(text)) return undefined
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '')
  const found = [...emailsIn(plain), ...phonesIn(plain)].toSorted((a, b) => a.from - b.from)
  if (found.length === 0) return undefined
  const parts: string[] = []
  let done = 0
  for (const { from, to, mask } of found) {
    if (from < done) continue
    parts.push(plain.slice(done, from), mask)
    done = to
  }
  return {
    masked: [...parts, plain.slice(done)].join(''),
    keys: [...new Set(found.map(({ key }) => key))],
    switchboards: [...new Set(found.flatMap(({ switchboard }) => switchboard ?? []))],
  }
}

/** Hardly any name holds as many digits, in whatever script, and none an at sign. */
const perhaps = /[@＠﹫]|(?:\p{N}\P{N}*){7}/u

interface Found {
  readonly from: number
  readonly to: number
  readonly mask: string
  readonly key: string
  readonly switchboard?: string
}

function emailsIn(text: string): Found[] {
  return [...text.matchAll(/@/g)].flatMap(({ index }) => {
    let from = index
    while (from > 0 && mailboxLetter.test(text.charAt(from - 1))) from -= 1
    let to = index + 1
    while (to < text.length && domainLetter.test(text.charAt(to))) to += 1
    while (text.charAt(to - 1) === '.' || text.charAt(to - 1) === '-') to -= 1
    const written = text.slice(from, to)
    return isEmail(written) ? [{ from, to, mask: maskEmail(written), key: emailKey(written) }] : []
  })
}

const mailboxLetter = /[\w.'+-]/
const domainLetter = /[A-Za-z0-9.-]/

function phonesIn(text: string): Found[] {
  return [...text.matchAll(dialledRun)].flatMap(({ 0: run, index }) => phonesInRun(run, index))
}

/** What may be one number or several: digits with what people write between them, and an extension. */
const dialledRun = /[+(]?\d[\d ().\u2010-\u2015\u2212-]{5,}(?:(?:转|轉|分机|分機|内线|內線|ext\.?)(?:号|號)? ?[:.-]? ?\d{1,8})?/gi
/** A longer run is a table, not somebody's numbers. */
const mostPieces = 16

/** The numbers of a run, the longest stretch first: `138 1234 5678 139 1234 5678`, `2023-10-01 13812345678`. */
function phonesInRun(run: string, start: number): Found[] {
  const pieces = [...run.matchAll(/[^ ]+/g)].map(({ 0: written, index }) => ({ from: index, to: index + written.length }))
  if (pieces.length > mostPieces) return []
  const found: Found[] = []
  let first = 0
  while (first < pieces.length) {
    const from = pieces[first]?.from ?? 0
    const end = pieces.findLastIndex(({ to }, at) => at >= first && phoneAt(run.slice(from, to)) !== undefined)
    const stretch = end < 0 ? undefined : phoneAt(run.slice(from, pieces[end]?.to))
    if (stretch) found.push({ ...stretch, from: start + from + stretch.from, to: start + from + stretch.to })
    first = stretch ? end + 1 : first + 1
  }
  return found
}

/** The number that a stretch is, apart from brackets around it. */
function phoneAt(stretch: string): Found | undefined {
  const to = stretch.split('').findLastIndex((letter) => /\d/.test(letter)) + 1
  const from = stretch.startsWith('(') && !stretch.slice(0, to).includes(')') ? 1 : 0
  const written = stretch.slice(from, to)
  const phone = isMeantAsPhone(written) ? readPhone(written) : undefined
  if (!phone) return undefined
  return { from, to, mask: maskPhone(written), key: phoneKey(phone), ...(phone.ext && { switchboard: switchboardKey(phone) }) }
}
