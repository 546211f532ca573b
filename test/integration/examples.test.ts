import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bodyText, readExamples, examplesPath, type Example } from '../../api/openapi/examples.ts'
import { instantOf } from '../../domain/instant.ts'
import { repairsText } from '../support/own-acts.ts'
import { apiDocument, type ApiDocument } from '../support/api-document.ts'
import { form as usualForm, type Heard, type Speaker } from '../support/api.ts'
import { emptiedAs, fixed, shapeOf } from '../support/examples.ts'
import { until } from '../support/launcher.ts'
import { backdated, furnishAssessments, late, otherManager, profile as scored } from '../support/assessed.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { longRecorded, profileWithSamples } from '../support/samples.ts'
import { peopleOf, usualInput, walkedTo, type CommandName, type Input, type People } from '../support/walk.ts'

/**
 * The examples of the OpenAPI document are a conversation: it is held here again with the real service, and what is asked and
 * answered must be what the document shows. After a change that means to change them: `npm run examples:record`.
 */

const recording = process.env['BIHUAN_RECORD_EXAMPLES'] !== undefined

let office: OfficeOnTemporal
let people: People
let document: ApiDocument
const said: Record<string, Example> = {}

beforeAll(async () => {
  document = await apiDocument()
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  await conversation()
  await office.settled()
}, 120_000)
afterAll(() => office.close())

/** Of a customer who is told by mail: what would have to be passed on stands on a ticket from some moment on, and not in quiet hours. */
const form = { ...usualForm, customer: { ...usualForm.customer, email: 'chen@example.com' } }

type Asked = Partial<Pick<Example, 'params' | 'query' | 'body' | 'bodyFile'>>

/** Somebody does what an operation is there for. */
async function example(who: Speaker, id: string, asked: Asked = {}): Promise<Heard> {
  const { method, path } = operationNamed(id)
  const { params = {}, query = {}, bodyFile } = asked
  const body = asked.body ?? (method === 'get' || bodyFile !== undefined ? undefined : {})
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]))
  const where = search.size > 0 ? `${address}?${search.toString()}` : address
  const language = { 'Accept-Language': 'zh-CN' }
  const heard =
    method === 'get'
      ? await who.get(where, language)
      : bodyFile === undefined
        ? await who.send(method.toUpperCase(), where, JSON.stringify(body), { ...language, 'Content-Type': 'application/json' })
        : await who.send(method.toUpperCase(), where, bodyText(bodyFile), { ...language, 'Content-Type': 'application/yaml' })
  expect([200, 201], `${id}: ${JSON.stringify(heard.body)}`).toContain(heard.status)
  said[id] = { params, query, ...(body !== undefined && { body }), ...(bodyFile !== undefined && { bodyFile }), answer: heard.body }
  return heard
}

function operationNamed(id: string): { method: string; path: string } {
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, { operationId }] of Object.entries(methods)) if (operationId === id) return { method, path }
  throw new Error(`no operation ${id}`)
}

/** A command with its usual input. */
async function act(who: Speaker, number: string, command: CommandName, changes: Input = {}): Promise<Heard> {
  const id = document.paths[`/api/tickets/{number}/${command}`]?.['post']?.operationId ?? command
  return example(who, id, { params: { number }, body: { ...usualInput(command), ...changes } })
}

async function conversation(): Promise<void> {
  const number = await oneLife()
  await otherWays()
  await reading(number)
  await directory()
  await aboutPeople()
  await documents()
  await notices()
  await tokens()
  await reports()
  await reviews()
  await assessments()
  await samples()
}

