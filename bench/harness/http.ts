import { Agent, request } from 'node:http'

/** A plain HTTP client on kept connections: what it costs itself is part of both sides of a comparison. */

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export interface Call {
  readonly method: 'GET' | 'POST'
  readonly token?: string
  readonly body?: unknown
}

/** The parsed JSON answer. @throws Error with what was answered, when that is not a success */
export async function call(url: string, { method, token, body }: Call): Promise<unknown> {
  const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(sent && { 'content-type': 'application/json', 'content-length': sent.byteLength }),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }))
        response.on('error', reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(sent)
  })
  if (status < 200 || status > 299) throw new Error(`${method} ${url} answered ${status}: ${text}`)
  return JSON.parse(text)
}

/** Ends the kept connections, which a server that stops would wait for. */
export function hangUp(): void {
  agent.destroy()
}
