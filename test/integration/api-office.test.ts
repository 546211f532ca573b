import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putPerson } from '../../db/people.ts'
import { installProfile } from '../../db/profiles.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { form, openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'

/** People, absences, handing over, profiles. */

let office: Office
let agent: Speaker
let engineer: Speaker
let supervisor: Speaker
let quality: Speaker

beforeAll(async () => {
  office = await openOffice()
  agent = await office.person('agent-li')
  engineer = await office.person('engineer-wang')
  supervisor = await office.person('supervisor-sun')
  quality = await office.person('quality-wu')
})
afterAll(() => office.close())

async function done(who: Speaker, number: string, command: string, input: object = {}): Promise<Heard> {
  const heard = await who.post(`/api/tickets/${number}/${command}`, input)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return heard
}

async function queued(given: object = form): Promise<string> {
  const { number } = await agent.post('/api/tickets', given)
  await done(agent, number, 'review-intake', { complete: true })
  await done(agent, number, 'diagnose', { summary: 'x', module: 'business-functions', reproduced: false })
  return number
}

describe('people and teams', () => {
  it('are listed with what they can do', async () => {
    expect((await agent.get('/api/people?team=tech-support&role=engineer')).items.map(({ id }) => id)).toEqual([
      'engineer-chen',
      'engineer-liu',
      'engineer-wang',
    ])
    // Customers sign in too, and are listed to nobody: there may be any number of them.
    const everybody = (await agent.get('/api/people')).items
    expect(everybody.length).toBeGreaterThan(10)
    expect(everybody.filter(({ id }) => id === 'customer-he')).toEqual([])
    expect(await agent.get('/api/people?role=customer')).toMatchObject({ status: 200, items: [] })
    expect((await agent.get('/api/people?team=service-desk&role=agent')).items[0]).toMatchObject({
      id: 'agent-li',
      name: '李娜',
      teams: ['service-desk'],
      absence: null,
    })
    expect((await agent.get('/api/teams', { 'Accept-Language': 'zh-TW' })).items).toMatchObject([
      { id: 'account-management', label: '帳號管理組' },
      { id: 'quality', label: '品管部' },
      { id: 'research', label: '產品研發部' },
      { id: 'sales', label: '業務部' },
      { id: 'service-desk', label: '客服台' },
      { id: 'tech-support', label: '技術支援組' },
    ])
  })
})

