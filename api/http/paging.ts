import { z } from 'zod'
import { whole } from './query.ts'

/** What every list takes that comes in pages: at most so many items, after that cursor. */
export const paging = {
  limit: whole({ min: 1, max: 200 })
    .default(50)
    .meta({ type: 'integer', minimum: 1, maximum: 200, description: 'How many at most; default: 50' }),
  cursor: z.string().min(1).max(1_000).optional().describe('`next` of the page before, with the same filters'),
}
