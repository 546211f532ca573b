import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { oneOf } from '../../api/problems/words.ts'
import type { Locale } from '../../domain/labels.ts'
import { parsed } from '../support/prometheus.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { english, peopleOf, tw, zh, type People } from '../support/walk.ts'
import { bundleWithLoans } from './bundle.ts'
import { form, lend, soon } from './lending.ts'
import { migrations, processes } from './processes/index.ts'

/** What people read of a loan: it is called a loan, its stages, commands and clocks by its own labels, in each language. */

let office: OfficeOnTemporal
let people: People
let loan: string
let closed: string
beforeAll(async () => {
  office = await openOfficeOnTemporal({ kept: { processes, migrations, bundle: await bundleWithLoans() } })
  people = await peopleOf(office)
  loan = await lent()
  await people.customer.post(`/api/loans/${loan}/confirm-receipt`, {})
  closed = await lent()
  await people.engineer.post(`/api/loans/${closed}/give-back`, { condition: '完好' })
  await people.engineer.post(`/api/loans/${closed}/inspect`, { ok: true })
}, 120_000)
afterAll(() => office.close())

const lent = () => lend(people, { requester: 'customer-he' })

type Headers = Readonly<Record<string, string>>
const languages: Readonly<Record<Locale, Headers>> = { 'zh-CN': zh, 'zh-TW': tw, en: english }
/** What a loan is not, and cannot: it is neither claimed nor linked. */
const ticketWord = /工单|工單|ticket|认领|認領|claim|关联|關聯|\blink/i

/** Each refusal, and what it says in each language. */
const refusals: readonly {
  readonly code: string
  readonly ask: (headers: Headers) => Promise<{ readonly body: Readonly<Record<string, unknown>> }>
  readonly says: Readonly<Record<Locale, RegExp>>
}[] = [
  {
    code: 'unknown-ticket',
    ask: (headers) => people.agent.get('/api/loans/LN20000101001', headers),
    says: {
      'zh-CN': /^没有这个设备借用 没有您可以查看的设备借用 LN20000101001。/,
      'zh-TW': /^沒有這個設備借用 沒有您可以檢視的設備借用 LN20000101001。/,
      en: /^No such loan There is no loan LN20000101001 that you may see/,
    },
  },
  {
    code: 'unknown-ticket',
    ask: (headers) => people.agent.post('/api/loans/LN20000101001/give-back', { condition: '完好' }, headers),
    says: { 'zh-CN': /^没有这个设备借用/, 'zh-TW': /^沒有這個設備借用/, en: /^No such loan/ },
  },
  {
    code: 'ended',
    ask: (headers) => people.engineer.post(`/api/loans/${closed}/inspect`, { ok: true }, headers),
    says: {
      'zh-CN': /^设备借用已结束 设备借用处于“已结束”/,
      'zh-TW': /^設備借用已結束 設備借用處於「已結束」/,
      en: /^The loan has ended The loan is in “closed”.*open a new loan/,
    },
  },
  {
    code: 'wrong-stage',
    ask: (headers) => people.engineer.post(`/api/loans/${loan}/inspect`, { ok: true }, headers),
    says: {
      'zh-CN': /设备借用处于“借出”，不能执行“验收”；可执行的阶段：“已归还”。.*请重新读取设备借用/,
      'zh-TW': /設備借用處於「借出」，不能執行「驗收」；可執行的階段：「已歸還」。.*請重新讀取設備借用/,
      en: /“Inspect” is not possible while the loan is in “lent”; it is possible in: “returned”/,
    },
  },
  {
    code: 'not-yours',
    ask: (headers) => people.otherEngineer.post(`/api/loans/${loan}/give-back`, { condition: '完好' }, headers),
    says: {
      'zh-CN': /^设备借用不在您手上 只有设备借用的当前处理人才能执行“归还”，当前处理人：王强。/,
      'zh-TW': /^設備借用不在您手上 只有設備借用目前的處理人才能執行「歸還」/,
      en: /^This loan is not yours Only who has the loan may do “Give back”/,
    },
  },
  {
    code: 'stale-version',
    ask: (headers) => people.engineer.post(`/api/loans/${loan}/give-back`, { condition: '完好' }, { ...headers, 'If-Match': '"1"' }),
    says: {
      'zh-CN': /^设备借用已被他人更新 .*设备借用现在是版本 2/,
      'zh-TW': /^設備借用已被他人更新 .*設備借用現在是版本 2/,
      en: /the loan is at version 2. Read the loan again/,
    },
  },
  {
    code: 'done-already',
    ask: (headers) => people.customer.post(`/api/loans/${loan}/confirm-receipt`, {}, headers),
    says: {
      'zh-CN': /^已经执行过 设备借用已执行过“确认收到”/,
      'zh-TW': /^已經執行過 設備借用已執行過「確認收到」/,
      en: /^Already done “Confirm receipt” has been done with this loan/,
    },
  },
  {
    code: 'unknown-command',
    ask: (headers) => people.agent.post(`/api/loans/${loan}/inspekt`, {}, headers),
    says: {
      'zh-CN': /设备借用没有操作“inspekt”，您是否想用“inspect”/,
      'zh-TW': /設備借用沒有操作「inspekt」/,
      en: /There is no loan command “inspekt”/,
    },
  },
]