describe('absences (X8)', () => {
  it('send what is assigned to the deputy', async () => {
    const heard = await engineer.post('/api/absences', { person: 'engineer-wang', deputy: 'engineer-liu', note: '年假' })
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    expect(heard.body).toMatchObject({ person: 'engineer-wang', deputy: 'engineer-liu', until: null, note: '年假' })
    expect((await agent.get('/api/absences')).items).toMatchObject([{ person: 'engineer-wang' }])
    expect((await agent.get('/api/people?role=engineer')).items.find(({ id }) => id === 'engineer-wang')).toMatchObject({
      absence: { deputy: 'engineer-liu' },
    })
    const number = await queued()
    const assigned = await done(agent, number, 'assign', { assignee: 'engineer-wang' })
    expect(assigned.events).toMatchObject([{ type: 'assigned', assignee: 'engineer-liu', insteadOf: 'engineer-wang' }])
  })

  it('may have begun in any year, and say so', async () => {
    const heard = await supervisor.post('/api/absences', { person: 'supervisor-zhang', from: '0001-01-01T00:00:00Z' })
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    expect((await supervisor.get('/api/absences?person=supervisor-zhang')).items).toMatchObject([{ from: '0001-01-01T00:00:00.000Z' }])
    expect((await supervisor.post(`/api/absences/${String(heard.body['id'])}/end`, {})).status).toBe(200)
  })

  it('are recorded once for each key', async () => {
    const headers = { 'Idempotency-Key': 'away-once' }
    const absence = {
      person: 'engineer-chen',
      from: '2030-01-01T00:00:00+08:00',
      until: '2030-01-08T00:00:00+08:00',
      deputy: 'engineer-liu',
    }
    const heard = await Promise.all(
      [supervisor, supervisor.at(office.api()), supervisor].map((who) => who.post('/api/absences', absence, headers)),
    )
    expect(new Set(heard.map(({ body }) => body['id'])).size).toBe(1)
    expect((await agent.get('/api/absences')).items.filter(({ person }) => person === 'engineer-chen')).toHaveLength(1)
  })

  it.each([
    [{ person: 'nobody' }, 'person', 'unknown-person'],
    [{ person: 'engineer-liu', deputy: 'nobody' }, 'deputy', 'unknown-person'],
    [{ person: 'engineer-liu', deputy: 'engineer-liu' }, 'deputy', 'own-deputy'],
    [{ person: 'engineer-liu', deputy: 'quality-wu' }, 'deputy', 'cannot-handle'],
    [{ person: 'engineer-liu', from: '2030-01-08T00:00:00Z', until: '2030-01-01T00:00:00Z' }, 'until', 'too-early'],
    [{ person: 'engineer-liu', from: '2020-01-01T00:00:00Z', until: '2020-01-08T00:00:00Z' }, 'until', 'not-after-now'],
    [{ person: '../x' }, 'person', 'wrong-format'],
  ])('refuse %j', async (absence, path, code) => {
    const heard = await supervisor.post('/api/absences', absence)
    expect(heard.status).toBe(422)
    expect(heard.errors).toMatchObject([{ path, code }])
  })

  it('are changed and ended, by whom they concern or by a lead, and what has ended stays', async () => {
    const chen = await office.person('engineer-chen')
    const recorded = await chen.post('/api/absences', { person: 'engineer-chen', note: '培训' })
    const path = `/api/absences/${String(recorded.body['id'])}`
    const put = (who: Speaker, body: object) => who.send('PUT', path, JSON.stringify(body), { 'Content-Type': 'application/json' })
    expect((await put(engineer, { deputy: 'engineer-liu' })).status).toBe(403)
    expect((await put(supervisor, { deputy: 'engineer-liu', until: '2099-01-01T00:00:00Z' })).body).toMatchObject({
      from: recorded.body['from'],
      until: '2099-01-01T00:00:00.000Z',
      deputy: 'engineer-liu',
      note: '培训',
    })
    expect((await put(chen, { deputy: null, until: null })).body).toMatchObject({ deputy: null, until: null })
    expect((await put(chen, { until: '2020-01-01T00:00:00Z' })).errors).toMatchObject([{ path: 'until', code: 'too-early' }])
    expect((await put(chen, { deputy: 'engineer-chen' })).errors).toMatchObject([{ path: 'deputy', code: 'own-deputy' }])

    expect((await engineer.post(`${path}/end`)).status).toBe(403)
    const headers = { 'Idempotency-Key': 'chen-is-back' }
    const ended = await chen.post(`${path}/end`, {}, headers)
    expect(ended.status, JSON.stringify(ended.body)).toBe(200)
    expect(ended.body['until']).not.toBeNull()
    expect((await chen.post(`${path}/end`, {}, headers)).body).toEqual(ended.body)
    expect((await chen.post(`${path}/end`)).body).toMatchObject({ status: 409, type: '/problems/absence-ended' })
    expect((await put(chen, { note: 'x' })).body).toMatchObject({ status: 409, type: '/problems/absence-ended' })
    expect((await agent.get('/api/people')).items.find(({ id }) => id === 'engineer-chen')).toMatchObject({ absence: null })
    expect((await chen.post('/api/absences/999999/end')).body).toMatchObject({ status: 404, type: '/problems/unknown-absence' })
  })

  it('that have not begun are taken off the list', async () => {
    const from = '2098-01-01T00:00:00.000Z'
    const planned = await supervisor.post('/api/absences', { person: 'lead-xu', from })
    expect((await supervisor.post(`/api/absences/${String(planned.body['id'])}/end`)).body).toMatchObject({ from, until: from })
    expect((await agent.get('/api/absences?person=lead-xu')).items).toEqual([])
  })

  it('whose deputy is away too go on to theirs, and end in a refusal where nobody is there', async () => {
    const record = (person: string, deputy: string) => supervisor.post('/api/absences', { person, deputy })
    // Wang is away, Liu stands in.
    const onward = await record('engineer-liu', 'engineer-chen')
    const number = await queued()
    expect((await done(agent, number, 'assign', { assignee: 'engineer-wang' })).events).toMatchObject([
      { assignee: 'engineer-chen', insteadOf: 'engineer-wang' },
    ])
    expect((await agent.get('/api/people?role=engineer')).items.find(({ id }) => id === 'engineer-wang')).toMatchObject({
      absence: { deputy: 'engineer-liu', standIn: 'engineer-chen' },
    })
    const round = await record('engineer-chen', 'engineer-wang')
    expect(round.errors).toMatchObject([{ path: 'deputy', code: 'deputies-absent' }])
    const alone = await supervisor.post('/api/absences', { person: 'engineer-chen' })
    const refused = await agent.post(`/api/tickets/${await queued()}/assign`, { assignee: 'engineer-wang' })
    expect(refused.errors).toMatchObject([
      { path: 'assignee', code: 'deputies-absent', message: expect.stringMatching(/王强.*刘洋, 陈刚/) },
    ])
    expect((await supervisor.post('/api/people/agent-li/hand-over', { to: 'engineer-wang', reason: 'x' })).errors).toMatchObject([
      { path: 'to', code: 'deputies-absent' },
    ])
    await done(agent, number, 'withdraw', { reason: 'x' })
    for (const { body } of [onward, alone]) await supervisor.post(`/api/absences/${String(body['id'])}/end`)
  })

  it('recorded or changed at the same moment never end in a circle', async () => {
    const other = supervisor.at(office.api())
    const record = (who: Speaker, person: string, deputy: string) => who.post('/api/absences', { person, deputy })
    const name = (who: Speaker, { body }: Heard, deputy: string) =>
      who.send('PUT', `/api/absences/${String(body['id'])}`, JSON.stringify({ deputy }), { 'Content-Type': 'application/json' })
    const end = (...ended: Heard[]) => Promise.all(ended.map(({ body }) => supervisor.post(`/api/absences/${String(body['id'])}/end`)))
    const refused = { status: 422, errors: [{ path: 'deputy', code: 'deputies-absent' }] }
    for (let round = 0; round < 6; round += 1) {
      const both = await Promise.all([record(supervisor, 'engineer-liu', 'engineer-chen'), record(other, 'engineer-chen', 'engineer-liu')])
      await end(...both.filter(({ status }) => status === 201))
      expect(both.toSorted((a, b) => a.status - b.status)).toMatchObject([{ status: 201 }, refused])

      const liu = await record(supervisor, 'engineer-liu', 'agent-li')
      const chen = await record(supervisor, 'engineer-chen', 'agent-zhou')
      const changed = await Promise.all([name(supervisor, liu, 'engineer-chen'), name(other, chen, 'engineer-liu')])
      await end(liu, chen)
      expect(changed.toSorted((a, b) => a.status - b.status)).toMatchObject([{ status: 200 }, refused])
    }
  })

  it('are not changed into ones that are over: ending them says when', async () => {
    const absence = await supervisor.post('/api/absences', { person: 'lead-xu', from: '2020-01-01T00:00:00Z' })
    const path = `/api/absences/${String(absence.body['id'])}`
    const put = (body: object) => supervisor.send('PUT', path, JSON.stringify(body), { 'Content-Type': 'application/json' })
    expect(await put({ until: '2021-01-01T00:00:00Z' })).toMatchObject({ status: 422, errors: [{ path: 'until', code: 'not-after-now' }] })
    expect((await put({ until: '2019-01-01T00:00:00Z' })).errors).toMatchObject([{ path: 'until', code: 'too-early' }])
    expect((await put({ note: '休假' })).status).toBe(200)
    expect((await supervisor.post(`${path}/end`)).status).toBe(200)
  })

  it("let the deputy do the absent person's work, on record and among their own", async () => {
    const liu = await office.person('engineer-liu')
    const chen = await office.person('engineer-chen')
    const number = await queued()
    await done(chen, number, 'claim')
    expect((await liu.post(`/api/tickets/${number}/accept`)).status).toBe(403)
    expect((await liu.get(`/api/tickets/${number}`)).body['allowed']).not.toContain('accept')

    const away = await chen.post('/api/absences', { person: 'engineer-chen', deputy: 'engineer-liu' })
    expect((await liu.get(`/api/tickets/${number}`)).body['allowed']).toContain('accept')
    const work = await liu.get('/api/me/work')
    expect(work.body).toMatchObject({ standsInFor: ['engineer-chen', 'engineer-wang'] })
    expect(work.body['assigned']).toContainEqual(expect.objectContaining({ number, assignee: 'engineer-chen' }))
    const accepted = await done(liu, number, 'accept')
    expect(accepted.events).toMatchObject([{ type: 'accepted', actor: 'engineer-liu', actingFor: 'engineer-chen' }])
    const log = await agent.get(`/api/tickets/${number}/events`)
    expect(log.items.at(-1)).toMatchObject({ actor: 'engineer-liu', actingFor: 'engineer-chen' })
    expect(log.body['names']).toMatchObject({ 'engineer-liu': '刘洋', 'engineer-chen': '陈刚' })

    await chen.post(`/api/absences/${String(away.body['id'])}/end`)
    expect(
      (await liu.post(`/api/tickets/${number}/plan`, { kind: 'x', steps: 'x', estimatedFinishAt: '2099-01-01T00:00:00Z' })).status,
    ).toBe(403)
    expect((await liu.get('/api/me/work')).body['assigned']).not.toContainEqual(expect.objectContaining({ number }))
    await done(agent, number, 'withdraw', { reason: 'x' })
  })

  it("are one's own, or a lead's to record", async () => {
    const heard = await engineer.post('/api/absences', { person: 'engineer-liu' }, { 'Accept-Language': 'zh-CN' })
    expect(heard.body).toMatchObject({ status: 403, type: '/problems/only-for-yourself', detail: expect.stringMatching(/^您可以为自己/) })
  })
})

