import { readFile } from 'node:fs/promises'
import { defaultPayloadConverter } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '../../domain/instant.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { documentOf, fastProfile } from '../support/fast-profile.ts'
import { until } from '../support/launcher.ts'
import { currentDetails, shownAttributes } from '../support/temporal-ui.ts'
import { does, peopleOf, registered, ticket, walkedTo, type People } from '../support/walk.ts'

/** A supervisor looks at running tickets in the Temporal UI: what its lists, its descriptions and its details say. */

let office: OfficeOnTemporal
let people: People
/** The saved queries of docs/temporal-ui.md, by what they are for. */
let saved: Readonly<Record<string, string>>

const secret = {
  customer: { name: '欧阳秘密', company: '保密科技', phone: '13987654321', email: 'ouyang@secret.example' },
  title: '绝密标题',
  description: '绝密描述',
}
const secrets = ['欧阳', '保密科技', '13987654321', 'ouyang', 'secret.example', '绝密', '私下原因']
const reason = '私下原因'

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  const profile = fastProfile('hasty', { 'first-response': 3, start: 600, plan: 600, progress: 600, resolution: 1200 })
  const put = await people.admin.send('PUT', '/api/profiles/hasty', documentOf(profile), { 'Content-Type': 'application/yaml' })
  if (put.status !== 201) throw new Error(JSON.stringify(put.body))
  const page = await readFile(new URL('../../docs/temporal-ui.md', import.meta.url), 'utf8')
  saved = Object.fromEntries([...page.matchAll(/^\| [^|]* · ([^|]+) \| `([^`]+)` \|$/gm)].map(([, what = '', query = '']) => [what, query]))
})
afterAll(() => office.close())

const handle = (number: string) => office.client.workflow.getHandle(number)

/** Numbers that a filter finds. */
async function found(query: string): Promise<string[]> {
  const numbers: string[] = []
  for await (const { workflowId } of office.client.workflow.list({ query })) numbers.push(workflowId)
  return numbers
}

/** Visibility follows the workflows a moment later. */
async function finds(what: string, number: string): Promise<void> {
  const query = saved[what]
  if (query === undefined) throw new Error(`docs/temporal-ui.md has no query "${what}", only ${Object.keys(saved).join(', ')}`)
  await until(async () => ((await found(query)).includes(number) ? true : undefined))
}

async function findsNot(what: string, number: string): Promise<void> {
  const query = saved[what] ?? ''
  await until(async () => ((await found(query)).includes(number) ? undefined : true))
}

describe('a ticket whose promise broke', () => {
  it('X4, X5: is overdue until what was promised is done, and is then not', async () => {
    const number = await registered(people.agent, { ...secret, profile: 'hasty', priority: 'urgent' })
    await finds('overdue urgent tickets of a team', number)
    await finds('everything overdue', number)
    const resolution = await promiseOf(number, 'resolution')
    expect(await shownAttributes(handle(number))).toMatchObject({
      BihuanStage: 'intake',
      BihuanPriority: 'urgent',
      BihuanType: 'software-fault',
      BihuanProfile: 'hasty',
      BihuanTeam: 'tech-support',
      BihuanOverdue: true,
    })
    expect(await currentDetails(handle(number))).toMatch(/\| 首次响应 \| [^|]+ \| \*\*已超时，仍未完成\*\* \|/)
    expect(await (await handle(number).describe()).staticSummary()).toBe(`${number} · 软件功能异常 · 紧急`)

    await does(people.agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '抱歉久等' })
    await findsNot('everything overdue', number)
    expect(await currentDetails(handle(number))).toMatch(/\| 首次响应 \| [^|]+ \| 已超时，事后完成或终止 \|/)
    expect(resolution['state']).toBe('running')
    await saysNothingPersonal(number)
  })
})

describe('a ticket on its way', () => {
  it('X5: tells stage, holder, promises, and what comes next, to whom, and what would prevent it', async () => {
    const number = await walkedTo('assignment', people, { form: { ...secret, priority: 'medium' } })
    await finds("a team's queue", number)
    expect(await shownAttributes(handle(number))).not.toHaveProperty('BihuanAssignee')
    expect(await currentDetails(handle(number))).toContain('处理人：**无（在队列中，待认领）**')

    await does(people.engineer, number, 'claim')
    await does(people.engineer, number, 'accept')
    await finds('what somebody has in hand', number)
    await findsNot("a team's queue", number)
    const details = await currentDetails(handle(number))
    expect(details).toContain('阶段：**处理中**')
    expect(details).toContain('处理人：**engineer-wang**')
    expect(details).toContain('Asia/Shanghai')
    expect(details).toMatch(/\| 进度更新：到期前提醒 \| engineer-wang \| 更新进度、/)
    const next = await earliestDue(number)
    expect(await shownAttributes(handle(number))).toMatchObject({ BihuanNextDue: next, BihuanOverdue: false })
    await saysNothingPersonal(number)
  })

  it('X3: waiting for the customer, the clocks that rest are due at no instant, and are again when it goes on', async () => {
    const number = await walkedTo('handling', people, { form: { ...secret, priority: 'medium' } })
    await does(people.engineer, number, 'wait', { for: 'customer', reason })
    await finds('waiting for the customer', number)
    expect(await shownAttributes(handle(number))).toMatchObject({ BihuanNextDue: await earliestDue(number), BihuanWaitingFor: 'customer' })
    const details = await currentDetails(handle(number))
    expect(details).toContain('阶段：**处理中**\n- 等待状态：**等待客户补充资料**')
    expect(details).toMatch(/\| 进度更新 \| 恢复后顺延 \| 暂停 \|/)
    await does(people.engineer, number, 'resume')
    await findsNot('waiting for the customer', number)
    expect(await shownAttributes(handle(number))).toMatchObject({ BihuanNextDue: await earliestDue(number) })
    expect(await currentDetails(handle(number))).not.toContain('恢复后顺延')
    await saysNothingPersonal(number)
  })

  it('T14: deferred, it shows the promise that will be missed beside the new one', async () => {
    const number = await walkedTo('handling', people, { form: { ...secret, priority: 'urgent' } })
    const newDueAt = instantOf(Date.now() + 40 * 3_600_000)
    await does(people.engineer, number, 'defer', { reason, cause: 'objective', newDueAt, customerTold: true })
    const details = await currentDetails(handle(number))
    expect(details).toContain('已延期次数：**1**')
    expect(details).toMatch(/\| 解决闭环 \| [^|]+ \| 进行中 \|/)
    expect(details).toMatch(/\| 延期[^|]* \| [^|]+ \| 进行中 \|/)
    await saysNothingPersonal(number)
  })

  it('X6: speaks the language of its profile', async () => {
    const profile = { ...fastProfile('swift', { 'first-response': 600 }), language: 'en' as const }
    const put = await people.admin.send('PUT', '/api/profiles/swift', documentOf(profile), { 'Content-Type': 'application/yaml' })
    expect(put.status, JSON.stringify(put.body)).toBe(201)
    const number = await registered(people.agent, { ...secret, profile: 'swift', priority: 'high' })
    await until(async () => ((await found(`WorkflowId = '${number}'`)).length > 0 ? true : undefined))
    expect(await (await handle(number).describe()).staticSummary()).toMatch(/ · High$/)
    expect(await currentDetails(handle(number))).toMatch(/Stage: \*\*intake\*\*[^]*\| First response \| [^|]+ \| running \|/)
  })
})

describe('a ticket that has ended', () => {
  it('X5: owes nothing, and still says how it ended', async () => {
    const number = await registered(people.agent, { ...secret, profile: 'hasty', priority: 'urgent' })
    await finds('everything overdue', number)
    await does(people.agent, number, 'withdraw', { reason })
    await handle(number).result()
    await finds('withdrawn', number)
    const attributes = await shownAttributes(handle(number))
    expect(attributes).toMatchObject({ BihuanStage: 'withdrawn', BihuanOverdue: false })
    expect(attributes).not.toHaveProperty('BihuanNextDue')
    expect(await currentDetails(handle(number))).toContain('没有待发生的事项')
    await saysNothingPersonal(number)
  })
})

it('every saved query of the documentation is one that Temporal understands', async () => {
  expect(Object.keys(saved).length).toBeGreaterThanOrEqual(8)
  for (const query of Object.values(saved)) expect(await found(query)).toBeInstanceOf(Array)
})

/** Search attributes, memo, summary, details, and the summaries of timers and activities. */
async function saysNothingPersonal(number: string): Promise<void> {
  const description = await handle(number).describe()
  const { events } = await handle(number).fetchHistory()
  const summaries = (events ?? []).flatMap(({ userMetadata }) => [userMetadata?.summary, userMetadata?.details])
  const shown = [
    description.typedSearchAttributes.getAll().map(({ value }) => value),
    description.memo,
    await description.staticSummary(),
    await description.staticDetails(),
    await currentDetails(handle(number)),
    summaries.map((payload) => (payload ? defaultPayloadConverter.fromPayload(office.vault.open(payload, number)) : undefined)),
  ]
  const text = JSON.stringify(shown)
  expect(text).toContain('：') // Something is told.
  for (const word of secrets) expect(text).not.toContain(word)
}

async function promiseOf(number: string, clock: string) {
  return (await people.agent.get(`/api/tickets/${number}/clocks`)).items.find((item) => item['clock'] === clock) ?? {}
}

/** As everybody reads it. */
async function earliestDue(number: string): Promise<unknown> {
  return (await ticket(people.agent, number))['nextDueAt']
}
