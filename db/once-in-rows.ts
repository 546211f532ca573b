import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { finishRequest, insertPending, type RequestIdentity, type StoredResponse } from './requests.ts'
import type { Database } from './schema.ts'

/**
 * The effect of a request that lies in the rows alone, together with its answer: of any number of attempts exactly one
 * does the work, and every attempt gets that one's answer. Whatever `work` throws leaves nothing behind.
 */
export async function inRowsOnce(
  db: Kysely<Database>,
  request: RequestIdentity,
  doneAt: Instant,
  work: (trx: Kysely<Database>) => Promise<StoredResponse>,
): Promise<StoredResponse> {
  return db.transaction().execute(async (trx) => {
    // A refused twin may have removed the row.
    await insertPending(trx, request)
    const row = await trx
      .selectFrom('requests')
      .select(['responseStatus', 'response'])
      .where('id', '=', request.id)
      .forUpdate()
      .executeTakeFirst()
    if (row && row.responseStatus !== null) return { status: row.responseStatus, body: row.response }
    const response = await work(trx)
    await finishRequest(trx, request, response, doneAt)
    return response
  })
}
