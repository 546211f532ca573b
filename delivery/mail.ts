import { createHash } from 'node:crypto'
import type { Locale } from '../domain/labels.ts'
import { fill } from '../domain/template.ts'
import { words } from './words.ts'

/** One mail, whole: what any transport hands over. */
export interface Mail {
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
  /** The mail that it hangs together with others by; null for one that stands alone. */
  readonly references: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly date: Date
  /** Names the mail among files: the same for the same notice. */
  readonly name: string
}

export interface MailAddress {
  readonly name: string
  readonly address: string
}

/** What makes a notice this one: a repeat is the same mail. */
export interface Identity {
  readonly process: string
  readonly seq: number
  readonly kind: string
  readonly recipientKind: string
  readonly recipientId: string | null
}

export interface Letter {
  readonly language: Locale
  readonly subject: string
  /** Paragraphs apart by an empty line, lines kept. */
  readonly text: string
  /** Why it comes to this reader; above the text. */
  readonly remarks: readonly string[]
  /** The text is meant for somebody else, to whom it is to be read out. */
  readonly quoted: boolean
  /** Who writes and how to reach them; absent: nobody in particular. */
  readonly signature?: string | undefined
}

/** What tells of one process. */
export interface ProcessLetter extends Letter {
  /** What its type is called, in the language of the letter. */
  readonly process: string
}

interface Envelope {
  readonly from: MailAddress
  readonly to: readonly MailAddress[]
  readonly date: Date
}

export function mailOf(notice: Identity, letter: ProcessLetter, envelope: Envelope): Mail {
  const domain = domainOf(envelope)
  const process = atom(notice.process)
  return {
    ...written(letter, footerOf(notice.process, letter), envelope),
    messageId: `<${[process, notice.seq, notice.kind, recipientHash(notice)].join('.')}@${domain}>`,
    // Nobody gets every mail of a process: they hang together by an ancestor that was never sent.
    references: `<${process}@${domain}>`,
    // Of whatever type it is, as before there were types: rules of mail programs sort by the name, and one rule does for all.
    headers: { ...automatic, 'X-Bihuan-Ticket': process },
    name: [notice.process, notice.seq, notice.kind, notice.recipientKind, ...(notice.recipientId === null ? [] : [notice.recipientId])]
      .join('-')
      .replaceAll(/[^\w.@-]/g, '_'),
  }
}

/** What a mail about that process says with the letter, as plain text. */
export function textOf(number: string, letter: ProcessLetter): string {
  return plain(letter, footerOf(number, letter))
}

function footerOf(number: string, { language, process, signature }: ProcessLetter): string {
  const filling = { number, signature, process: language === 'en' ? beginning(process) : process }
  return fill(words[signature === undefined ? 'footer' : 'signed'][language], filling)
}

function beginning(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The mail of a digest: its id makes it this one. */
export function digestMailOf(id: string, letter: Letter, envelope: Envelope): Mail {
  const name = `digest-${atom(id)}`
  return {
    ...written(letter, words.digestFooter[letter.language], envelope),
    messageId: `<${name}@${domainOf(envelope)}>`,
    references: null,
    headers: { ...automatic, 'X-Bihuan-Digest': atom(id) },
    name,
  }
}

function written(letter: Letter, footer: string, { from, to, date }: Envelope) {
  return { from, to, date, subject: letter.subject, text: plain(letter, footer), html: html({ ...letter, footer }) }
}

function plain({ text, remarks, quoted }: Letter, footer: string): string {
  return `${[...remarks, quoted ? quote(text) : text, `-- \n${footer}`].join('\n\n')}\n`
}

/** Absence notes and other robots do not answer (RFC 3834). */
const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

function domainOf({ from }: Envelope): string {
  return from.address.slice(from.address.lastIndexOf('@') + 1)
}

function recipientHash({ recipientKind, recipientId }: Identity): string {
  return createHash('sha256')
    .update(JSON.stringify([recipientKind, recipientId]))
    .digest('hex')
    .slice(0, 12)
}

/** What may stand left of the @ of a message id. */
function atom(text: string): string {
  return text.replaceAll(/[^\w-]+/g, '-')
}

function quote(text: string): string {
  return text.replaceAll(/^/gm, '> ')
}

interface Page extends Letter {
  readonly footer: string
}

/** The same words for programs that show HTML. Styles stand inline, since most mail programs drop everything else. */
function html({ language, subject, text, remarks, quoted, footer }: Page): string {
  const frame = quoted ? 'margin:0 0 16px;padding:4px 16px;border-left:3px solid #c9d3df' : 'margin:0'
  return [
    `<!DOCTYPE html>`,
    `<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>`,
    `<body style="margin:0;padding:24px 12px;background:#f4f6f8">`,
    `<div style="max-width:600px;margin:0 auto;padding:24px 28px;background:#ffffff;border:1px solid #e3e8ee;border-radius:6px;color:#1f2933;font:15px/1.7 -apple-system,BlinkMacSystemFont,'PingFang SC','PingFang TC','Microsoft YaHei','Microsoft JhengHei','Noto Sans CJK SC','Noto Sans SC',sans-serif">`,
    ...remarks.map((remark) => `<p style="margin:0 0 16px;padding:8px 12px;background:#fff8e6;border-radius:4px">${lines(remark)}</p>`),
    `<div style="${frame}">`,
    ...text.split(/\n{2,}/).map((paragraph) => `<p style="margin:0 0 16px">${lines(paragraph)}</p>`),
    `</div>`,
    `<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #e3e8ee;color:#7b8794;font-size:12px">${lines(footer)}</p>`,
    `</div></body></html>`,
  ].join('\n')
}

function lines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