/** A ticket from its registration to the follow-up. */
async function oneLife(): Promise<string> {
  const { agent, engineer, supervisor, quality } = people
  const { number } = await example(agent, 'registerTicket', { body: form })
  await act(agent, number, 'contact')
  await act(agent, number, 'supplement')
  await act(agent, number, 'note')
  await act(agent, number, 'correct')
  await act(agent, number, 'reveal')
  await act(agent, number, 'link-customer')
  await act(agent, number, 'urge')
  await act(agent, number, 'review-intake')
  await act(agent, number, 'diagnose')
  await act(supervisor, number, 'assign')
  await act(engineer, number, 'accept')
  await act(engineer, number, 'confirm-priority')
  await act(engineer, number, 'request-priority-change')
  await act(supervisor, number, 'decide-priority-change')
  await act(engineer, number, 'plan', { estimatedFinishAt: inDays(2) })
  await act(engineer, number, 'update-progress')
  await act(engineer, number, 'add-helper')
  await act(people.otherEngineer, number, 'remove-helper')
  await act(engineer, number, 'query')
  await act(agent, number, 'answer-query')
  await act(supervisor, number, 'intervene')
  await act(supervisor, number, 'close-intervention')
  await act(agent, number, 'record-coordination')
  await act(agent, number, 'move-milestone', { dueAt: inDays(6) })
  await act(people.otherEngineer, number, 'report-milestone')
  await act(agent, number, 'record-coordination')
  await example(agent, 'listMilestones', { query: { limit: 5 } })
  await act(agent, number, 'drop-milestone', { milestone: 2 })
  await act(engineer, number, 'wait', { until: inDays(1) })
  await act(engineer, number, 'resume')
  await act(engineer, number, 'defer', { newDueAt: inDays(20) })
  await act(engineer, number, 'complete')
  await act(quality, number, 'verify')
  const { events } = await act(agent, number, 'confirm', { outcome: 'partly', remark: '旧订单何时补齐' })
  const task = events.find(({ type }) => type === 'task-opened') ?? events[0]
  await act(agent, number, 'finish-task', { task: task?.seq })
  await act(engineer, number, 'close')
  await act(agent, number, 'callback')
  await act(engineer, number, 'file-article')
  return number
}

/** A customer whom another system knows, and one whom somebody enters. */
async function directory(): Promise<void> {
  const { agent, admin, supervisor } = people
  const organisation = { kind: 'organisation', name: '海鸥贸易', phones: ['021-55667788'] }
  await admin.send('PUT', '/api/customer-external-ids/crm-org-7', JSON.stringify(organisation), { 'Content-Type': 'application/json' })
  await example(admin, 'putCustomerByExternalId', {
    params: { externalId: 'crm-4711' },
    body: { name: '周总', accounts: ['zhou'], phones: ['13912345678'], tier: 'gold', tags: ['vip'], organisationExternalId: 'crm-org-7' },
  })
  const entered = await example(agent, 'enterCustomer', { body: { name: '吴女士', emails: ['wu@example.com'] } })
  const id = String(entered.body['id'])
  await example(agent, 'changeCustomer', { params: { id }, body: { tier: 'silver' } })
  await example(agent, 'listCustomers', { query: { contact: '13912345678' } })
  await example(agent, 'readCustomer', { params: { id } })
  await example(agent, 'revealCustomer', { params: { id }, body: { reason: '回电' } })
  await example(supervisor, 'eraseCustomer', { params: { id }, body: { reason: '客户要求' } })
  await example(supervisor, 'listCustomerActs', { params: { id } })
}

