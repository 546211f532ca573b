import { legible, masking } from './legible.ts'
import { contactsWithin } from './within.ts'

/**
 * The beginning of a text that somebody wrote, as those may see it who may not see contacts: phones, addresses and numbers as long as those of
 * identity cards and bank accounts masked.
 */
export function maskedExcerpt(text: string, most: number): string {
  // What begins within reach is looked at whole, or half of it would be taken for none.
  const near = addressed(text.slice(0, most + longest))
  const masked = withoutIds(contactsWithin(near)?.masked ?? near)
  const letters = [...masked]
  return letters.length <= most && text.length <= most + longest ? masked : `${letters.slice(0, most).join('').trimEnd()}…`
}

/** An address has at most 254 characters; a number with whatever stands between its digits fewer. */
const longest = 300

/** With what people write for the sign and the dots of an address, so that machines do not find it: `zhang[at]example[dot]com`. */
function addressed(text: string): string {
  const signed = text.replace(atWord, '@')
  return signed === text ? text : signed.replace(dotWord, '.')
}

const atWord = /(?<=[\w.+-])\s?[[({<【（［]\s?at\s?[\])}>】）］]\s?(?=[a-z0-9])/gi
const dotWord = /(?<=[a-z0-9])\s?[[({<【（［]\s?dot\s?[\])}>】）］]\s?(?=[a-z0-9])/gi

/** Ticket numbers and dates are shorter. Of each the last four stay, so that who knows it can tell. */
function withoutIds(text: string): string {
  const found = [...legible(text).matchAll(idNumber)].map(({ index, 0: id }) => ({
    ...{ from: index, to: index + id.length },
    mask: `****${id.replace(/[ .-]/g, '').slice(-4)}`,
  }))
  return found.length === 0 ? text : masking(text, found)
}

/** Of identity cards and bank accounts, and the letter and nine digits of Taiwan's. */
const idNumber = /(?<![A-Za-z\d])(?:\d(?:[ .-]?\d){14,18}[Xx]?|[A-Za-z][1289]\d{8})(?!\d)/g
