import { processes } from '../../../processes/index.ts'
import { pino } from 'pino'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogues } from '../../../api/messages/catalogues.ts'
import { fieldCodes, problemCodes } from '../../../api/problems/schemas.ts'
import { oneOf } from '../../../api/problems/words.ts'
import { createApp } from '../../../api/app.ts'
import type { Gateway } from '../../../gateway/gateway.ts'
import { connect } from '../../../db/connect.ts'
import { keysOf } from '../../../db/contact-vault.ts'
import { roleSchema } from '../../../domain/people.ts'
import { systemClock } from '../../../runtime/clock.ts'
import { createPayloadVault } from '../../../runtime/payload-codec.ts'
import { parsed } from '../../support/prometheus.ts'
import { isForPeople } from '../../../workflows/process.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { noSchedules } from '../../support/no-schedules.ts'

/** The API where nothing else is there: no database answers, and Temporal is away. */

const db = connect('postgres://127.0.0.1:1/none', { connectTimeoutMs: 500 })
const away: Gateway = {
  schedules: noSchedules,
  findable: () => Promise.reject(new Error('not asked')),
  start: () => Promise.reject(new Error('not asked')),
  step: () => Promise.reject(new Error('not asked')),
  wake: () => Promise.reject(new Error('not asked')),
  batch: () => Promise.reject(new Error('not asked')),
  reachable: () => Promise.resolve({ ok: false, reason: 'nobody there' }),
  close: () => Promise.resolve(),
}
const secret = Buffer.alloc(32, 1)
const codec = { vault: createPayloadVault({ keys: [secret], temporalNamespace: 'default' }), uis: [], secret: undefined }
const { app } = createApp({
  processes,
  db,
  gateway: away,
  clock: systemClock,
  keys: keysOf(secret),
  codec,
  customerLimits: { registrations: 1, acts: 1 },
  log: pino({ level: 'silent' }),
})
afterAll(() => db.destroy())

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  app.request(path, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } })

async function problemIn(response: Response | Promise<Response>) {
  const answer = await response
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]+$/)
  const body: unknown = await answer.json()
  expect(body).toMatchObject({
    status: answer.status,
    type: expect.stringMatching(/^\/problems\/[a-z-]+$/),
    requestId: answer.headers.get('x-request-id'),
  })
  return { answer, body }
}

it('figures are served without the database, and say that those of the rows are missing', async () => {
  const scraped = async () => {
    const answer = await app.request('/metrics')
    expect(answer.status).toBe(200)
    return parsed(await answer.text())
  }
  // The figures are those of the process, and so of whatever it scraped before.
  const before = (await scraped()).value('bihuan_scrape_errors_total', { source: 'postgres' })
  const figures = await scraped()
  expect(figures.value('bihuan_scrape_source_up', { source: 'postgres' })).toBe(0)
  expect(figures.value('bihuan_scrape_errors_total', { source: 'postgres' })).toBe((before ?? 0) + 1)
  for (const name of ['bihuan_deadlines_unsettled', 'bihuan_tickets_unstarted', 'bihuan_notices_oldest_age_seconds'])
    expect(figures.value(name), name).toBeUndefined()
  expect(figures.samples.filter(({ name }) => name === 'bihuan_notices')).toEqual([])
  expect(figures.value('process_cpu_seconds_total')).toBeGreaterThan(0)
})

describe('whatever goes wrong is a problem document', () => {
  it('401 without a token, told how to send one, in the language asked for', async () => {
    const { answer, body } = await problemIn(app.request('/api/me', { headers: { 'Accept-Language': 'zh-HK' } }))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="bihuan"')
    expect(answer.headers.get('content-language')).toBe('zh-TW')
    expect(body).toMatchObject({ title: '未登入' })
  })

  it('503 and when to try again, when the database is away', async () => {
    const { answer, body } = await problemIn(app.request('/api/me', { headers: { Authorization: 'Bearer x', 'Accept-Language': 'zh-CN' } }))
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(body).toMatchObject({ type: '/problems/database-away', title: '数据库暂时无法访问' })
    expect(JSON.stringify(body)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|select/)
  })

  it('404 for an address nobody serves', async () => {
    const { answer, body } = await problemIn(app.request('/nowhere'))
    expect(answer.status).toBe(404)
    expect(body).toMatchObject({ type: '/problems/unknown-route', path: '/nowhere' })
  })

  it('404 for a command that does not exist, with the one that was probably meant', async () => {
    const { body } = await problemIn(app.request('/docs/claim', { method: 'POST' }))
    expect(body).toMatchObject({ type: '/problems/unknown-route' })
  })

  it('405 with what is possible', async () => {
    const { answer, body } = await problemIn(app.request('/health', { method: 'DELETE' }))
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    expect(body).toMatchObject({ methods: ['GET', 'HEAD'] })
  })

  it('413 with the limit, before anything else is looked at', async () => {
    const { answer, body } = await problemIn(post('/api/tickets', 'x'.repeat(1024 * 1024 + 1), { 'Accept-Language': 'zh-CN' }))
    expect(answer.status).toBe(413)
    expect(body).toMatchObject({ limit: '1 MiB', detail: '请求正文最大 1 MiB。请减少内容或分多次提交。' })
  })
})

