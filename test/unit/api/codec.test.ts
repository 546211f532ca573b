import { processes } from '../../../processes/index.ts'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../api/app.ts'
import { createGateway } from '../../../gateway/gateway.ts'
import { createRateLimit } from '../../../api/http/rate.ts'
import { connect } from '../../../db/connect.ts'
import { keysOf } from '../../../db/contact-vault.ts'
import { systemClock } from '../../../runtime/clock.ts'
import { createPayloadVault } from '../../../runtime/payload-codec.ts'

/** The codec endpoint as the Temporal UI that comes along uses it; with tokens: test/integration/codec.test.ts. */

const key = Buffer.alloc(32, 1)
const sealing = { keys: [key], temporalNamespace: 'default' } as const
const vault = createPayloadVault(sealing)
const secret = 's3cret'.repeat(8)
const ui = 'http://127.0.0.1:8233'
const lines: string[] = []
const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })

function appWith(given: string | undefined) {
  // Neither is asked for anything.
  const db = connect('postgres://nobody@127.0.0.1:1/none')
  const gateway = createGateway({ ...sealing, processes, temporalAddress: '127.0.0.1:1', taskQueue: 'none' })
  return createApp({
    processes,
    db,
    gateway,
    clock: systemClock,
    keys: keysOf(key),
    codec: { vault, uis: [ui], secret: given },
    customerLimits: { registrations: 1, acts: 1 },
    log,
  }).app
}
const app = appWith(secret)

const clear = { metadata: { encoding: base64('json/plain') }, data: base64('"首次响应 · warning"') }
const sealed = inJson(vault.seal({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"首次响应 · warning"') }, 'TS1'))

describe('the codec endpoint of the UI that comes along', () => {
  it('answers payloads in clear, in their order, and leaves plain ones as they are', async () => {
    const answer = await decode({ payloads: [sealed, clear] }, { 'X-Namespace': 'default', Origin: ui })
    expect([answer.status, await answer.json()]).toEqual([200, { payloads: [clear, clear] }])
    expect(answer.headers.get('access-control-allow-origin')).toBe(ui)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('lets pages of the UI ask, and of nobody else', async () => {
    const preflight = async (origin: string) =>
      app.request(`/codec/${secret}/decode`, {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type,x-namespace' },
      })
    const headers = (await preflight(ui)).headers
    expect(headers.get('access-control-allow-origin')).toBe(ui)
    expect(headers.get('access-control-allow-headers')).toMatch(/authorization/i)
    expect((await preflight('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
    const elsewhere = await decode({ payloads: [sealed] }, { Origin: 'http://evil.example' })
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('is not there with another secret, nor without one, and never logs it', async () => {
    for (const [where, address] of [
      [app, '/codec/wrong/decode'],
      [appWith(undefined), `/codec/${secret}/decode`],
    ] as const) {
      expect((await where.request(address, { method: 'POST', body: '{"payloads":[]}', headers: json })).status).toBe(404)
    }
    expect(lines.join('')).toContain('/codec/…/decode')
    expect(lines.join('')).not.toContain(secret)
  })

  it.each([
    ['another namespace', { payloads: [] }, { 'X-Namespace': 'other' }, [{ path: 'X-Namespace', code: 'other-namespace' }]],
    [
      'a changed payload',
      { payloads: [clear, { ...sealed, data: base64('x'.repeat(80)) }] },
      {},
      [{ path: 'payloads[1]', code: 'payload-tampered' }],
    ],
    [
      'an unknown key',
      { payloads: [{ ...sealed, metadata: { ...sealed.metadata, 'encryption-key-id': base64('00000000') } }] },
      {},
      [{ path: 'payloads[0]', code: 'payload-unknown-key' }],
    ],
    ['half a payload', { payloads: [{ metadata: sealed.metadata }] }, {}, [{ path: 'payloads[0]', code: 'payload-malformed' }]],
    ['no base64', { payloads: [{ data: '!' }] }, {}, [{ path: 'payloads[0].data' }]],
    ['too many', { payloads: Array.from({ length: 501 }, () => ({})) }, {}, [{ path: 'payloads' }]],
    ['no payloads', {}, {}, [{ path: 'payloads' }]],
  ])('refuses %s by name', async (_, body, headers, errors) => {
    const answer = await decode(body, headers)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect([answer.status, await answer.json()]).toMatchObject([422, { type: '/problems/invalid-input', errors }])
  })
})

it('a caller is let through as often as agreed, and others are not held up by it', () => {
  const mayNow = createRateLimit({ perSecond: 2, burst: 3 })
  expect([0, 0, 0, 0, 500, 500].map((at) => mayNow('a', at))).toEqual([true, true, true, false, true, false])
  expect(mayNow('b', 500)).toBe(true)
  expect([0, 1, 2, 3].map((n) => mayNow('a', 60_000 + n))).toEqual([true, true, true, false])
})

const json = { 'Content-Type': 'application/json' }

function decode(body: unknown, headers: Record<string, string> = {}) {
  return app.request(`/codec/${secret}/decode`, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) })
}

function inJson({ metadata, data }: ReturnType<typeof vault.seal>) {
  return {
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')])),
    data: Buffer.from(data ?? []).toString('base64'),
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