describe('what nobody watches (X5)', () => {
  it('is shown with its remedy in the outlook, to whoever has the ticket, and to who leads the team; never to customers', async () => {
    const liu = await office.person('engineer-liu')
    // A profile whose waits for a part nothing limits.
    const unlimited = readFileSync('test/unit/profiles/whole/tech-support.yaml', 'utf8')
      .replace('id: tech-support', 'id: unlimited')
      .replace('TS{yyyyMMdd}', 'UL{yyyyMMdd}')
      .replace('waiting-started:part, ', '')
    await quality.send('PUT', '/api/profiles/unlimited', unlimited, { 'Content-Type': 'application/yaml' })
    const number = await queued({ ...form, profile: 'unlimited' })
    await done(liu, number, 'claim')
    await done(liu, number, 'accept')
    const seen = async (who: Speaker, path: string, language = 'zh-CN') =>
      (await who.get(path, { 'Accept-Language': language })).body['unwatched']
    expect(await seen(liu, `/api/tickets/${number}/outlook`)).toEqual([])
    await done(liu, number, 'wait', { for: 'part', reason: '等备件到货' })
    const wait = {
      reason: 'wait-without-end',
      text: expect.stringContaining('没有写明等到何时'),
      remedy: '请先恢复处理；如仍需等待，请重新挂起并填写等到何时',
      at: expect.stringMatching(/Z$/),
    }
    expect(await seen(liu, `/api/tickets/${number}/outlook`)).toEqual([wait])
    for (const [language, remedy] of [
      ['zh-TW', '請先恢復處理；若仍需等待，請重新掛起並填寫等到何時'],
      ['en', 'Resume the work; if it must still wait, wait again and say until when'],
    ])
      expect(await seen(liu, `/api/tickets/${number}/outlook`, language)).toMatchObject([{ remedy }])
    for (const who of [liu, agent, supervisor])
      expect(await seen(who, '/api/me/work')).toContainEqual({ ...wait, number, title: form.title })
    expect(await seen(engineer, '/api/me/work')).not.toContainEqual(expect.objectContaining({ number }))

    await done(liu, number, 'resume')
    for (const path of [`/api/tickets/${number}/outlook`, '/api/me/work'])
      expect(await seen(liu, path)).not.toContainEqual(expect.objectContaining({ reason: 'wait-without-end' }))
    await done(agent, number, 'withdraw', { reason: 'x' })
  })
})

