import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { isNoticeKind, type NoticeKind } from '../../domain/notices/kinds.ts'

/** A mail of a ticket, as its reader sees it. */
export interface Letter {
  /** Tells mails apart. */
  readonly name: string
  /** The event that it tells of. */
  readonly seq: number
  readonly kind: NoticeKind
  readonly to: readonly string[]
  readonly subject: string
  /** Without the footer. */
  readonly text: string
}

/**
 * The mails that the product has kept as files about a ticket, in the order of their events; each is given once. Where the
 * product has a mail server there are none.
 */
export function mailFolder(folder: string): (ticket: string) => Promise<readonly Letter[]> {
  const read = new Set<string>()
  return async (ticket) => {
    // The product makes the folder with its first mail, and only for its own account to read.
    const names = await readdir(folder).catch(() => [])
    const named = names.flatMap((name) => {
      const [, seq, kind = ''] = namePattern.exec(name.startsWith(`${ticket}-`) ? name.slice(ticket.length) : '') ?? []
      return seq !== undefined && isNoticeKind(kind) && !read.has(name) ? [{ name, seq: Number(seq), kind }] : []
    })
    for (const { name } of named) read.add(name)
    const letters = await Promise.all(named.map(async (mail) => ({ ...mail, ...(await readMail(join(folder, mail.name))) })))
    return letters.toSorted((a, b) => a.seq - b.seq || (a.name < b.name ? -1 : 1))
  }
}

/** The notice that a mail is, in the name of its file: sequence number, kind, and for whom. */
const namePattern = /^-(\d+)-([a-z-]+?)-(?:customer|person|team|role)(?:-.*)?\.eml$/

async function readMail(path: string): Promise<Pick<Letter, 'to' | 'subject' | 'text'>> {
  const { to = [], subject = '', text = '' } = await PostalMime.parse(await readFile(path))
  const [said = ''] = text.replaceAll('\r\n', '\n').split('\n-- \n')
  return { to: to.map(({ name, address }) => name || address || '?'), subject, text: said.trim() }
}
