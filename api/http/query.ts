import { z } from 'zod'
import { dayOrInstantSchema, instantSchema } from '../../domain/instant.ts'

/** Values in a query or a path, where everything is text. */

/** A whole number within bounds. */
export function whole({ min, max }: { readonly min: number; readonly max: number }) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, 'int')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .meta({ type: 'integer', minimum: min, maximum: max })
}

/** Yes or no. */
export function flag() {
  return z
    .enum(['true', 'false'])
    .transform((given) => given === 'true')
    .meta({ type: 'boolean' })
}

/** In a query a `+` that is not escaped arrives as a blank; nothing else can have been meant before an offset. */
const unescaped = z
  .string()
  .max(40)
  .transform((text) => text.replace(/ (?=\d\d:\d\d$)/, '+'))
export const instantQuery = unescaped.pipe(instantSchema).meta({ type: 'string', format: 'date-time' })
export const dayOrInstantQuery = unescaped.pipe(dayOrInstantSchema).meta({ type: 'string' })
