/**
 * As much of a text that somebody sent as an answer repeats of it. A field of half a megabyte must not come back four times over,
 * and nobody recognises their own words better for more of them.
 */
export function excerpt(text: string, most = longestExcerpt): string {
  if (text.length <= most) return text
  // Not through the middle of a character, of which half cannot be written.
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Characters; as long as the longest text that somebody needs whole to find it again, an Idempotency-Key. */
const longestExcerpt = 200
