import { sql, type Kysely } from 'kysely'

/** Who helps with a ticket (S11), to be found by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table tickets add column helpers text[] collate "C" not null default '{}'`,
  "create index tickets_helped on tickets using gin (helpers) where helpers <> '{}'",
]
