import { lastAsked } from '../../../db/asked-of-customer.ts'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { epochMs, instantOf, plus } from '../../../domain/instant.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { until } from '../../support/launcher.ts'
import { atOnceSeconds, passing, seconds } from '../../support/passing.ts'
import { does, log, noticesOf, peopleOf, registered, ticket, tries, walkedTo, zh, type Input, type People } from '../../support/walk.ts'

/** Promises over days and weeks, on a server that skips time: each kept or broken to the second, and told to whom it concerns. */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
})
afterAll(() => office.close())

const { promise, passTo, logged, breaksOnTime, now } = passing(
  () => office,
  () => people.agent,
)

/** What a calendar says of an end, through the public API. */
async function workingDue(from: string, working: string, calendar = 'cn-office'): Promise<string> {
  const heard = await people.agent.get(`/api/calendars/${calendar}/due?from=${from}&working=${working}`)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return String(heard.body['due'])
}

describe('T13: what is promised, to the second', () => {
  it.each([
    ['urgent', 'first-response', 15 * 60],
    ['urgent', 'start', 2 * 3600],
    ['urgent', 'resolution', 24 * 3600],
    ['high', 'first-response', 2 * 3600],
    ['high', 'start', 8 * 3600],
    ['high', 'resolution', 72 * 3600],
  ])('T13, S6: %s: %s within %d seconds of submission', async (priority, clock, within) => {
    const number = await registered(people.agent, { priority })
    const made = await promise(number, clock)
    expect(seconds(made.startedAt, made.dueAt)).toBe(within)
    expect(made.startedAt).toBe((await ticket(people.agent, number))['submittedAt'])
    await breaksOnTime(number, clock)
  })

  it.each([
    ['first-response', 'PT8H'],
    ['start', 'PT8H'],
    ['resolution', 'P5D'],
  ])('T13, S6, X2: medium: %s within %s of working time', async (clock, within) => {
    const number = await registered(people.agent, { priority: 'medium' })
    const made = await promise(number, clock)
    expect(made.dueAt).toBe(await workingDue(made.startedAt, within))
    await breaksOnTime(number, clock)
  })

  it('T13: kept in time, nothing breaks: answered, accepted, solved', async () => {
    const number = await registered(people.agent, { priority: 'urgent' })
    await office.later('PT14M')
    await does(people.agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '您好，正在为您处理' })
    expect(await promise(number, 'first-response')).toMatchObject({ state: 'kept', recordedLate: false })
    await office.later('PT5M')
    expect((await log(people.agent, number)).map(({ type }) => type)).not.toContain('promise-broken')
  })
})

describe('X2: five working days over a national holiday with make-up days', () => {
  it('X2: the holiday of October 2026: from 28 September, due at the end of 10 October', async () => {
    // 29 and 30 September, then 8, 9 and the make-up Saturday, 10 October.
    expect(await workingDue('2026-09-28T10:00:00%2B08:00', 'P5D')).toBe('2026-10-10T10:00:00.000Z')
    expect(await workingDue('2026-09-30T17:00:00%2B08:00', 'PT2H')).toBe('2026-10-08T02:00:00.000Z')
  })

  it('X2: a ticket before such a holiday is due after it, to the second', async () => {
    const profile = await holidayProfile()
    const number = await registered(people.agent, { profile, priority: 'medium' })
    const made = await promise(number, 'resolution')
    expect(made.dueAt).toBe(await workingDue(made.startedAt, 'P5D', 'ahead'))
    // Seven days off lie between, and mostly a worked Saturday; without them it would be a week at most.
    expect(seconds(made.startedAt, made.dueAt)).toBeGreaterThan(11 * 86_400)
    await breaksOnTime(number, 'resolution')
  })
})

