import { processes } from '../../processes/index.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, type Gateway } from '../../gateway/gateway.ts'
import { problem } from '../../api/problems/problem.ts'
import { form, type Speaker } from '../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'

/** Servers that are away, answers that get lost: the same key again gives one effect. */

let office: OfficeOnTemporal
let agent: Speaker

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  agent = await office.person('agent-li')
})
afterAll(() => office.close())

async function registered(): Promise<string> {
  const heard = await agent.post('/api/tickets', form)
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  await office.settled()
  return heard.number
}

/** The agent at an API whose way to the workflows is as given. */
const through = (changes: Partial<Gateway>) => agent.at(office.api({ ...office.gateway, ...changes }))
const call = { channel: 'phone', direction: 'outbound', text: '已致电' }

describe('while Temporal is away', () => {
  let away: Gateway
  let caller: Speaker
  let settled: () => Promise<void>
  beforeAll(() => {
    away = createGateway({ ...office.config, processes, temporalAddress: '127.0.0.1:1' })
    const api = office.api(away)
    caller = agent.at(api)
    settled = () => api.settled()
  })
  afterAll(() => away.close())

  it('a ticket is registered all the same, at once, and its first command starts it later', async () => {
    const began = Date.now()
    const heard = await caller.post('/api/tickets', form)
    expect(heard.status).toBe(201)
    expect(Date.now() - began).toBeLessThan(5_000)
    await settled()
    const row = () =>
      office.db.selectFrom('tickets').select('workflowStartedAt').where('number', '=', heard.number).executeTakeFirstOrThrow()
    expect((await row()).workflowStartedAt).toBeNull()
    expect((await agent.post(`/api/tickets/${heard.number}/review-intake`, { complete: true })).status).toBe(200)
    expect((await row()).workflowStartedAt).not.toBeNull()
  })

  it('a step is 503 within seconds, kept, and takes effect once when sent again', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID(), 'Accept-Language': 'zh-CN' }
    const began = Date.now()
    const heard = await caller.post(`/api/tickets/${number}/contact`, call, headers)
    expect(Date.now() - began).toBeLessThan(5_000)
    expect(heard.status).toBe(503)
    expect(heard.headers.get('retry-after')).toBe('5')
    expect(heard.body).toMatchObject({ type: '/problems/temporal-away', title: '工作流服务暂时无法访问' })
    expect(heard.detail).toContain('同一个 Idempotency-Key')
    expect((await agent.get(`/api/requests/${headers['Idempotency-Key']}`)).body).toMatchObject({ status: 'pending', response: null })
    expect((await agent.post(`/api/tickets/${number}/contact`, call, headers)).version).toBe(2)
    expect((await caller.post(`/api/tickets/${number}/contact`, call, headers)).version).toBe(2)
    expect((await agent.get(`/api/tickets/${number}/contacts`)).items).toHaveLength(1)
  })

  it('notes are taken and everything can be read', async () => {
    const number = await registered()
    expect((await caller.post(`/api/tickets/${number}/note`, { text: '记录' })).status).toBe(200)
    expect((await caller.get(`/api/tickets/${number}`)).status).toBe(200)
    expect((await caller.get('/ready')).body).toEqual({ status: 'not ready', postgres: 'ok', temporal: 'away', migrations: 'ok' })
  })
})

describe('when the answer gets lost', () => {
  it('after the workflow has accepted: 504, and the same key joins it', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID() }
    const loses = through({
      async step(...args) {
        await office.gateway.step(...args)
        throw problem('outcome-unknown')
      },
    })
    const heard = await loses.post(`/api/tickets/${number}/contact`, call, headers)
    expect(heard.status).toBe(504)
    expect(heard.body).toMatchObject({ type: '/problems/outcome-unknown' })
    expect((await agent.get(`/api/tickets/${number}`)).version).toBe(1)
    const again = await agent.post(`/api/tickets/${number}/contact`, call, headers)
    expect(again).toMatchObject({ status: 200, version: 2 })
    expect(again.events).toMatchObject([{ seq: 2, type: 'contacted' }])
  })

  it('the next step of anybody writes both into the rows, and answers the first request too', async () => {
    const number = await registered()
    const key = randomUUID()
    const dies = through({
      async step(...args) {
        await office.gateway.step(...args)
        throw problem('temporal-away', { seconds: 5 })
      },
    })
    expect((await dies.post(`/api/tickets/${number}/contact`, call, { 'Idempotency-Key': key })).status).toBe(503)
    expect((await agent.post(`/api/tickets/${number}/review-intake`, { complete: true })).version).toBe(3)
    expect((await agent.get(`/api/tickets/${number}/events`)).items.map(({ type }) => type)).toEqual([
      'submitted',
      'contacted',
      'intake-reviewed',
    ])
    expect((await agent.get(`/api/requests/${key}`)).body).toMatchObject({
      status: 'done',
      response: { status: 200, body: { version: 2, stage: 'intake' } },
    })
  })

  it('a refusal that was lost is a refusal again, and the key is free', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID() }
    const dies = through({
      async step(...args) {
        await office.gateway.step(...args)
        throw problem('outcome-unknown')
      },
    })
    const verify = { passed: true, method: 'x', sideEffectsChecked: true }
    expect((await dies.post(`/api/tickets/${number}/verify`, verify, headers)).status).toBe(504)
    expect((await agent.post(`/api/tickets/${number}/verify`, verify, headers)).status).toBe(409)
    expect((await agent.post(`/api/tickets/${number}/contact`, call, headers)).status).toBe(200)
  })
})

