import { sql, type Kysely } from 'kysely'

/**
 * Where the events and promises of a time lie, for figures: both are written in the order of time, so that an index of ranges finds them and
 * costs a write nothing worth naming.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'create index events_by_record on events using brin (at) with (pages_per_range = 32, autosummarize = on)',
  'create index promises_by_due on promises using brin (due_at) with (pages_per_range = 32, autosummarize = on)',
]
