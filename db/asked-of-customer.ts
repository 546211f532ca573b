import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Asked } from '../domain/notices/owed.ts'
import type { Database } from './schema.ts'

/** What the customer was last asked for, by the review of the intake or by waiting for them; nothing when they were asked in no words. */
export async function lastAsked(db: Kysely<Database>, process: string): Promise<Asked> {
  const asking = await db
    .selectFrom('events')
    .select('data')
    .where('process', '=', process)
    .where((event) =>
      event.or([
        event('type', '=', 'intake-reviewed'),
        event.and([event('type', '=', 'waiting-started'), sql<boolean>`jsonb_exists(data::jsonb, 'asked')`]),
      ]),
    )
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { missing, message, asked } = askedIn.parse(asking?.data ?? {})
  return { missing, message: asked ?? message }
}

const askedIn = z.looseObject({
  missing: z.array(z.string()).default([]),
  message: z.string().nullable().default(null),
  asked: z.string().nullable().default(null),
})
