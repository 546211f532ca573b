/**
 * JSON text that Postgres stores as jsonb. What it refuses in texts (NUL, half a surrogate pair) becomes U+FFFD: input is
 * cleaned where it enters, and an accepted act must end in rows whatever it carries.
 */
export function json(value: unknown): string {
  const text = JSON.stringify(value)
  return suspicious.test(text) ? JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? storable(item) : item)) : text
}

/** Text that Postgres stores as text. */
export function storable(text: string): string {
  return text.replace(unstorable, '\uFFFD')
}

const suspicious = /\\u(?:0000|d[89a-f])/i
const unstorable = /\0|\p{Surrogate}/gu
