import { processes } from '../../processes/index.ts'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createGateway, type Gateway } from '../../gateway/gateway.ts'
import { apiProblems } from '../../api/messages/catalogue.ts'
import { createToken } from '../../db/tokens.ts'
import { instantOf } from '../../domain/instant.ts'
import { killNow, startProcess, type StartedProcess } from '../../runtime/processes.ts'
import { listen } from '../../worker/listener.ts'
import { commandSignal, type SignalledCommand } from '../../workflows/shell/protocol.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { form, serviceEnvironment } from '../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { reboundHosts, statusAskedAs } from '../support/asked-as.ts'
import { documentOf, fastProfile } from '../support/fast-profile.ts'
import { builtCli, until } from '../support/launcher.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { parsed, type Scraped } from '../support/prometheus.ts'
import { peopleOf, type People } from '../support/walk.ts'

/** API and worker as processes of their own, on real servers; what goes wrong with tickets is read from their figures and logs. */

let office: OfficeOnTemporal
let people: People
let post: PostOffice
let away: Gateway
let api: Part
let worker: Part

beforeAll(async () => {
  office = await openOfficeOnTemporal({ worker: false })
  people = await peopleOf(office)
  post = await openPostOffice()
  away = createGateway({ ...office.config, processes, temporalAddress: '127.0.0.1:1' })
  const profile = fastProfile('hasty', { 'first-response': 2, start: 600, plan: 600, progress: 600, resolution: 900 })
  const put = await people.admin.send('PUT', '/api/profiles/hasty', documentOf(profile), { 'Content-Type': 'application/yaml' })
  if (put.status !== 201) throw new Error(JSON.stringify(put.body))
  api = await startPart('api', { PORT: '0' })
})
afterAll(async () => {
  await Promise.all([api?.end(), worker?.end(), post?.close(), away?.close()])
  await office?.close()
})

interface Part {
  readonly url: string
  scrape(): Promise<Scraped>
  /** What it has logged so far. */
  lines(): Line[]
  end(): Promise<void>
}
const lineSchema = z.looseObject({
  msg: z.string().default(''),
  url: z.string().optional(),
  requestId: z.string().optional(),
  actId: z.string().optional(),
  number: z.string().optional(),
})
type Line = z.output<typeof lineSchema>

async function startPart(part: 'api' | 'worker', env: Readonly<Record<string, string>>): Promise<Part> {
  const { config } = office
  const logFile = join(config.dataDir, `${part}.log`)
  const started: StartedProcess = await startProcess({
    command: process.execPath,
    args: [builtCli, part],
    env: { ...serviceEnvironment(config), ...env },
    logFile,
  })
  const lines = () =>
    readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => lineSchema.parse(JSON.parse(line)))
  const url = await until(() => lines().find((line) => line.url !== undefined)?.url)
  return {
    url,
    lines,
    async scrape() {
      const response = await fetch(`${url}/metrics`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
      return parsed(await response.text())
    },
    async end() {
      killNow(started.identity)
      await started.exited
    },
  }
}

/** The first scrape of which it is true; figures of the rows may be five seconds old. */
function scraped(part: Part, holds: (figures: Scraped) => boolean): Promise<Scraped> {
  return until(async () => {
    const figures = await part.scrape()
    if (holds(figures)) return figures
    await sleep(250)
    return undefined
  })
}

const call = { channel: 'phone', direction: 'outbound', text: '已致电' }
const hasty = { ...form, profile: 'hasty', priority: 'urgent' }

describe('while Temporal is away and no worker runs', () => {
  it('an intake waits to be started, and a step for its answer', async () => {
    const caller = people.agent.at(office.api(away))
    const { number, status } = await caller.post('/api/tickets', form)
    expect(status).toBe(201)
    expect((await caller.post(`/api/tickets/${number}/contact`, call)).status).toBe(503)
    const figures = await scraped(api, (now) => now.value('bihuan_requests_pending', { state: 'under-way' }) === 1)
    expect(figures.value('bihuan_tickets_unstarted')).toBe(1)
    expect(figures.value('bihuan_tickets_unstarted_oldest_age_seconds')).toBeGreaterThan(0)
    expect(figures.value('bihuan_tickets_unstarted_oldest_age_seconds')).toBeLessThan(60)
    expect(figures.value('bihuan_requests_pending_oldest_age_seconds')).toBeGreaterThan(0)
    expect(figures.value('bihuan_scrape_source_up', { source: 'postgres' })).toBe(1)
    const own = parsed(await (await office.api().request('/metrics')).text())
    expect(own.value('bihuan_steps_total', { command: 'contact', outcome: 'unavailable', code: 'temporal-away' })).toBe(1)
  })

  it('a promise whose due instant passes is seen, though nobody is there to put it on record', async () => {
    await people.agent.post('/api/tickets', hasty)
    const figures = await scraped(api, (now) => Number(now.value('bihuan_deadlines_unsettled_oldest_age_seconds')) > 1)
    expect(figures.value('bihuan_deadlines_unsettled')).toBe(1)
    expect(figures.value('bihuan_deadlines_unsettled_oldest_age_seconds')).toBeLessThan(60)
  })
})

