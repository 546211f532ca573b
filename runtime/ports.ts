import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The wished port when it is free on `host`, else any free one. 0 wishes for any. Until somebody listens on it, for the minute
 * that systems remember a closed connection, no outgoing connection and nobody else who asks for any port is given it.
 */
export async function freePort(wished: number, host = '127.0.0.1'): Promise<number> {
  return (await tryListen(wished, host)) ?? (await tryListen(0, host)) ?? wished
}

/** The address of what listens there; an IPv6 host stands in brackets. */
export function httpUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function tryListen(port: number, host: string): Promise<number | undefined> {
  // Clients of who listened here before call again and again: they are turned away.
  const server = createServer((caller) => caller.destroy())
  try {
    await once(server.listen({ port, host, exclusive: true }), 'listening')
  } catch {
    return undefined
  }
  const address = server.address()
  const got = typeof address === 'object' && address ? address.port : undefined
  if (got !== undefined) await leaveATrace(got, host)
  await closed(server)
  return got
}

/** A connection that the listening side closes first stays behind in TIME_WAIT: listening is allowed there, nothing else is. */
async function leaveATrace(port: number, host: string): Promise<void> {
  const caller = connect({ port, host }).resume()
  // Where one cannot call oneself, or is not heard among many, there is no trace, and the port is free all the same.
  caller.on('error', () => undefined)
  const turnedAway = new Promise((resolve) => caller.once('close', resolve))
  await Promise.race([turnedAway, sleep(patienceMs)])
  caller.destroy()
}

const patienceMs = 500

function closed(server: Server): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve))
}
