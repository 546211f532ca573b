import { createServer } from 'node:http'

/** What a path answers with. */
export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

export type Paths = Readonly<Record<string, () => Promise<Answer>>>

/**
 * A small HTTP listener for machines that look after the worker: one path, one answer. Port 0 takes any free one.
 * @throws Error when the port is taken
 */
export async function servePaths(host: string, port: number, paths: Paths): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = paths[new URL(request.url ?? '/', 'http://worker').pathname]
    void (async () => {
      const { status, type, body } = answer && request.method === 'GET' ? await answer() : notFound
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body)
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${typeof address === 'object' && address ? address.port : port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, type: 'application/json', body: JSON.stringify(body) }
}

const notFound: Answer = { status: 404, type: 'text/plain', body: 'There is nothing here.\n' }
