import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { z } from 'zod'
import { beginRequest } from '../../db/requests.ts'
import { workLeftOut } from '../../db/work.ts'
import { createGateway } from '../../gateway/gateway.ts'
import { runWorker } from '../../worker/main.ts'
import { breaksIn, report } from '../replay/replaying.ts'
import { documentOf, fastProfile } from '../support/fast-profile.ts'
import type { Heard } from '../support/api.ts'
import { runsOf } from '../support/recording.ts'
import { bundleWithLoans } from './bundle.ts'
import { until } from '../support/launcher.ts'
import { currentDetails } from '../support/temporal-ui.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { log, peopleOf, registered, walkedTo, zh, type People } from '../support/walk.ts'
import { form, lend, soon, toldOf } from './lending.ts'
import { migrations, processes } from './processes/index.ts'

/** A second process type through everything that the product keeps a ticket with: it is one folder a side, and one line an index. */

let office: OfficeOnTemporal
let people: People
let bundle: WorkflowBundleWithSourceMap
beforeAll(async () => {
  bundle = await bundleWithLoans()
  office = await openOfficeOnTemporal({ kept: { processes, migrations, bundle } })
  people = await peopleOf(office)
}, 120_000)
afterAll(() => office.close())

const lent = (changes: object = {}) => lend(people, changes)

/** Names of the Updates that its workflow has taken. */
const updatesOf = async (number: string) =>
  ((await office.client.workflow.getHandle(number).fetchHistory()).events ?? []).flatMap(
    ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted?.acceptedRequest?.input?.name ?? [],
  )

const eventsOf = async (number: string) => (await people.agent.get(`/api/loans/${number}/events`)).items

