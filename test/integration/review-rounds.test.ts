import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { keysOf } from '../../db/contact-vault.ts'
import { installProfile } from '../../db/profiles.ts'
import { usualReviews } from '../../domain/profile/reviews.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { processes } from '../../processes/index.ts'
import { systemClock } from '../../runtime/clock.ts'
import { openActions } from '../../db/open-actions.ts'
import { reviewRound, startReviewRounds, type Reviewing } from '../../worker/reviews.ts'
import { openOffice, type Office } from '../support/api.ts'
import { acts, addsAction, bothLeads, classifiedTicket, defects, openReview, reviewWithActions } from '../support/reviews.ts'
import { documentOf } from '../support/fast-profile.ts'
import { techSupport } from '../support/tickets.ts'
import { does, log, noticesOf, peopleOf, zh, type People } from '../support/walk.ts'

/** Reviews that open by themselves (T17), by the rounds that every worker makes. */

let office: Office
let people: People
let reviewing: Reviewing
beforeAll(async () => {
  office = await openOffice({ worker: false })
  people = await peopleOf(office)
  const { db, gateway, config } = office
  const log = pino({ level: 'silent' })
  reviewing = { db, gateway, keys: keysOf(...config.keys), log, processes, clock: systemClock, profileOf: createProfileReader(db) }
})
afterAll(() => office.close())

/** Each test has a module of its own: free words, as tickets may have. */
let module = ''
let tests = 0
beforeEach(() => {
  tests += 1
  module = `计费网关${tests}`
})

const longAgo = '2020-01-01T00:00:00Z'
/** What several workers do at once, and one after another. */
async function rounds(): Promise<void> {
  // A review whose workflow is not known to run yet has its turn the next time.
  await office.settled()
  const done = await Promise.all([reviewRound(reviewing, longAgo), reviewRound(reviewing, longAgo), reviewRound(reviewing, longAgo)])
  expect(done).toEqual([true, true, true])
  expect(await reviewRound(reviewing, longAgo)).toBe(true)
  await office.settled()
}

async function tickets(count: number, changes: object = {}): Promise<string[]> {
  const numbers: string[] = []
  for (let at = 0; at < count; at += 1) numbers.push(await classifiedTicket(people, { ...defects, module, ...changes }))
  return numbers
}

async function reviewsOf(of = module) {
  const { items } = await people.agent.get('/api/reviews?limit=200')
  const read = await Promise.all(items.map(async ({ number }) => (await people.agent.get(`/api/reviews/${String(number)}`)).body))
  return read.filter(({ module: own }) => own === of)
}

it('T17: five tickets of a classification in a month open one review, however many workers look; a sixth joins it, a ticket counts once', async () => {
  const [first = '', ...others] = await tickets(4)
  await rounds()
  expect(await reviewsOf()).toEqual([])
  const [fifth = ''] = await tickets(1)
  await rounds()
  const [review] = await reviewsOf()
  expect(await reviewsOf()).toHaveLength(1)
  expect(review).toMatchObject({
    because: 'frequency',
    stage: 'opened',
    tickets: 5,
    title: `${module} · 软件功能异常 · 代码缺陷`,
    assignee: null,
    team: 'tech-support',
  })
  const number = String(review?.['number'])
  // Nobody leads it: the lead of the team is asked to see to it.
  expect(await noticesOf(office, number)).toMatchObject([
    { kind: 'review-opened', recipientKind: 'role', recipientId: 'lead@tech-support' },
  ])
  const [sixth = ''] = await tickets(1)
  // Solved anew it is the same ticket.
  await does(people.quality, sixth, 'verify', { passed: false, remark: '仍可复现' })
  await does(people.engineer, sixth, 'complete', { classification: { ...defects, module } })
  await rounds()
  expect((await reviewsOf())[0]).toMatchObject({ tickets: 6 })
  const { items } = await people.agent.get(`/api/reviews/${number}/events`)
  const joined = items.filter(({ type }) => type === 'tickets-joined')
  expect(joined.flatMap(({ tickets: numbers }) => numbers)).toEqual([...[first, ...others, fifth].toSorted(), sixth])
  expect(joined.every(({ actor }) => actor === 'system')).toBe(true)
})

