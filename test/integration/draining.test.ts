import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createToken } from '../../db/tokens.ts'
import { instantOf } from '../../domain/instant.ts'
import { freePort } from '../../runtime/ports.ts'
import { killNow, startProcess, type StartedProcess } from '../../runtime/processes.ts'
import { form, serviceEnvironment } from '../support/api.ts'
import { bundleCache } from '../support/bundle-cache.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { builtCli, until } from '../support/launcher.ts'

/** What an orchestrator does to the parts: it asks how they are, and ends one with SIGTERM while people work with the others. */

let office: OfficeOnTemporal
let token: string
let folder: string
const started: StartedProcess[] = []

beforeAll(async () => {
  office = await openOfficeOnTemporal({ worker: false })
  token = await createToken(office.db, 'agent-li', 'test', instantOf(Date.now()))
  folder = mkdtempSync(join(tmpdir(), 'bihuan-draining-'))
  mkdirSync(join(folder, 'data'))
  symlinkSync(bundleCache, join(folder, 'data', 'cache'))
})
afterAll(async () => {
  for (const { identity } of started) killNow(identity)
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Part {
  readonly url: string
  /** Sends SIGTERM; how it ended, and after how many milliseconds. */
  terminate(): Promise<{ end: string; ms: number }>
}

/** The real command as a process of its own, once it is ready. */
async function start(part: 'api' | 'worker', more: Record<string, string> = {}): Promise<Part> {
  const port = await freePort(0)
  const running = await startProcess({
    command: process.execPath,
    args: [builtCli, part],
    env: {
      ...serviceEnvironment(office.config),
      BIHUAN_DATA: join(folder, 'data'),
      [part === 'api' ? 'PORT' : 'BIHUAN_WORKER_PORT']: String(port),
      ...more,
    },
    logFile: join(folder, `${part}-${port}.log`),
  })
  started.push(running)
  const url = `http://127.0.0.1:${port}`
  await until(async () => ((await statusOf(url, '/ready')) === 200 ? true : undefined))
  return {
    url,
    async terminate() {
      const begun = Date.now()
      process.kill(running.identity.pid, 'SIGTERM')
      return { end: await running.exited, ms: Date.now() - begun }
    },
  }
}

/** The status of an answer; undefined where nobody took the connection. */
async function statusOf(url: string, path: string): Promise<number | undefined> {
  return fetch(url + path).then(
    ({ status }) => status,
    () => undefined,
  )
}

/** Goes on registering tickets at one API, over connections that are kept, until it takes no more of them. */
async function registerUntilRefused(url: string, answers: number[]): Promise<unknown> {
  for (;;) {
    try {
      const response = await fetch(`${url}/api/tickets`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(form),
      })
      await response.json()
      answers.push(response.status)
    } catch (error) {
      return error
    }
  }
}

describe('an API that is told to end in the midst of requests', () => {
  it('turns load balancers away, answers everything it took, and only then takes no more', async () => {
    const api = await start('api', { BIHUAN_DRAIN_SECONDS: '2' })
    const answers: number[] = []
    const clients = Array.from({ length: 8 }, () => registerUntilRefused(api.url, answers))
    await until(() => (answers.length > 20 ? true : undefined))

    const ending = api.terminate()
    await until(async () => ((await statusOf(api.url, '/ready')) === 503 ? true : undefined))
    expect(await (await fetch(`${api.url}/ready`)).json()).toMatchObject({ status: 'stopping', postgres: 'ok', temporal: 'ok' })
    expect(await statusOf(api.url, '/health')).toBe(200)
    const before = answers.length
    const ends = await Promise.all(clients)
    expect(answers.length).toBeGreaterThan(before)

    // Whoever was not served was not connected, at most in the queue of the listener when it closed: nothing happened.
    expect(['ECONNREFUSED', 'ECONNRESET']).toEqual(expect.arrayContaining([...new Set(ends.map(causeOf))]))
    expect(new Set(answers)).toEqual(new Set([201]))
    const { end, ms } = await ending
    expect(end).toBe('code 0')
    expect(ms).toBeGreaterThanOrEqual(2_000)
    expect(await office.db.selectFrom('tickets').select('number').execute()).toHaveLength(answers.length)
  })
})

describe('a worker', () => {
  it('tells whether it is ready; told to end, it leaves what comes to the other one', async () => {
    const [api, first, second] = await Promise.all([start('api'), start('worker'), start('worker')])
    expect(await statusOf(first.url, '/health')).toBe(200)
    expect(await statusOf(first.url, '/elsewhere')).toBe(404)
    const li = (path: string, body: object) =>
      fetch(api.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then(async (response) => ({ status: response.status, ...answerSchema.parse(await response.json()) }))

    const numbers = await Promise.all(Array.from({ length: 6 }, async () => (await li('/api/tickets', form)).number))
    const contact = { channel: 'phone', direction: 'outbound', text: '已告知处理进度' }
    const steps = (async () => {
      const statuses: number[] = []
      for (let round = 0; round < 5; round += 1) {
        statuses.push(...(await Promise.all(numbers.map(async (number) => (await li(`/api/tickets/${number}/contact`, contact)).status))))
        await sleep(100)
      }
      return statuses
    })()
    await sleep(150)
    const { end, ms } = await first.terminate()

    expect(new Set(await steps)).toEqual(new Set([200]))
    expect(end).toBe('code 0')
    expect(ms).toBeLessThan(25_000)
    expect(await statusOf(first.url, '/health')).toBeUndefined()
    expect(await statusOf(second.url, '/ready')).toBe(200)
  })
})

const answerSchema = z.object({ number: z.string() })

function causeOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? cause.code : String(cause ?? error)
}