describe('a loan', () => {
  it('is lent, shown, listed and found in Temporal', async () => {
    const number = await lent({ requester: 'customer-he' })
    expect(number).toMatch(/^LN\d{8}\d{3}$/)
    const read = await people.agent.get(`/api/loans/${number}`, zh)
    expect(read.body).toMatchObject({
      process: 'loan',
      stage: 'lent',
      stageLabel: '借出',
      device: '备用笔记本 07 号',
      assignee: 'engineer-wang',
      returnedAt: null,
      allowed: ['give-back', 'remark'],
      promises: [{ clock: 'return', state: 'running' }],
    })
    expect((await people.customer.get(`/api/loans/${number}`)).body).toMatchObject({
      allowed: ['confirm-receipt'],
      device: '备用笔记本 07 号',
      assignee: null,
      promises: [],
      names: {},
    })
    expect((await people.customer.get(`/api/loans/${number}/events`)).status).toBe(403)
    expect((await people.agent.get('/api/loans?team=tech-support')).items).toContainEqual(expect.objectContaining({ number }))
    for (const filter of ['parent', 'assignee', 'team']) {
      const heard = await people.agent.get(`/api/loans?${filter}=nobody-nowhere`)
      expect([filter, heard.status, heard.errors[0]?.path]).toEqual([filter, 422, filter])
    }
    expect((await people.agent.get(`/api/loans/${number}/outlook`)).body).toMatchObject({
      holder: 'engineer-wang',
      next: [
        { clock: 'return', level: 'reminder', cancelledBy: ['extend', 'give-back'] },
        { clock: 'return', level: 'due' },
        { clock: 'return', level: 'late' },
      ],
    })
    const { workflowType } = await until(async () => {
      const { type } = await office.client.workflow.getHandle(number).describe()
      return { workflowType: type }
    })
    expect(workflowType).toBe('loan')
    const handle = office.client.workflow.getHandle(number)
    expect(await (await handle.describe()).staticSummary()).toBe(`${number} · 设备借用`)
    const details = await currentDetails(handle)
    for (const text of ['阶段：**借出**', '处理人：**engineer-wang**', '| 归还 |', '归还：超时通知 | 组长 | 续借、归还 |'])
      expect(details).toContain(text)
    expect(details).not.toContain('笔记本')
  })

  it('takes each command from whom it is for, and from nobody else', async () => {
    const number = await lent({ requester: 'customer-he' })
    const act = (who: keyof People, command: string, body: object = {}): Promise<Heard> =>
      people[who].post(`/api/loans/${number}/${command}`, body)
    expect((await act('agent', 'confirm-receipt')).status).toBe(403)
    expect((await act('customer', 'confirm-receipt')).status).toBe(200)
    expect((await act('agent', 'extend', { until: soon(7_200_000), reason: '项目未结束' })).status).toBe(403)
    expect((await act('supervisor', 'extend', { until: soon(7_200_000), reason: '项目未结束' })).status).toBe(200)
    expect((await act('otherEngineer', 'give-back', { condition: '完好' })).status).toBe(403)
    expect((await act('engineer', 'give-back', { condition: '完好' })).body).toMatchObject({ stage: 'returned' })
    expect((await act('supervisor', 'extend', { until: soon(7_200_000), reason: '晚了' })).body).toMatchObject({ status: 409 })
    expect((await act('engineer', 'inspect', { ok: true })).body).toMatchObject({ stage: 'closed' })
    expect((await act('engineer', 'remark', { text: '太晚了' })).body).toMatchObject({ status: 409, type: '/problems/ended' })
    expect((await people.agent.get(`/api/loans/${number}/clocks`)).items).toMatchObject([{ state: 'cancelled' }, { state: 'kept' }])
    await office.client.workflow.getHandle(number).result()
  })

  it('has numbers that no profile may give as well', async () => {
    const profile = { ...fastProfile('meeting', {}), number: { pattern: 'LN{yyyyMMdd}0{serial:2}' } }
    const put = await people.admin.send('PUT', '/api/profiles/meeting', documentOf(profile), { 'Content-Type': 'application/yaml' })
    expect(put).toMatchObject({ status: 422, body: { errors: [{ path: 'number.pattern' }] } })
    expect(JSON.stringify(put.body)).toContain('/api/loans')
  })

  it('has a second command that writes a line of the log', async () => {
    const number = await lent()
    const said = await people.agent.post(`/api/loans/${number}/remark`, { text: '电源适配器一并借出' })
    expect(said).toMatchObject({ status: 200, body: { events: [] } })
    expect(await eventsOf(number)).toContainEqual(expect.objectContaining({ type: 'remark', text: '电源适配器一并借出' }))
  })

  it('whose rules are those of every other command: who stands in may, people are known, and what is sealed is', async () => {
    const number = await lent({ assignee: 'engineer-liu' })
    const says = (who: keyof People, body: object) => people[who].post(`/api/loans/${number}/remark`, body)
    expect((await says('otherEngineer', { text: '代为记录' })).status).toBe(403)
    const absence = { person: 'engineer-liu', until: soon(3_600_000), deputy: 'engineer-chen' }
    const away = await people.supervisor.post('/api/absences', absence)
    expect(away.status, JSON.stringify(away.body)).toBe(201)
    expect((await people.otherEngineer.get(`/api/loans/${number}`)).body['allowed']).toContain('remark')
    expect((await says('otherEngineer', { text: '代为记录' })).status).toBe(200)

    expect((await says('agent', { text: '请知悉', concerns: 'engineer-wang' })).status).toBe(200)
    expect((await says('agent', { text: '请知悉', concerns: 'nobody' })).errors).toMatchObject([
      { path: 'concerns', code: 'unknown-person' },
    ])
    expect((await says('agent', { text: '请知悉', concerns: 'customer-he' })).errors).toMatchObject([
      { path: 'concerns', code: 'not-staff' },
    ])

    expect((await says('agent', { text: '回电', phone: '13812345678' })).status).toBe(200)
    expect((await says('agent', { text: '回电', phone: '12' })).errors).toMatchObject([{ path: 'phone', code: 'bad-phone' }])
    const lines = (await eventsOf(number)).filter(({ type }) => type === 'remark')
    expect(lines).toMatchObject([
      { actor: 'engineer-chen', text: '代为记录' },
      { actor: 'agent-li', text: '请知悉 · engineer-wang' },
      { actor: 'agent-li', text: '回电 · 138****5678' },
    ])
  })

  it('whose customer sees nothing of what its events say, be it in the answer or in what is kept of the request', async () => {
    const number = await lent({ requester: 'customer-he' })
    const headers = { 'Idempotency-Key': `received-${number}` }
    const heard = await people.customer.post(`/api/loans/${number}/confirm-receipt`, {}, headers)
    expect(heard.body).toMatchObject({ number, events: [] })
    const kept = async (who: keyof People, key: string) => {
      const { response } = z
        .object({ response: z.object({ body: z.record(z.string(), z.unknown()) }) })
        .parse((await people[who].get(`/api/requests/${encodeURIComponent(key)}`)).body)
      return response.body
    }
    expect(await kept('customer', headers['Idempotency-Key'])).toEqual(heard.body)
    const back = await people.engineer.post(
      `/api/loans/${number}/give-back`,
      { condition: '完好' },
      { 'Idempotency-Key': `back-${number}` },
    )
    expect(back.events).toMatchObject([{ type: 'returned', condition: '完好' }])
    expect(await kept('engineer', `back-${number}`)).toEqual(back.body)
  })

  it('X8: goes with all that somebody has to whoever gets it, by a command of its own', async () => {
    const number = await lent({ assignee: 'engineer-chen' })
    const ticket = await walkedTo('assignment', people)
    expect((await people.supervisor.post(`/api/tickets/${ticket}/assign`, { assignee: 'engineer-chen' })).status).toBe(200)
    const heard = await people.supervisor.post('/api/people/engineer-chen/hand-over', { to: 'engineer-wang', reason: '调岗' })
    expect(heard.body, JSON.stringify(heard.body)).toMatchObject({ left: { own: 0, others: 0 }, complete: true })
    for (const moved of [number, ticket]) expect(heard.items).toContainEqual(expect.objectContaining({ number: moved, ok: true }))
    expect((await people.agent.get(`/api/loans/${number}`)).body).toMatchObject({ assignee: 'engineer-wang' })
    expect((await eventsOf(number)).at(-1)).toMatchObject({ type: 'handed-over', from: 'engineer-chen', reason: '调岗' })
  })

  it('X8: which is back, and still to be looked over, is work, and goes to somebody else as well; not to whom it was taken from', async () => {
    const number = await lent({ assignee: 'engineer-chen' })
    expect((await people.engineer.post(`/api/loans/${number}/give-back`, { condition: '完好' })).status).toBe(403)
    expect((await people.agent.post(`/api/loans/${number}/give-back`, { condition: '完好' })).status).toBe(200)
    const others = async () => JSON.stringify((await people.otherEngineer.get('/api/me/work')).body['others'])
    expect(await others()).toContain(number)
    const toChen = { from: 'engineer-chen', to: 'engineer-chen', reason: '调岗' }
    expect(await people.supervisor.post(`/api/loans/${number}/hand-over`, toChen)).toMatchObject({
      status: 422,
      errors: [{ path: 'to', code: 'same-person' }],
    })
    const heard = await people.supervisor.post('/api/people/engineer-chen/hand-over', { to: 'engineer-wang', reason: '调岗' })
    expect(heard.items).toContainEqual(expect.objectContaining({ number, ok: true }))
    expect((await people.agent.get(`/api/loans/${number}`)).body).toMatchObject({ stage: 'returned', assignee: 'engineer-wang' })
    expect((await people.engineer.post(`/api/loans/${number}/inspect`, { ok: true })).status).toBe(200)
    expect(await others()).not.toContain(number)
  })

  it('X8: whose borrower is who asks is handed over by somebody else, and of a type that no command hands over it is left', async () => {
    const number = await lent({ assignee: 'engineer-chen', requester: 'supervisor-zhang' })
    const toWang = { to: 'engineer-wang', reason: '调岗' }
    const own = await people.supervisor.post('/api/people/engineer-chen/hand-over', toWang)
    expect(own.body).toMatchObject({ left: { own: 1, others: 0 }, complete: false })
    expect(own.items.map((item) => item.number)).not.toContain(number)
    const whose = { reader: 'supervisor-zhang', person: 'engineer-chen' }
    expect(await workLeftOut(office.db, { ...whose, movable: ['ticket'] })).toEqual({ own: 0, others: 1 })
  })

  it('about which no notice was made is found by its number all the same', async () => {
    const number = await lent()
    expect(await people.agent.get(`/api/notices?ticket=${number}`)).toMatchObject({ status: 200, items: [] })
    expect(await people.agent.get('/api/notices?ticket=LN20000101001')).toMatchObject({
      status: 422,
      errors: [{ path: 'ticket', code: 'unknown-ticket' }],
    })
  })

  it('tells once what is wrong with its form, and is opened once for each key', async () => {
    const wrong = await people.agent.post('/api/loans', form({ assignee: 'nobody', team: 'none', profile: 'tech-support' }))
    expect(wrong.body).toMatchObject({
      status: 422,
      errors: [
        { path: 'assignee', code: 'unknown-person' },
        { path: 'team', code: 'unknown-team' },
      ],
    })
    const body = form()
    const twice = await Promise.all([1, 2].map(() => people.agent.post('/api/loans', body, { 'Idempotency-Key': 'one-loan' })))
    expect(twice.map(({ status }) => status)).toEqual([201, 201])
    expect(new Set(twice.map(({ number }) => number)).size).toBe(1)
  })
})

