import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { plus, type Instant } from '../../domain/instant.ts'
import { openOffice, type Heard, type Office, type Speaker } from '../support/api.ts'
import { backdated, deferred, furnishAssessments, late, numberOf, october, otherManager, profile } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { peopleOf, walkedTo, zh, type People } from '../support/walk.ts'

/** The path of an assessment through the API: who decides over which score, who hears of it, and when it is final. */

const ids = ['whole', 'rights', 'items', 'objected', 'edge', 'nominated', 'silent', 'agreed', 'mails'] as const
type Id = (typeof ids)[number]

let now: Instant = october
let office: Office
let people: People
let other: Speaker

beforeAll(async () => {
  office = await openOffice({ clock: { now: () => new Date(now) } })
  people = await peopleOf(office)
  await furnishAssessments(office, ids)
  other = await office.person(otherManager)
}, 60_000)
afterAll(() => office.close())

async function opened(id: Id): Promise<string> {
  now = october
  const heard = await people.management.post('/api/assessments', { profile, assessment: id, period: '2026-10' }, zh)
  expect(heard, JSON.stringify(heard.body)).toMatchObject({ status: 201, number: numberOf(id) })
  await reaches(id, 'draft')
  // As mails call it: by its label, not by its id.
  expect((await read(id))['title']).toMatch(/^[^a-z]+（2026-10）$/)
  return numberOf(id)
}

const read = async (id: Id) => (await people.management.get(`/api/assessments/${numberOf(id)}`, zh)).body
async function reaches(id: Id, stage: string): Promise<void> {
  await office.settled()
  await until(async () => ((await read(id))['stage'] === stage ? true : undefined))
}
const does = (id: Id, who: Speaker, command: string, input: object): Promise<Heard> =>
  who.post(`/api/assessments/${numberOf(id)}/${command}`, input, zh)
const confirms = (id: Id, who: Speaker, subject: string) => does(id, who, 'confirm', { subject })
const refused = (status: number, code: string) => ({ status, body: { type: `/problems/${code}` } })

const accountSchema = z.looseObject({
  score: z.number().nullable(),
  state: z.string(),
  suspended: z.boolean(),
  deduction: z.number(),
  sum: z.string().nullable(),
  criteria: z.array(z.looseObject({ n: z.number(), hits: z.number(), excused: z.number(), division: z.string().nullable() })),
})
async function account(id: Id, who: Speaker, subject: string) {
  const heard = await who.get(`/api/assessments/${numberOf(id)}/scores/${subject.replace(':', '/')}`, zh)
  expect(heard.status, JSON.stringify(heard.body)).toBe(200)
  return accountSchema.parse(heard.body['account'])
}

/** Everything confirmed as it stands: people by the head of their department, the rest by the management. */
async function allConfirmed(id: Id): Promise<void> {
  for (const subject of ['person:engineer-chen', 'person:engineer-wang'])
    expect(await confirms(id, people.lead, subject)).toMatchObject({ status: 200 })
  for (const subject of ['person:lead-xu', 'team:tech-support'])
    expect(await confirms(id, people.management, subject)).toMatchObject({ status: 200 })
}

/** Kinds of the mails that were queued, and to whom. */
async function told(id: Id): Promise<Record<string, string[]>> {
  await office.settled()
  const rows = await office.db
    .selectFrom('notices')
    .select(['kind', 'recipientId'])
    .where('process', '=', numberOf(id))
    .orderBy('kind')
    .orderBy('recipientId')
    .execute()
  const by: Record<string, string[]> = {}
  for (const { kind, recipientId } of rows) (by[kind] ??= []).push(recipientId ?? '')
  return by
}

async function windowOf(id: Id, who: Speaker, subject: string): Promise<Instant> {
  return String((await account(id, who, subject))['objectBy'])
}