describe('handing over (X8)', () => {
  it('moves everything a person has, told one by one, and repeats safely', async () => {
    const numbers = [await queued(), await queued(), await queued()]
    const chen = await office.person('engineer-chen')
    for (const number of numbers) await done(chen, number, 'claim')
    const headers = { 'Idempotency-Key': 'chen-leaves' }
    const heard = await supervisor.post('/api/people/engineer-chen/hand-over', { to: 'engineer-liu', reason: '调岗' }, headers)
    expect(heard.status, JSON.stringify(heard.body)).toBe(200)
    expect(heard.body).toMatchObject({ from: 'engineer-chen', to: 'engineer-liu', complete: true })
    expect(new Map(heard.items.map(({ number, ok }) => [number, ok]))).toEqual(new Map(numbers.map((number) => [number, true])))
    for (const number of numbers) {
      expect((await agent.get(`/api/tickets/${number}`)).body).toMatchObject({ assignee: 'engineer-liu', stage: 'assignment' })
    }
    expect((await supervisor.post('/api/people/engineer-chen/hand-over', { to: 'engineer-liu', reason: '调岗' }, headers)).body).toEqual(
      heard.body,
    )
    expect((await supervisor.post('/api/people/engineer-chen/hand-over', { to: 'engineer-liu', reason: '调岗' })).items).toEqual([])
  })

  it('says what of it is left, and is not complete while that is so', async () => {
    const lead = { name: '钱同', email: 'qian@bihuan.example', active: true, skills: [], teams: ['tech-support'] }
    await putPerson(office.db, { id: 'lead-and-customer', ...lead, roles: ['department-lead', 'customer'] })
    const both = await office.person('lead-and-customer')
    const { number } = await both.post('/api/tickets', { ...form, customer: undefined })
    await done(agent, number, 'review-intake', { complete: true })
    await done(engineer, number, 'diagnose', { summary: 'x', module: 'business-functions', reproduced: false })
    const chen = await office.person('engineer-chen')
    await done(chen, number, 'claim')
    const all = await both.post('/api/people/engineer-chen/hand-over', { to: 'engineer-liu', reason: '调岗' })
    expect(all.status, JSON.stringify(all.body)).toBe(200)
    expect(all.body).toMatchObject({ items: [], left: { own: 1, others: 0 }, complete: false })
    const rest = await supervisor.post('/api/people/engineer-chen/hand-over', { to: 'engineer-liu', reason: '调岗' })
    expect(rest.body).toMatchObject({ items: [{ number, ok: true }], left: { own: 0, others: 0 }, complete: true })
  })

  it('is refused to whom it cannot go, from whom nobody knows, and by whom it is not', async () => {
    const to = { to: 'engineer-liu', reason: 'x' }
    expect((await supervisor.post('/api/people/nobody/hand-over', to)).body).toMatchObject({
      status: 404,
      type: '/problems/unknown-person',
    })
    expect((await supervisor.post('/api/people/engineer-chen/hand-over', { to: 'quality-wu', reason: 'x' })).errors).toMatchObject([
      { path: 'to', code: 'cannot-handle' },
    ])
    expect((await supervisor.post('/api/people/engineer-chen/hand-over', { to: 'nobody' })).errors).toMatchObject([
      { path: 'reason', code: 'required' },
      { path: 'to', code: 'unknown-person' },
    ])
    expect((await engineer.post('/api/people/engineer-chen/hand-over', to)).status).toBe(403)
  })
})

