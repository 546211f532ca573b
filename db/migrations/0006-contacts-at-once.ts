import { sql, type Kysely } from 'kysely'

/**
 * Each registration looks for the customer's other tickets. Entries that wait to be sorted into the index, up to four megabytes
 * of them, would be read one by one each time; a ticket brings but two or three, so they are sorted in at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`alter index tickets_by_contact set (fastupdate = off)`).execute(db)
  await sql.raw(`select gin_clean_pending_list('tickets_by_contact')`).execute(db)
}