describe.each(['zh-CN', 'zh-TW', 'en'] as const)('X6: in %s a loan is called a loan', (locale) => {
  it.each(refusals.map((refusal, at) => [refusal.code, at] as const))('by %s (%i)', async (code, at) => {
    const refusal = refusals[at]
    if (!refusal) throw new Error('there is no such refusal')
    const { body } = await refusal.ask(languages[locale])
    const told = `${String(body['title'])} ${String(body['detail'])}`
    expect(body).toMatchObject({ type: `/problems/${code}` })
    expect(told).toMatch(refusal.says[locale])
    expect(told).not.toMatch(ticketWord)
  })
})

describe('what may be of any type', () => {
  it('is called by all of them: what a loan is to belong to', async () => {
    const any = (locale: Locale) => oneOf(processes, locale)
    const said = {
      'zh-CN': `没有这个${any('zh-CN')}`,
      'zh-TW': `沒有這個${any('zh-TW')}`,
      en: `names no ${any('en')} that exists`,
    }
    for (const [locale, text] of Object.entries(said)) {
      const headers = { 'Accept-Language': locale }
      const heard = await Promise.all([
        people.agent.post('/api/loans', form({ parent: 'TS20000101001' }), headers),
        people.agent.get('/api/loans?parent=TS20000101001', headers),
        people.agent.get('/api/notices?ticket=LN20000101001', headers),
      ])
      for (const { errors } of heard) expect(errors).toMatchObject([{ code: 'unknown-ticket', message: expect.stringContaining(text) }])
    }
  })

  it('and a ticket is a ticket, where loans are kept too', async () => {
    expect((await people.agent.get('/api/tickets/LN20000101001', english)).body).toMatchObject({ title: 'No such ticket' })
    expect((await people.agent.post('/api/tickets/TS20000101001/clame', {}, english)).body).toMatchObject({
      detail: 'There is no ticket command “clame”. See /docs for every command.',
    })
  })
})

