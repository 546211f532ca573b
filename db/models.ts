import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { assessmentModelSchema, type AssessmentModel } from '../domain/assessment/model.ts'
import type { Instant } from '../domain/instant.ts'
import { reportModelSchema, type ReportModel } from '../domain/reports/model.ts'
import type { Database } from './schema.ts'

/** What reports and assessments hold: reckoned once, and kept for good. */

/** Those of a type: the table in which they stand, and how they are read. */
export interface Models<M> {
  readonly table: 'reportModels' | 'assessmentModels'
  readonly schema: z.ZodType<M>
}

export const reportModels: Models<ReportModel> = { table: 'reportModels', schema: reportModelSchema }
export const assessmentModels: Models<AssessmentModel> = { table: 'assessmentModels', schema: assessmentModelSchema }

export interface StoredModel<M> {
  readonly model: M
  readonly sha256: string
}

/** Keeps what was reckoned under a number, unless something is kept already; what is kept. */
export async function keepModel<M>(
  db: Kysely<Database>,
  models: Models<M>,
  number: string,
  made: M,
  now: Instant,
): Promise<StoredModel<M>> {
  const model = JSON.stringify(made)
  const sha256 = createHash('sha256').update(model).digest('hex')
  await db
    .insertInto(models.table)
    .values({ number, model, sha256, reckonedAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const kept = await modelOf(db, models, number)
  if (!kept) throw new Error(`what was reckoned for ${number} was not kept`)
  return kept
}

/** What is kept under a number; undefined while it is not reckoned. */
export async function modelOf<M>(db: Kysely<Database>, { table, schema }: Models<M>, number: string): Promise<StoredModel<M> | undefined> {
  const row = await db.selectFrom(table).select(['model', 'sha256']).where('number', '=', number).executeTakeFirst()
  return row && { model: schema.parse(JSON.parse(row.model)), sha256: row.sha256 }
}
