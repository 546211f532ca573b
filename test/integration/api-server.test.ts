import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runApi } from '../../api/main.ts'
import { reboundHosts, statusAskedAs } from '../support/asked-as.ts'
import type { Config } from '../../runtime/config.ts'

/** The API on a socket, with neither Postgres nor Temporal there. */

const config: Config = {
  port: 0,
  host: '127.0.0.1',
  temporalAddress: '127.0.0.1:1',
  temporalNamespace: 'default',
  taskQueue: 'bihuan',
  databaseUrl: 'postgres://127.0.0.1:1/none',
  dataDir: '.bihuan',
  keys: [Buffer.alloc(32, 7)],
  temporalUis: [],
  uiCodecSecret: undefined,
  smtpUrl: undefined,
  mailFrom: { name: '', address: 'bihuan@localhost' },
  logLevel: 'silent',
  workerPort: undefined,
  drainSeconds: 0,
  hosts: ['127.0.0.1', 'localhost'],
  embedded: false,
}

let api: Awaited<ReturnType<typeof runApi>>
beforeAll(async () => {
  api = await runApi(config, pino({ level: 'silent' }))
})
afterAll(() => api.stop())

/** What comes back to these very bytes. */
async function answerTo(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  socket.write(bytes)
  return text(socket)
}

describe('the server', () => {
  it('serves and says what is away', async () => {
    expect((await fetch(`${api.url}/health`)).status).toBe(200)
    const ready = await fetch(`${api.url}/ready`)
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not ready', postgres: 'away', temporal: 'away', migrations: 'unknown' },
    ])
  })

  it.each([
    ['no HTTP at all', 'garbage\r\n\r\n', 400],
    ['an unknown method', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a Host that is none', 'GET /health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['a target that is none', 'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['headers without end', `GET /health HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('answers %s with a problem document too', async (_, bytes, status) => {
    const answer = await answerTo(bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json')
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ type: '/problems/malformed-request', status })
  })

  it('is not there for a page on the web whose name was made to lead here', async () => {
    const { port } = new URL(api.url)
    expect(await statusAskedAs(`localhost:${port}`, `${api.url}/health`)).toBe(200)
    for (const path of ['/health', '/docs', '/metrics', '/api/tickets', '/codec/x/decode', '/nothing'])
      for (const host of reboundHosts) expect(await statusAskedAs(host, `${api.url}${path}`), `${path} as ${host}`).toBe(421)
    const answer = await answerTo('GET /health HTTP/1.1\r\nHost: rebound.example\r\nAccept-Language: zh-TW\r\nConnection: close\r\n\r\n')
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ type: '/problems/unknown-host', title: '存取所用的主機名稱不對' })
  })

  it('refuses a port that is taken', async () => {
    await expect(runApi({ ...config, port: Number(new URL(api.url).port) }, pino({ level: 'silent' }))).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})
