import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runApi } from '../../api/main.ts'
import { reboundHosts, statusAskedAs } from '../support/asked-as.ts'
import type { Config } from '../../runtime/config.ts'
import { parsed } from '../support/prometheus.ts'

/** The API on a socket, with neither Postgres nor Temporal there. */

/** Of the one address that reads a body without asking the database who calls. */
const secret = 'a-secret-of-thirty-two-characters'
const decode = `/codec/${secret}/decode`

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
  uiCodecSecret: secret,
  smtpUrl: undefined,
  mailFrom: { name: '', address: 'bihuan@localhost' },
  logLevel: 'silent',
  workerPort: undefined,
  drainSeconds: 0,
  customerLimits: { registrations: 20, acts: 100 },
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

async function timed(answer: () => Promise<string>): Promise<{ readonly answer: string; readonly seconds: number }> {
  const began = performance.now()
  return { answer: await answer(), seconds: (performance.now() - began) / 1_000 }
}

/** How many bodies were answered with that class of status. */
async function answered(status: string): Promise<number> {
  const figures = parsed(await (await fetch(`${api.url}/metrics`)).text())
  const labels = { method: 'POST', route: '/codec/{secret}/decode', status }
  return figures.value('bihuan_http_request_duration_seconds_count', labels) ?? 0
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
    ['no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a Host that is none', 'GET /health HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', 400],
    ['a target that is none', 'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
    ['headers without end', `GET /health HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ])('answers %s with a problem document too', async (_, bytes, status) => {
    const answer = await answerTo(bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer.toLowerCase()).toContain('content-type: application/problem+json')
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ type: '/problems/malformed-request', status })
  })

  it.each([
    ['zh-CN', 'q=发货', '例如 q=发货 写成 q=%E5%8F%91%E8%B4%A7'],
    ['zh-TW', 'q=出貨', '百分號編碼'],
    ['en', 'q=a b', 'Percent-encode everything else'],
  ])('says how an address is written that holds what it cannot, in the language of the request: %s', async (locale, query, remedy) => {
    const answer = await answerTo(`GET /api/tickets?${query} HTTP/1.1\r\nHost: x\r\nAccept-Language: ${locale}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain(`Content-Language: ${locale}`)
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({
      type: '/problems/malformed-target',
      detail: expect.stringContaining(remedy),
    })
  })

  it('is not there for a page on the web whose name was made to lead here', async () => {
    const { port } = new URL(api.url)
    expect(await statusAskedAs(`localhost:${port}`, `${api.url}/health`)).toBe(200)
    for (const path of ['/health', '/docs', '/metrics', '/api/tickets', '/codec/x/decode', '/nothing'])
      for (const host of reboundHosts) expect(await statusAskedAs(host, `${api.url}${path}`), `${path} as ${host}`).toBe(421)
    const answer = await answerTo('GET /health HTTP/1.1\r\nHost: rebound.example\r\nAccept-Language: zh-TW\r\nConnection: close\r\n\r\n')
    expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ type: '/problems/unknown-host', title: '存取所用的主機名稱不對' })
  })

  it('ends a client that sends its headers or its body by drops, when it was said to', async () => {
    const begun = `POST ${decode} HTTP/1.1\r\nHost: localhost\r\n`
    const [headers, body] = await Promise.all([
      timed(() => answerTo(begun)),
      timed(() => answerTo(`${begun}Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{`)),
    ])
    expect(headers.answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(body.answer).toMatch(/^HTTP\/1\.1 408 /)
    // Node asked by itself after 28 and 88 s.
    expect(headers.seconds).toBeGreaterThanOrEqual(10)
    expect(headers.seconds).toBeLessThan(20)
    expect(body.seconds).toBeGreaterThanOrEqual(60)
    expect(body.seconds).toBeLessThan(75)
  }, 120_000)

  it.each([
    ['of a length that was said', 'Content-Length: 100\r\n\r\n{"payloads"'],
    ['in pieces', 'Transfer-Encoding: chunked\r\n\r\nb\r\n{"payloads"\r\n'],
  ])('counts a client that hangs up in mid-body %s as such, not as a database that is away', async (_, rest) => {
    const { hostname, port } = new URL(api.url)
    const before = { refused: await answered('4xx'), failed: await answered('5xx') }
    const socket = connect(Number(port), hostname)
    socket.write(`POST ${decode} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${rest}`)
    await sleep(300)
    socket.destroy()
    await vi.waitFor(async () => expect(await answered('4xx')).toBe(before.refused + 1), { timeout: 20_000, interval: 200 })
    expect(await answered('5xx')).toBe(before.failed)
  })

  it('does not read a body that is compressed, and says which bodies it reads', async () => {
    const body = gzipSync('{"payloads": []}')
    const headers = { 'Content-Type': 'application/json' }
    const refused = await fetch(`${api.url}${decode}`, { method: 'POST', body, headers: { ...headers, 'Content-Encoding': 'gzip' } })
    expect([refused.status, refused.headers.get('accept-encoding')]).toEqual([415, 'identity'])
    expect(await refused.json()).toMatchObject({
      type: '/problems/unsupported-encoding',
      detail: 'Send the body as it is, without Content-Encoding (gzip). It may be 1 MiB long.',
    })
    const plain = { method: 'POST', body: '{"payloads": []}', headers: { ...headers, 'Content-Encoding': 'identity' } }
    expect((await fetch(`${api.url}${decode}`, plain)).status).toBe(200)
  })

  it('refuses a port that is taken', async () => {
    await expect(runApi({ ...config, port: Number(new URL(api.url).port) }, pino({ level: 'silent' }))).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
  })
})
