import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { reportModelSchema, type ReportModel } from '../domain/reports/model.ts'
import type { Database } from './schema.ts'

/** What reports hold: reckoned once, and kept for good. */

export interface StoredModel {
  readonly model: ReportModel
  readonly sha256: string
}

/** Keeps what a report holds, unless it is kept already; what is kept. */
export async function keepModel(db: Kysely<Database>, number: string, made: ReportModel, now: Instant): Promise<StoredModel> {
  const model = JSON.stringify(made)
  const sha256 = createHash('sha256').update(model).digest('hex')
  await db
    .insertInto('reportModels')
    .values({ number, model, sha256, reckonedAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const kept = await modelOf(db, number)
  if (!kept) throw new Error(`what report ${number} holds was not kept`)
  return kept
}

/** What a report holds; undefined while it is not reckoned. */
export async function modelOf(db: Kysely<Database>, number: string): Promise<StoredModel | undefined> {
  const row = await db.selectFrom('reportModels').select(['model', 'sha256']).where('number', '=', number).executeTakeFirst()
  return row && { model: reportModelSchema.parse(JSON.parse(row.model)), sha256: row.sha256 }
}
