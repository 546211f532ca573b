import { sql, type Kysely } from 'kysely'
import type { Locale } from '../domain/labels.ts'
import type { Database } from './schema.ts'

/** What people and teams are called, by id; an id that is neither is left out. One query. */
export async function namesOf(db: Kysely<Database>, ids: readonly string[], locale: Locale): Promise<Record<string, string>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return {}
  const { rows } = await sql<{ id: string; name: string }>`
    select id, labels ->> ${locale} as name from teams where id = any(${wanted}) and labels ? ${locale}
    union all
    select id, name from people where id = any(${wanted})`.execute(db)
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}