describe('X2: a new version of the calendar', () => {
  it('X2: moves the promises of running tickets that reach a changed day; each move is an event; warns beyond the announced days', async () => {
    const calendar = await calendarAhead({ id: 'moving', days: {} })
    const profile = await copiedProfile('moving', { calendar })
    const number = await registered(people.agent, { profile, priority: 'medium' })
    const urgent = await registered(people.agent, { profile, priority: 'urgent' })
    const before = await promise(number, 'resolution')
    const free = before.dueAt.slice(0, 10)
    await putCalendar(await calendarText({ id: 'moving', days: { [free]: [] } }))
    const moved = await logged(number, 'calendar-changed', { version: 2 })
    expect(moved).toMatchObject({ actor: 'system' })
    const after = await promise(number, 'resolution')
    expect(after.dueAt).toBe(await workingDue(after.startedAt, 'P5D', 'moving'))
    expect(after.dueAt > before.dueAt).toBe(true)
    expect(moved).not.toHaveProperty('calendar')
    // Elapsed time is no calendar's business.
    await logged(urgent, 'calendar-changed', { version: 2, moved: 0 })
    const heard = await people.agent.get('/api/calendars/cn-office/due?from=2026-12-30T10:00:00%2B08:00&working=P5D', zh)
    expect(heard.body).toMatchObject({ covered: false, warning: expect.stringContaining('2026-12-31') })
    await breaksOnTime(number, 'resolution')
  })

  it('X2: who registers a ticket whose promise reaches beyond the announced days is warned, and so is who reads it', async () => {
    const profile = await copiedProfile('unannounced', { calendar: await calendarAhead({ id: 'unannounced', days: {}, coveredDays: 1 }) })
    const heard = await people.agent.post('/api/tickets', { ...(await formOf()), profile, priority: 'medium' }, zh)
    expect(heard.status).toBe(201)
    expect(heard.body['promises']).toEqual(
      expect.arrayContaining([expect.objectContaining({ clock: 'resolution', provisional: true, label: '解决闭环' })]),
    )
    expect(await promise(heard.number, 'resolution')).toMatchObject({ provisional: true })
  })
})

describe('T7, T8, S14: plan and progress', () => {
  it('T7: the plan is due one hour after assignment, and its breach told to the handler', async () => {
    const number = await walkedTo('assignment', people, { form: { priority: 'urgent' } })
    await does(people.engineer, number, 'claim')
    const made = await promise(number, 'plan')
    expect(seconds(made.startedAt, made.dueAt)).toBe(3600)
    await breaksOnTime(number, 'plan')
    await until(async () =>
      (await noticesOf(office, number)).find(({ kind, recipientId }) => kind === 'deadline-missed' && recipientId === 'engineer-wang'),
    )
  })

  it('T7: departments that the plan needs are told at once, the contact by name, else whoever leads them', async () => {
    const number = await walkedTo('handling', people)
    const departments = [
      { department: 'tech-support', contact: 'engineer-chen', need: '回滚缓存版本' },
      { department: 'tech-support', contact: '夜班', need: '看住监控' },
      { department: '机房', contact: '老周', need: '检查交换机' },
    ]
    await does(people.engineer, number, 'plan', { departments })
    const asked = (await noticesOf(office, number)).filter(({ kind }) => kind === 'collaboration-requested')
    expect(asked.map(({ recipientKind, recipientId, params }) => [recipientKind, recipientId, params['need']])).toEqual([
      ['person', 'engineer-chen', '回滚缓存版本'],
      ['role', 'lead@tech-support', '看住监控'],
      ['person', 'agent-li', '检查交换机'],
    ])
    const requests = (await log(people.agent, number)).filter(({ type }) => type === 'collaboration-requested')
    expect(requests).toMatchObject(departments.map((need, index) => ({ ...need, informed: ['contact', 'lead', 'representative'][index] })))
  })

  it.each([
    ['urgent', 1],
    ['high', 4],
  ])(
    'T8, S14: %s: an update every %d h; missed, handler and then supervisor are reminded and the customer hears 正在排查中',
    async (priority, hours) => {
      const number = await walkedTo('handling', people, { form: { priority } })
      const first = await promise(number, 'progress')
      expect(seconds(first.startedAt, first.dueAt)).toBe(hours * 3600)
      await office.later(`PT${hours * 60 - 20}M`)
      await does(people.engineer, number, 'update-progress', { text: '已定位到缓存', visibleToCustomer: true })
      const second = await promise(number, 'progress')
      expect(second).toMatchObject({ cycle: 2, state: 'running' })
      expect(seconds(second.startedAt, second.dueAt)).toBe(hours * 3600)
      await breaksOnTime(number, 'progress')
      await office.later(`PT${hours * 15 + 1}M`)
      await logged(number, 'level-reached', { clock: 'progress', cycle: 2, level: 'supervisor' })
      const told = (await noticesOf(office, number)).map(({ kind, recipientKind, recipientId }) => [kind, recipientKind, recipientId])
      expect(told).toEqual(
        expect.arrayContaining([
          ['deadline-missed', 'person', 'engineer-wang'],
          ['still-investigating', 'customer', null],
          ['deadline-missed', 'role', 'supervisor@tech-support'],
          ['progress-reported', 'person', 'agent-li'],
        ]),
      )
      expect(told.filter(([kind]) => kind === 'still-investigating')).toHaveLength(1)
    },
  )
})