describe('with a worker', () => {
  beforeAll(async () => {
    worker = await startPart('worker', { BIHUAN_WORKER_PORT: '0', SMTP_URL: post.url })
  })

  it('what was left is started and settled, and how late that was is told once for each level', async () => {
    const figures = await scraped(
      worker,
      (now) => now.value('bihuan_tickets_unstarted') === 0 && now.value('bihuan_deadlines_unsettled') === 0 && count(now, 'due') === 1,
    )
    expect(figures.types.get('bihuan_deadline_lateness_seconds')).toBe('histogram')
    expect(figures.value('bihuan_deadline_lateness_seconds_sum', { level: 'due' })).toBeGreaterThan(1)
    expect(figures.value('bihuan_tickets_unstarted_oldest_age_seconds')).toBe(0)
    const { number } = await people.agent.post('/api/tickets', hasty)
    // The ladder of the first ticket may reach its last level meanwhile.
    await until(() =>
      office.db.selectFrom('events').select('seq').where('process', '=', number).where('type', '=', 'promise-broken').executeTakeFirst(),
    )
    const later = await scraped(worker, (now) => count(now, 'due') === 2 && count(now, 'warning') >= 2 && count(now, 'escalation') >= 2)
    expect(later.value('bihuan_deadline_lateness_seconds_bucket', { level: 'due', le: '+Inf' })).toBe(2)
    expect(later.value('bihuan_errands_total', { errand: 'wake', outcome: 'done' })).toBeGreaterThanOrEqual(2)
  })

  it('a step is counted by what became of it', async () => {
    const { number } = await people.agent.post('/api/tickets', form)
    await until(async () => ((await people.agent.post(`/api/tickets/${number}/contact`, call)).status === 200 ? true : undefined))
    expect(
      (await people.engineer.post(`/api/tickets/${number}/verify`, { passed: true, method: 'x', sideEffectsChecked: true })).status,
    ).toBe(409)
    const figures = parsed(await (await office.api().request('/metrics')).text())
    expect(figures.value('bihuan_steps_total', { command: 'contact', outcome: 'accepted' })).toBeGreaterThanOrEqual(1)
    const verified = { command: 'verify', outcome: 'rejected', code: 'wrong-stage' }
    expect(figures.value('bihuan_steps_total', verified)).toBe(1)
    expect(figures.value('bihuan_steps_total', { ...verified, process_type: 'ticket' })).toBe(1)
  })

  it('a refused mail goes another way, and where there is none it is a dead letter; while the mail server is away the age of what waits grows', async () => {
    const away = ['agent-li', 'agent-zhou', 'supervisor-zhang', 'supervisor-sun', 'engineer-chen', 'lead-huang', 'lead-xu', 'admin-lin']
    const addresses = ['nobody@example.com', ...away.map((id) => `${id}@bihuan.example`)]
    for (const address of addresses) post.refused.set(address, { code: 550, words: 'no such user' })
    await people.agent.post('/api/tickets', { ...hasty, customer: { ...form.customer, email: 'nobody@example.com' } })
    const figures = await scraped(worker, (now) => Number(now.value('bihuan_notices', { state: 'dead' })) > 0)
    for (const address of addresses) post.refused.delete(address)
    expect(figures.value('bihuan_notice_attempts_total', { outcome: 'dead' })).toBeGreaterThan(0)
    expect(figures.value('bihuan_notice_attempts_total', { outcome: 'diverted' })).toBeGreaterThan(0)
    expect(figures.value('bihuan_notice_attempts_total', { outcome: 'sent' })).toBeGreaterThan(0)

    await scraped(worker, (now) => now.value('bihuan_notices', { state: 'due' }) === 0)
    await post.close()
    await people.agent.post('/api/tickets', { ...hasty, customer: { ...form.customer, email: 'he@example.com' } })
    const waiting = await scraped(worker, (now) => Number(now.value('bihuan_notices_oldest_age_seconds')) > 2)
    expect(waiting.value('bihuan_notices', { state: 'due' })).toBeGreaterThan(0)
    expect(waiting.value('bihuan_notice_attempts_total', { outcome: 'unreachable' })).toBeGreaterThan(0)
    expect(waiting.value('bihuan_notices_oldest_age_seconds')).toBeLessThan(60)
    await post.open()
    await scraped(worker, (now) => now.value('bihuan_notices', { state: 'due' }) === 0)
  })

  it('a workflow task that fails is counted, with the figures of the SDK in the same scrape', async () => {
    const { client } = office.temporal
    const broken = await client.workflow.start('ticket', { workflowId: 'broken', taskQueue: 'bihuan', args: [null] })
    const figures = await scraped(worker, (now) => now.samples.some(({ name }) => name === 'temporal_workflow_task_execution_failed_total'))
    expect(figures.types.get('temporal_workflow_task_execution_failed_total')).toBe('counter')
    expect(figures.value('bihuan_scrape_source_up', { source: 'temporal-sdk' })).toBe(1)
    await broken.terminate()
  })

  it('labels have values from lists of ours, whatever callers send', async () => {
    for (const path of ['/api/张三', '/api/tickets/13912345678/zap', '/api/tickets/13912345678', '/%00', '/docs/x'])
      await fetch(`${api.url}${path}`, { method: 'POST' })
    await fetch(`${api.url}/api/me`, { method: 'PROPFIND' })
    const codes = new Set<string>(Object.keys(apiProblems))
    const known: Readonly<Record<string, (value: string) => boolean>> = {
      le: (value) => value === '+Inf' || Number(value) > 0,
      level: oneOf('warning', 'due', 'escalation'),
      method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'),
      route: (value) => value === 'none' || /^\/[a-z/.{}-]*$/i.test(value),
      status: (value) => /^[1-5]xx$/.test(value),
      command: oneOf(...ticketProcess.commands.map(({ name }) => name)),
      outcome: oneOf(
        ...['accepted', 'replayed', 'rejected', 'busy', 'unavailable', 'unknown', 'failed'],
        ...['sent', 'held', 'muted', 'dead', 'failed', 'diverted', 'unreachable', 'cut'],
        ...['done', 'in-vain', 'failed'],
      ),
      code: (value) => value === '' || codes.has(value) || /^[a-z-]{3,30}$/.test(value),
      state: oneOf('due', 'held', 'dead', 'under-way', 'unanswered'),
      source: oneOf('postgres', 'temporal-sdk'),
      errand: oneOf('wake', 'calendar'),
    }
    for (const part of [api, worker]) {
      const { samples } = await part.scrape()
      for (const { name, labels } of samples.filter((sample) => sample.name.startsWith('bihuan_')))
        for (const [label, value] of Object.entries(labels)) expect(known[label]?.(value), `${name} ${label}="${value}"`).toBe(true)
      expect(JSON.stringify(samples.map(({ name, labels }) => ({ name, labels })))).not.toMatch(/139\d{8}|张三|陈先生|hasty|HA20/)
    }
    const own = await api.scrape()
    expect(own.samples.find(({ labels }) => labels['route'] === 'none' && labels['status'] === '4xx')?.value).toBeGreaterThan(0)
    expect(own.value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
  })
})

describe('an HTTP request can be followed to its workflow and back', () => {
  const ask = async (path: string, requestId: string, body?: object, headers: Readonly<Record<string, string>> = {}) => {
    token ??= await tokenOf('agent-li')
    return fetch(`${api.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'X-Request-Id': requestId, ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
  }
  let token: string | undefined
  const numbered = z.looseObject({ number: z.string() })
  const logged = (requestId: string, msg = 'request') =>
    until(() => api.lines().find((line) => line.requestId === requestId && line.msg === msg))

  it('by the act id, which the log lines of every attempt name, and which is that of the Update and of the events', async () => {
    const { number } = numbered.parse(await (await ask('/api/tickets', 'intake-1', form)).json())
    expect(await logged('intake-1')).toMatchObject({ number, status: 201, path: '/api/tickets' })
    const key = { 'Idempotency-Key': randomUUID() }
    const answers = []
    for (const id of ['first-attempt', 'second-attempt']) answers.push(await ask(`/api/tickets/${number}/contact`, id, call, key))
    expect(answers.map((answer) => [answer.status, answer.headers.get('x-request-id')])).toEqual([
      [200, 'first-attempt'],
      [200, 'second-attempt'],
    ])
    const { actId } = await logged('first-attempt')
    expect(await logged('second-attempt')).toMatchObject({ actId, number })
    const events = await office.db.selectFrom('events').select(['type', 'requestId']).where('process', '=', number).orderBy('seq').execute()
    expect(events[1]).toEqual({ type: 'contacted', requestId: actId })
    expect(events[0]?.requestId).toBe((await logged('intake-1')).actId)
    const history = await office.temporal.client.workflow.getHandle(number).fetchHistory()
    const updates = history.events?.flatMap(
      ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted?.protocolInstanceId ?? [],
    )
    expect(updates).toEqual([actId])
  })

  it('a refusal names the request in its answer, and its code in the log', async () => {
    const { number } = numbered.parse(await (await ask('/api/tickets', 'intake-2', form)).json())
    const refused = await ask(`/api/tickets/${number}/accept`, 'refused-1', {})
    expect(await refused.json()).toMatchObject({ requestId: 'refused-1', type: '/problems/wrong-stage' })
    expect(await logged('refused-1')).toMatchObject({ number, status: 409, problem: 'wrong-stage' })
  })

  it.each(['a b', 'x'.repeat(129), '{"level":60}', '张三'.normalize('NFKD').replace(/./gu, '%E5'), '13912345678;x'])(
    'an id such as %j is not taken over',
    async (given) => {
      const answer = await ask('/api/me', given)
      const made = answer.headers.get('x-request-id') ?? ''
      expect(made).toMatch(/^[0-9a-f-]{36}$/)
      expect(await logged(made)).toMatchObject({ status: 200 })
      expect(api.lines().some(({ requestId }) => requestId === given)).toBe(false)
    },
  )

  it('what goes wrong in a workflow names the act in the log of the worker', async () => {
    const { number } = numbered.parse(await (await ask('/api/tickets', 'intake-3', form)).json())
    const handle = office.temporal.client.workflow.getHandle(number)
    const call = { requestId: 'act-of-nobody', actor: null, input: {}, directory: null, writtenThrough: 1 }
    await until(() =>
      handle.executeUpdate('contact', { args: [call], updateId: 'act-of-nobody' }).then(
        () => undefined,
        (error: unknown) => (String(error).includes('not found') ? undefined : true),
      ),
    )
    const line = await until(() => worker.lines().find(({ actId }) => actId === 'act-of-nobody'))
    expect(line).toMatchObject({ msg: 'a command failed', command: 'contact', workflowId: number })
  })

  it('rows that cannot be written name the ticket in the log of the worker', async () => {
    const { number } = await people.agent.post('/api/tickets', hasty)
    await office.settled()
    await office.db.deleteFrom('tickets').where('number', '=', number).execute()
    // What nobody waits for is written by an activity.
    const signal: SignalledCommand = { id: 'of another process', command: 'contact', input: call }
    await office.client.workflow.getHandle(number).signal<[SignalledCommand]>(commandSignal, signal)
    const line = await until(() => worker.lines().find((one) => one.number === number && one.msg.startsWith('the rows of a process')))
    expect(line).toMatchObject({ actIds: [] })
    await office.temporal.client.workflow.getHandle(number).terminate()
  })
})

it('every figure of the SDK that the documentation speaks of is there', async () => {
  const documented = [...readFileSync('docs/monitoring.md', 'utf8').matchAll(/`(temporal_\w+)`/g)].map(([, name]) => name)
  const { types } = await worker.scrape()
  expect(documented.filter((name) => name !== undefined && !types.has(name))).toEqual([])
})

it("the worker's listener serves health, readiness and figures, and nothing else to anybody", async () => {
  const ask = async (method: string, path: string) => {
    const { status, headers } = await fetch(`${worker.url}${path}`, { method })
    return [status, headers.get('allow')]
  }
  for (const path of ['/health', '/ready']) expect(await ask('GET', path)).toEqual([200, null])
  expect(await ask('HEAD', '/metrics')).toEqual([200, null])
  expect(await ask('GET', '/metrics?x=1')).toEqual([200, null])
  expect(await ask('POST', '/metrics')).toEqual([405, 'GET, HEAD'])
  expect(await ask('GET', '/constructor')).toEqual([404, null])
  const never = () => Promise.reject(new Error('nobody asks'))
  const silent = pino({ level: 'silent' })
  const guarded = await listen({ host: '127.0.0.1', hosts: ['localhost'], port: 0 }, { readiness: never, figures: never }, silent)
  expect(await statusAskedAs('localhost', `${guarded.url}/health`)).toBe(200)
  for (const host of reboundHosts) expect(await statusAskedAs(host, `${guarded.url}/metrics`), host).toBe(421)
  await guarded.stop()
  const taken = { host: '127.0.0.1', port: Number(new URL(worker.url).port) }
  const again = listen(taken, { readiness: never, figures: never }, silent)
  await expect(again).rejects.toThrow(/BIHUAN_WORKER_PORT.*Choose another/)
})

function count(figures: Scraped, level: string): number {
  return figures.value('bihuan_deadline_lateness_seconds_count', { level }) ?? 0
}

function oneOf(...values: readonly string[]): (value: string) => boolean {
  return (value) => values.includes(value)
}

function tokenOf(person: string): Promise<string> {
  return createToken(office.db, person, 'metrics', instantOf(Date.now()))
}