/** What does not happen in the life of every ticket. */
async function otherWays(): Promise<void> {
  const { agent, engineer, supervisor } = people
  const queued = await readyToAssign()
  await act(engineer, queued, 'claim')
  await act(engineer, queued, 'release')
  await supervisor.post(`/api/tickets/${queued}/assign`, { assignee: 'engineer-wang' })
  await act(supervisor, queued, 'reassign')
  await act(supervisor, queued, 'hand-over', { from: 'engineer-chen', to: 'engineer-wang' })

  const difficult = await readyToAssign()
  await engineer.post(`/api/tickets/${difficult}/claim`, {})
  await act(engineer, difficult, 'hand-up')

  const urgent = (await agent.post('/api/tickets', { ...form, priority: 'urgent' })).number
  await agent.post(`/api/tickets/${urgent}/review-intake`, usualInput('review-intake'))
  await agent.post(`/api/tickets/${urgent}/diagnose`, usualInput('diagnose'))
  await act(supervisor, urgent, 'record-review-meeting', { participants: ['engineer-chen', 'engineer-wang'] })

  const again = await resolved()
  await act(agent, again, 'reopen')
  const mistaken = (await agent.post('/api/tickets', form)).number
  await act(agent, mistaken, 'reclassify')
  await act(agent, mistaken, 'withdraw')

  const yaml = { 'Content-Type': 'application/yaml' }
  expect((await people.admin.send('PUT', '/api/profiles/repairs', repairsText, yaml)).status).toBe(201)
  const repair = await agent.post('/api/tickets', {
    ...form,
    profile: 'repairs',
    type: 'repair',
    channel: 'phone',
    fields: { room: '8-1203' },
  })
  await supervisor.post(`/api/tickets/${repair.number}/assign`, { assignee: 'engineer-wang' })
  await act(engineer, repair.number, 'record-act')
}

async function readyToAssign(): Promise<string> {
  const { number } = await people.agent.post('/api/tickets', form)
  for (const command of ['review-intake', 'diagnose'] as const)
    await people.agent.post(`/api/tickets/${number}/${command}`, usualInput(command))
  return number
}

async function resolved(): Promise<string> {
  const number = await readyToAssign()
  const { agent, engineer, supervisor, quality } = people
  const steps = [
    [supervisor, 'assign'],
    [engineer, 'accept'],
    [engineer, 'complete'],
    [quality, 'verify'],
    [agent, 'confirm'],
  ] as const
  for (const [who, command] of steps) await who.post(`/api/tickets/${number}/${command}`, usualInput(command))
  return number
}

async function reading(number: string): Promise<void> {
  const { agent, supervisor, engineer } = people
  await example(agent, 'readTicket', { params: { number } })
  await example(agent, 'listTickets', { query: { open: true, sort: 'nextDue', limit: 2 } })
  await example(agent, 'listEvents', { params: { number }, query: { limit: 4 } })
  await example(agent, 'readOutlook', { params: { number } })
  await example(agent, 'listContacts', { params: { number } })
  await example(agent, 'listClocks', { params: { number } })
  await example(engineer, 'readMe')
  await example(engineer, 'readMyWork', { query: { limit: 2 } })
  await example(agent, 'readQueue', { params: { team: 'tech-support' }, query: { limit: 2 } })
  await example(supervisor, 'listAssignments', { query: { ticket: number, limit: 5 } })
  const key = 'registration-of-8-march'
  await agent.post('/api/tickets', form, { 'Idempotency-Key': key })
  await example(agent, 'readRequest', { params: { key } })
}

async function aboutPeople(): Promise<void> {
  const { agent, engineer, supervisor } = people
  await example(people.quality, 'listFigures')
  const [from, until] = [inDays(-30), inDays(1)]
  const query = { profile: 'tech-support', from, until, clock: 'first-response', splitBy: 'team', compare: true }
  await example(people.quality, 'readFigure', { params: { id: 'attainment' }, query })
  await example(agent, 'listPeople', { query: { role: 'engineer' } })
  await example(agent, 'listTeams')
  const away = { person: 'engineer-wang', from: inDays(7), until: inDays(9), deputy: 'engineer-chen', note: '培训' }
  const { body } = await example(engineer, 'recordAbsence', { body: away })
  const { id } = z.object({ id: z.number() }).parse(body)
  await example(engineer, 'changeAbsence', { params: { id }, body: { until: inDays(10) } })
  await example(agent, 'listAbsences', { query: { person: 'engineer-wang' } })
  await example(engineer, 'endAbsence', { params: { id } })
  await example(supervisor, 'handOverAll', { params: { id: 'engineer-wang' }, body: { to: 'engineer-chen', reason: '调岗' } })
}