describe('its promise', () => {
  it('is broken by time, its ladder speaks, and who leads the team is told by mail, at any hour', async () => {
    const ticket = await registered(people.agent)
    const number = await lent({ until: soon(3_000), parent: ticket })
    const events = await until(async () => {
      const found = await eventsOf(number)
      return found.some(({ level }) => level === 'late') ? found : undefined
    })
    expect(events.map(({ type, level }) => level ?? type)).toEqual(['lent', 'reminder', 'promise-broken', 'late'])
    const notices = await until(async () => {
      const found = await office.db
        .selectFrom('notices')
        .select(['kind', 'recipientId', 'status', 'said'])
        .where('process', '=', number)
        .orderBy('id')
        .execute()
      return found.length === 2 && found.every(({ status }) => status !== 'queued') ? found : undefined
    })
    expect(notices).toMatchObject([
      { kind: 'deadline-warning', recipientId: 'engineer-wang', status: 'sent' },
      { kind: 'deadline-missed', recipientId: 'lead@tech-support', status: 'sent' },
    ])
    // Whose customer has the device; and of what a loan has not, no label with nothing behind it.
    const { customerName } = await office.db
      .selectFrom('tickets')
      .select('customerName')
      .where('number', '=', ticket)
      .executeTakeFirstOrThrow()
    expect(notices[1]?.said?.text).toContain(`客户：${customerName}`)
    for (const { said } of notices) expect(`${said?.subject}\n${said?.text}`).not.toMatch(/优先级|（）|：\n/)
    // By what the clock is called, not by its id.
    for (const { said } of notices) expect(JSON.stringify(said)).toMatch(/归还/)
    expect((await people.agent.get(`/api/loans/${number}`)).body).toMatchObject({ stage: 'overdue' })
  })
})

