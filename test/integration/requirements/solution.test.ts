import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hoursBetween } from '../../../domain/instant.ts'
import type { Heard } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { does, english, log, noticesOf, peopleOf, ticket, tries, walkedTo, walksOn, zh, type People } from '../../support/walk.ts'

/** 客户确认与结案: the customer says whether the problem is solved, and the report says what was done. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
})
afterAll(() => office.close())

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const path = (heard: Heard) => heard.errors.map((error) => error.path)
const work = async (who = people.agent) => (await who.get('/api/me/work?limit=200')).body

describe("T10: the customer's verification", () => {
  it('T10: solved: outcome, channel, remark and proof are on record, and the ticket goes to closing', async () => {
    const number = await walkedTo('confirmation', people)
    const { events } = await does(people.agent, number, 'confirm', {
      outcome: 'solved',
      channel: 'chat',
      remark: '按复现步骤试过，没有再出现',
      satisfaction: 5,
      proof: '聊天记录 2026-11-03 10:12',
    })
    expect(events).toMatchObject([
      { type: 'confirmed', actor: 'agent-li', outcome: 'solved', channel: 'chat', remark: '按复现步骤试过，没有再出现', satisfaction: 5 },
    ])
    expect(await ticket(people.agent, number)).toMatchObject({
      stage: 'closing',
      tasks: [],
      promises: expect.arrayContaining([expect.objectContaining({ clock: 'callback', state: 'running' })]),
    })
    expect((await people.agent.get(`/api/tickets/${number}/contacts`)).items.at(-1)).toMatchObject({
      type: 'confirmed',
      channel: 'chat',
      by: 'agent-li',
    })
  })

  it('T10: the customer answers themselves, on their own ticket', async () => {
    const number = await walkedTo('confirmation', people, { registrar: people.customer })
    await does(people.customer, number, 'confirm', { channel: 'ticket-system' })
    expect((await log(people.agent, number)).at(-1)).toMatchObject({ type: 'confirmed', actor: 'customer-he' })
    const foreign = await walkedTo('confirmation', people)
    expect((await tries(people.customer, foreign, 'confirm')).status).toBe(404)
  })

  it('T10: partly: a remark is required; the open question becomes a task of the representative, who has to finish it before the archive', async () => {
    const number = await walkedTo('confirmation', people)
    const silent = await tries(people.agent, number, 'confirm', { outcome: 'partly' }, zh)
    expect([silent.status, path(silent)]).toEqual([422, ['remark']])
    await does(people.agent, number, 'confirm', { outcome: 'partly', remark: '导出仍然偏慢，为什么？' })
    const seen = await ticket(people.agent, number)
    expect(seen).toMatchObject({ stage: 'closing', tasks: [{ kind: 'open-question', text: '导出仍然偏慢，为什么？', owner: 'agent-li' }] })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'task-opened',
      recipientId: 'agent-li',
      params: { number, text: '导出仍然偏慢，为什么？' },
    })
    // It passes: the handler closes; the representative still has it before them.
    await does(people.engineer, number, 'close', { article: 'KB-3' })
    await does(people.agent, number, 'callback')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'follow-up' })
    const outlook = async () => (await people.agent.get(`/api/tickets/${number}/outlook`)).body
    expect(await outlook()).toMatchObject({ next: [], steps: [{ command: 'finish-task' }] })
    expect((await work())['represented']).toEqual(expect.arrayContaining([expect.objectContaining({ number })]))
    // Only what is open can be finished, with a result.
    const wrong = await tries(people.agent, number, 'finish-task', { task: 999 })
    expect([wrong.status, path(wrong)]).toEqual([422, ['task']])
    const task = (await log(people.agent, number)).find(({ type }) => type === 'task-opened')
    await does(people.agent, number, 'finish-task', { task: task?.['seq'], result: '已说明：大文件走夜间导出' })
    expect((await log(people.agent, number)).at(-1)).toMatchObject({ type: 'task-finished', result: '已说明：大文件走夜间导出' })
    expect(await ticket(people.agent, number)).toMatchObject({ tasks: [] })
    const { reopenableUntil } = await ticket(people.agent, number)
    expect(await outlook()).toMatchObject({ steps: [], next: [{ clock: 'reopening', dueAt: reopenableUntil, cancelledBy: ['reopen'] }] })
  })

  it('T10: unsolved: back to the handler, and nothing is completed before the cause is analysed and a new plan with a new deadline is filed', async () => {
    const number = await walkedTo('handling', people)
    const first = inHours(4)
    await does(people.engineer, number, 'plan', { estimatedFinishAt: first })
    await does(people.engineer, number, 'complete')
    await does(people.quality, number, 'verify')
    await does(people.agent, number, 'confirm', { outcome: 'unsolved', remark: '今天又断了两次' })
    expect(await ticket(people.engineer, number)).toMatchObject({
      stage: 'handling',
      assignee: 'engineer-wang',
      agreedDueAt: null,
    })
    // Whom no mail reaches is to be told by phone, once delivery has looked at it: that is a step beside, sooner or later.
    expect((await people.engineer.get(`/api/tickets/${number}/outlook`)).body['steps']).toEqual(
      expect.arrayContaining([expect.objectContaining({ command: 'plan' })]),
    )
    expect((await people.engineer.get(`/api/tickets/${number}/outlook`)).body['steps']).not.toEqual(
      expect.arrayContaining([expect.objectContaining({ command: 'complete' })]),
    )
    for (const language of [zh, english]) {
      expect((await tries(people.engineer, number, 'complete', {}, language)).body).toMatchObject({
        status: 409,
        type: '/problems/plan-needed',
      })
    }
    const past = await tries(people.engineer, number, 'plan', { estimatedFinishAt: '2020-01-01T00:00:00Z' })
    expect([past.status, path(past)]).toEqual([422, ['estimatedFinishAt']])
    await does(people.engineer, number, 'diagnose', { summary: '根因是连接池泄漏', module: 'server-and-database' })
    const second = inHours(8)
    await does(people.engineer, number, 'plan', { kind: '代码修复', steps: '修复连接池泄漏并压测', estimatedFinishAt: second })
    expect(await ticket(people.engineer, number)).toMatchObject({
      stage: 'handling',
      agreedDueAt: second,
      plan: { kind: 'code-fix', estimatedFinishAt: second },
      diagnosis: { module: 'server-and-database' },
    })
    await walksOn(number, 'handling', 'closing', people)
    expect((await log(people.agent, number)).filter(({ type }) => type === 'confirmed').map(({ outcome }) => outcome)).toEqual([
      'unsolved',
      'solved',
    ])
  })
})

describe('T11: the problem-resolution report 问题解决报告', () => {
  it('T11: satisfaction is required unless the customer gave it, from 1 to 5', async () => {
    const number = await walkedTo('closing', people)
    const without = await people.engineer.post(`/api/tickets/${number}/close`, {}, zh)
    expect([without.status, path(without), without.errors[0]?.code]).toEqual([422, ['satisfaction'], 'required'])
    for (const satisfaction of [0, 6, 4.5, '5']) {
      const wrong = await tries(people.engineer, number, 'close', { satisfaction })
      expect([wrong.status, path(wrong)], String(satisfaction)).toEqual([422, ['satisfaction']])
    }
    const given = await walkedTo('confirmation', people)
    await does(people.agent, given, 'confirm', { satisfaction: 4, proof: '录音 A-17' })
    expect((await does(people.engineer, given, 'close', { satisfaction: undefined })).events).toMatchObject([
      { type: 'closed', satisfaction: 4 },
    ])
  })

  it('T11: has cause, solution, duration as computed, the answer with its proof, satisfaction, article, handler and time', async () => {
    const number = await walkedTo('handling', people)
    const solution = { solution: '修复订单保存接口的空指针', cause: { direct: '空指针', underlying: '缺少输入检查' } }
    await does(people.engineer, number, 'complete', solution)
    await does(people.quality, number, 'verify', { method: '复现步骤重测' })
    await does(people.agent, number, 'confirm', { remark: '好了', proof: '录音 B-02' })
    const { events } = await does(people.engineer, number, 'close', {
      satisfaction: 5,
      proof: '客户确认邮件截图',
      article: 'KB-2031 订单保存 500',
    })
    const entries = await log(people.agent, number)
    const assigned = entries.find(({ type }) => type === 'assigned')
    const completed = entries.find(({ type }) => type === 'completed')
    const confirmed = entries.find(({ type }) => type === 'confirmed')
    expect(completed).toMatchObject({ ...solution, actor: 'engineer-wang' })
    expect(events).toMatchObject([
      {
        type: 'closed',
        actor: 'engineer-wang',
        handler: 'engineer-wang',
        satisfaction: 5,
        proof: '客户确认邮件截图',
        article: 'KB-2031 订单保存 500',
        durationHours: hoursBetween(String(assigned?.['at']), String(confirmed?.['occurredAt'])),
        // The report's texts are the ones on record.
        completion: completed?.['seq'],
        confirmation: confirmed?.['seq'],
      },
    ])
    const seen = await ticket(people.agent, number)
    expect(seen).toMatchObject({ stage: 'follow-up', closedAt: events[0]?.['at'], resolvedAt: confirmed?.['occurredAt'] })
    expect((await people.agent.get('/api/tickets?stage=follow-up&limit=200')).items).toEqual(
      expect.arrayContaining([expect.objectContaining({ number })]),
    )
  })

  it('T11, X8: the duration counts from the first assignment to when the customer really answered, not to when that was recorded', async () => {
    const number = await walkedTo('confirmation', people)
    const verified = (await log(people.agent, number)).find(({ type }) => type === 'verified')
    const assigned = (await log(people.agent, number)).find(({ type }) => type === 'assigned')
    const answered = String(verified?.['at'])
    await does(people.agent, number, 'confirm', { occurredAt: answered })
    const { events } = await does(people.engineer, number, 'close')
    expect(events).toMatchObject([{ durationHours: hoursBetween(String(assigned?.['at']), answered) }])
    expect(await ticket(people.agent, number)).toMatchObject({ resolvedAt: answered })
  })

  it("T11: the handler closes, nobody else's engineer does", async () => {
    const number = await walkedTo('closing', people)
    expect((await tries(people.otherEngineer, number, 'close')).body).toMatchObject({
      status: 403,
      type: '/problems/not-yours',
      holder: 'engineer-wang',
    })
    await does(people.engineer, number, 'close')
  })
})
