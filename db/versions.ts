import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** The newest installed version of every profile and calendar, by id: what new tickets run by. */
export interface NewestVersions {
  readonly profiles: ReadonlyMap<string, number>
  readonly calendars: ReadonlyMap<string, number>
}

export async function newestVersions(db: Kysely<Database>): Promise<NewestVersions> {
  const rows = await newest(db, [])
  const of = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map(({ id, version }) => [id, version]))
  return { profiles: of('profile'), calendars: of('calendar') }
}

const newest = statement<{ readonly kind: string; readonly id: string; readonly version: number }>(`
  select 'profile' as kind, id, max(version) as version from profiles group by id
  union all
  select 'calendar', id, max(version) from calendars group by id`)
