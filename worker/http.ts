import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Logger } from '../runtime/logging.ts'
import { isOneOf } from '../runtime/host-names.ts'
import { httpUrl } from '../runtime/ports.ts'
import { own } from '../domain/own.ts'
import { slowClients } from '../runtime/slow-clients.ts'

/** What a path of the worker answers to GET. */
export interface Page {
  readonly status?: number
  readonly contentType: string
  readonly text: string
}

/** A page of one JSON value. */
export function jsonPage(status: number, value: unknown): Page {
  return { status, contentType: 'application/json', text: JSON.stringify(value) }
}

/** Where it listens, and the only names under which it may be asked for; absent: any. */
export interface Place {
  readonly host: string
  readonly hosts?: readonly string[] | undefined
  readonly port: number
}

export type Paths = Readonly<Record<string, () => Promise<Page>>>

/**
 * Serves a few paths of the worker to machines: what it measures, and how it is. Not for the world: there is no sign-in.
 * @throws Error when the port is taken
 */
export async function servePaths(
  { host, hosts, port }: Place,
  paths: Paths,
  log: Logger,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer({ ...slowClients, requestTimeout: slowClients.headersTimeout }, (request, response) => {
    if (hosts && !isOneOf(hosts, request.headers.host))
      response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8' }).end(unknownHost)
    else void answer(request, response, paths, log)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const taken = typeof address === 'object' && address ? address.port : port
  return {
    url: httpUrl(host, taken),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // Scrapers keep their connections; nobody is in the middle of anything that matters.
        server.closeAllConnections()
      }),
  }
}

const unknownHost = 'The Host header names none of the names of this service; BIHUAN_HOSTS adds some.\n'

async function answer(request: IncomingMessage, response: ServerResponse, paths: Paths, log: Logger): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  const page = own(paths, path)
  try {
    if (!page) return say({ status: 404, text: `Nothing here. There is: ${Object.keys(paths).join(', ')}` })
    if (request.method !== 'GET' && request.method !== 'HEAD') return say({ status: 405, text: 'GET only' }, { Allow: 'GET, HEAD' })
    say(await page())
  } catch (err) {
    log.warn({ err, path }, 'a page of the worker failed')
    say({ status: 500, text: 'It went wrong; the log says why' })
  }

  function say(
    { status = 200, contentType = 'text/plain; charset=utf-8', text }: Partial<Page>,
    headers: Record<string, string> = {},
  ): void {
    response.writeHead(status, { 'Content-Type': contentType, 'Cache-Control': 'no-store', ...headers })
    response.end(request.method === 'HEAD' ? undefined : text)
  }
}
