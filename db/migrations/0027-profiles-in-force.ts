import { sql, type Kysely } from 'kysely'

/**
 * From when a version of a profile counts, and which profiles and templates are retired. What is installed already, and what an older release
 * installs meanwhile, counts since it was installed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  'alter table profiles add column effective_at timestamptz(3)',
  `create table retired_profiles (
    id text collate "C" primary key, retired_at timestamptz(3) not null, retired_by text not null, reason text not null)`,
]