it('T17: of what was withdrawn, classified otherwise since, or is of another month nothing is counted', async () => {
  const [withdrawn = '', corrected = '', older = ''] = await tickets(3)
  await does(people.agent, withdrawn, 'withdraw')
  await does(people.quality, corrected, 'verify', { passed: false, remark: '原因不对' })
  await does(people.engineer, corrected, 'complete', { classification: { ...defects, module: `${module}之二` } })
  await sql`update tickets set submitted_at = submitted_at - interval '40 days' where number = ${older}`.execute(office.db)
  await tickets(3)
  await tickets(1, { cause: 'misuse' })
  await rounds()
  expect(await reviewsOf()).toEqual([])
  await tickets(2)
  await rounds()
  // The one of another month was classified before it opened, and is not of its month.
  expect(await reviewsOf()).toMatchObject([{ tickets: 5 }])
})

it('T17: the month is that of the zone of the profile', async () => {
  const numbers = await tickets(5)
  // Half past midnight of a first in Shanghai; the day before in UTC.
  await sql`update tickets set submitted_at = '2026-08-31T16:30:00Z' where number = ${numbers[0]}`.execute(office.db)
  for (const number of numbers.slice(1))
    await sql`update tickets set submitted_at = '2026-09-20T04:00:00Z' where number = ${number}`.execute(office.db)
  await rounds()
  expect(await reviewsOf()).toHaveLength(1)
})

it('T17: while one is open nobody opens another of the same; once it has ended five more tickets do, and those that counted do not', async () => {
  const classification = { ...defects, module }
  const number = await openReview(people.quality, { classification })
  expect((await people.supervisor.post('/api/reviews', { profile: 'tech-support', title: '同类', classification })).body).toMatchObject({
    status: 409,
    type: '/problems/open-already',
    ...{ number, url: `/api/reviews/${number}`, detail: expect.stringContaining(number) },
  })
  await tickets(6)
  await rounds()
  expect(await reviewsOf()).toMatchObject([{ number, because: 'decision', tickets: 6 }])
  await acts(people.quality, number, 'abandon', { reason: '并入年度项目' })
  await rounds()
  expect(await reviewsOf()).toHaveLength(1)
  await tickets(5)
  await rounds()
  expect(await reviewsOf()).toMatchObject([{ because: 'frequency', tickets: 5 }, { number }])
})

it('opens none by itself where the profile wants none, and is led by whom it names', async () => {
  const { reviews: _, ...without } = { ...techSupport, id: 'no-reviews', number: { pattern: 'NR{yyyyMMdd}{serial:3}' } }
  const led = {
    ...techSupport,
    id: 'led-reviews',
    number: { pattern: 'LR{yyyyMMdd}{serial:3}' },
    reviews: { ...usualReviews, atLeast: 2, lead: 'supervisor-sun' },
  }
  const installed = { source: null, installedAt: new Date().toISOString(), installedBy: 'system' }
  await installProfile(office.db, { profile: without, ...installed })
  const put = await people.admin.send('PUT', '/api/profiles/led-reviews', documentOf(led), { 'Content-Type': 'application/yaml' })
  expect(put.status, JSON.stringify(put.body)).toBe(201)
  for (const profile of ['no-reviews', 'led-reviews'])
    for (let at = 0; at < (profile === 'no-reviews' ? 5 : 2); at += 1) await classifiedTicket(people, { ...defects, module }, { profile })
  await rounds()
  expect(await reviewsOf()).toMatchObject([{ profile: 'led-reviews', assignee: 'supervisor-sun', tickets: 2 }])
})

