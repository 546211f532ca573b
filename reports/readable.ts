/**
 * Without signs that nobody sees: controls of terminals, and those by which a text would read otherwise than it is written. Half a sign is
 * one that cannot be shown.
 */
export function readable(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}
