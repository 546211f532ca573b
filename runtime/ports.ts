import { createServer } from 'node:net'

/** The wished port when it is free on `host`, else any free one. 0 wishes for any. */
export async function freePort(wished: number, host = '127.0.0.1'): Promise<number> {
  return (await tryListen(wished, host)) ?? (await tryListen(0, host)) ?? wished
}

/** The address of what listens there; an IPv6 host stands in brackets. */
export function httpUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function tryListen(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined))
    })
  })
}
