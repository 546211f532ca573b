import { fold } from '../domain/text.ts'

/**
 * Finds text that contains other text, in any language and without a dictionary: a text is cut into overlapping pieces
 * of one and two characters (and of three where all are Latin letters or digits, since two of those say too little), the
 * pieces are indexed, and what has all pieces of the question is looked at. Words of two characters are the rule in
 * Chinese, and pg_trgm needs three, and a database whose locale knows ideographs.
 */

/** Text as it is kept for searching. Beyond {@link longest} characters a text is not searched. */
export function searchText(...parts: readonly (string | null)[]): string {
  return parts.map((part) => [...fold(part ?? '')].slice(0, longest).join('')).join('\n')
}

/** Every piece of a folded text, once. */
export function searchTerms(text: string): string[] {
  const found = new Set<string>()
  const characters = [...text]
  characters.forEach((first, at) => {
    if (first === '\n') return
    found.add(first)
    const pair = first + (characters[at + 1] ?? '\n')
    if (pair.includes('\n')) return
    found.add(pair)
    const three = pair + (characters[at + 2] ?? '')
    if (narrow.test(three)) found.add(three)
  })
  return [...found]
}

/** The pieces to ask the index for: those of the folded question that no longer one contains. */
export function questionTerms(question: string): string[] {
  const pieces = searchTerms(question)
  return pieces.filter((piece) => !pieces.some((other) => other.length > piece.length && other.includes(piece)))
}

const narrow = /^[a-z0-9]{3}$/
/** A tsvector holds one megabyte. This many characters stay below it in any script, and nobody describes a fault in more. */
const longest = 20_000
