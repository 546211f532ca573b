import { listNotices } from '../../api/operations/notices.ts'
import type { Locale } from '../../domain/labels.ts'
import { noticeKinds } from '../../domain/notices/kinds.ts'
import type { Client } from '../client.ts'
import type { FastWords } from './fast-words.ts'
import type { Letter } from './mail-folder.ts'
import type { Narrator } from './narrator.ts'

/** Which mails a fast ticket was told by. */

/** How many notices of a ticket wait for a digest, or stood in one. */
export async function gathered(client: Client, number: string): Promise<number> {
  const { items } = await client.read(listNotices, { query: { ticket: number, limit: '200' } })
  return items.filter(({ heldFor, digest }) => heldFor === 'digest' || digest !== null).length
}

interface Showing {
  readonly narrator: Narrator
  readonly fast: FastWords
  /** Where mails are kept. */
  readonly mailFolder: string
  readonly locale: Locale
  /** How many others wait for a digest, or stood in one. */
  readonly gathered: number
  readonly list: (words: string[]) => string
}

/** Who got which, and how often. */
export function showMails(letters: readonly Letter[], { narrator, fast, mailFolder, locale, gathered: others, list }: Showing): void {
  if (letters.length === 0) {
    narrator.gap()
    return narrator.remark(others > 0 ? fast.mails.gathered(others) : fast.mails.none(mailFolder))
  }
  narrator.heading(fast.mails.title(letters.length, mailFolder))
  narrator.gap()
  const readers = [...new Set(letters.flatMap(({ to }) => to))]
  narrator.table(
    fast.mails.head,
    readers.map((reader) => {
      const kinds = letters.filter(({ to }) => to.includes(reader)).map(({ kind }) => noticeKinds[kind].label[locale])
      const counted = [...new Set(kinds)].map((kind) => fast.mails.times(kind, kinds.filter((other) => other === kind).length))
      return [reader, list(counted)]
    }),
  )
  if (others > 0) narrator.remark(fast.mails.gathered(others))
}
