import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { assessmentPeriods, recurringKey, recurringTypes, type Recurring } from '../domain/recurring/recurring.ts'
import type { Database } from './schema.ts'

/** What there is of what a profile has made of each period, and since when there should be. */

/** Numbers of a profile's reports and assessments: a few a day at most. */
export async function recurringMade(db: Kysely<Database>, profile: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('processes')
    .select('number')
    .where('processType', 'in', Object.keys(recurringTypes))
    .where('profile', '=', profile)
    .execute()
  return new Set(rows.map(({ number }) => number))
}

/**
 * Since when a profile has each of these made so often, by its key: what fell due before nobody has asked for. One that was taken out and put
 * back begins anew, and a version that does not count yet says nothing.
 */
export async function recurringSince(db: Kysely<Database>, profile: string, now: Instant): Promise<ReadonlyMap<string, Instant>> {
  const lists = JSON.stringify(recurringTypes)
  const { rows } = await sql<Pick<Recurring, 'type' | 'id' | 'every'> & { readonly since: Instant }>`
    with counting as (
      select version, installed_at, effective_at, content from profiles
      where id = ${profile} and (effective_at is null or effective_at <= ${now}::timestamptz)),
    held as (
      select version, greatest(installed_at, effective_at) as counts_from, list.key as type, one ->> 'id' as id,
        coalesce(one ->> 'every', ${assessmentPeriods.every}) as every
      from counting cross join lateral jsonb_each_text(${lists}::jsonb) as list
        cross join lateral jsonb_array_elements(content -> list.value) as one)
    select type, id, every, min(counts_from) as since from held
    where version > coalesce((
      select max(version) from counting as without
      where not exists (
        select from held as had where had.version = without.version and (had.type, had.id, had.every) = (held.type, held.id, held.every))), 0)
    group by type, id, every`.execute(db)
  return new Map(rows.map(({ since, ...one }) => [recurringKey(one), since]))
}
