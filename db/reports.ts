import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Database } from './schema.ts'

/** Which reports there are, and since when there should be. */

/** Numbers of a profile's reports that fell due after that instant. */
export async function reportsMade(db: Kysely<Database>, profile: string, after: Instant): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ readonly number: string }>`
    select number from reports where profile = ${profile} and due_at > ${after}`.execute(db)
  return new Set(rows.map(({ number }) => number))
}

/** When a profile first had reports: what fell due before nobody has asked for. Undefined where it has none. */
export async function reportsSince(db: Kysely<Database>, profile: string): Promise<Instant | undefined> {
  const { rows } = await sql<{ readonly since: Instant | null }>`
    select min(installed_at) as since from profiles where id = ${profile} and jsonb_array_length(content -> 'reports') > 0`.execute(db)
  return rows[0]?.since ?? undefined
}