async function documents(): Promise<void> {
  const { agent, admin } = people
  await example(agent, 'listProfiles')
  await example(agent, 'readProfile', { params: { id: 'tech-support' } })
  await example(agent, 'compareProfile', { params: { id: 'tech-support' }, query: { from: 'standard-ticket' } })
  await example(agent, 'readRegistrationForm', { params: { id: 'tech-support' } })
  await example(admin, 'checkProfile', { bodyFile: 'profiles/tech-support.yaml' })
  const ticket = { type: 'software-fault', priority: 'urgent', at: '2026-12-01T09:00' }
  const story = [
    { at: '+PT10M', by: 'representative', do: 'review-intake' },
    { at: '2026-12-01T09:30', by: 'representative', do: 'claim', with: {} },
    { at: '+PT5M', by: 'representative', do: 'withdraw', with: { reason: '客户自行解决' } },
  ]
  await example(admin, 'rehearseProfile', { body: { profile: 'tech-support', ticket, story, language: 'zh-CN' } })
  await example(admin, 'putProfile', { params: { id: 'tech-support' }, bodyFile: 'profiles/tech-support.yaml' })
  await example(admin, 'retireProfile', { params: { id: 'internet-company' }, body: { reason: '已由新流程取代' } })
  await example(agent, 'listCalendars')
  const { body } = await example(agent, 'readCalendar', { params: { id: 'cn-office' } })
  const { version: _v, versions: _all, installedAt: _at, installedBy: _by, ...calendar } = body
  await example(admin, 'putCalendar', { params: { id: 'cn-office' }, body: calendar })
  await example(agent, 'readWorkingDue', { params: { id: 'cn-office' }, query: { from: '2026-02-13T09:00:00.000Z', working: 'PT8H' } })
  const span = { from: '2026-02-13T09:00:00.000Z', to: '2026-02-25T03:00:00.000Z' }
  await example(agent, 'readWorkingElapsed', { params: { id: 'cn-office' }, query: span })
  const { items } = await example(agent, 'listTemplates', { query: { profile: 'tech-support' } })
  const { id } = z.object({ id: z.string() }).parse(items[0])
  await example(agent, 'readTemplate', { params: { id }, query: { profile: 'tech-support' } })
}

async function notices(): Promise<void> {
  const { agent, supervisor } = people
  // No quiet hours hold what is urgent, and what is sent stays as it is: the example is the same at any time of the day.
  const { number } = await agent.post('/api/tickets', { ...form, priority: 'urgent' })
  await until(async () => (await agent.get(`/api/notices?ticket=${number}`)).items.every(({ status }) => status === 'sent') || undefined)
  const { items } = await example(agent, 'listNotices', { query: { ticket: number, limit: 2 } })
  const { id } = z.object({ id: z.number() }).parse(items[0])
  await example(agent, 'readNotice', { params: { id } })
  // A mail server that refuses for good; what it says is of no concern here.
  await office.db.updateTable('notices').set({ status: 'dead' }).where('id', '=', id).execute()
  await example(supervisor, 'retryNotice', { params: { id } })
  await example(agent, 'putPreferences', { body: { language: 'zh-CN', quietHours: { from: '20:00', until: '08:30' }, muted: [] } })
  await example(agent, 'readPreferences')
}

async function tokens(): Promise<void> {
  const { agent, admin } = people
  const { body } = await example(agent, 'createToken', { body: { label: '夜间报表', days: 30 } })
  await example(agent, 'listTokens')
  await example(agent, 'revokeToken', { params: { id: z.object({ id: z.string() }).parse(body).id } })
  const json = { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'eyJzdGFnZSI6InRyaWFnZSJ9' }
  await example(admin, 'decodePayloads', { body: { payloads: [json] } })
}

