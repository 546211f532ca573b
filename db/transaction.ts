import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** Runs `work` in the transaction it is called in, else in one of its own. */
export async function inTransaction<T>(db: Kysely<Database>, work: (trx: Kysely<Database>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}
