import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { composed } from './composed.ts'
import { messageOf, withoutAddresses, type Handed, type Transport } from './transport.ts'

/** At most so many conversations with the mail server at once; as many as delivery sends at a time. */
export const smtpConnections = 8
/** A server that says nothing for a minute is not going to. */
const silenceMs = 60_000
const connectMs = 20_000
/** RFC 5321 lets a server take ten minutes over the last dot; none that one would want to use takes three. */
const patienceMs = 180_000

/** Mails go to the server of `url` over connections that are kept. */
export function smtpTransport(url: string): Transport {
  const server = createTransport({
    url,
    pool: true,
    maxConnections: smtpConnections,
    // Only what has not begun to go out is tried again on another connection; anything else is ours to decide.
    maxRequeues: 1,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    dnsTimeout: connectMs,
  })
  let asking: Promise<boolean> | undefined

  return {
    patienceMs,
    async send(mail, cut) {
      try {
        const { response, rejected } = await server.sendMail({
          ...composed(mail),
          signal: AbortSignal.any([cut, AbortSignal.timeout(patienceMs)]),
        })
        const remark = rejected.length === 0 ? null : `${rejected.length} of ${mail.to.length} addresses were refused`
        return { kind: 'taken', providerId: withoutAddresses(response), remark }
      } catch (error) {
        return cut.aborted ? { kind: 'cut' } : failure(error)
      }
    },
    close: () => server.close(),
  }

  async function failure(error: unknown): Promise<Handed> {
    const words = withoutAddresses(messageOf(error))
    const { code, command, responseCode } = smtpError.parse(error)
    // A connection or a login that fails fails for everybody; so does a sender that is not allowed.
    const aboutThisMail = command === 'RCPT TO' || command === 'DATA'
    if (aboutThisMail && responseCode !== undefined && responseCode >= 500) return { kind: 'permanent', words }
    if (code === 'EAUTH' || (command === 'MAIL FROM' && responseCode !== undefined && responseCode >= 500))
      return { kind: 'unreachable', words }
    if (responseCode !== undefined && responseCode !== 421 && (aboutThisMail || command === 'MAIL FROM'))
      return { kind: 'temporary', words }
    // Lost in the middle: was it the server, or does this mail make it hang up?
    return (await answers()) ? { kind: 'temporary', words } : { kind: 'unreachable', words }
  }

  /** Whether the server takes a connection and a login now; asked once for all that wonder at the same time. */
  async function answers(): Promise<boolean> {
    asking ??= server
      .verify()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = undefined
      })
    return asking
  }
}

const smtpError = z.object({
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
})
