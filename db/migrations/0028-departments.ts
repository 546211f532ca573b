import { sql, type Kysely } from 'kysely'

/** Which departments have something to reach for a ticket (R9), to be found by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table tickets add column departments text[] collate "C" not null default '{}'`,
  "create index tickets_coordinated on tickets using gin (departments) where departments <> '{}'",
]
