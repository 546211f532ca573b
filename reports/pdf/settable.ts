import { readable } from '../readable.ts'

/**
 * A text as the font of PDFs can set it: emoji, of which it has none, become a square, and words that are longer than any column may be broken
 * between any two letters.
 */
export function settable(text: string): string {
  return withoutEmoji(readable(text)).replace(longWords, breakable)
}

export function withoutEmoji(text: string): string {
  return text.replace(emoji, '□').replace(unseenJoiners, '')
}

/** One or several that are shown as one: a family, a flag, a number on a key. */
const emoji =
  /(?:\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}(?=\uFE0F|\u200D|\p{Emoji_Modifier}))(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*)+/gu

/** What is left of them: it is set as nothing, or as a box. */
const unseenJoiners = /\uFE0E|\uFE0F|\u200D|\u20E3/g

/** Longer than the words of any language that we speak. Those of Chinese are broken anyway. */
const longWords = /[^\s\u2E80-\u9FFF\u3000-\u303F\uFF00-\uFFEF-]{21,}/gu

function breakable(word: string): string {
  return [...word].join('\u200B')
}
