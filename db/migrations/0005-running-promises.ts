import { sql, type Kysely } from 'kysely'

/** What has fallen due and is not on record yet: asked for every few seconds by whoever watches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`create index promises_running on promises (due_at) where state = 'running'`).execute(db)
}