it('T17: a lead declares a major incident: its review opens, once, and tells its ticket when it ends', async () => {
  const number = await classifiedTicket(people, { ...defects, module })
  const declare = (who: keyof People) => people[who].post(`/api/tickets/${number}/declare-major`, { reason: '核心客户全部无法登录' })
  expect((await declare('engineer')).status).toBe(403)
  expect((await declare('supervisor')).events).toMatchObject([{ type: 'major-declared', review: `${number}-M1` }])
  expect((await declare('lead')).body).toMatchObject({ status: 409, type: '/problems/done-already' })
  await office.settled()
  const review = `${number}-M1`
  expect((await people.agent.get(`/api/reviews/${review}`)).body).toMatchObject({
    because: 'major',
    parent: number,
    title: `重大事件复盘 ${number}`,
    team: 'tech-support',
  })
  await acts(people.supervisor, review, 'invite', bothLeads)
  await acts(people.supervisor, review, 'abandon', { reason: '已由季度评审覆盖' })
  await office.settled()
  const told = (await log(people.agent, number)).filter(({ type }) => type === 'related-noted')
  expect(told).toMatchObject([{ process: review, remark: '已由季度评审覆盖' }])
  expect((await people.supervisor.get(`/api/reviews?parent=${number}`)).items).toMatchObject([{ number: review, stage: 'closed' }])
})

it('T17: an action may be due on a day, until its end in the zone of the profile', async () => {
  const number = await reviewWithActions(people)
  const dueOf = async () =>
    ((await people.agent.get(`/api/reviews/${number}/clocks`)).items.find(({ state }) => state === 'running') ?? {})['dueAt']
  const action = await addsAction(people.supervisor, number, { dueAt: '2098-06-30' })
  expect(await dueOf()).toBe('2098-06-30T15:59:59.999Z')
  await acts(people.supervisor, number, 'reschedule-action', { action, dueAt: '2098-07-01', reason: '等待上游版本' })
  expect(await dueOf()).toBe('2098-07-01T15:59:59.999Z')
  const tomorrow = { action, dueAt: '明天', reason: '等待上游版本' }
  expect((await people.supervisor.post(`/api/reviews/${number}/reschedule-action`, tomorrow, zh)).errors).toMatchObject([
    { path: 'dueAt', code: 'wrong-format', message: expect.stringContaining('2023-10-01') },
  ])
  const none = { action: 99, dueAt: '2098-07-01', reason: '等待上游版本' }
  expect((await people.supervisor.post(`/api/reviews/${number}/reschedule-action`, none, zh)).errors).toMatchObject([
    { path: 'action', code: 'no-such-entry', message: expect.stringContaining(String(action)) },
  ])
})

it('T17: what came into the rows with its past is found, too, without another start', async () => {
  const numbers: string[] = []
  for (let nth = 0; nth < 5; nth += 1) numbers.push(...(await tickets(1, { module: `${module}之${nth}` })))
  await office.settled()
  await sql`update events set at = at - interval '20 days' where process = any(${numbers}::text[])`.execute(office.db)
  await sql`update tickets set submitted_at = submitted_at - interval '20 days' where number = any(${numbers}::text[])`.execute(office.db)
  const looking = startReviewRounds(reviewing, 50)
  await sleep(1_000)
  // From now on they are of one classification, as if they had just come: longer ago than a usual round looks.
  await sql`update events set data = jsonb_set(data, '{classification,module}', to_jsonb(${module}::text))
    where process = any(${numbers}::text[]) and type = 'completed'`.execute(office.db)
  await vi.waitFor(async () => expect(await reviewsOf()).toMatchObject([{ tickets: 5 }]), 30_000)
  await looking.stop()
  await office.settled()
})

it('T17: what was classified before the month, and reviews that ended before the time, are not looked at', async () => {
  const [first = ''] = await tickets(5)
  // Nothing is classified before it is submitted: only who looks at all that there ever was finds it.
  await sql`update events set at = at - interval '5 years' where process = ${first} and type = 'completed'`.execute(office.db)
  await rounds()
  expect(await reviewsOf()).toEqual([])
  await tickets(1)
  await rounds()
  expect(await reviewsOf()).toMatchObject([{ tickets: 5 }])

  const number = await reviewWithActions(people)
  await addsAction(people.supervisor, number)
  const until = '2099-01-01T00:00:00.000Z'
  const listed = async () =>
    (await openActions(office.db, { profile: 'tech-support', from: longAgo, until, asOf: until, most: 200 })).rows.map(
      ({ review }) => review,
    )
  expect(await listed()).toContain(number)
  await sql`update reviews set stage = 'closed' where number = ${number}`.execute(office.db)
  expect(await listed()).not.toContain(number)
})