describe('R14: a score counts once a superior has confirmed it', () => {
  it('a draft until all are confirmed, then open to objections, then final, and closed when nobody is left to be commended', async () => {
    await opened('whole')
    expect(await account('whole', people.management, 'person:engineer-wang')).toMatchObject({ state: 'draft', score: 95.5 })
    await allConfirmed('whole')
    expect(await read('whole')).toMatchObject({ stage: 'confirmed' })
    expect(await account('whole', people.engineer, 'person:engineer-wang')).toMatchObject({ state: 'confirmed' })
    now = plus(await windowOf('whole', people.management, 'team:tech-support'), 'PT1S')
    await reaches('whole', 'final')
    expect(await account('whole', people.engineer, 'person:engineer-wang')).toMatchObject({ state: 'settled' })
    // The best of those who had enough tickets is proposed, and nobody is commended by a machine.
    expect((await people.management.get('/api/me/work', zh)).body['assessments']).toMatchObject([{ commendations: 1 }])
    expect(await does('whole', people.management, 'commend-outstanding', { person: 'engineer-wang' })).toMatchObject({ status: 422 })
    expect(await does('whole', people.management, 'commend-outstanding', { person: 'engineer-chen' })).toMatchObject({ status: 200 })
    expect(await read('whole')).toMatchObject({ stage: 'closed' })
    expect(await does('whole', people.management, 'confirm', { subject: 'person:engineer-chen' })).toMatchObject(refused(409, 'ended'))
  })

  it('each by whoever stands above: a head of their own people, the management of heads and teams, nobody of themselves', async () => {
    await opened('rights')
    const headOfOthers = await office.person('lead-huang')
    expect(await confirms('rights', headOfOthers, 'person:engineer-wang')).toMatchObject(refused(403, 'not-their-superior'))
    expect(await confirms('rights', people.lead, 'person:lead-xu')).toMatchObject(refused(403, 'own-score'))
    expect(await confirms('rights', people.lead, 'team:tech-support')).toMatchObject(refused(403, 'not-their-superior'))
    // Whether somebody else is scored is nothing that a head learns by asking.
    expect((await confirms('rights', people.lead, 'person:nobody')).body).toEqual({
      ...(await confirms('rights', people.lead, 'team:tech-support')).body,
      requestId: expect.anything(),
    })
    for (const who of ['agent', 'engineer', 'supervisor', 'quality', 'admin', 'service', 'customer'] as const)
      expect(await confirms('rights', people[who], 'person:engineer-wang'), who).toMatchObject(refused(403, 'wrong-role'))
    expect(await confirms('rights', people.management, 'person:nobody')).toMatchObject({ status: 422 })
    expect(await confirms('rights', people.lead, 'person:engineer-wang')).toMatchObject({ status: 200 })
    expect(await confirms('rights', people.lead, 'person:engineer-wang')).toMatchObject(refused(409, 'confirmed-already'))
    expect(await confirms('rights', people.management, 'person:lead-xu')).toMatchObject({ status: 200 })
  })

  it('R11: a delay is excused by a superior alone, for the score that is theirs; an act recorded late counts once another confirms it', async () => {
    await opened('items')
    const [person, team] = ['person:engineer-wang', 'team:tech-support']
    const excuses = (who: Speaker, subject: string, item = late.id) =>
      does('items', who, 'excuse', { subject, item, reason: '机房停电，客户书面确认' })
    expect(await excuses(people.engineer, person)).toMatchObject(refused(403, 'wrong-role'))
    expect(await excuses(people.lead, team)).toMatchObject(refused(403, 'not-their-superior'))
    expect(await excuses(people.lead, person, 'TS1/first-response/1')).toMatchObject({
      status: 422,
      errors: [{ path: 'item', code: 'no-such-item' }],
    })
    expect(await excuses(people.lead, person)).toMatchObject({ status: 200 })
    expect(await excuses(people.management, person)).toMatchObject(refused(409, 'item-decided'))
    const takesBack = (who: Speaker) => does('items', who, 'take-back', { subject: person, item: late.id, reason: '通知有误' })
    expect(await takesBack(people.engineer)).toMatchObject(refused(403, 'wrong-role'))
    expect(await takesBack(people.lead)).toMatchObject({ status: 200 })
    expect((await account('items', people.lead, person)).criteria[0]).toMatchObject({ n: 20, excused: 0 })
    expect(await excuses(people.lead, person)).toMatchObject({ status: 200 })
    expect((await account('items', people.lead, person)).criteria[0]).toMatchObject({
      n: 19,
      hits: 18,
      excused: 1,
      division: '18 ÷ 19 = 94.74%',
    })
    // For the team it still counts: that is the management's to decide.
    expect((await account('items', people.management, team)).criteria[0]).toMatchObject({ excused: 0 })
    // Who deferred it, be it the head, is no judge of why.
    expect(await excuses(people.lead, person, deferred.id)).toMatchObject(refused(403, 'own-record'))
    expect(await excuses(people.management, person, deferred.id)).toMatchObject({ status: 200 })
    expect(await does('items', people.lead, 'confirm-act', { subject: person, item: late.id })).toMatchObject({ status: 422 })
    expect(await does('items', people.lead, 'confirm-act', { subject: person, item: backdated.id, remark: '有通话录音' })).toMatchObject({
      status: 200,
    })
    expect((await account('items', people.lead, person)).criteria[0]).toMatchObject({ n: 19, hits: 19 })
    expect(await confirms('items', people.lead, person)).toMatchObject({ status: 200 })
    expect(await excuses(people.lead, person)).toMatchObject(refused(409, 'confirmed-already'))
  })
})

