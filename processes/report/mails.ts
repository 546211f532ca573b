import { sql } from 'kysely'
import { headOf } from '../../db/heads.ts'
import { json } from '../../db/json.ts'
import { modelOf } from '../../db/report-models.ts'
import { instantOf } from '../../domain/instant.ts'
import { said, locales, type Labels, type Locale } from '../../domain/labels.ts'
import { noticeKinds, type NoticeKind } from '../../domain/notices/kinds.ts'
import type { Role } from '../../domain/people.ts'
import type { World } from '../hosting.ts'

/** Mails about a report: one for each of those who hold one of the roles. */
export interface Mails {
  readonly number: string
  /** Of the event that they tell. */
  readonly seq: number
  readonly kind: NoticeKind
  readonly roles: readonly Role[]
}

/** Puts them into the outbox, each once however often this is done; how many there are. */
export async function queueMails({ db, clock, log }: World, { number, seq, kind, roles }: Mails): Promise<number> {
  const [head, kept] = [await headOf(db, number), await modelOf(db, number)]
  if (!head || !kept) throw new Error(`there is no report ${number}, or it is not reckoned`)
  const { model } = kept
  const params = {
    number,
    report: JSON.stringify(titleOf(model)),
    highlights: JSON.stringify(joined(model.highlights)),
  }
  const now = instantOf(clock.now().getTime())
  const { rows } = await sql<{ readonly id: string }>`
    with reached as (${recipients(roles)})
    select id from reached`.execute(db)
  // A report without readers goes to whoever answers for all; what is in it is nothing for who looks after the machine.
  const ids = rows.length > 0 ? rows : (await sql<{ readonly id: string }>`${recipients(['management'])}`.execute(db)).rows
  if (ids.length === 0) log.warn({ number, roles }, 'nobody holds a role that gets this report, and nobody is of the management')
  for (let from = 0; from < ids.length; from += atOnce)
    await sql`
      insert into notices (process, seq, kind, recipient_kind, recipient_id, params, created_at, bulk)
      select ${number}, ${seq}, ${kind}, 'person', id, ${json(params)}::jsonb, ${now}, ${noticeKinds[kind].bulk}
      from unnest(${ids.slice(from, from + atOnce).map(({ id }) => id)}::text[]) as id
      on conflict do nothing`.execute(db)
  return ids.length
}

const atOnce = 1_000

function recipients(roles: readonly Role[]) {
  return sql`select id from people where active and roles && ${[...roles]}::text[] order by id`
}

/** `技术支持周报（2026-W48）` */
export function titleOf({ report: { label }, period }: { readonly report: { readonly label: Labels }; readonly period: string }): Labels {
  return said(`${label['zh-CN']}（${period}）`, `${label['zh-TW']}（${period}）`, `${label.en}, ${period}`)
}

function joined(sentences: readonly Labels[]): Labels {
  const [cn, tw, en] = locales.map((locale: Locale) => sentences.map((sentence) => sentence[locale]).join('\n'))
  return said(cn ?? '', tw ?? '', en ?? '')
}