describe('T14: deferral', () => {
  it('T14: the handler is warned three hours before; deferring then is in time, customer and superior are told, both promises stay on record', async () => {
    const number = await walkedTo('handling', people, { form: { priority: 'urgent' } })
    const { dueAt } = await promise(number, 'resolution')
    const warnedAt = instantOf(epochMs(dueAt) - 3 * 3_600_000)
    await passTo(warnedAt)
    const warning = await logged(number, 'level-reached', { clock: 'resolution', level: 'last-call' })
    expect(warning).toMatchObject({ occurredAt: warnedAt, warning: true })
    const newDueAt = plus(dueAt, 'PT10H')
    await does(people.engineer, number, 'defer', { reason: '等厂商补丁', cause: 'objective', newDueAt, customerTold: true })
    expect((await log(people.agent, number)).findLast(({ type }) => type === 'deferred')).toMatchObject({
      late: false,
      previousDueAt: dueAt,
      newDueAt,
    })
    const told = await noticesOf(office, number)
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'deferred', recipientKind: 'customer', params: { number, reason: '等厂商补丁', newDueAt } }),
        expect.objectContaining({ kind: 'deferral-reported', recipientId: 'supervisor@tech-support' }),
      ]),
    )
    await breaksOnTime(number, 'resolution')
    expect(await promise(number, 'deferral')).toMatchObject({ state: 'running', dueAt: newDueAt })
    await breaksOnTime(number, 'deferral')
  })

  it('T14: less than two hours before the deadline it is marked late; a date before the old one is refused by name', async () => {
    const number = await walkedTo('handling', people, { form: { priority: 'urgent' } })
    const { dueAt } = await promise(number, 'resolution')
    await passTo(instantOf(epochMs(dueAt) - 2 * 3_600_000))
    const refused = await tries(people.engineer, number, 'defer', { newDueAt: await now() }, zh)
    expect([refused.status, refused.errors[0]?.path]).toEqual([422, 'newDueAt'])
    await does(people.engineer, number, 'defer', { newDueAt: plus(dueAt, 'PT5H') })
    expect((await log(people.agent, number)).findLast(({ type }) => type === 'deferred')).toMatchObject({ late: true })
  })
})

describe('T12: the callback', () => {
  it('T12: due 24 h after the solution; unreached calls are tried again, the promise runs on, and its ladder speaks', async () => {
    const number = await walkedTo('follow-up', people)
    const made = await promise(number, 'callback')
    expect(seconds(made.startedAt, made.dueAt)).toBe(86_400)
    await does(people.agent, number, 'callback', { reached: false, satisfaction: undefined, experience: undefined })
    await office.later('PT18H1M')
    await logged(number, 'level-reached', { clock: 'callback', level: 'reminder' })
    await does(people.agent, number, 'callback', { reached: false, satisfaction: undefined, experience: undefined })
    await breaksOnTime(number, 'callback')
    await does(people.agent, number, 'callback', { reached: false, satisfaction: undefined, experience: undefined })
    expect((await log(people.agent, number)).findLast(({ type }) => type === 'called-back')).toMatchObject({ attempt: 3, final: true })
  })
})

