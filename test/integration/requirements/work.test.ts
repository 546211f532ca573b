import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Heard } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import {
  does,
  english,
  log,
  noticesOf,
  peopleOf,
  registered,
  ticket,
  tries,
  walkedTo,
  walksOn,
  zh,
  type People,
} from '../../support/walk.ts'

/** 受理到验证: a ticket finds out what is wrong, finds who does it, and is done and verified. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
})
afterAll(() => office.close())

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const path = (heard: Heard) => heard.errors.map((error) => error.path)

describe('T4: triage', () => {
  it('T4: what is missing is asked of the customer, and the ticket waits for them until they supplement it', async () => {
    const number = await registered(people.customer)
    const asked = await does(people.agent, number, 'review-intake', {
      complete: false,
      missing: ['错误截图', '日志'],
      message: '请提供报错时的截图和日志',
    })
    expect(asked.events).toMatchObject([
      { type: 'intake-reviewed', complete: false, missing: ['错误截图', '日志'] },
      { type: 'waiting-started', for: 'customer', reason: '请提供报错时的截图和日志', until: null },
    ])
    // The customer hears it, and sees it on the ticket.
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'information-requested',
      recipientKind: 'customer',
      params: { number, missing: '错误截图\n日志', message: '请提供报错时的截图和日志' },
    })
    expect(await ticket(people.customer, number)).toMatchObject({ stage: 'intake', waiting: { for: 'customer' } })
    const supplemented = await does(people.customer, number, 'supplement', { fields: { errorText: 'HTTP 500' }, text: '截图见附件' })
    expect(supplemented.events).toMatchObject([
      { type: 'supplemented', actor: 'customer-he', fields: { errorText: 'HTTP 500' }, text: '截图见附件' },
      { type: 'waiting-ended', for: 'customer' },
    ])
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'customer-supplied',
      recipientId: 'agent-li',
      params: { number, supplied: 'errorText', text: '截图见附件' },
    })
    expect(await ticket(people.engineer, number)).toMatchObject({ stage: 'intake', waiting: null, fields: { errorText: 'HTTP 500' } })
    await does(people.agent, number, 'review-intake')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'triage' })
  })

  it('T4: who calls the registration incomplete has to say what is missing', async () => {
    const number = await registered(people.agent)
    const heard = await tries(people.agent, number, 'review-intake', { complete: false }, zh)
    expect([heard.status, path(heard)]).toEqual([422, ['missing']])
    expect(await ticket(people.agent, number)).toMatchObject({ version: 1, waiting: null })
  })

  it('T4: during triage and handling too the work waits for logs, and says so to everybody', async () => {
    const number = await walkedTo('triage', people)
    await does(people.engineer, number, 'diagnose', { module: 'login', reproduced: false, needs: ['客户端日志'] })
    await walksOn(number, 'assignment', 'handling', people)
    await does(people.engineer, number, 'wait', { for: 'customer', reason: '等客户提供客户端日志' })
    expect((await tries(people.engineer, number, 'wait')).body).toMatchObject({ status: 409, type: '/problems/already-waiting' })
    expect(await ticket(people.agent, number)).toMatchObject({
      stage: 'handling',
      waiting: { for: 'customer', reason: '等客户提供客户端日志' },
    })
    await does(people.agent, number, 'supplement', { text: '客户已发来日志' })
    expect(await ticket(people.engineer, number)).toMatchObject({ stage: 'handling', waiting: null })
  })

  it('T4: ends in the diagnosis report 问题诊断报告: reproduced or not, the remote session, the module', async () => {
    const number = await walkedTo('triage', people)
    await does(people.engineer, number, 'diagnose', {
      summary: '用客户的账号登录时网关返回 500',
      module: '账号与登录',
      reproduced: true,
      remoteSession: '10:00 起远程协助 20 分钟，客户在场',
      suspectedCause: '会话缓存已满',
      needs: ['网关日志'],
    })
    expect((await log(people.agent, number)).at(-1)).toMatchObject({
      type: 'diagnosed',
      actor: 'engineer-wang',
      summary: '用客户的账号登录时网关返回 500',
      module: 'login',
      reproduced: true,
      remoteSession: '10:00 起远程协助 20 分钟，客户在场',
      suspectedCause: '会话缓存已满',
      needs: ['网关日志'],
    })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'assignment', diagnosis: { module: 'login', reproduced: true } })
  })
})

describe('T5: the emergency review 紧急会议', () => {
  it.each(['urgent', 'high'])('T5: of priority %s, a ticket can be given to nobody before its minutes are recorded', async (priority) => {
    // Who has an address is told by mail: nobody has to ring.
    const customer = { name: '陈先生', phone: '13812345678', email: 'chen@example.com' }
    const number = await walkedTo('triage', people, { form: { priority, customer } })
    const diagnosed = await does(people.engineer, number, 'diagnose')
    expect(diagnosed.body['stage']).toBe('triage')
    for (const [who, command] of [
      [people.supervisor, 'assign'],
      [people.engineer, 'claim'],
      [people.supervisor, 'reassign'],
    ] as const)
      expect((await tries(who, number, command)).body, command).toMatchObject({
        status: 409,
        type: '/problems/wrong-stage',
        stage: 'triage',
      })
    expect((await people.agent.get(`/api/tickets/${number}/outlook`)).body['steps']).toMatchObject([{ command: 'record-review-meeting' }])
    const dueAt = inHours(12)
    await does(people.supervisor, number, 'record-review-meeting', {
      participants: ['张华', '王强', '李娜'],
      decision: '确认为紧急，今晚修复',
      priority: 'urgent',
      dueAt,
      minutes: '影响三个客户，先回滚再修复。',
    })
    expect((await log(people.agent, number)).at(-1)).toMatchObject({
      type: 'review-meeting-recorded',
      actor: 'supervisor-zhang',
      participants: ['张华', '王强', '李娜'],
      decision: '确认为紧急，今晚修复',
      priority: 'urgent',
      dueAt,
      minutes: '影响三个客户，先回滚再修复。',
    })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'assignment', priority: 'urgent', agreedDueAt: dueAt })
    // The deadline agreed is the one the assignee is told (T6).
    await does(people.supervisor, number, 'assign')
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'ticket-assigned',
      recipientId: 'engineer-wang',
      params: { number, dueAt },
    })
  })

  it('T5: a medium ticket needs none, and is told so', async () => {
    const number = await walkedTo('triage', people)
    expect((await tries(people.supervisor, number, 'record-review-meeting', { priority: 'medium' }, english)).body).toMatchObject({
      status: 409,
      type: '/problems/no-review-meeting',
    })
    expect((await does(people.engineer, number, 'diagnose')).body['stage']).toBe('assignment')
  })

  it('T5: participants, decision and minutes are required, and a deadline that has passed is refused', async () => {
    const number = await walkedTo('triage', people, { form: { priority: 'urgent' } })
    const blank = await people.supervisor.post(`/api/tickets/${number}/record-review-meeting`, { participants: [], priority: 'urgent' })
    expect([blank.status, path(blank).toSorted()]).toEqual([422, ['decision', 'minutes', 'participants']])
    const late = await tries(people.supervisor, number, 'record-review-meeting', { dueAt: '2020-01-01T00:00:00Z' })
    expect([late.status, path(late)]).toEqual([422, ['dueAt']])
  })
})

/** The cycles of one clock, as everybody who reads the ticket's clocks sees them. */
async function promises(number: string, clock: string) {
  const { items } = await people.agent.get(`/api/tickets/${number}/clocks`)
  return items.filter((promise) => promise['clock'] === clock)
}