describe('profiles (X1)', () => {
  const source = readFileSync('test/unit/profiles/whole/tech-support.yaml', 'utf8')
  const yaml = { 'Content-Type': 'application/yaml', 'Accept-Language': 'zh-CN' }

  it('are listed, and read whole with labels and required fields', async () => {
    expect((await agent.get('/api/profiles')).items).toMatchObject([
      { id: 'internet-company', version: 2, label: { 'zh-CN': '互联网公司工单' } },
      { id: 'qms-service', version: 2, label: { 'zh-CN': '质量体系客户服务' } },
      { id: 'standard-ticket', version: 6, label: { 'zh-CN': '标准工单' } },
      { id: 'tech-support', version: 6, label: { 'zh-CN': '技术支持' } },
      { id: 'unlimited' },
    ])
    const { body } = await agent.get('/api/profiles/tech-support')
    expect(body).toMatchObject({
      id: 'tech-support',
      versions: [6],
      priorities: expect.arrayContaining([expect.objectContaining({ id: 'urgent' })]),
    })
    expect((await agent.get('/api/profiles/none')).body).toMatchObject({
      status: 404,
      profiles: ['internet-company', 'qms-service', 'standard-ticket', 'tech-support', 'unlimited'],
    })
  })

  it('are copied under a new id, whose tickets then run by the copy', async () => {
    const copy = source.replace('id: tech-support', 'id: second-line').replace('TS{yyyyMMdd}', 'SL{yyyyMMdd}')
    const heard = await quality.send('PUT', '/api/profiles/second-line', copy, yaml)
    expect(heard.status, JSON.stringify(heard.body)).toBe(201)
    expect(heard.body).toEqual({ id: 'second-line', version: 6, warnings: [] })
    expect((await quality.send('PUT', '/api/profiles/second-line', copy, yaml)).status).toBe(200)
    const registered = await agent.post('/api/tickets', { ...form, profile: 'second-line' })
    expect(registered.number).toMatch(/^SL\d{11}$/)
    expect((await agent.get('/api/profiles/second-line', { Accept: 'application/yaml' })).body['text']).toBe(copy)
  })

  it('keep a version as it is: other content needs a higher one, and running tickets keep theirs', async () => {
    const { number } = await agent.post('/api/tickets', form, { 'Idempotency-Key': 'before-version-7' })
    const changed = source.replace('zh-CN: 软件功能异常', 'zh-CN: 软件故障')
    const taken = await quality.send('PUT', '/api/profiles/tech-support', changed, yaml)
    expect(taken.body).toMatchObject({ status: 409, type: '/problems/version-taken', id: 'tech-support', version: 6 })
    expect((await quality.send('PUT', '/api/profiles/tech-support', changed.replace('version: 6', 'version: 8'), yaml)).status).toBe(201)
    expect((await quality.send('PUT', '/api/profiles/tech-support', changed.replace('version: 6', 'version: 7'), yaml)).body).toMatchObject(
      { status: 409, type: '/problems/version-old', installed: 8 },
    )
    expect((await agent.get(`/api/tickets/${number}`, { 'Accept-Language': 'zh-CN' })).body).toMatchObject({
      profileVersion: 6,
      typeLabel: '软件功能异常',
    })
    // A key that has its answer keeps it, whatever the profile demands by now.
    const again = await agent.post('/api/tickets', form, { 'Idempotency-Key': 'before-version-7' })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(again.number).toBe(number)
    const next = await agent.post('/api/tickets', form)
    expect((await agent.get(`/api/tickets/${next.number}`, { 'Accept-Language': 'zh-CN' })).body).toMatchObject({
      profileVersion: 8,
      typeLabel: '软件故障',
    })
  })

  it('are refused with path, line and reason when bad', async () => {
    const bad = source.replace('urgent: PT15M', 'urgent: 15分钟').replace('zone: Asia/Shanghai', 'zone: Asia/Shanghia')
    for (const [method, path] of [
      ['PUT', '/api/profiles/tech-support'],
      ['POST', '/api/profiles/check'],
    ] as const) {
      const heard = await quality.send(method, path, bad, yaml)
      expect(heard.status).toBe(422)
      if (method === 'PUT') expect(heard.errors).not.toContainEqual(expect.objectContaining({ path: 'id' }))
      expect(heard.errors).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ path: 'zone', line: 13, message: expect.stringContaining('没有时区') }),
          expect.objectContaining({
            path: 'clocks[0].within.urgent',
            line: expect.any(Number),
            message: expect.stringContaining('15分钟'),
          }),
        ]),
      )
    }
  })

  it('are told of another id than the address says beside everything else, and of a team that is not there', async () => {
    const bad = source.replace('zone: Asia/Shanghai', 'zone: Asia/Shanghia').replaceAll('team: tech-support', 'team: tech-suport')
    const heard = await quality.send('PUT', '/api/profiles/other', bad, yaml)
    expect(heard.errors).toEqual([
      expect.objectContaining({ path: 'id', code: 'id-differs', line: bad.split('\n').indexOf('id: tech-support') + 1 }),
      expect.objectContaining({ path: 'zone' }),
      expect.objectContaining({ path: 'types[0].team', message: expect.stringMatching(/没有团队“tech-suport”.*tech-support/) }),
    ])
  })

  it.each([
    ['another id than the address says', 'PUT', source, 422, 'invalid-input'],
    ['no YAML', 'PUT', 'id: [', 422, 'invalid-input'],
    ['nothing', 'PUT', '', 422, 'invalid-input'],
  ])('refuse %s', async (_, method, text, status, code) => {
    expect((await quality.send(method, '/api/profiles/other', text, yaml)).body).toMatchObject({ status, type: `/problems/${code}` })
  })

  it('are checked without being installed, in JSON too', async () => {
    const read = (await agent.get('/api/profiles/tech-support?version=6')).body
    const { versions: _, state: __, next: ___, installedAt: ____, installedBy: _____, ...profile } = read
    const json = { 'Content-Type': 'application/json' }
    expect((await quality.send('POST', '/api/profiles/check', JSON.stringify({ ...profile, version: 9 }), json)).body).toEqual({
      id: 'tech-support',
      version: 9,
      warnings: [],
    })
    expect((await agent.get('/api/profiles/tech-support?version=9')).status).toBe(404)
    expect((await quality.send('POST', '/api/profiles/check', '{"id": }', json)).body).toMatchObject({ status: 400, line: 1, column: 8 })
  })

  it('count numbers that no other can give; where two such are installed already, the counter passes what is taken', async () => {
    const meeting = source.replace('id: tech-support', 'id: third-line').replace('{yyyyMMdd}{serial:3}', '{yyyyMMdd}0{serial:2}')
    const refused = await quality.send('PUT', '/api/profiles/third-line', meeting, yaml)
    expect(refused.status).toBe(422)
    expect(refused.errors).toMatchObject([
      {
        path: 'number.pattern',
        line: expect.any(Number),
        message: expect.stringMatching(
          /^“TS\{yyyyMMdd\}0\{serial:2\}”可能与“tech-support”的“TS\{yyyyMMdd\}\{serial:3\}”产生相同的编号，例如 TS\d{11}；请换一个前缀$/,
        ),
      },
    ])
    const parsed = parseProfile(meeting)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    await installProfile(office.db, {
      profile: parsed.profile,
      source: meeting,
      installedAt: '2026-11-01T00:00:00.000Z',
      installedBy: 'quality-wu',
    })
    // More than anybody would try one by one.
    const taken = await Promise.all(Array.from({ length: 25 }, () => agent.post('/api/tickets', form)))
    const last =
      taken
        .map(({ number }) => number)
        .toSorted()
        .at(-1) ?? ''
    for (const more of [1, 2]) {
      const { number } = await agent.post('/api/tickets', { ...form, profile: 'third-line' })
      expect(number).toBe(`TS${Number(last.slice(2)) + more}`)
    }
    // Neither is stopped by the other.
    expect((await agent.post('/api/tickets', form)).number).toBe(`TS${Number(last.slice(2)) + 3}`)
  })

  it('are for admin and quality to install', async () => {
    expect((await agent.send('PUT', '/api/profiles/tech-support', source, yaml)).status).toBe(403)
  })
})
