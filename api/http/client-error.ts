import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { problemText, type Speech } from '../messages/render.ts'
import { own } from '../../domain/own.ts'

/**
 * Answers what is not even a request (too long headers, no HTTP, too slow): as a problem document like everything else,
 * in English, since no language was understood.
 */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, phrase] = own(known, error.code ?? '') ?? [400, 'Bad Request']
  const { headers, body } = unreadable(status, phrase)
  const head = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.end([`HTTP/1.1 ${status} ${phrase}`, ...head, '', body].join('\r\n'))
}

/** Answers a request whose target or Host is none, before any route sees it. */
export function answerUnreadable(): Response {
  const { headers, body } = unreadable(400, 'its target or its Host header is not valid')
  return new Response(body, { status: 400, headers })
}

function unreadable(status: number, reason: string): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const requestId = randomUUID()
  return {
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', 'Content-Language': 'en', 'X-Request-Id': requestId },
    body: JSON.stringify({
      type: '/problems/malformed-request',
      status,
      ...problemText('malformed-request', { reason }, english),
      errors: [],
      requestId,
    }),
  }
}

const known: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
}

const english: Speech = { locale: 'en', zone: 'UTC', names: {}, commands: {}, stages: {} }
