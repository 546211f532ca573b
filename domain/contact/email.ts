import { z } from 'zod'
import { fold, seen } from '../text.ts'

/** E-mail addresses as people write and copy them. */

/** The address as it is kept: as it was written, without what copying it leaves around it. */
export function addressed(text: string): string {
  return seen(text)
    .trim()
    .replace(/^mailto:/i, '')
    .trim()
}

export function isEmail(text: string): boolean {
  return emailSchema.safeParse(text).success
}

const emailSchema = z.email()

/** `mailto:zhang@example.com` */
export function emailKey(text: string): string {
  return `mailto:${fold(text)}`
}

/** `zh***@example.com`: never more than half of the mailbox. */
export function maskEmail(text: string): string {
  const at = text.lastIndexOf('@')
  if (at < 1) return '***'
  const mailbox = [...text.slice(0, at)]
  return `${mailbox.slice(0, Math.min(2, Math.floor(mailbox.length / 2))).join('')}***${text.slice(at)}`
}
