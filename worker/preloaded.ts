import { DateTime } from 'luxon'
import { z } from 'zod'

/**
 * Modules that all workflows of a worker share. The SDK loads every other one anew for each ticket, and these two took it
 * longer than several steps. It freezes what they export, so our own stay out: a schema writes to itself when first used.
 * zod's ready-made patterns are frozen with it: a format in a command, such as `z.email()`, needs a pattern of its own.
 */
export const preloaded: readonly unknown[] = [DateTime, isMade(z.strictObject({ made: z.string() }))]

/** Making the first schemas completes zod's settings, which are frozen after this. */
function isMade(schema: z.ZodType): boolean {
  return schema.safeParse({ made: '' }).success
}
