import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** The words that lists can be filtered by: those of every installed profile in every version, since old tickets keep theirs. */
export const listedWordKinds = ['profile', 'type', 'priority', 'team'] as const
export type ListedWordKind = (typeof listedWordKinds)[number]

/** In order, each once. */
export async function listedWords(db: Kysely<Database>): Promise<Readonly<Record<ListedWordKind, readonly string[]>>> {
  const rows = await listed(db, [])
  const of = (kind: ListedWordKind) => rows.filter((row) => row.kind === kind).map(({ id }) => id)
  return { profile: of('profile'), type: of('type'), priority: of('priority'), team: of('team') }
}

const listed = statement<{ readonly kind: ListedWordKind; readonly id: string }>(`
  select 'profile' as kind, id from profiles
  union select 'type', type ->> 'id' from profiles, jsonb_array_elements(content -> 'types') as type
  union select 'priority', priority ->> 'id' from profiles, jsonb_array_elements(content -> 'priorities') as priority
  union select 'team', id from teams
  order by 1, 2`)
