import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Standing } from '../domain/profile/in-force.ts'
import { datedVersions, standingsIn, type DatedRow } from './profile-standings.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** Where every profile stands, and the newest version of every calendar, by id: what new tickets run by. */
export interface NewestVersions {
  readonly profiles: ReadonlyMap<string, Standing>
  readonly calendars: ReadonlyMap<string, number>
}

export async function newestVersions(db: Kysely<Database>, now: Instant): Promise<NewestVersions> {
  const rows = await newest(db, [])
  const of = (kind: string) => rows.filter((row) => row.kind === kind)
  return { profiles: standingsIn(of('profile'), now), calendars: new Map(of('calendar').map(({ id, version }) => [id, version])) }
}

const newest = statement<DatedRow & { readonly kind: string }>(`
  select 'profile' as kind, dated.* from (${datedVersions}) as dated
  union all
  select 'calendar', id, max(version), null, null, null from calendars group by id`)