describe('T6: assignment', () => {
  it('T6: the assignee learns the deadline with the ticket: in elapsed or in working time', async () => {
    const high = await walkedTo('triage', people, { form: { priority: 'high' } })
    await does(people.engineer, high, 'diagnose')
    await does(people.supervisor, high, 'record-review-meeting', { priority: 'high' })
    const { submittedAt } = await ticket(people.agent, high)
    const dueAt = new Date(Date.parse(String(submittedAt)) + 72 * 3_600_000).toISOString()
    expect((await does(people.agent, high, 'assign')).events).toMatchObject([
      { type: 'assigned', manner: 'assigned', assignee: 'engineer-wang', deadline: dueAt },
    ])
    expect((await noticesOf(office, high)).at(-1)).toMatchObject({
      kind: 'ticket-assigned',
      recipientKind: 'person',
      recipientId: 'engineer-wang',
      params: { number: high, dueAt },
    })
    const medium = await walkedTo('assignment', people)
    const [due] = await promises(medium, 'resolution')
    expect((await does(people.engineer, medium, 'claim')).events).toMatchObject([{ manner: 'claimed', deadline: due?.['dueAt'] }])
    expect((await noticesOf(office, medium)).at(-1)).toMatchObject({
      kind: 'ticket-assigned',
      recipientId: 'engineer-wang',
      params: { number: medium, dueAt: due?.['dueAt'] },
    })
    await does(people.engineer, medium, 'accept')
    expect(await ticket(people.agent, medium)).toMatchObject({ stage: 'handling', assignee: 'engineer-wang' })
  })

  it('T6: a team gets it into its queue and is told', async () => {
    const number = await walkedTo('assignment', people)
    await does(people.supervisor, number, 'assign', { assignee: undefined, team: 'service-desk' })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'ticket-queued',
      recipientKind: 'team',
      recipientId: 'service-desk',
    })
    expect((await people.agent.get('/api/queues/service-desk')).items).toMatchObject([{ number, assignee: null }])
  })

  it('T6, X8: whoever is absent, their deputy gets it and is told the deadline; without deputy nobody does', async () => {
    const liu = await office.person('engineer-liu')
    const away = await liu.post('/api/absences', { person: 'engineer-liu', until: inHours(48), deputy: 'engineer-chen', note: '年假' })
    expect(away.status, JSON.stringify(away.body)).toBe(201)
    const number = await walkedTo('assignment', people)
    expect((await does(people.supervisor, number, 'assign', { assignee: 'engineer-liu' })).events).toMatchObject([
      { type: 'assigned', assignee: 'engineer-chen', insteadOf: 'engineer-liu' },
    ])
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'ticket-assigned',
      recipientId: 'engineer-chen',
      params: { dueAt: expect.any(String) },
    })
    await does(people.otherEngineer, number, 'accept')
    const nobody = await people.supervisor.post('/api/absences', { person: 'agent-zhou', until: inHours(48) })
    expect(nobody.status, JSON.stringify(nobody.body)).toBe(201)
    const other = await walkedTo('assignment', people)
    const refused = await tries(people.supervisor, other, 'assign', { assignee: 'agent-zhou' }, zh)
    expect(refused.errors).toMatchObject([{ path: 'assignee', code: 'absent-without-deputy', message: expect.stringContaining('周婷') }])
    expect(await ticket(people.agent, other)).toMatchObject({ assignee: null })
  })
})

