import { resolve } from 'node:path'
import { z } from 'zod'

/** What each variable of the environment may hold, and what it says; a message ends with the remedy. */

export const logLevels = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
  error: 'must be one of trace, debug, info, warn, error, fatal, silent. Leave it out for info',
})

export const port = (left: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `must be a whole number from 0 to 65535. ${left}; 0 takes any free port`)
    .transform(Number)
    .refine((value) => value <= 65_535, `must be at most 65535. ${left}; 0 takes any free port`)

export const drainSeconds = z
  .string()
  .regex(/^(?:\d|[1-5]\d|60)$/, 'must be a whole number of seconds from 0 to 60. Leave it out for 0')
  .transform(Number)
  .default(0)

/** How often a day; generous for a person, little for a program. */
export const timesADay = (usual: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/, `must be a whole number from 1 to 999999. Leave it out for ${usual}`)
    .transform(Number)
    .default(usual)

export const address = z
  .string()
  .regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'must be host:port without a scheme, such as 127.0.0.1:7233')

export const postgresUrl = z.string().refine((value) => hasScheme(value, ['postgres:', 'postgresql:']), {
  message: 'must be a URL such as postgres://user:password@host:5432/bihuan',
})

export const smtpUrl = z.string().refine((value) => hasScheme(value, ['smtp:', 'smtps:']), {
  message: 'must be a URL such as smtp://user:password@host:587. Leave it out to keep each mail as a file in the data folder',
})

export const mailFrom = z.string().transform((text, context): MailSender => {
  const [, quoted, plain, inside] = /^(?:"([^"]*)"[ \t]{0,9}|([^"<>]*))<([^<>]+)>$/.exec(text.trim()) ?? []
  const sender = { name: quoted ?? plain?.trim() ?? '', address: (inside ?? text).trim() }
  if (senderAddress.test(sender.address) && !/\p{Cc}/u.test(text)) return sender
  context.addIssue({ code: 'custom', message: 'must be an address such as support@example.com or 客服中心 <support@example.com>' })
  return z.NEVER
})
/** `bihuan@localhost` is one too: not every mail leaves the house. */
export const senderAddress = /^[^\s@<>"(),:;]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/

/** What browsers call a page's origin: scheme, host and port. */
export const origins = z.string().transform((text, context): string[] => {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.every((part) => hasScheme(part, ['http:', 'https:']))) return parts.map((part) => new URL(part).origin)
  context.addIssue({
    code: 'custom',
    message:
      'must be the URL of the Temporal UI, such as https://temporal.example.com; several are separated by commas. Leave it out where there is none',
  })
  return z.NEVER
})

/** Names as they stand in a Host header, without the port. */
export const hostNames = z.string().transform((text, context): string[] => {
  const names = text.split(',').map((part) => part.trim().toLowerCase())
  if (names.every((name) => /^[a-z\d.-]+$|^\[[\da-f:.]+\]$/.test(name))) return names
  context.addIssue({
    code: 'custom',
    message:
      'must be host names without scheme and port, such as tickets.example.com; several are separated by commas. Leave it out for loopback alone',
  })
  return z.NEVER
})

export const dataDir = z
  .string()
  .default('.bihuan')
  .transform((value) => resolve(value))

/** Whom mails come from. */
export type MailSender = { name: string; address: string }

function hasScheme(value: string, schemes: readonly string[]): boolean {
  return URL.canParse(value) && schemes.includes(new URL(value).protocol)
}
