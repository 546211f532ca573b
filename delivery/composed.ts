import type { SendMailOptions } from 'nodemailer'
import type { Mail } from './mail.ts'

/** The mail in nodemailer's terms. */
export function composed({ from, to, subject, text, html, messageId, references, headers, date }: Mail): SendMailOptions {
  return {
    from: { ...from },
    to: to.map((address) => ({ ...address })),
    subject,
    text,
    html,
    messageId,
    ...(references !== null && { inReplyTo: references, references }),
    headers: { ...headers },
    date,
    // Chinese in quoted-printable takes three times the room.
    textEncoding: 'base64',
    // Nothing in a mail is fetched from elsewhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
