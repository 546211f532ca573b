import { sql, type Kysely } from 'kysely'

/** Which ticket taught an entry an account, a login or an id of another system, so that a correction takes back what was mistaken (S4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table customer_keys add column brought_by text collate "C"').execute(db)
}
