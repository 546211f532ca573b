import { maskedExcerpt } from '../domain/contact/masked-text.ts'
import type { FieldValues } from '../domain/fields.ts'
import type { ProfileField } from '../domain/profile/schema.ts'

/** Values of a form as a mail may hold them: of what somebody wrote no more than one reads in a mail, and contacts in it masked. */
export function mailedValues(values: FieldValues, fields: readonly ProfileField[]): FieldValues {
  const written = new Set(fields.filter(({ kind }) => kind === 'text' || kind === 'long-text').map(({ id }) => id))
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, written.has(id) ? maskedExcerpt(String(value), longestInMail) : value]),
  )
}

const longestInMail = 2_000