describe('R14: an objection', () => {
  const person = 'person:engineer-wang'
  const objects = (id: Id, who: Speaker, subject = person) => does(id, who, 'object', { subject, reason: '停电属客观原因，应当剔除' })
  const decides = (id: Id, who: Speaker, more: object = {}) =>
    does(id, who, 'decide-objection', { subject: person, upheld: true, reason: '情况属实', ...more })

  it('is made once, by who is scored, suspends the deduction, and is decided by another of the management', async () => {
    await opened('objected')
    expect(await objects('objected', people.engineer)).toMatchObject(refused(409, 'not-confirmed'))
    expect(await confirms('objected', people.management, person)).toMatchObject({ status: 200 })
    expect(await objects('objected', people.otherEngineer)).toMatchObject(refused(403, 'not-their-score'))
    expect(await objects('objected', people.quality)).toMatchObject(refused(403, 'not-their-score'))
    expect(await objects('objected', people.engineer)).toMatchObject({ status: 200 })
    expect(await objects('objected', people.engineer)).toMatchObject(refused(409, 'objected-already'))
    expect(await account('objected', people.engineer, person)).toMatchObject({ state: 'objected' })
    expect(await decides('objected', people.lead)).toMatchObject(refused(403, 'wrong-role'))
    expect(await decides('objected', people.management)).toMatchObject(refused(403, 'own-decision'))
    expect(await decides('objected', other, { excused: ['TS1/first-response/1'] })).toMatchObject({ status: 422 })
    expect(await decides('objected', other)).toMatchObject({ status: 422, errors: [{ path: 'excused', code: 'nothing-upheld' }] })
    expect(await decides('objected', other, { upheld: false, excused: [late.id] })).toMatchObject({ status: 422 })
    expect(await decides('objected', other, { excused: [late.id] })).toMatchObject({ status: 200 })
    expect(await decides('objected', other)).toMatchObject(refused(409, 'objection-decided'))
    expect(await account('objected', people.engineer, person)).toMatchObject({
      state: 'settled',
      criteria: [{ n: 19, excused: 1 }, {}, {}, {}],
      objection: { by: 'engineer-wang', decided: { by: otherManager, upheld: true } },
    })
  })

  it('counts at the very instant at which its time ends, and not a moment later', async () => {
    await opened('edge')
    expect(await confirms('edge', people.lead, person)).toMatchObject({ status: 200 })
    expect(await confirms('edge', people.lead, 'person:engineer-chen')).toMatchObject({ status: 200 })
    const end = await windowOf('edge', people.engineer, person)
    // The end of the fifth working day after.
    expect(end).toBe('2026-11-10T10:00:00.000Z')
    now = end
    expect(await objects('edge', people.engineer)).toMatchObject({ status: 200 })
    now = plus(end, 'PT0.001S')
    expect(await objects('edge', people.otherEngineer, 'person:engineer-chen')).toMatchObject(refused(409, 'objection-late'))
  })

  it('is not needed: who says nothing has agreed, when their time is over', async () => {
    await opened('agreed')
    expect(await confirms('agreed', people.lead, person)).toMatchObject({ status: 200 })
    const end = await windowOf('agreed', people.engineer, person)
    now = end
    await office.settled()
    expect(await account('agreed', people.engineer, person)).toMatchObject({ state: 'confirmed', objection: null })
    now = plus(end, 'PT1S')
    await until(async () => ((await account('agreed', people.engineer, person)).state === 'settled' ? true : undefined))
    expect(await account('agreed', people.engineer, person)).toMatchObject({ score: 95.5, objection: null })
  })
})

