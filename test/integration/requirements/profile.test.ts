import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { putTeam } from '../../../db/people.ts'
import { epochMs } from '../../../domain/instant.ts'
import type { Heard } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { does, english, log, peopleOf, registered, ticket, walkedTo, walksOn, zh, type People } from '../../support/walk.ts'

/** X1, X11: organisations change their process by its document, without touching code. */

let office: OfficeOnTemporal
let people: People
let original: string

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  original = await readFile('test/unit/profiles/whole/tech-support.yaml', 'utf8')
})
afterAll(() => office.close())

const put = (id: string, document: string, headers = {}, who = people.admin): Promise<Heard> =>
  who.send('PUT', `/api/profiles/${id}`, document, { 'Content-Type': 'application/yaml', ...headers })

/** The document with some of its text replaced; each piece must be there. */
function changed(document: string, ...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the profile has no ${from}`)
    return text.replace(from, to)
  }, document)
}

const days = (from: unknown, to: unknown) => (epochMs(String(to)) - epochMs(String(from))) / 86_400_000

describe('X1: profiles', () => {
  it('X1: a copy is read, changed and put under its own id; its tickets follow it, with its prefix, labels and reopening window', async () => {
    const read = await people.admin.get('/api/profiles/tech-support', { Accept: 'application/yaml' })
    const copy = changed(
      String(read.body['text']),
      ['id: tech-support\n', 'id: branch\n'],
      ['version: 6\n', 'version: 1\n'],
      ['TS{yyyyMMdd}', 'BR{yyyyMMdd}'],
      ['urging: {', 'reopeningWindow: P14D\nurging: {'],
      ['zh-CN: 软件功能异常', 'zh-CN: 软件异常'],
      ['preparer: 技术支持组长', 'preparer: 分公司组长'],
    )
    const checked = await people.supervisor.send('POST', '/api/profiles/check', copy, { 'Content-Type': 'application/yaml' })
    expect([checked.status, checked.body]).toEqual([200, { id: 'branch', version: 1, warnings: [] }])
    expect((await people.admin.get('/api/profiles/branch')).status).toBe(404)
    const made = await put('branch', copy)
    expect([made.status, made.body]).toEqual([201, { id: 'branch', version: 1, warnings: [] }])
    expect((await put('branch', copy)).status).toBe(200)
    expect((await people.agent.get('/api/profiles')).items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'branch', version: 1, effectiveFrom: '2026-01-01', installedBy: 'admin-lin' }),
      ]),
    )
    expect((await people.agent.get('/api/profiles/branch')).body).toMatchObject({
      document: { preparer: '分公司组长', reviewer: '技术支持经理', approver: '服务总监', effectiveFrom: '2026-01-01' },
      versions: [1],
    })
    const number = await walkedTo('follow-up', people, { form: { profile: 'branch' } })
    expect(number).toMatch(/^BR\d{8}001$/)
    const seen = await ticket(people.agent, number, zh)
    expect(seen).toMatchObject({ profile: 'branch', profileVersion: 1, typeLabel: '软件异常' })
    expect(days(seen['closedAt'], seen['reopenableUntil'])).toBe(14)
    const here = await ticket(people.agent, await walkedTo('follow-up', people))
    expect(days(here['closedAt'], here['reopenableUntil'])).toBe(7)
  })

  it('X13: check and installation warn of what would let a promise be forgotten, with line and remedy, in the language of the caller', async () => {
    const forgetful = changed(
      original,
      ['id: tech-support\n', 'id: forgetful\n'],
      ['TS{yyyyMMdd}', 'FG{yyyyMMdd}'],
      ['    starts: [deferred]\n', '    starts: [deadline-agreed]\n'],
      ['starts: [waiting-started:department, waiting-started:part,', 'starts: [waiting-started:department,'],
      ['    team: tech-support\n', '    team: nobody-home\n'],
      ['deadline: resolution\n', ''],
    )
    const labels = { 'zh-CN': '空', 'zh-TW': '空', en: 'Empty' }
    await putTeam(office.db, { id: 'nobody-home', labels, lead: null, supervisor: 'supervisor-sun', departmentHead: 'lead-xu' })
    const heard = await people.supervisor.send('POST', '/api/profiles/check', forgetful, { 'Content-Type': 'application/yaml', ...english })
    const lineOf = (text: string) => forgetful.split('\n').findIndex((line) => line.includes(text)) + 1
    const warnings = z.array(z.looseObject({ code: z.string(), line: z.number().nullable() })).parse(heard.body['warnings'])
    expect(warnings.map(({ code }) => code)).toEqual([
      'deadline-unnamed',
      'deferral-unwatched',
      'team-without-people',
      'place-empty',
      'wait-without-end',
    ])
    expect(warnings).toContainEqual({
      code: 'wait-without-end',
      path: 'waitingFor[3]',
      line: lineOf('{ id: part, label'),
      text: 'no clock measures a wait for "part" and reminds a colleague of it: such a ticket can wait for ever',
      remedy: 'add a clock that starts with waiting-started:part and stops with waiting-ended',
    })
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: 'place-empty',
        text: expect.stringMatching(/"nobody-home" has no team lead .* goes to the supervisor$/),
      }),
    )
    const made = await put('forgetful', forgetful, zh)
    expect([made.status, made.body['version']]).toEqual([201, 6])
    expect(made.body['warnings']).toContainEqual(
      expect.objectContaining({
        code: 'team-without-people',
        path: 'types[0].team',
        text: expect.stringContaining('没有能收到通知的成员'),
      }),
    )
    // What is only named and not there is refused.
    const missing = await put('forgetful', changed(forgetful, ['team: nobody-home', 'team: nowhere']), zh)
    expect(missing.errors).toMatchObject([{ path: 'types[0].team' }])
  })

  it.each([
    ['a misspelt key', ['reopeningWindow: P7D', 'reopeningWindwo: P7D'], 'reopeningWindwo', /reopeningWindow/],
    ['a wrong duration', ['within: PT24H\n', 'within: 24 hours\n'], 'clocks[11].within', /PT15M/],
    ['X4: a ladder that names nobody', ['to: [representative] }', 'to: [] }'], 'clocks[0].ladder[0].to', /supervisor/],
    ['a clock that never stops', ['stops: [contacted]', 'stops: [submitted]'], 'clocks[0].stops', /resolved/],
    ['a number that would repeat', ['TS{yyyyMMdd}{serial:3}', 'TS{yyyyMMdd}'], 'number.pattern', /serial/],
    ['a calendar that is not installed', ['calendar: cn-office', 'calendar: mars'], 'calendar', /mars/],
    ['no approver', ['  approver: 服务总监\n', ''], 'document.approver', /./],
  ] as const)('X1: %s is refused with path, line and reason, in zh and en, and nothing is installed', async (_, change, path, reason) => {
    const bad = changed(original, ['version: 6\n', 'version: 9\n'], change)
    for (const language of [zh, english]) {
      const heard = await put('tech-support', bad, language)
      expect(heard.status, JSON.stringify(heard.body)).toBe(422)
      expect(heard.errors.find((error) => error.path === path)).toMatchObject({
        line: expect.any(Number),
        message: expect.stringMatching(reason),
      })
    }
    const [chinese, spokenEnglish] = await Promise.all([put('tech-support', bad, zh), put('tech-support', bad, english)])
    expect(chinese.errors[0]?.message).toMatch(/\p{Script=Han}/u)
    expect(spokenEnglish.errors[0]?.message).not.toBe(chinese.errors[0]?.message)
    expect((await people.admin.get('/api/profiles/tech-support')).body).toMatchObject({ version: 6, versions: [6] })
  })

  it('X1: the line is the one where the fault is, told once', async () => {
    const bad = changed(original, ['version: 6\n', 'version: 9\n'], ['within: PT24H\n', 'within: one day\n'])
    const line = bad.split('\n').findIndex((text) => text.includes('within: one day')) + 1
    expect((await put('tech-support', bad)).errors).toMatchObject([{ path: 'clocks[11].within', line }])
  })

  it('X1: a running ticket keeps its version when a newer one is installed; new tickets take the new one', async () => {
    const stays = changed(
      original,
      ['id: tech-support\n', 'id: growing\n'],
      ['version: 6\n', 'version: 1\n'],
      ['pattern: "TS{', 'pattern: "GR{'],
    )
    expect((await put('growing', stays)).status).toBe(201)
    const running = await walkedTo('handling', people, { form: { profile: 'growing' } })
    const grown = changed(
      stays,
      ['version: 1\n', 'version: 2\n'],
      ['reopeningWindow: P7D', 'reopeningWindow: P30D'],
      ['{ id: phone, label: { zh-CN: 电话', '{ id: phone, label: { zh-CN: 热线'],
      ['planBeforeCompletion: after-unsolved', 'planBeforeCompletion: always'],
    )
    expect((await put('growing', grown)).body).toEqual({ id: 'growing', version: 2, warnings: [] })
    // The old ticket goes on by the old rules to its end.
    await walksOn(running, 'handling', 'follow-up', people)
    const old = await ticket(people.agent, running, zh)
    expect(old).toMatchObject({ profileVersion: 1, channelLabel: '电话' })
    expect(days(old['closedAt'], old['reopenableUntil'])).toBe(7)
    const young = await walkedTo('handling', people, { form: { profile: 'growing' } })
    expect(await ticket(people.agent, young, zh)).toMatchObject({ profileVersion: 2, channelLabel: '热线' })
    expect((await people.engineer.post(`/api/tickets/${young}/complete`, completion)).body).toMatchObject({
      status: 409,
      type: '/problems/plan-needed',
    })
    await does(people.engineer, young, 'plan', { estimatedFinishAt: '2099-01-01T00:00:00Z' })
    await walksOn(young, 'handling', 'follow-up', people)
    const grownUp = await ticket(people.agent, young)
    expect(days(grownUp['closedAt'], grownUp['reopenableUntil'])).toBe(30)
    expect((await people.agent.get('/api/profiles/growing?version=1')).body).toMatchObject({
      version: 1,
      reopeningWindow: 'P7D',
      versions: [2, 1],
    })
  })

  it('X1: a version never changes: the same one with other content is refused, as is an older one', async () => {
    const other = changed(original, ['reopeningWindow: P7D', 'reopeningWindow: P8D'])
    const taken = await put('tech-support', other, zh)
    expect(taken.body).toMatchObject({ status: 409, type: '/problems/version-taken' })
    expect(taken.detail).toContain('tech-support')
    expect((await people.admin.get('/api/profiles/tech-support')).body).toMatchObject({ reopeningWindow: 'P7D' })
    const sixth = changed(original, ['id: tech-support\n', 'id: jumped\n'], ['version: 6\n', 'version: 7\n'])
    expect((await put('jumped', sixth)).status).toBe(201)
    expect((await put('jumped', changed(sixth, ['version: 7\n', 'version: 6\n']))).body).toMatchObject({
      status: 409,
      type: '/problems/version-old',
    })
  })

  it('X1: only admin and quality install, under the address that the document names', async () => {
    const copy = changed(original, ['id: tech-support\n', 'id: mine\n'])
    for (const who of [people.agent, people.engineer, people.supervisor, people.lead, people.customer, people.service]) {
      expect((await put('mine', copy, {}, who)).status).toBe(403)
    }
    expect((await put('yours', copy)).errors).toMatchObject([{ path: 'id', code: 'id-differs', line: expect.any(Number) }])
    expect((await put('mine', copy, {}, people.quality)).status).toBe(201)
    await registered(people.agent, { profile: 'mine' })
  })
})

const completion = {
  solution: '修复',
  cause: { direct: '空指针', underlying: '缺少检查' },
  classification: { module: 'login', type: 'software-fault', cause: 'code-defect' },
}

describe('X11: a path of one’s own', () => {
  const document = () => readFile('docs/examples/pump-service.yaml', 'utf8')
  const form = { profile: 'pump-service', type: 'repair', title: '水泵漏水' }
  const asCustomer = async (number: string) => (await people.customer.get(`/api/tickets/${number}`, zh)).body
  const textOf = async (number: string, kind: string) => {
    const found = (await people.agent.get(`/api/notices?ticket=${number}`)).items.find((notice) => notice['kind'] === kind)
    const { body } = await people.agent.get(`/api/notices/${String(found?.['id'])}`)
    return String(body['text']).split('\n-- ')[0]?.trim()
  }

  it('X11: what leaves a promise without a beginning is refused, with what to do', async () => {
    const refused = await put('pump-service', changed(await document(), ['remove: [clocks.confirmation]\n', '']), english)
    expect(refused.errors).toMatchObject([
      {
        path: 'clocks.confirmation.starts',
        message: expect.stringMatching(/never start, since the stage confirmation is left out; remove the clock.*base@3/),
      },
    ])
    expect((await put('pump-service', await document())).status).toBe(201)
  })

  it('X11, R7: tickets pass over what is left out; customers read 已接单, 处理中, 处理完成, and colleagues their own words', async () => {
    const number = await registered(people.customer, form)
    expect(await ticket(people.agent, number, zh)).toMatchObject({ stage: 'intake', stageLabel: '受理', customerStatus: '已接单' })
    expect(await asCustomer(number)).toMatchObject({ stageLabel: '已接单', customerStatus: '已接单' })
    await does(people.agent, number, 'review-intake')
    const waiting = await ticket(people.agent, number, zh)
    expect(waiting).toMatchObject({ stage: 'assignment', stageLabel: '待派工', customerStatus: '已接单' })
    expect(waiting['allowed']).not.toContain('diagnose')
    const early = await people.engineer.post(`/api/tickets/${number}/complete`, completion, zh)
    expect(early.detail).toMatch(/“待派工”.*“维修中”/)
    await does(people.supervisor, number, 'assign', { assignee: 'engineer-wang' })
    await does(people.engineer, number, 'accept')
    await does(people.engineer, number, 'update-progress', { text: '已更换密封圈' })
    expect(await asCustomer(number)).toMatchObject({ stage: 'handling', stageLabel: '处理中' })
    expect((await people.customer.get(`/api/tickets/${number}/outlook`, zh)).body).toMatchObject({ stageLabel: '处理中' })
    expect((await people.agent.get(`/api/tickets?profile=pump-service`, zh)).items).toMatchObject([
      { stageLabel: '维修中', customerStatus: '处理中' },
    ])
    expect([await textOf(number, 'progress'), await textOf(number, 'progress-reported')]).toEqual([
      '进度：已更换密封圈（处理中）',
      '进度：已更换密封圈（维修中）',
    ])
    const refused = await people.customer.post(`/api/tickets/${number}/confirm`, { outcome: 'solved', channel: 'phone' }, zh)
    expect(refused.detail).toContain('“处理中”')
    const forbidden = await people.engineer.post(`/api/tickets/${number}/reassign`, { assignee: 'engineer-chen', reason: '换人' }, zh)
    expect(forbidden.detail).toContain('调度')

    await does(people.engineer, number, 'complete')
    const solved = await ticket(people.agent, number, zh)
    expect(solved).toMatchObject({ stage: 'follow-up', customerStatus: '处理完成', resolvedAt: solved['closedAt'] })
    expect(await asCustomer(number)).toMatchObject({ stageLabel: '处理完成' })
    expect((await log(people.customer, number)).map(({ type }) => type).slice(-3)).toEqual(['completed', 'resolved', 'closed'])
    expect(await textOf(number, 'ticket-solved')).toMatch(/“水泵漏水”已处理完成。[^]*如仍有问题，请随时[^]*回访/)
    const { items } = await people.agent.get(`/api/tickets/${number}/clocks`)
    expect(items).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ clock: 'callback', state: 'running', startedAt: solved['resolvedAt'] })]),
    )
    await does(people.customer, number, 'reopen', { reason: '又漏了' })
    expect(await asCustomer(number)).toMatchObject({ stageLabel: '处理中' })
  })

  it('X11: a stage is passed by the tickets for which it is not left out', async () => {
    const number = await registered(people.agent, { ...form, priority: 'high' })
    await does(people.agent, number, 'review-intake')
    await does(people.supervisor, number, 'assign', { assignee: 'engineer-wang' })
    await does(people.engineer, number, 'accept')
    await does(people.engineer, number, 'complete')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'verification' })
    await does(people.quality, number, 'verify')
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'follow-up', closedBySilence: false })
    const day = (shift: number) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10)
    const rate = await people.management.get(`/api/figures/resolution-rate?profile=pump-service&from=${day(-1)}&until=${day(2)}`)
    expect(rate.body).toMatchObject({ total: { n: 2, hits: 1 } })
  })
})
