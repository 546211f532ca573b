import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Database } from './schema.ts'

/** Which reports there are, and since when there should be. */

/** Numbers of a profile's reports: a few a day at most. */
export async function reportsMade(db: Kysely<Database>, profile: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ readonly number: string }>`select number from reports where profile = ${profile}`.execute(db)
  return new Set(rows.map(({ number }) => number))
}

/**
 * Since when a profile has each of its reports, by the report's id: what fell due before nobody has asked for. One that was taken out and put back
 * begins anew.
 */
export async function reportsSince(db: Kysely<Database>, profile: string): Promise<ReadonlyMap<string, Instant>> {
  const { rows } = await sql<{ readonly id: string; readonly since: Instant }>`
    with held as (
      select version, installed_at, one ->> 'id' as id from profiles cross join lateral jsonb_array_elements(content -> 'reports') as one
      where profiles.id = ${profile})
    select id, min(installed_at) as since from held
    where version > coalesce((
      select max(version) from profiles as without
      where without.id = ${profile} and not exists (select from held as had where had.version = without.version and had.id = held.id)), 0)
    group by id`.execute(db)
  return new Map(rows.map(({ id, since }) => [id, since]))
}