describe('X3: waiting for the customer', () => {
  it('X3: rests what the profile names, reminds the customer at set intervals, and goes on where it was', async () => {
    const number = await walkedTo('handling', people, { form: { priority: 'high' } })
    const before = await promise(number, 'resolution')
    await does(people.engineer, number, 'wait', { for: 'customer', reason: '客户答应了', message: '请提供日志' })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({ kind: 'information-requested', params: { message: '请提供日志' } })
    // A reminder asks for it once more.
    expect(await lastAsked(office.db, number)).toEqual({ missing: [], message: '请提供日志' })
    expect(await promise(number, 'resolution')).toMatchObject({ state: 'paused' })
    const asked = await promise(number, 'customer-answer')
    await passTo(asked.dueAt)
    await logged(number, 'promise-lapsed', { clock: 'customer-answer' })
    const reminders = (await noticesOf(office, number)).filter(({ kind }) => kind === 'information-reminder')
    expect(reminders.length).toBe(2)
    await does(people.agent, number, 'supplement', { text: '日志已附上' })
    const after = await promise(number, 'resolution')
    expect(after.state).toBe('running')
    // Three hours of it had passed by then; the rest is still there.
    expect(seconds(before.dueAt, after.dueAt)).toBeCloseTo(after.pausedMs / 1000, 0)
  })

  it('X3: where the profile allows, silence closes, marked as such, and the customer can reopen within the window', async () => {
    const profile = await copiedProfile('silent', {
      changes: [
        [
          '    within: P3D\n    timeBase: working\n    pauses: [customer]\n',
          '    within: PT72H\n    timeBase: elapsed\n    whenDue: close\n    pauses: [customer]\n',
        ],
        ['      - { id: supervisor, at: +100%, to: [supervisor] }\n  - id: callback', '  - id: callback'],
      ],
    })
    const number = await walkedTo('confirmation', people, { form: { profile }, registrar: people.customer })
    const { dueAt } = await promise(number, 'confirmation')
    await passTo(dueAt)
    expect(await logged(number, 'closed', { silence: true })).toMatchObject({ occurredAt: dueAt })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'follow-up', closedBySilence: true, closedAt: dueAt })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({ kind: 'closed-by-silence', recipientKind: 'customer' })
    await office.later('P2D')
    await does(people.customer, number, 'reopen', { reason: '抱歉，刚看到' })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'handling', closedBySilence: false })
  })
})

describe('X11: waiting for whatever it is', () => {
  it('X11: a wait for a part has a limit of its own, with reminders; what is handed on meanwhile says the deadline as the wait has moved it', async () => {
    const profile = await copiedProfile('waiting', {
      changes: [
        [
          '    within: { urgent: PT24H, high: PT72H, medium: P5D, low: P5D }\n    pauses: [customer]\n',
          '    within: { urgent: PT24H, high: PT72H, medium: P5D, low: P5D }\n    pauses: [any]\n',
        ],
        [
          '  - id: wait-limit\n',
          `  - id: apology\n    label: { zh-CN: 致歉, zh-TW: 致歉, en: Apology }\n    starts: [dissatisfied]\n    stops: [contacted]\n    within: PT2H\n    timeBase: elapsed\n    ladder: [{ id: missed, at: 0%, to: [lead] }]\n  - id: wait-limit\n`,
        ],
      ],
    })
    const number = await walkedTo('handling', people, { form: { profile, priority: 'high' } })
    const before = await promise(number, 'resolution')
    await does(people.engineer, number, 'wait', { for: 'part', reason: '等备件到货' })
    const limit = await promise(number, 'wait-limit')
    expect(limit).toMatchObject({ state: 'running', dueAt: await workingDue(limit.startedAt, 'P3D') })
    await passTo(limit.dueAt)
    expect(await logged(number, 'level-reached', { clock: 'wait-limit', level: 'reminder' })).toMatchObject({
      to: [{ kind: 'person', id: 'engineer-wang' }],
    })
    expect(await logged(number, 'promise-broken', { clock: 'wait-limit' })).toMatchObject({ occurredAt: limit.dueAt })
    expect(await promise(number, 'resolution')).toMatchObject({ state: 'paused', dueAt: before.dueAt })
    const { events } = await does(people.supervisor, number, 'reassign', { assignee: 'engineer-chen', reason: '王工请假' })
    const after = await promise(number, 'resolution')
    expect(after.dueAt > before.dueAt).toBe(true)
    expect(events).toMatchObject([{ type: 'waiting-ended' }, { type: 'assigned', deadline: after.dueAt }])
    expect((await noticesOf(office, number)).findLast(({ kind }) => kind === 'ticket-assigned')).toMatchObject({
      recipientId: 'engineer-chen',
      params: { dueAt: after.dueAt },
    })
    expect((await promise(number, 'wait-limit')).stoppedAt).not.toBeNull()
    // A customer who is not satisfied starts a clock, too.
    const other = await walkedTo('confirmation', people, { form: { profile } })
    await does(people.agent, other, 'confirm', { outcome: 'unsolved', remark: '还是不行' })
    expect(await promise(other, 'apology')).toMatchObject({ state: 'running' })
    await does(people.agent, other, 'contact', { channel: 'phone' })
    expect(await promise(other, 'apology')).toMatchObject({ state: 'kept' })
  })
})