describe('other processes', () => {
  it('one that belongs to a ticket tells it that the device is back, once', async () => {
    const ticket = await walkedTo('handling', people)
    const number = await lent({ parent: ticket })
    expect(number).toBe(`${ticket}-L1`)
    expect((await people.engineer.post(`/api/loans/${number}/give-back`, { condition: '完好' })).status).toBe(200)
    const told = await until(async () => {
      const found = (await log(people.agent, ticket)).filter(({ actor }) => actor === 'system')
      return found.length > 0 ? found : undefined
    })
    const what = { 'zh-CN': '设备已归还', 'zh-TW': '設備已歸還', en: 'The device is back' }
    expect(told).toMatchObject([{ type: 'related-noted', process: number, what, remark: '完好', promises: [] }])
    expect((await people.agent.get(`/api/loans?parent=${ticket}`)).items).toMatchObject([{ number }])
  })

  it('one that belongs to a ticket tells it at any stage, and nothing of that to the customer', async () => {
    const ticket = await registered(people.customer)
    const number = await lent({ parent: ticket })
    await people.engineer.post(`/api/loans/${number}/give-back`, { condition: '完好' })
    await until(async () => ((await toldOf(people, ticket, number)).length > 0 ? true : undefined))
    expect((await log(people.customer, ticket)).map(({ type }) => type)).toEqual(['submitted'])
  })

  it('what the other one refuses becomes an event of the loan: another loan hears of nothing', async () => {
    const other = await lent()
    const number = await lent({ parent: other })
    await people.engineer.post(`/api/loans/${number}/give-back`, { condition: '完好' })
    const refusal = await until(async () => (await eventsOf(number)).find(({ type }) => type === 'refusal-noted'))
    expect(refusal).toMatchObject({ to: other, command: 'note-related', code: 'wrong-stage', actor: 'system' })
  })

  it('one whose ticket has ended has told it, and a ticket that is not started yet is started', async () => {
    const ticket = await registered(people.agent)
    const number = await lent({ parent: ticket })
    expect((await people.agent.post(`/api/tickets/${ticket}/withdraw`, { reason: '不用了' })).status).toBe(200)
    await people.engineer.post(`/api/loans/${number}/give-back`, { condition: '完好' })
    expect((await people.engineer.post(`/api/loans/${number}/inspect`, { ok: true })).status).toBe(200)
    await office.client.workflow.getHandle(number).result()
    expect((await eventsOf(number)).map(({ type }) => type)).toEqual(['lent', 'returned', 'inspected'])
  })

  it('one whose ticket has ended has told it also while the rows do not say so yet', async () => {
    const ticket = await registered(people.agent)
    const number = await lent({ parent: ticket })
    const startedAt = () => office.db.selectFrom('tickets').select('workflowStartedAt').where('number', '=', ticket).executeTakeFirst()
    await until(async () => (await startedAt())?.workflowStartedAt ?? undefined)
    const withdrawing = await office.db.transaction().execute(async (trx) => {
      // Whoever writes the ticket's rows waits for this.
      await sql`select number from tickets where number = ${ticket} for update`.execute(trx)
      const withdrawn = people.agent.post(`/api/tickets/${ticket}/withdraw`, { reason: '不用了' })
      await until(async () => ((await updatesOf(ticket)).includes('withdraw') ? true : undefined))
      expect((await people.engineer.post(`/api/loans/${number}/give-back`, { condition: '完好' })).status).toBe(200)
      await until(async () => ((await updatesOf(ticket)).includes('wake') ? true : undefined))
      return { withdrawn }
    })
    expect((await withdrawing.withdrawn).status).toBe(200)
    expect((await people.engineer.post(`/api/loans/${number}/inspect`, { ok: true })).status).toBe(200)
    await office.client.workflow.getHandle(number).result()
    expect((await eventsOf(number)).map(({ type }) => type)).toEqual(['lent', 'returned', 'inspected'])
  })

  it('opens another one in its place, whose rows and workflow are its own', async () => {
    const number = await lent({ assignee: 'agent-li' })
    const until_ = soon(3_600_000)
    expect((await people.agent.post(`/api/loans/${number}/replace`, { device: '08 号', until: until_ })).status).toBe(200)
    const next = await until(async () => {
      const found = await people.agent.get(`/api/loans/${number}-R1`)
      return found.status === 200 ? found.body : undefined
    })
    expect(next).toMatchObject({ device: '08 号', parent: null, assignee: 'agent-li', stage: 'lent' })
    await until(async () =>
      (await office.client.workflow.getHandle(`${number}-R1`).describe()).status.name === 'RUNNING' ? true : undefined,
    )
  })
})

