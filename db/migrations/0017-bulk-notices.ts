import { sql, type Kysely } from 'kysely'

/** Notices to many at once, kept apart from all others: neither is looked through to find the next of the other. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table notices add column bulk boolean not null default false`,
  // Those that were queued before.
  `update notices set bulk = true where status = 'queued' and kind in ('report-ready', 'report-late')`,
  `drop index notices_due`,
  `drop index notices_waiting`,
  `create index notices_due on notices (due_at, id) where status = 'queued' and not bulk`,
  `create index notices_waiting on notices (process, seq, id) where status = 'queued' and not bulk`,
  `create index notices_due_in_bulk on notices (due_at, id) where status = 'queued' and bulk`,
]
