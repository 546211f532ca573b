import { sql, type Kysely } from 'kysely'

/** What tickets ask about, and notices to a place over a team. Names and meanings: ../schema.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table tickets add column customer_tags text[] collate "C" not null default '{}'`,
  `create index tickets_by_customer_tag on tickets using gin (customer_tags)`,
  `create table dispatches (
    ticket text collate "C" primary key,
    person text collate "C" not null,
    at timestamptz(3) not null
  )`,
]