/** A review from its opening to its end, and what is remembered of it. */
async function reviews(): Promise<void> {
  const { agent, engineer, supervisor, quality, lead } = people
  const major = (await agent.post('/api/tickets', form)).number
  await act(supervisor, major, 'declare-major')
  const classification = { module: 'login', type: 'software-fault', cause: 'code-defect' }
  const opened = { profile: 'tech-support', title: '登录超时反复出现', reason: '本周第三次', classification }
  const { number } = await example(quality, 'openReview', { body: opened })
  const params = { number }
  await example(quality, 'appointReview', { params, body: { lead: 'supervisor-zhang' } })
  const participants = [
    { person: 'lead-xu', party: 'research' },
    { person: 'manager-gao', party: 'product' },
  ]
  await example(supervisor, 'inviteReview', { params, body: { participants } })
  const causes = [{ kind: 'code-defect', text: '异常分支未归还连接' }]
  await example(supervisor, 'recordAnalysis', { params, body: { summary: '连接池上限过低，高峰时段耗尽。', causes } })
  const first = { text: '补齐异常分支的连接归还', owner: 'engineer-wang', dueAt: inDays(10) }
  await example(supervisor, 'addAction', { params, body: first })
  await supervisor.post(`/api/reviews/${number}/add-action`, { text: '增加连接池告警', owner: 'engineer-wang', dueAt: inDays(12) })
  await example(supervisor, 'rescheduleAction', { params, body: { action: 1, dueAt: inDays(20), reason: '等待上游版本' } })
  await example(supervisor, 'reassignAction', { params, body: { action: 2, owner: 'engineer-chen', reason: '王工支援现场' } })
  await example(lead, 'handOverReview', { params, body: { from: 'engineer-chen', to: 'engineer-wang', reason: '调岗' } })
  await example(engineer, 'listImprovementActions', { query: { owner: 'me' } })
  await example(supervisor, 'listReviews', { query: { stage: 'actions', limit: 1 } })
  await example(supervisor, 'readReview', { params })
  await example(supervisor, 'readReviewOutlook', { params })
  await example(supervisor, 'listReviewClocks', { params })
  await example(supervisor, 'dropAction', { params, body: { action: 2, reason: '与措施 1 重复' } })
  const evidence = { text: '已合入并发布', links: ['https://git.example.com/changes/42'] }
  await example(engineer, 'reportAction', { params, body: { action: 1, ...evidence } })
  await example(supervisor, 'checkEffect', { params })
  await until(async () => ((await supervisor.get(`/api/reviews/${number}`)).body['outcome'] === null ? undefined : true))
  await example(supervisor, 'closeReview', { params, body: { conclusion: '连接归还纳入代码评审清单。' } })
  await example(supervisor, 'readReviewFindings', { params })
  await example(supervisor, 'listReviewEvents', { params })
  await example(agent, 'listKnownProblems', { query: { q: '连接池' } })
  const other = (await quality.post('/api/reviews', { profile: 'tech-support', title: '导出缓慢' })).number
  await example(quality, 'abandonReview', { params: { number: other }, body: { reason: '并入年度项目' } })
}

