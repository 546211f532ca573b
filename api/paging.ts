import { z } from '@hono/zod-openapi'

/** What every list takes: at most so many items, after that cursor. */
export const paging = {
  limit: z
    .string()
    .regex(/^\d{1,6}$/, 'int')
    .transform(Number)
    .pipe(z.int().min(1).max(200))
    .default(50)
    .openapi({ type: 'integer', description: '1 to 200; default 50' }),
  cursor: z.string().max(1_000).optional().openapi({ description: '`next` of the page before, with the same filters' }),
}
