import { DateTime } from 'luxon'
import { z } from 'zod'

/**
 * Modules that all workflows of a worker share. The SDK loads every other one anew for each ticket, and these two took it
 * longer than several steps. It freezes what they export, so our own stay out: a schema writes to itself when first used.
 */
export const preloaded: readonly unknown[] = [z.object, DateTime]
