import { sql, type Kysely } from 'kysely'

/** What a profile extends, and what there is to extend beside profiles. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table profiles add column base text',
  `create table profile_templates (
    id text collate "C" not null, version integer not null, content jsonb not null, source text, base text,
    installed_at timestamptz(3) not null, installed_by text not null, primary key (id, version))`,
]
