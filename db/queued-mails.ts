import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { noticeKinds, type NoticeKind } from '../domain/notices/kinds.ts'
import type { Role } from '../domain/people.ts'
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

/** Ids of the active people who hold one of these roles, in one of these teams where any are named. */
export async function holdersOf(db: Kysely<Database>, roles: readonly Role[], teams?: readonly string[]): Promise<string[]> {
  const within = teams ? sql`and exists (select from memberships where person = people.id and team = any(${[...teams]}::text[]))` : sql``
  const { rows } = await sql<{ readonly id: string }>`
    select id from people where active and roles && ${[...roles]}::text[] ${within} order by id`.execute(db)
  return rows.map(({ id }) => id)
}