describe('what cannot be done elsewhere', () => {
  it('is told back: a number that another one has', async () => {
    const number = await lent({ assignee: 'agent-li' })
    const request = await beginRequest(office.db, {
      caller: 'agent-li',
      key: number,
      route: 'test',
      ticket: null,
      bodyHash: '',
      createdAt: soon(0),
    })
    const taken = await office.db.selectFrom('processes').selectAll().where('number', '=', number).executeTakeFirstOrThrow()
    // Somebody else's, under the number that the replacement would have.
    await sql`insert into loans (number, profile, profile_version, stage, version, state, request_id, device, team, lent_at, workflow_started_at)
      values (${`${number}-R1`}, ${taken.profile}, ${taken.profileVersion}, 'closed', 1, ${JSON.stringify(taken.state)}, ${request.id}, '?', 'tech-support', now(), now())`.execute(
      office.db,
    )
    expect((await people.agent.post(`/api/loans/${number}/replace`, { device: '08 号', until: soon(3_600_000) })).status).toBe(200)
    const refusal = await until(async () => (await eventsOf(number)).find(({ type }) => type === 'refusal-noted'))
    expect(refusal).toMatchObject({ to: `${number}-R1`, command: 'open loan', code: 'number-taken' })
    await sql`delete from loans where number = ${`${number}-R1`}`.execute(office.db)
  })
})

