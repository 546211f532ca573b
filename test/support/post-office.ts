import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A real mail server that one can switch off, and that refuses or hangs up as a test wants. */
export interface PostOffice {
  readonly url: string
  /** Mails taken, in the order they came. */
  readonly mails: Delivered[]
  /** What is said to a recipient instead of taking the mail. */
  readonly refused: Map<string, { readonly code: number; readonly words: string }>
  /** Connections made so far. */
  connections(): number
  /** The next mails are taken, and the connection is lost before the sender hears of it. */
  hangUpAfter(mails: number): void
  /** From now on nobody is told whether their mail is taken, until what this returns is called. */
  hesitates(): () => void
  /** From now on each mail is taken only after so long. */
  takesItsTime(ms: number): void
  /** Mails about which somebody waits for that. */
  waiting(): number
  close(): Promise<void>
  /** On the same port as before. */
  open(): Promise<void>
}

export interface Delivered {
  readonly to: readonly string[]
  readonly mail: ParsedMail
  readonly raw: string
}

export async function openPostOffice(): Promise<PostOffice> {
  const mails: Delivered[] = []
  const refused: PostOffice['refused'] = new Map()
  let port = 0
  let connections = 0
  let hangUps = 0
  let pauseMs = 0
  let waiting = 0
  let decided: Promise<void> | undefined
  let server: SMTPServer | undefined

  const open = async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      closeTimeout: 100,
      onConnect(_session, callback) {
        connections += 1
        callback()
      },
      onRcptTo({ address }, _session, callback) {
        const answer = async () => {
          waiting += 1
          await decided
          waiting -= 1
          const refusal = refused.get(address)
          callback(refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.code }) : null)
        }
        void answer()
      },
      onData(stream, session, callback) {
        const taken = async () => {
          const raw = await buffer(stream)
          if (pauseMs > 0) await sleep(pauseMs)
          mails.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            mail: await simpleParser(raw),
            raw: raw.toString('utf8'),
          })
          if (hangUps === 0) return callback(null, 'taken')
          hangUps -= 1
          for (const connection of server?.connections ?? []) if (connection.id === session.id) connection._socket?.destroy()
        }
        void taken()
      },
    })
    // What clients that hang up leave behind is theirs to complain about.
    server.on('error', () => {})
    server.listen(port, '127.0.0.1')
    await once(server.server, 'listening')
    const address = server.server.address()
    if (address === null || typeof address === 'string') throw new Error('the post office has no port')
    port = address.port
  }
  await open()
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refused,
    connections: () => connections,
    hangUpAfter(count) {
      hangUps = count
    },
    hesitates() {
      let decide = () => {}
      decided = new Promise((resolve) => {
        decide = resolve
      })
      return () => {
        decided = undefined
        decide()
      }
    },
    takesItsTime(ms) {
      pauseMs = ms
    },
    waiting: () => waiting,
    open,
    async close() {
      const closing = server
      if (!closing) return
      server = undefined
      for (const connection of closing.connections) connection._socket?.destroy()
      await new Promise<void>((resolve) => {
        closing.close(() => resolve())
      })
    },
  }
}
