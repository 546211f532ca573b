import { sql, type Kysely } from 'kysely'

const id = 'text collate "C"'

/** What processes have still to do with others, which nothing but Temporal knew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table dealings (id ${id} primary key, process ${id} not null, ask jsonb)`,
  `create index dealings_open on dealings (process) where ask is not null`,
]
