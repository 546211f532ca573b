import { emailKey, maskEmail } from './email.ts'
import type { Found } from './found.ts'

/**
 * Addresses inside a legible text: also those in other scripts than Latin, in quotes, with blanks at the at sign or with an
 * ideographic stop for a dot. Much of that is no address that our mails go to; it is somebody's all the same.
 */
export function emailsIn(text: string): Found[] {
  return [...text.matchAll(/@/g)].flatMap(({ index }) => addressAround(text, index) ?? [])
}

function addressAround(text: string, at: number): Found | undefined {
  const end = skipped(text, at, -1, blank)
  const from = mailboxStart(text, end, end === at)
  const begin = skipped(text, at + 1, 1, blank)
  const to = domainEnd(text, begin)
  if (from === undefined || to === undefined) return undefined
  const written = `${text.slice(from, end)}@${text.slice(begin, to).replaceAll('。', '.')}`
  return { from, to, mask: maskEmail(written), key: emailKey(written) }
}

/** Names are written in front of addresses without a blank where people write ideographs: they are no part of a Latin mailbox. */
function mailboxStart(text: string, end: number, isClose: boolean): number | undefined {
  if (quote.test(text.charAt(end - 1))) return quotedStart(text, end)
  const latin = walkedBack(text, end, (letter) => mailboxLetter.test(letter) && !ideograph.test(letter))
  const from = latin === end && isClose ? walkedBack(text, end, (letter) => mailboxLetter.test(letter)) : latin
  return lettersOrDigits.test(text.slice(from, end)) ? skipped(text, from, 1, /\./) : undefined
}

function quotedStart(text: string, end: number): number | undefined {
  let from = end - 2
  while (from >= 0 && !quote.test(text.charAt(from))) from -= 1
  return from < 0 || from === end - 2 ? undefined : from
}

function walkedBack(text: string, end: number, takes: (letter: string) => boolean): number {
  let from = end
  while (from > 0) {
    const letter = text.charAt(from - 1)
    // As in `fang!1`; a mark that stands in front of the whole address is no part of it.
    const isMarkWithin = mailboxMark.test(letter) && from < end && from > 1 && takes(text.charAt(from - 2))
    if (!takes(letter) && !isMarkWithin) return from
    from -= 1
  }
  return from
}

/** Where the domain ends; the plainest reading that is one, because words follow without a blank. */
function domainEnd(text: string, begin: number): number | undefined {
  for (const letter of domainLetters) {
    let to = begin
    while (to < text.length && letter.test(text.charAt(to))) to += 1
    while (to > begin && /[.。\d-]/.test(text.charAt(to - 1))) to -= 1
    if (isDomain(text.slice(begin, to))) return to
  }
  return undefined
}

function isDomain(text: string): boolean {
  const labels = text.split(/[.。]/)
  return labels.length > 1 && labels.every((label) => label !== '' && !label.startsWith('-')) && topLevel.test(labels.at(-1) ?? '')
}

function skipped(text: string, from: number, step: 1 | -1, what: RegExp): number {
  let at = from
  while (what.test(text.charAt(step > 0 ? at : at - 1))) at += step
  return at
}

const blank = /\s/
const quote = /["“”]/
const mailboxLetter = /[\p{L}\p{M}\p{N}_.'+-]/u
const mailboxMark = /[!#$%*^~{}`]/
const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const lettersOrDigits = /[\p{L}\p{N}_]/u
const domainLetters = [/[A-Za-z0-9.-]/, /[A-Za-z0-9.。-]/, /[\p{L}\p{M}\p{N}.。-]/u]
const topLevel = /^(?:xn--[a-z0-9-]+|\p{L}[\p{L}\p{M}]+)$/iu