describe('R14: a confirmation that is late', () => {
  it('is reminded of to the head and the management, and to nobody who looks after the machine; it confirms nothing', async () => {
    await opened('silent')
    const due = (await office.db.selectFrom('promises').select('dueAt').where('process', '=', numberOf('silent')).executeTakeFirstOrThrow())
      .dueAt
    now = plus(due, 'PT49H')
    await until(async () => ((await told('silent'))['assessment-overdue'] ? true : undefined))
    const all = await told('silent')
    expect(new Set(all['scores-to-confirm'])).toEqual(new Set(['lead-xu', 'manager-gao', otherManager]))
    expect(new Set(all['assessment-overdue'])).toEqual(new Set(['lead-xu', 'manager-gao', otherManager]))
    expect(await read('silent')).toMatchObject({ stage: 'draft' })
    expect(await account('silent', people.management, 'person:engineer-wang')).toMatchObject({ state: 'draft' })
  })
})

describe('R14: commendations', () => {
  it('whoever works here nominates a colleague, never themselves, for a ticket that there is; the management decides', async () => {
    await opened('nominated')
    const ticket = await walkedTo('handling', people)
    const nominates = (who: Speaker, input: object = {}) =>
      does('nominated', who, 'nominate', { person: 'engineer-wang', ticket, why: '自写脚本批量修复，省去逐台处理', ...input })
    expect(await nominates(people.customer)).toMatchObject(refused(403, 'wrong-role'))
    expect(await nominates(people.engineer)).toMatchObject(refused(403, 'own-nomination'))
    expect(await nominates(people.agent, { ticket: 'TS19990101001' })).toMatchObject({ status: 422, errors: [{ code: 'unknown-ticket' }] })
    expect(await nominates(people.agent, { person: 'customer-he' })).toMatchObject({ status: 422 })
    expect(await nominates(people.agent)).toMatchObject({ status: 200 })
    expect(await nominates(people.agent)).toMatchObject(refused(409, 'nominated-already'))
    expect(await nominates(people.supervisor, { person: 'engineer-chen' })).toMatchObject({
      ...{ status: 422, errors: [{ path: 'ticket', code: 'never-in-hand' }] },
    })
    expect(await nominates(people.supervisor, { person: 'agent-li' })).toMatchObject({ status: 200 })
    expect(await does('nominated', people.lead, 'commend', { nomination: 1 })).toMatchObject(refused(403, 'wrong-role'))
    expect(await does('nominated', people.management, 'commend', { nomination: 1 })).toMatchObject({ status: 200 })
    expect(await does('nominated', people.management, 'commend', { nomination: 1 })).toMatchObject(refused(409, 'nomination-decided'))
    expect(await does('nominated', people.management, 'decline-nomination', { nomination: 2, reason: '常规做法' })).toMatchObject({
      status: 200,
    })
    expect(await told('nominated')).toMatchObject({
      commended: ['engineer-wang'],
      'commendation-to-decide': ['manager-gao', 'manager-gao', otherManager, otherManager],
    })
  })
})

describe('R14: mails', () => {
  it('say that there is a score, to whom it is, and nothing of it', async () => {
    await opened('mails')
    await allConfirmed('mails')
    const all = await told('mails')
    expect(all['score-confirmed']).toEqual(['engineer-chen', 'engineer-chen', 'engineer-wang', 'lead-xu'])
    const rows = await office.db.selectFrom('notices').select(['kind', 'params']).where('process', '=', numberOf('mails')).execute()
    // Who leads the team has two, which say of whose score.
    const ofTeam = rows.filter(({ kind, params }) => kind === 'score-confirmed' && String(params['whose']).includes('团队'))
    expect(ofTeam).toHaveLength(1)
    for (const { params } of rows) {
      expect(Object.keys(params).toSorted()).toEqual(expect.arrayContaining(['assessment', 'number']))
      expect(JSON.stringify(params)).not.toMatch(/95|100|engineer|停电/)
    }
    // Who is told is nothing for colleagues either, be they admins.
    const list = async (who: Speaker) => (await who.get(`/api/notices?ticket=${numberOf('mails')}&limit=50`)).items.map(({ kind }) => kind)
    expect(await list(people.admin)).toEqual([])
    expect(await list(people.engineer)).toEqual(['score-confirmed'])
    expect((await list(people.management)).length).toBeGreaterThan(4)
  })
})