describe('S9: the queue 待办工单', () => {
  it('S9: shows what nobody has, and of two who claim at once exactly one gets it; the other learns who, by name', async () => {
    const number = await walkedTo('assignment', people)
    const queue = async () => (await people.engineer.get('/api/queues/tech-support?limit=200')).items.map((item) => item['number'])
    expect(await queue()).toContain(number)
    const racers = [
      { id: 'engineer-wang', name: '王强', speaker: people.engineer },
      { id: 'engineer-chen', name: '陈刚', speaker: people.otherEngineer.at(office.api()) },
    ]
    const heard = await Promise.all(racers.map(async (racer) => ({ racer, answer: await tries(racer.speaker, number, 'claim', {}, zh) })))
    expect(new Set(heard.map(({ answer }) => answer.status))).toEqual(new Set([200, 409]))
    const won = heard.find(({ answer }) => answer.status === 200)
    const lost = heard.find(({ answer }) => answer.status === 409)
    expect(lost?.answer.body).toMatchObject({ type: '/problems/already-held', holder: won?.racer.id })
    expect(lost?.answer.detail).toContain(won?.racer.name)
    expect(await ticket(people.agent, number)).toMatchObject({ assignee: won?.racer.id })
    expect(await queue()).not.toContain(number)
    expect((await people.agent.get(`/api/assignments?ticket=${number}`)).items).toHaveLength(1)
    // Who got it can give it back, with the reason.
    const winner = won?.racer.speaker ?? people.engineer
    const silent = await winner.post(`/api/tickets/${number}/release`, {})
    expect([silent.status, path(silent)]).toEqual([422, ['reason']])
    await does(winner, number, 'release', { reason: '需要硬件同事处理' })
    expect(await queue()).toContain(number)
  })
})

describe('S10: reassignment 改派', () => {
  it("S10: is a lead's decision with a reason, and goes on the ledger", async () => {
    const number = await walkedTo('handling', people)
    for (const who of [people.agent, people.engineer, people.customer]) {
      const refused = await tries(who, number, 'reassign')
      expect([403, 404], JSON.stringify(refused.body)).toContain(refused.status)
    }
    const silent = await people.supervisor.post(`/api/tickets/${number}/reassign`, { assignee: 'engineer-chen' })
    expect([silent.status, path(silent)]).toEqual([422, ['reason']])
    const blank = await tries(people.supervisor, number, 'reassign', { reason: '   ' })
    expect([blank.status, path(blank)]).toEqual([422, ['reason']])
    const same = await tries(people.supervisor, number, 'reassign', { assignee: 'engineer-wang' })
    expect([same.status, path(same)]).toEqual([422, ['assignee']])
    await does(people.supervisor, number, 'reassign', { assignee: 'engineer-chen', reason: '王工负荷过高' })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'assignment', assignee: 'engineer-chen' })
    expect((await noticesOf(office, number)).slice(-2)).toMatchObject([
      { kind: 'ticket-assigned', recipientId: 'engineer-chen', params: { dueAt: expect.any(String) } },
      { kind: 'ticket-moved', recipientId: 'engineer-wang', params: { to: 'engineer-chen', reason: '王工负荷过高' } },
    ])
    await does(people.otherEngineer, number, 'accept')
    await does(people.lead, number, 'reassign', { assignee: undefined, team: 'service-desk', reason: '转客服跟进' })
    const ledger = await people.agent.get(`/api/assignments?ticket=${number}`, zh)
    expect(ledger.items).toMatchObject([
      { manner: 'reassigned', assignee: null, team: 'service-desk', previous: 'engineer-chen', reason: '转客服跟进', by: 'lead-xu' },
      {
        manner: 'reassigned',
        assignee: 'engineer-chen',
        team: 'tech-support',
        previous: 'engineer-wang',
        reason: '王工负荷过高',
        by: 'supervisor-zhang',
      },
      { manner: 'assigned', assignee: 'engineer-wang', previous: null, by: 'supervisor-zhang' },
    ])
    expect(ledger.body['names']).toMatchObject({ 'engineer-chen': '陈刚', 'lead-xu': '徐明', 'service-desk': '客服台' })
    expect((await people.agent.get('/api/assignments?assignee=engineer-chen&limit=200')).items).toEqual(
      expect.arrayContaining([expect.objectContaining({ ticket: number })]),
    )
  })
})

