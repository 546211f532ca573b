import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { said, type Labels, type Locale } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { plainSpeech, problemText } from '../messages/render.ts'
import { localeOf } from './locale.ts'

/**
 * Answers what is not even a request (a target that is not encoded, too long headers, no HTTP, too slow): as a problem document like
 * everything else, in the language that stands in what could be read of it.
 */
export function answerClientError(error: Error & { readonly code?: string; readonly rawPacket?: Buffer }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, phrase, reason] = own(known, error.code ?? '') ?? unknown
  const read = error.rawPacket?.toString('latin1', 0, mostRead) ?? ''
  const locale = localeOf(/^accept-language:([^\r\n]*)/im.exec(read)?.[1])
  const { headers, body } = unreadable(status, status === 400 && hasBareTarget(read) ? undefined : reason, locale)
  const head = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  socket.end([`HTTP/1.1 ${status} ${phrase}`, ...head, '', body].join('\r\n'))
}

/** Answers a request whose target or Host is none, before any route sees it. */
export function answerUnreadable(): Response {
  const { headers, body } = unreadable(
    400,
    said('地址或 Host 请求头无效', '位址或 Host 標頭無效', 'its target or its Host header is not valid'),
    'en',
  )
  return new Response(body, { status: 400, headers })
}

/** Whether the target holds what has to be encoded: a blank, or anything beyond ASCII. */
function hasBareTarget(read: string): boolean {
  const [, target] = /^[A-Z]{3,10} (\/.*?) HTTP\/1\.[01]\r?$/m.exec(read) ?? []
  return target !== undefined && /[^!-~]/.test(target)
}

/** Without a reason: that the target is not encoded. */
function unreadable(
  status: number,
  reason: Labels | undefined,
  locale: Locale,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const requestId = randomUUID()
  const code = reason === undefined ? 'malformed-target' : 'malformed-request'
  return {
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', 'Content-Language': locale, 'X-Request-Id': requestId },
    body: JSON.stringify({
      type: `/problems/${code}`,
      status,
      ...problemText(code, reason ? { reason: reason[locale] } : {}, plainSpeech(locale)),
      errors: [],
      requestId,
    }),
  }
}

const unknown = [400, 'Bad Request', said('它不是有效的 HTTP 请求', '它不是有效的 HTTP 請求', 'it is not HTTP')] as const

const known: Readonly<Record<string, readonly [status: number, phrase: string, reason: Labels]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', said('请求头过长', '標頭過長', 'its headers are too long')],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', said('发送过慢', '傳送過慢', 'it was sent too slowly')],
}

/** Of what could not be read; headers are longer nowhere. */
const mostRead = 16_384
