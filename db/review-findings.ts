import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from './schema.ts'

const textSchema = z.object({ action: z.int(), text: z.string() })

/** What is to be done by each action of these reviews. */
export async function actionTexts(
  db: Kysely<Database>,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, readonly z.output<typeof textSchema>[]>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom('events')
    .select(['process', 'data'])
    .where('process', 'in', [...numbers])
    .where('type', '=', 'action-added')
    .orderBy('process')
    .orderBy('seq')
    .execute()
  const texts = new Map<string, z.output<typeof textSchema>[]>()
  for (const { process, data } of rows) texts.set(process, [...(texts.get(process) ?? []), textSchema.parse(data)])
  return texts
}