describe('T9: internal verification', () => {
  it('T9: a failure returns to the same handler, on record; what passes must have had its side effects checked', async () => {
    const number = await walkedTo('verification', people)
    const unchecked = await tries(people.quality, number, 'verify', { sideEffectsChecked: false }, zh)
    expect([unchecked.status, path(unchecked)]).toEqual([422, ['sideEffectsChecked']])
    await does(people.quality, number, 'verify', { passed: false, method: '回归测试', sideEffectsChecked: false, remark: '保存仍报 500' })
    expect(await ticket(people.engineer, number)).toMatchObject({ stage: 'handling', assignee: 'engineer-wang' })
    expect((await log(people.agent, number)).at(-1)).toMatchObject({
      type: 'verified',
      passed: false,
      remark: '保存仍报 500',
      actor: 'quality-wu',
    })
    expect((await noticesOf(office, number)).map(({ kind }) => kind)).not.toContain('confirmation-requested')
    await does(people.engineer, number, 'complete', { solution: '重新部署并修复' })
    await does(people.engineer, number, 'verify', { method: '复现步骤重测' })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'confirmation' })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({ kind: 'confirmation-requested', recipientKind: 'customer' })
  })
})

describe('T15: classification on three axes', () => {
  const cause = { direct: '空指针', underlying: '缺少检查' }
  const axes = { module: 'login', type: 'software-fault', cause: 'code-defect' }

  it.each([
    ['module', { classification: { ...axes, module: '问题' } }, 'classification.module', '问题'],
    ['type', { classification: { ...axes, type: 'other' } }, 'classification.type', 'other'],
    ['cause', { classification: { ...axes, cause: '未知故障' } }, 'classification.cause', '未知故障'],
    ['tag', { tags: ['登录超时', '報錯'] }, 'tags[1]', '報錯'],
    ['tag in English', { tags: ['Bug'] }, 'tags[0]', 'Bug'],
  ])('T15: a %s that says nothing is refused with path, word and reason, in zh and en', async (_, changes, at, word) => {
    const number = await sharedHandling()
    const inChinese = await tries(people.engineer, number, 'complete', { cause, ...changes }, zh)
    expect([inChinese.status, path(inChinese)]).toEqual([422, [at]])
    expect(inChinese.errors).toMatchObject([
      { code: 'empty-word', message: expect.stringMatching(new RegExp(`“${word}”.*没有说明任何问题`)) },
    ])
    const inEnglish = await tries(people.engineer, number, 'complete', { cause, ...changes }, english)
    expect(inEnglish.errors).toMatchObject([
      { path: at, code: 'empty-word', message: expect.stringMatching(new RegExp(`${word}.*says nothing`, 'i')) },
    ])
    expect(await ticket(people.engineer, number)).toMatchObject({ stage: 'handling' })
  })

  it('T15: words that say something are kept, listed ones by their id, whatever language they were chosen in', async () => {
    const number = await walkedTo('handling', people)
    const { events } = await does(people.engineer, number, 'complete', {
      classification: { module: '帳號與登入', type: '软件功能异常', cause: 'Expired certificate or licence' },
      tags: ['证书到期', ' 单点登录 '],
    })
    expect(events).toMatchObject([
      {
        type: 'completed',
        classification: { module: 'login', type: 'software-fault', cause: 'expired-credential' },
        tags: ['证书到期', '单点登录'],
      },
    ])
  })

  let handling: Promise<string> | undefined
  const sharedHandling = () => (handling ??= walkedTo('handling', people))
})
