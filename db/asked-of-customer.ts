import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from './schema.ts'

/** What the customer was last asked to supply; nothing when they were asked for nothing yet. */
export async function lastMissing(db: Kysely<Database>, process: string): Promise<readonly string[]> {
  const asked = await db
    .selectFrom('events')
    .select('data')
    .where('process', '=', process)
    .where('type', '=', 'intake-reviewed')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return missingIn.parse(asked?.data ?? {}).missing
}

const missingIn = z.looseObject({ missing: z.array(z.string()).default([]) })