describe('every problem has a page under its type', () => {
  it.each(['zh-CN', 'zh-TW', 'en'] as const)('in %s, that says what it means and what to do', async (locale) => {
    for (const code of problemCodes) {
      const answer = await app.request(`/problems/${code}`, { headers: { 'Accept-Language': locale } })
      expect([answer.status, answer.headers.get('content-language'), answer.headers.get('content-type')], code).toEqual([
        200,
        locale,
        'text/html; charset=UTF-8',
      ])
      const page = await answer.text()
      expect(page, code).toContain(`<html lang="${locale}">`)
      expect(page, code).toContain(catalogues[locale].problems[code].title.replaceAll('{process}', oneOf(processes, locale)))
      expect(page, code).not.toMatch(/[{}][a-z]|undefined/)
    }
  })

  it('lists them all, and what can be wrong with a field; another address has none', async () => {
    const list = await (await app.request('/problems')).text()
    for (const code of problemCodes) expect(list).toContain(`href="/problems/${code}"`)
    const fields = await (await app.request('/problems/invalid-input')).text()
    for (const code of fieldCodes) expect(fields).toContain(`<code>${code}</code>`)
    expect((await app.request('/problems/nothing')).status).toBe(404)
  })
})

describe('health', () => {
  it('is told by the process alone; readiness says what is away', async () => {
    expect((await app.request('/health')).status).toBe(200)
    const ready = await app.request('/ready')
    expect(ready.status).toBe(503)
    expect(await ready.json()).toEqual({ status: 'not ready', postgres: 'away', temporal: 'away', migrations: 'unknown' })
  })
})

const operation = z.looseObject({ operationId: z.string(), summary: z.string() })
const saysWhoMay = z.object({ 'x-roles': z.array(roleSchema).min(1), description: z.string().regex(/\*\*Who:\*\* \w/) })
const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

describe('the API page', () => {
  const document = async () => documentSchema.parse(await (await app.request('/api/openapi.json')).json())

  it('has one operation for each command, and no two of a name', async () => {
    const { openapi, paths } = await document()
    expect(openapi).toBe('3.1.0')
    for (const { name, requirements, stages, may } of ticketProcess.commands) {
      if (!isForPeople({ may })) expect(paths, name).not.toHaveProperty([`/api/tickets/{number}/${name}`])
      else
        expect(paths[`/api/tickets/{number}/${name}`]?.['post'], name).toMatchObject({ 'x-requirements': requirements, 'x-stages': stages })
    }
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^[a-z][a-zA-Z]*$/.test(id))).toBe(true)
  })

  it('says of every operation who may, and has every address of the API but its own', async () => {
    const { paths } = await document()
    const silent = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, told]) => (saysWhoMay.safeParse(told).success ? [] : [`${method} ${path}`])),
    )
    expect(silent).toEqual([])
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/') && path !== '/api/openapi.json')
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const told = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    expect(told.toSorted()).toEqual([...new Set(served)].toSorted())
  })

  it('has only references that lead somewhere', async () => {
    const { components, paths } = await document()
    for (const [, name = ''] of JSON.stringify({ components, paths }).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(components.schemas).toHaveProperty(name)
  })

  it('needs nothing from another host', async () => {
    const page = await app.request('/docs')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    const html = await page.text()
    expect(html).not.toMatch(/https?:\/\//)
    for (const [, path = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await app.request(path)).status, path).toBe(200)
  })
})
