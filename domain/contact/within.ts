import { emailsIn } from './emails-within.ts'
import { legible, masking, numeralsIn, type Masking } from './legible.ts'
import { phonesIn } from './phones-within.ts'

/**
 * Phones and addresses inside other texts: agents put the number where the name belongs, and portals make it the account.
 * Wherever it stands, it is contact data.
 */

/** Which rule these are found by. Raised when it finds more, so that the worker looks at all rows again (db/contacts-at-rest.ts). */
export const contactRule = 1

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
  if (!atSign.test(text) && numeralsIn(text) < fewestNumerals) return undefined
  const plain = legible(text)
  const found = [...emailsIn(plain), ...phonesIn(plain)].toSorted((a, b) => a.from - b.from)
  if (found.length === 0) return undefined
  return {
    masked: masking(text, apartFrom(found)),
    keys: [...new Set(found.map(({ key }) => key))],
    switchboards: [...new Set(found.flatMap(({ switchboard }) => switchboard ?? []))],
  }
}

/** Those that begin where none of the others goes on. */
function apartFrom<T extends Masking>(found: readonly T[]): T[] {
  let done = 0
  return found.filter(({ from, to }) => {
    if (from < done) return false
    done = to
    return true
  })
}

const atSign = /[@＠﹫]/
/** Hardly any name holds as many, and most of the others need no further look. */
const fewestNumerals = 5