describe('whoever looks after all processes', () => {
  it('starts a loan that was lent while Temporal was away', async () => {
    const away = createGateway({ ...office.config, processes, temporalAddress: '127.0.0.1:1' })
    const agent = await office.token('agent-li')
    const answer = await office.api(away).request('/api/loans', {
      method: 'POST',
      headers: { Authorization: `Bearer ${agent}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(form()),
    })
    expect(answer.status).toBe(201)
    const { number } = z.object({ number: z.string() }).parse(await answer.json())
    await until(async () => ((await office.client.workflow.getHandle(number).describe()).status.name === 'RUNNING' ? true : undefined))
    await away.close()
  })

  it('a type that a worker does not know yet fails nothing for the others', async () => {
    await office.stopWorker()
    const number = await lent({ until: soon(1_000) })
    const config = { ...office.config, workerPort: undefined }
    // The release before: it keeps tickets alone.
    const older = await runWorker(config, pino({ level: 'silent' }))
    const ticket = await registered(people.agent)
    expect((await people.agent.post(`/api/tickets/${ticket}/review-intake`, { complete: true })).status).toBe(200)
    // Whoever is told of it is told by a worker that knows it.
    const notice = { process: number, seq: 1, kind: 'deadline-missed', recipientKind: 'person', recipientId: 'engineer-wang' } as const
    const createdAt = new Date(Date.now() - 60_000).toISOString()
    await office.db
      .insertInto('notices')
      .values({ ...notice, params: '{}', createdAt })
      .execute()
    const seen = await until(async () => {
      const found = await office.db.selectFrom('notices').select(['status', 'heldUntil']).where('process', '=', number).executeTakeFirst()
      return found && (found.heldUntil !== null || found.status !== 'queued') ? found : undefined
    })
    expect(seen.status).toBe('queued')
    await older.stop()
    await office.startWorker()
    await until(async () => ((await eventsOf(number)).some(({ type }) => type === 'promise-broken') ? true : undefined))
  })
})

describe('the histories of loans', () => {
  it('replay, answers included', async () => {
    const loans = await office.db.selectFrom('processes').select('number').where('processType', '=', 'loan').execute()
    const runs = await Promise.all(
      loans.map(async ({ number }) => (await runsOf(office.client, number)).map((stored, at) => ({ name: `${number}.${at + 1}`, stored }))),
    )
    expect(runs.flat().length).toBeGreaterThan(8)
    expect(report(await breaksIn(bundle, runs.flat()))).toBe('')
  })
})
