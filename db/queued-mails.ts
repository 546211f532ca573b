import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { noticeKinds, type NoticeKind } from '../domain/notices/kinds.ts'
import type { Actor, Role } from '../domain/people.ts'
import { json } from './json.ts'
import type { Database } from './schema.ts'

/** Mails to people who are looked up by what they are: an event tells the process' own, and these are found when it has happened. */

export interface QueuedMails {
  /** Number of the process, and sequence number of the event that they tell. */
  readonly number: string
  readonly seq: number
  readonly kind: NoticeKind
  readonly params: Readonly<Record<string, string>>
  /** Ids of people. */
  readonly to: readonly string[]
}

/** Puts them into the outbox, each once however often this is done. */
export async function queueMailsTo(db: Kysely<Database>, { number, seq, kind, params, to }: QueuedMails, now: Instant): Promise<void> {
  for (let from = 0; from < to.length; from += atOnce)
    await sql`
      insert into notices (process, seq, kind, recipient_kind, recipient_id, params, created_at, bulk)
      select ${number}, ${seq}, ${kind}, 'person', id, ${json(params)}::jsonb, ${now}, ${noticeKinds[kind].bulk}
      from unnest(${to.slice(from, from + atOnce)}::text[]) as id
      on conflict do nothing`.execute(db)
}

const atOnce = 1_000

/** Ids of the active people who hold one of these roles. */
export async function holdersOf(db: Kysely<Database>, roles: readonly Role[]): Promise<string[]> {
  return (await holdersWithTeams(db, roles)).map(({ id }) => id)
}

/** Active people who hold one of these roles, each with all their roles and teams. */
export async function holdersWithTeams(db: Kysely<Database>, roles: readonly Role[]): Promise<readonly Holder[]> {
  const { rows } = await sql<Holder>`
    select id, roles, array(select team from memberships where person = people.id order by team) as teams
    from people where active and roles && ${[...roles]}::text[] order by id`.execute(db)
  return rows
}

export type Holder = Pick<Actor, 'id' | 'roles' | 'teams'>
