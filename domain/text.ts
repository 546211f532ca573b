/**
 * Text as people type it, made fit to keep and to compare. Chinese input mixes full and half width, spaces inside
 * words and two punctuation sets; what looks equal must compare equal.
 */

/**
 * The text to keep: outer white space removed, line ends as `\n`, and without what a database refuses (NUL and other
 * control characters but tab and line feed) or cannot encode (half a surrogate pair).
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim()
}

/** Whether a database takes the text: it refuses NUL, and cannot encode half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text)
}

/**
 * The text as it is read: without bidirectional control characters, by which it would read otherwise than it is
 * stored; empty when nothing of it can be seen. Letters that join others, as in emoji, stay.
 */
export function visible(text: string): string {
  const straight = text.replace(/\p{Bidi_Control}+/gu, '')
  return seen(straight).trim() === '' ? '' : straight
}

/** The text without the letters of which nothing is seen, wherever they stand; white space stays. */
export function seen(text: string): string {
  return text.replace(unseen, '')
}

const unseen = /(?!\s)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** The {@link visible} text in one line. */
export function oneLine(text: string): string {
  return clean(visible(text).replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' '))
}

/** For comparing names of things: without width, case and white space. `ＶＰＮ 客户端` and `vpn客户端` are one. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, '')
}

/** Only the letters, digits and ideographs of {@link fold}: what is left when punctuation and symbols say nothing. */
export function foldToWords(text: string): string {
  return fold(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

/** What somebody wrote as a sentence, to stand in one of ours, which has a stop of its own. */
export function withoutStop(text: string): string {
  const trimmed = text.trim()
  return /[^。．.…][。．.；;，,、]$/u.test(trimmed) ? trimmed.slice(0, -1) : trimmed
}

/** Length as people count it: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  return [...text].length
}

/** The text, or so much of it with an ellipsis as has that many bytes in UTF-8. */
export function withinBytes(text: string, most: number): string {
  const bytes = (letters: string) => new TextEncoder().encode(letters).length
  if (bytes(text) <= most) return text
  const letters = [...text]
  while (letters.length > 0 && bytes(`${letters.join('')}…`) > most) letters.pop()
  return `${letters.join('')}…`
}