describe('X4: the ladder', () => {
  it('X4: each level once a cycle, at its instant, to its people', async () => {
    const number = await registered(people.agent, { priority: 'high' })
    const { startedAt, dueAt } = await promise(number, 'first-response')
    const target = epochMs(dueAt) - epochMs(startedAt)
    await passTo(instantOf(epochMs(dueAt) + target))
    await logged(number, 'level-reached', { clock: 'first-response', level: 'department-head' })
    const levels = (await log(people.agent, number)).filter(({ type, clock }) => type === 'level-reached' && clock === 'first-response')
    expect(levels.map(({ level, occurredAt }) => [level, (epochMs(String(occurredAt)) - epochMs(dueAt)) / target])).toEqual([
      ['warning', -0.25],
      ['missed', 0],
      ['supervisor', 0.25],
      ['department-head', 1],
    ])
    for (const { at, occurredAt } of levels) expect(seconds(String(occurredAt), String(at))).toBeLessThan(atOnceSeconds)
    await office.later('P3D')
    expect(
      (await log(people.agent, number)).filter(({ type, clock }) => type === 'level-reached' && clock === 'first-response'),
    ).toHaveLength(4)
  })
})

describe('X5: the outlook', () => {
  it('X5: what is said to come next is what comes, when it was said, to whom', async () => {
    const number = await walkedTo('handling', people, { form: { priority: 'urgent' } })
    const nextShape = z.array(
      z.object({
        clock: z.string(),
        level: z.string(),
        dueAt: z.string(),
        to: z.array(z.looseObject({ people: z.array(z.string()) })),
        cancelledBy: z.array(z.string()),
      }),
    )
    for (let step = 0; step < 6; step += 1) {
      const [next] = nextShape.parse((await people.agent.get(`/api/tickets/${number}/outlook`)).body['next'])
      if (!next) throw new Error('nothing ahead')
      await passTo(next.dueAt)
      const type = next.level === 'due' ? 'promise-broken' : 'level-reached'
      const happened = await logged(number, type, { clock: next.clock, ...(next.level === 'due' ? {} : { level: next.level }) })
      expect(happened['occurredAt']).toBe(next.dueAt)
      if (next.level !== 'due') expect(happened['to']).toEqual(next.to.map(({ people: _, label: __, ...recipient }) => recipient))
    }
  })

  it('X5: is taken away by what it names: an update, the completion', async () => {
    const number = await walkedTo('handling', people, { form: { priority: 'urgent' } })
    const ahead = async () => {
      const { next } = z
        .object({ next: z.array(z.object({ clock: z.string(), label: z.string() })) })
        .parse((await people.agent.get(`/api/tickets/${number}/outlook`, zh)).body)
      return next.map(({ clock, label }) => `${clock} ${label}`)
    }
    expect(await ahead()).toContain('progress 进度更新')
    await does(people.engineer, number, 'complete')
    expect(await ahead()).not.toContain('progress 进度更新')
  })

  it('lists find what is overdue, what is due before an instant, and put what is due first, first', async () => {
    const number = await registered(people.agent, { priority: 'urgent', title: '最先到期' })
    const { dueAt } = await promise(number, 'first-response')
    const before = plus(dueAt, 'PT1S')
    const soon = await people.agent.get(`/api/tickets?dueBefore=${before}&overdue=false&sort=nextDue&q=最先到期&limit=1`)
    expect(soon.items).toMatchObject([{ number, nextDueAt: dueAt }])
    await passTo(dueAt)
    await logged(number, 'promise-broken', { clock: 'first-response' })
    expect((await people.agent.get('/api/tickets?overdue=true&q=最先到期')).items).toMatchObject([{ number }])
  })
})

