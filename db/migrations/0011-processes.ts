import { sql, type Kysely } from 'kysely'

/**
 * Room for processes beside the ticket. Only what 0.1.0 does not notice: it goes on working on this database. What every process has is a
 * view (../heads.ts), which is made anew from the types that there are whenever the database is brought up to date.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Lines of the log are written by several commands, and of any process.
  `alter table notes add column type text not null default 'note', drop constraint notes_ticket_fkey`,
  // The outbox keeps what it ever said: a list of one kind must not read through all of it.
  `create index notices_by_kind on notices (kind, id)`,
]