describe('when the workflow is between two runs', () => {
  it('the step waits a moment and then takes effect', async () => {
    const number = await registered()
    let asked = 0
    const changing = through({
      step: (...args) => ((asked += 1) === 1 ? Promise.resolve({ kind: 'not-running' }) : office.gateway.step(...args)),
    })
    expect(await changing.post(`/api/tickets/${number}/contact`, call)).toMatchObject({ status: 200, version: 2 })
  })

  it('503 when that lasts, and nothing happened', async () => {
    const number = await registered()
    const gone = through({ step: () => Promise.resolve({ kind: 'not-running' }) })
    const heard = await gone.post(`/api/tickets/${number}/contact`, call)
    expect(heard.status).toBe(503)
    expect(heard.body).toMatchObject({ type: '/problems/in-progress' })
    expect((await agent.get(`/api/tickets/${number}`)).version).toBe(1)
  })
})

describe('when rows and workflow are far apart', () => {
  it('the rows are brought up first where the workflow can keep no more', async () => {
    const number = await registered()
    let asked = 0
    const full = through({
      step: async (...args) => {
        if ((asked += 1) > 1) return office.gateway.step(...args)
        // Accepted, and never written: what the workflow keeps too much of.
        const [, , said] = args
        await office.gateway.step(number, 'contact', { ...said, requestId: randomUUID() })
        return { kind: 'rows-behind' }
      },
    })
    expect(await full.post(`/api/tickets/${number}/contact`, call)).toMatchObject({ status: 200, version: 3 })
    expect((await agent.get(`/api/tickets/${number}/events`)).items).toHaveLength(3)
  })

  it('503 where the workflow is older than its rows: nothing is written twice under one number', async () => {
    const number = await registered()
    const ahead = through({ step: (to, command, said) => office.gateway.step(to, command, { ...said, writtenThrough: 9 }) })
    const heard = await ahead.post(`/api/tickets/${number}/contact`, call)
    expect(heard.status).toBe(503)
    expect((await agent.get(`/api/tickets/${number}`)).version).toBe(1)
  })
})

describe('when Temporal has too much to do', () => {
  it('429 and when to try again; the request stays', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID() }
    const busy = through({ step: () => Promise.reject(problem('too-many-requests', { seconds: 5 })) })
    const heard = await busy.post(`/api/tickets/${number}/contact`, call, headers)
    expect(heard.status).toBe(429)
    expect(heard.headers.get('retry-after')).toBe('5')
    expect((await agent.post(`/api/tickets/${number}/contact`, call, headers)).version).toBe(2)
  })
})

describe('when many act on one ticket at once', () => {
  it('each act takes effect once, and none is refused for the sake of the others', async () => {
    const number = await registered()
    const acts = Array.from({ length: 100 }, (_, at) => agent.post(`/api/tickets/${number}/contact`, { ...call, text: `第 ${at} 次` }))
    const heard = await Promise.all(acts)
    expect([...new Set(heard.map(({ status }) => status))]).toEqual([200])
    const texts = (await agent.get(`/api/tickets/${number}/events?limit=200`)).items.flatMap(({ text }) => text ?? [])
    expect(texts.filter((text): text is string => typeof text === 'string' && text.startsWith('第 ')).toSorted()).toEqual(
      Array.from({ length: 100 }, (_, at) => `第 ${at} 次`).toSorted(),
    )
  })
})

describe('when something goes wrong that nobody foresaw', () => {
  it('500 with a request id and nothing else; the same key may come again', async () => {
    const number = await registered()
    const headers = { 'Idempotency-Key': randomUUID(), 'Accept-Language': 'zh-CN' }
    const broken = through({ step: () => Promise.reject(new Error('secret: select * from tickets')) })
    const heard = await broken.post(`/api/tickets/${number}/contact`, call, headers)
    expect(heard.status).toBe(500)
    expect(heard.body).toMatchObject({ type: '/problems/internal', title: '系统出错' })
    expect(heard.detail).toContain(heard.headers.get('x-request-id') ?? 'no id')
    expect(JSON.stringify(heard.body)).not.toMatch(/secret|select|\bat /)
    expect((await agent.post(`/api/tickets/${number}/contact`, call, headers)).version).toBe(2)
  })
})
