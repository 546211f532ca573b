import { modelOf, reportModels } from '../../db/models.ts'
import { holdersOf, queueMailsTo } from '../../db/queued-mails.ts'
import { instantOf } from '../../domain/instant.ts'
import { said, locales, type Labels, type Locale } from '../../domain/labels.ts'
import type { NoticeKind } from '../../domain/notices/kinds.ts'
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
  const kept = await modelOf(db, reportModels, number)
  if (!kept) throw new Error(`there is no report ${number}, or it is not reckoned`)
  const { model } = kept
  const params = {
    number,
    report: JSON.stringify(titleOf(model)),
    highlights: JSON.stringify(joined(model.highlights)),
  }
  const holders = await holdersOf(db, roles)
  // A report without readers goes to whoever answers for all; what is in it is nothing for who looks after the machine.
  const to = holders.length > 0 ? holders : await holdersOf(db, ['management'])
  if (to.length === 0) log.warn({ number, roles }, 'nobody holds a role that gets this report, and nobody is of the management')
  await queueMailsTo(db, { number, seq, kind, params, to }, instantOf(clock.now().getTime()))
  return to.length
}

/** `技术支持周报（2026-W48）` */
function titleOf({ report: { label }, period }: { readonly report: { readonly label: Labels }; readonly period: string }): Labels {
  return said(`${label['zh-CN']}（${period}）`, `${label['zh-TW']}（${period}）`, `${label.en}, ${period}`)
}

function joined(sentences: readonly Labels[]): Labels {
  const [cn, tw, en] = locales.map((locale: Locale) => sentences.map((sentence) => sentence[locale]).join('\n'))
  return said(cn ?? '', tw ?? '', en ?? '')
}