describe.each([
  ['zh-CN', { type: '设备借用', stage: '借出', clock: '归还' }],
  ['zh-TW', { type: '設備借用', stage: '借出', clock: '歸還' }],
  ['en', { type: 'loan', stage: 'lent', clock: 'Return' }],
] as const)('X6: in %s', (locale, labels) => {
  const get = async (path: string) => (await people.agent.get(`/api/loans${path}`, languages[locale])).body

  it('has labels beside the ids of its promises, its clocks and of what comes next', async () => {
    const clock = { clock: 'return', label: labels.clock, state: 'running' }
    expect(await get(`/${loan}`)).toMatchObject({ processLabel: labels.type, stageLabel: labels.stage, promises: [clock] })
    expect(await get(`/${loan}/clocks`)).toMatchObject({ items: [clock] })
    const outlook = await get(`/${loan}/outlook`)
    expect(outlook).toMatchObject({ stageLabel: labels.stage, promises: [clock], names: { 'engineer-wang': expect.any(String) } })
    expect(outlook['next']).toMatchObject(['reminder', 'due', 'late'].map((level) => ({ clock: 'return', label: labels.clock, level })))
  })

  it('is called by its type among what somebody has to do', async () => {
    const { body } = await people.engineer.get('/api/me/work', languages[locale])
    const others = z.array(z.looseObject({ number: z.string() })).parse(body['others'])
    expect(others.find(({ number }) => number === loan)).toMatchObject({ processLabel: labels.type, stageLabel: labels.stage })
  })
})

describe('the list', () => {
  const found = async (who: keyof People, filter: string) =>
    (await people[who].get(`/api/loans?${filter}`)).items.map(({ number }) => number)

  it.each(['agent', 'customer'] as const)('is narrowed to a stage, for %s', async (who) => {
    expect(await found(who, 'stage=lent')).toEqual([loan])
    expect(await found(who, 'stage=closed')).toEqual([closed])
    expect(await found(who, 'stage=overdue')).toEqual([])
    expect(await found(who, 'stage=closed&open=true')).toEqual([])
  })

  it('refuses a stage that loans do not have, with those they have', async () => {
    const heard = await people.agent.get('/api/loans?stage=handling', english)
    expect(heard).toMatchObject({ status: 422, errors: [{ path: 'stage', code: 'not-a-choice' }] })
    expect(heard.errors[0]).toMatchObject({ message: expect.stringContaining('lent, overdue, returned, closed') })
  })

  it('goes on from page to page of the stage that it began with', async () => {
    const page = await people.agent.get('/api/loans?limit=1')
    const cursor = encodeURIComponent(String(page.body['next']))
    expect((await people.agent.get(`/api/loans?limit=1&stage=lent&cursor=${cursor}`)).errors).toMatchObject([{ code: 'bad-cursor' }])
  })
})

it('is counted as what it is when somebody acts on it, beside the tickets', async () => {
  const figures = parsed(await (await office.api().request('/metrics')).text())
  const steps = figures.samples.filter(({ name }) => name === 'bihuan_steps_total')
  const ofInspections = steps.filter(({ labels }) => labels['command'] === 'inspect')
  expect(new Set(ofInspections.map(({ labels }) => labels['process_type']))).toEqual(new Set(['loan']))
  expect(ofInspections.map(({ labels }) => labels['outcome'])).toEqual(expect.arrayContaining(['accepted', 'rejected']))
  const types = processes.map(({ process }) => process.name)
  for (const { labels } of steps) expect(types).toContain(labels['process_type'])
})

it('has a log that calls by name who acted, and in whose place', async () => {
  const number = await lent()
  const absence = { person: 'engineer-wang', until: soon(3_600_000), deputy: 'engineer-chen' }
  const away = await people.supervisor.post('/api/absences', absence)
  expect(away.status, JSON.stringify(away.body)).toBe(201)
  expect((await people.otherEngineer.post(`/api/loans/${number}/give-back`, { condition: '完好' })).status).toBe(200)
  const { items, body } = await people.agent.get(`/api/loans/${number}/events`, zh)
  expect(items.at(-1)).toMatchObject({ type: 'returned', actor: 'engineer-chen', actingFor: 'engineer-wang' })
  expect(Object.keys(z.record(z.string(), z.string()).parse(body['names'])).toSorted()).toEqual([
    'agent-li',
    'engineer-chen',
    'engineer-wang',
  ])
})
