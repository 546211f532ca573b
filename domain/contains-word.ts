/**
 * Whether a text contains a word: whatever its width, its case and the blanks between ideographs. A word of Latin letters
 * or digits must stand at the beginning of one: `app` is in `apps`, and not in `happy`.
 */
export function containsWord(text: string, word: string): boolean {
  const [wanted, given] = [unfolded(word), unfolded(text)]
  const sought = wanted.map(({ letter }) => letter).join('')
  if (sought === '') return false
  const letters = given.map(({ letter }) => letter).join('')
  // Letters outside of the first plane are two units long: places are counted in units.
  const starts = new Set<number>()
  let place = 0
  for (const { letter, begins } of given) {
    if (begins) starts.add(place)
    place += letter.length
  }
  for (let at = letters.indexOf(sought); at >= 0; at = letters.indexOf(sought, at + 1)) if (starts.has(at)) return true
  return false
}

interface Letter {
  readonly letter: string
  /** No letter of a word that is written without blanks stands in front of it. */
  readonly begins: boolean
}

/** Without blanks and what nobody sees. */
function unfolded(text: string): Letter[] {
  const found: Letter[] = []
  let isInWord = false
  for (const letter of text.normalize('NFKC').toLowerCase()) {
    if (/[\s\p{Cf}]/u.test(letter)) isInWord = isInWord && !/\s/u.test(letter)
    else {
      const isOfWord = spaced.test(letter)
      found.push({ letter, begins: !isOfWord || !isInWord })
      isInWord = isOfWord
    }
  }
  return found
}

/** Letters and digits of scripts that set words apart by blanks. */
const spaced = /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{M}\p{N}]/u