/** An assessment from its opening to its end. */
async function assessments(): Promise<void> {
  const { agent, engineer, otherEngineer, lead, management } = people
  await furnishAssessments(office, ['monthly'])
  const other = await office.person(otherManager)
  const { number } = await example(management, 'openAssessment', { body: { profile: scored, assessment: 'monthly', period: '2026-10' } })
  const params = { number }
  const stands = (stage: string) =>
    until(async () => ((await management.get(`/api/assessments/${number}`)).body['stage'] === stage ? true : undefined))
  await stands('draft')
  await example(management, 'listAssessments', { query: { open: true, limit: 1 } })
  await example(management, 'readAssessment', { params })
  await example(management, 'readAssessmentOutlook', { params })
  const wang = 'person:engineer-wang'
  const excuse = { params, body: { subject: wang, item: late.id, reason: '机房停电，供电公司书面通知' } }
  await lead.post(`/api/assessments/${number}/excuse`, excuse.body)
  await example(lead, 'takeBack', { params, body: { subject: wang, item: late.id, reason: '通知所列日期不符，待核实' } })
  await example(lead, 'excuseAssessment', excuse)
  await example(lead, 'confirmAct', { params, body: { subject: wang, item: backdated.id, remark: '有通话录音' } })
  await example(lead, 'confirmAssessment', { params, body: { subject: wang } })
  const ticket = await walkedTo('handling', people)
  const nominated = { ticket, why: '自写脚本批量修复，省去逐台处理' }
  await example(agent, 'nominateAssessment', { params, body: { person: 'engineer-wang', ...nominated } })
  await people.supervisor.post(`/api/assessments/${number}/nominate`, { person: 'agent-li', ...nominated })
  await example(management, 'commendAssessment', { params, body: { nomination: 1, remark: '已纳入标准做法' } })
  await example(management, 'declineNomination', { params, body: { nomination: 2, reason: '同一方案' } })
  await example(engineer, 'listScores', { params })
  await example(engineer, 'readScore', { params: { number, kind: 'person', id: 'engineer-wang' } })
  await example(engineer, 'readAssessmentContent', { params, query: { subject: wang } })
  const decision = { upheld: false, reason: '已按书面通知剔除，其余属实' }
  await example(engineer, 'objectAssessment', { params, body: { subject: wang, reason: '10 月 8 日的超时因停电造成' } })
  await example(other, 'decideObjection', { params, body: { subject: wang, ...decision } })
  // Final at once, without five days of waiting: each is objected to, and decided.
  for (const [who, subject] of [
    [otherEngineer, 'person:engineer-chen'],
    [otherEngineer, 'team:tech-support'],
    [lead, 'person:lead-xu'],
  ] as const) {
    await management.post(`/api/assessments/${number}/confirm`, { subject })
    await who.post(`/api/assessments/${number}/object`, { subject, reason: '请复核' })
    await other.post(`/api/assessments/${number}/decide-objection`, { subject, ...decision })
  }
  await stands('final')
  await until(async () => {
    const { items } = await management.get(`/api/assessments/${number}/events`)
    return items.some(({ type }) => type === 'outstanding-proposed') ? true : undefined
  })
  await example(management, 'commendOutstanding', { params, body: { person: 'engineer-chen' } })
  await example(management, 'listAssessmentClocks', { params })
  await example(management, 'listAssessmentEvents', { params })
}

/** A sample from its drawing to its end, and one that is not wanted. */
async function samples(): Promise<void> {
  const { agent, quality, management } = people
  const profile = await profileWithSamples(office)
  const tickets: string[] = []
  for (let nth = 0; nth < 3; nth += 1) tickets.push((await agent.post('/api/tickets', { ...form, profile })).number)
  await longRecorded(office)
  const body = { profile, sample: 'service', of: 'submitted', from: '2020-01-01', until: '2099-01-01', count: 3, seed: 'november-2026' }
  const { number } = await example(quality, 'openSample', { body })
  const params = { number }
  // By chance, which is not the same each time: numbers tell their day.
  const [first, second, third] = (await quality.get(`/api/samples/${number}/tickets`)).items.map(({ ticket }) => String(ticket))
  const answers = { greeting: 'yes', solution: 4, callback: 'not-applicable' }
  const remark = '处理规范，记录完整'
  await example(quality, 'judgeSample', { params, body: { ticket: first, answers, remark } })
  const poor = { ...answers, solution: 2 }
  await quality.post(`/api/samples/${number}/judge`, { ticket: second, answers: poor, finding: '方案未说明回退步骤' })
  await example(management, 'listSamples', { query: { open: true, limit: 1 } })
  await example(quality, 'readSample', { params })
  await example(quality, 'readSampleOutlook', { params })
  await example(quality, 'excuseTicket', { params, body: { ticket: third, reason: '录音缺失，无法评定' } })
  await example(quality, 'rejudgeSample', { params, body: { ticket: second, answers, reason: '漏看方案附件' } })
  await example(quality, 'listSampleTickets', { params })
  await example(management, 'redrawSample', { params })
  await example(quality, 'listSampleClocks', { params })
  await example(quality, 'closeSample', { params })
  await example(quality, 'listSampleEvents', { params })
  const named = { profile, sample: 'complaints', tickets: tickets.slice(0, 1), judge: 'quality-wu' }
  const other = (await quality.post('/api/samples', named)).number
  const handed = { from: 'quality-wu', to: 'manager-gao', reason: '休假' }
  await example(quality, 'handOverSample', { params: { number: other }, body: handed })
  await example(quality, 'abandonSample', { params: { number: other }, body: { reason: '与上周的抽检重复' } })
}

