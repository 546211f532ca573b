import { readable } from '../readable.ts'
import type { Letters } from './letters.ts'

/**
 * A text as the font of PDFs can set it: emoji, of which it has none, become a square, and so does every other letter that it lacks.
 * `lacking` is told each of these.
 */
export function settable(text: string, has: Letters = () => true, lacking: (letter: string) => void = () => undefined): string {
  // Whole letters rather than letters with accents beside them, which the font lacks.
  const shown = withoutEmoji(readable(text)).normalize('NFC')
  return shown.replace(seen, (letter) => {
    if (has(letter.codePointAt(0) ?? 0)) return letter
    lacking(letter)
    return square
  })
}

function withoutEmoji(text: string): string {
  return text.replace(emoji, square).replace(unseenJoiners, '')
}

const square = '□'

/** What is set as a sign at all. */
const seen = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]/gu

/** One or several that are shown as one: a family, a flag, a number on a key. */
const emoji =
  /(?:\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}(?=\uFE0F|\u200D|\p{Emoji_Modifier}))(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*)+/gu

/** What is left of them: it is set as nothing, or as a box. */
const unseenJoiners = /\uFE0E|\uFE0F|\u200D|\u20E3/g
