import { fold } from '../domain/text.ts'

/**
 * Finds text that contains other text, in any language and without a dictionary: a text is cut into overlapping pieces
 * of two characters (three where all are Latin letters or digits, since two of those say too little), the pieces are
 * indexed, and what has all pieces of the question is looked at. Words of two characters are the rule in Chinese, and
 * pg_trgm needs three, and a database whose locale knows ideographs.
 */

/** Text as it is kept for searching. */
export function searchText(...parts: readonly (string | null)[]): string {
  return parts.map((part) => fold(part ?? '')).join('\n')
}

/** Every piece of a folded text, once. What contains a question has all of the question's pieces; a short question may have none. */
export function searchTerms(text: string): string[] {
  return [...new Set(pieces(text))]
}

function pieces(text: string): string[] {
  const found: string[] = []
  const characters = [...text]
  characters.forEach((first, at) => {
    const [second, third] = [characters[at + 1], characters[at + 2]]
    if (second === undefined || first === '\n' || second === '\n') return
    if (!narrow.test(first + second)) found.push(first + second)
    else if (third !== undefined && narrow.test(third)) found.push(first + second + third)
  })
  return found
}

const narrow = /^[a-z0-9]+$/