/** A report from its making to its being sent, and when the next ones are made. */
async function reports(): Promise<void> {
  const { supervisor, lead, management } = people
  const { number } = await example(supervisor, 'openReport', { body: { profile: 'tech-support', report: 'monthly', period: '2026-01' } })
  const params = { number }
  await until(async () => ((await supervisor.get(`/api/reports/${number}`)).body['stage'] === 'draft' ? true : undefined))
  await example(lead, 'listReports', { query: { open: true, limit: 1 } })
  await example(lead, 'readReport', { params })
  await example(lead, 'readReportContent', { params })
  await example(lead, 'readReportChanges', { params })
  const texts = { analysis: '本月无工单，登录模块的改进措施继续跟踪。' }
  await example(supervisor, 'writeReport', { params, body: { texts } })
  await example(lead, 'sendBack', { params, body: { reason: '请补充下月重点' } })
  await supervisor.post(`/api/reports/${number}/write`, { texts })
  await example(lead, 'reviewReport', { params })
  await example(lead, 'readReportOutlook', { params })
  await example(lead, 'listReportClocks', { params })
  await example(management, 'approveReport', { params })
  await example(lead, 'listReportEvents', { params })
  await until(async () => ((await management.get('/api/report-schedules')).items.length > 0 ? true : undefined))
  await example(management, 'listReportSchedules')
  const schedule = { profile: 'tech-support' }
  await example(management, 'pauseReports', { params: schedule, body: { reason: '年度盘点' } })
  await example(management, 'resumeReports', { params: schedule, body: { reason: '盘点结束' } })
  await example(management, 'backfillReports', {
    params: schedule,
    body: { from: '2025-12-29T00:00:00.000Z', until: '2025-12-30T00:00:00.000Z' },
  })
  await example(management, 'triggerReports', { params: schedule })
}

function inDays(days: number): string {
  return instantOf(Math.floor(Date.now() / 3_600_000) * 3_600_000 + days * 86_400_000)
}

describe('examples', () => {
  it.runIf(recording)('are recorded', () => {
    const written = Object.fromEntries(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    writeFileSync(examplesPath, `${JSON.stringify(written, (key, value: unknown) => (key === 'token' ? 'bihuan_…' : value), 2)}\n`)
    expect(readFileSync(examplesPath, 'utf8')).not.toBe('')
  })

  it('are there for every operation', () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(Object.keys(said).toSorted()).toEqual(ids.toSorted())
  })

  it('are asked and answered as the document shows them', () => {
    const shown = readExamples()
    for (const [id, { answer, ...asked }] of Object.entries(said)) {
      const { answer: answered, ...request } = shown[id] ?? { answer: undefined }
      expect(fixed(asked), id).toEqual(fixed(request))
      expect(shapeOf(emptiedAs(answer, answered)), id).toEqual(shapeOf(emptiedAs(answered, answer)))
    }
  })
})