describe('X8: when it happened and when it was recorded', () => {
  it('X8: a call made in time and told after the breach is kept, recorded late; what the ladder said stays on record', async () => {
    const number = await registered(people.agent, { priority: 'urgent' })
    const { startedAt, dueAt } = await promise(number, 'first-response')
    await passTo(plus(dueAt, 'PT1M'))
    await logged(number, 'promise-broken', { clock: 'first-response' })
    const called = plus(startedAt, 'PT9M')
    await does(people.agent, number, 'contact', { channel: 'phone', direction: 'outbound', text: '已电话联系', occurredAt: called })
    expect(await promise(number, 'first-response')).toMatchObject({ state: 'kept', recordedLate: true, stoppedAt: called })
    expect((await log(people.agent, number)).map(({ type }) => type)).toContain('level-reached')
  })
})

async function formOf(): Promise<Input> {
  const { form } = await import('../../support/api.ts')
  return form
}

async function calendarText({
  id,
  days,
  coveredDays = 120,
}: {
  readonly id: string
  readonly days: Readonly<Record<string, readonly string[]>>
  readonly coveredDays?: number
}): Promise<string> {
  const workday = ['09:00-12:00', '13:00-18:00']
  const week = { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday, sat: [], sun: [] }
  const covered = instantOf((await office.temporal.currentTimeMs()) + coveredDays * 86_400_000).slice(0, 10)
  return JSON.stringify({ id, timezone: 'Asia/Shanghai', week, days, coveredThrough: covered })
}

async function putCalendar(text: string): Promise<string> {
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(text))
  const heard = await people.admin.send('PUT', `/api/calendars/${id}`, text, { 'Content-Type': 'application/json' })
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return id
}

async function calendarAhead(of: Parameters<typeof calendarText>[0]): Promise<string> {
  return putCalendar(await calendarText(of))
}

/** The shape of the October holiday, beginning in two days: a week off, and the Saturday after it worked. */
async function holidayProfile(): Promise<string> {
  const today = await office.temporal.currentTimeMs()
  const day = (ahead: number) => instantOf(today + ahead * 86_400_000 + 8 * 3_600_000).slice(0, 10)
  const off = Array.from({ length: 7 }, (_, at): [string, string[]] => [day(at + 2), []])
  const saturday = Array.from({ length: 7 }, (_, at) => day(at + 9)).find((date) => new Date(date).getUTCDay() === 6) ?? ''
  const days = { ...Object.fromEntries(off), [saturday]: ['09:00-12:00', '13:00-18:00'] }
  return copiedProfile('holiday', { calendar: await calendarAhead({ id: 'ahead', days }) })
}

/** A profile of one's own: technical support with another calendar or other lines. */
async function copiedProfile(
  id: string,
  { calendar = 'cn-office', changes = [] }: { readonly calendar?: string; readonly changes?: readonly (readonly [string, string])[] },
): Promise<string> {
  const original = await readFile('test/unit/profiles/whole/tech-support.yaml', 'utf8')
  const mine: readonly (readonly [string, string])[] = [
    ['id: tech-support\n', `id: ${id}\n`],
    ['calendar: cn-office', `calendar: ${calendar}`],
    ['pattern: "TS{', `pattern: "${id.slice(0, 2).toUpperCase()}{`],
    ...changes,
  ]
  const text = mine.reduce((document, [from, to]) => {
    if (!document.includes(from)) throw new Error(`the profile has no ${from}`)
    return document.replace(from, to)
  }, original)
  const heard = await people.admin.send('PUT', `/api/profiles/${id}`, text, { 'Content-Type': 'application/yaml' })
  expect(heard.status, JSON.stringify(heard.body)).toBe(201)
  return id
}
