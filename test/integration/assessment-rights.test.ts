import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { roles, type Role } from '../../domain/people.ts'
import { assessmentProcess } from '../../workflows/assessment/process.ts'
import { createPayloadVault } from '../../runtime/payload-codec.ts'
import { isForPeople } from '../../workflows/process.ts'
import { openOffice, type Office, type Speaker } from '../support/api.ts'
import { backdated, deferred, furnishAssessments, late, numberOf, october, otherManager, profile, subjects } from '../support/assessed.ts'
import { until } from '../support/launcher.ts'
import { peopleOf, zh, type People } from '../support/walk.ts'

/**
 * Who may see scores, and in which form: every operation that the API has on assessments, in every form that it takes, by every role. A form that is new
 * is found in the API's document, and a role that is new does not compile.
 */

const number = numberOf('seen')
const unknown = 'assessment:scored:seen:1999-01'
let office: Office
let people: People
/** For each role somebody who holds it, and is neither scored nor stands above who is. */
let strangers: Readonly<Record<Role, Speaker>>
let forms: readonly string[]

const documentSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z
          .array(z.looseObject({ name: z.string(), in: z.string(), schema: z.looseObject({ enum: z.array(z.string()).optional() }) }))
          .default([]),
      }),
    ),
  ),
})

beforeAll(async () => {
  office = await openOffice({ worker: false, clock: { now: () => new Date(october) } })
  people = await peopleOf(office)
  await furnishAssessments(office, ['seen'])
  strangers = {
    customer: people.customer,
    agent: people.agent,
    engineer: await office.person('engineer-liu'),
    supervisor: people.supervisor,
    'department-lead': await office.person('lead-huang'),
    quality: people.quality,
    management: await office.person(otherManager),
    admin: people.admin,
    service: people.service,
  }
  await people.management.post('/api/assessments', { profile, assessment: 'seen', period: '2026-10' }, zh)
  await office.settled()
  await until(async () => ((await people.management.get(`/api/assessments/${number}`)).body['stage'] === 'draft' ? true : undefined))
  forms = await formsOfReading()
}, 60_000)
afterAll(() => office.close())

/** Every GET of the document about assessments, with each value that a query of few takes. */
async function formsOfReading(): Promise<string[]> {
  const { body } = await people.admin.get('/api/openapi.json')
  const { paths } = documentSchema.parse(body)
  return Object.entries(paths).flatMap(([path, methods]) => {
    const { get } = methods
    if (!path.startsWith('/api/assessments') || !get) return []
    const queries = get.parameters.flatMap(({ name, in: where, schema }) =>
      where === 'query' && name === 'format' ? (schema.enum ?? []).map((value) => `${name}=${value}`) : [],
    )
    const plain = queries.length === 0 ? [path] : queries.map((query) => `${path}?${query}`)
    return path.endsWith('/content') ? [...plain, ...plain.map((form) => `${form}&subject=person:engineer-wang`)] : plain
  })
}

const addressed = (form: string, of: string, [kind = '', id = '']: readonly string[] = ['person', 'engineer-wang']) =>
  form.replace('{number}', of).replace('{kind}', kind).replace('{id}', id)

describe('R14: who is neither scored nor stands above who is, sees nothing', () => {
  it('has forms to try: list, one, log, clocks, outlook, scores, one score, and four of what it holds', () => {
    expect(forms.length).toBeGreaterThanOrEqual(7 + 8)
  })

  it.each(roles.filter((role) => role !== 'management'))(
    '%s: 403 in every form, whether there is such an assessment or not',
    async (role) => {
      for (const form of forms)
        for (const of of [number, unknown]) {
          const heard = await strangers[role].get(addressed(form, of), zh)
          expect(heard.status, `${role} ${addressed(form, of)}: ${JSON.stringify(heard.body)}`).toBe(403)
          expect(JSON.stringify(heard.body)).not.toMatch(/王强|engineer-wang|TS20261008001/)
        }
    },
  )

  it('nor by asking for what there cannot be', async () => {
    for (const path of [
      '/scores/zzz/x',
      `/scores/person/${'x'.repeat(90)}`,
      '/content?format=zzz',
      '/content?subject=%00',
      '/scores?what=1',
    ])
      for (const of of [number, unknown, 'x'.repeat(200), '%00'])
        for (const role of ['agent', 'department-lead'] as const)
          expect((await strangers[role].get(`/api/assessments/${of}${path}`, zh)).status, `${role} ${of}${path}`).toBe(403)
  })

  it('management: everything', async () => {
    for (const form of forms.filter((one) => !one.includes('pdf')))
      expect((await strangers.management.get(addressed(form, number), zh)).status, form).toBe(200)
    expect((await strangers.management.get(`/api/assessments/${unknown}`)).status).toBe(404)
    expect((await strangers.management.get(`/api/assessments/${unknown}/scores`)).status).toBe(404)
    expect((await strangers.management.get(`/api/assessments/${number}/scores/person/nobody`)).status).toBe(404)
    expect((await strangers.management.get(`/api/assessments/${number}/content?subject=person:nobody`)).status).toBe(422)
  })

  it.each(roles.filter((role) => role !== 'management'))('%s: decides nothing', async (role) => {
    for (const { name } of assessmentProcess.commands.filter(isForPeople).filter(({ name: command }) => command !== 'nominate')) {
      const heard = await strangers[role].post(`/api/assessments/${number}/${name}`, inputs[name] ?? {}, zh)
      expect(heard.status, `${role} ${name}: ${JSON.stringify(heard.body)}`).toBe(403)
    }
    expect((await strangers[role].post('/api/assessments', { profile, assessment: 'seen', period: '2026-10' }, zh)).status).toBe(403)
  })

  it('tries every command that people give', () => {
    const names = assessmentProcess.commands.filter(isForPeople).map(({ name }) => name)
    expect(Object.keys(inputs).toSorted()).toEqual(names.filter((name) => name !== 'nominate').toSorted())
  })
})

describe('R14: nor does anybody else learn of one by naming it', () => {
  it('as what a review is to belong to, for supervisor and management alike; nor as a filter', async () => {
    for (const who of [people.supervisor, people.management])
      for (const parent of [number, unknown]) {
        const heard = await who.post('/api/reviews', { profile, title: '复盘', parent }, zh)
        expect(heard.status, parent).toBe(422)
        expect(heard.errors, parent).toMatchObject([{ path: 'parent', code: 'unknown-ticket' }])
      }
    for (const path of ['/api/notices?ticket=', '/api/reviews?parent='])
      expect((await people.supervisor.get(path + number, zh)).status, path).toBe((await people.supervisor.get(path + unknown, zh)).status)
  })

  it('and a process that is not closed is read in Temporal, whatever its number begins with', async () => {
    const { number: review } = await people.supervisor.post('/api/reviews', { profile, title: '复盘' }, zh)
    // As of what was opened before nothing could belong to an assessment.
    const named = `${number}-F1`
    await office.settled()
    await office.db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      await sql`update reviews set number = ${named} where number = ${review}`.execute(trx)
    })
    const vault = createPayloadVault(office.config)
    const decoded = async (owner: string) => {
      const { metadata, data } = vault.seal({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"clear"') }, owner)
      const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64')
      const sent = {
        metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)])),
        data: base64(data),
      }
      const heard = await people.supervisor.post('/api/codec/decode', { payloads: [sent] }, zh)
      return JSON.stringify(heard.body).includes(base64(Buffer.from('"clear"')))
    }
    expect(await decoded(named)).toBe(true)
    for (const owner of [number, unknown]) expect(await decoded(owner), owner).toBe(false)
  })
})

describe('R14: who does not open assessments, has schedules open none either', () => {
  const fillsIn = async (who: Speaker, from: string, until: string) =>
    who.post(`/api/report-schedules/${profile}/backfill`, { from, until }, zh)

  it('filling in is refused to others where one would be opened, and of no time to come, nor of more than a year', async () => {
    const errors = async (...[from, until]: [string, string]) =>
      (await fillsIn(people.management, from, until)).errors.map(({ path, code }) => [path, code])
    expect(await errors('2026-10-01T00:00:00Z', '2026-11-04T00:00:00Z')).toEqual([['until', 'not-over-yet']])
    expect(await errors('2024-10-01T00:00:00Z', '2026-10-04T00:00:00Z')).toEqual([['until', 'span-too-long']])
    expect(await errors('0001-10-01T00:00:00Z', '0002-01-01T00:00:00Z')).toEqual([['from', 'too-far']])
    for (const who of [people.quality, people.admin]) {
      const refused = await fillsIn(who, '2026-08-01T00:00:00Z', '2026-09-10T00:00:00Z')
      expect(refused).toMatchObject({ status: 403, body: { type: '/problems/assessments-fall-due' } })
      // In it none falls due; there is no schedule here.
      expect((await fillsIn(who, '2026-08-10T00:00:00Z', '2026-08-20T00:00:00Z')).status).not.toBe(403)
    }
    expect((await fillsIn(people.management, '2026-08-01T00:00:00Z', '2026-09-10T00:00:00Z')).status).not.toBe(403)
  })

  it('of no year that is none', async () => {
    for (const period of ['0000-01', '0001-01', '9999-12'])
      expect(await people.management.post('/api/assessments', { profile, assessment: 'seen', period }, zh), period).toMatchObject({
        ...{ status: 422, errors: [{ path: 'period', code: 'too-far' }] },
      })
  })
})

const wang = 'person:engineer-wang'
const inputs: Readonly<Record<string, object>> = {
  excuse: { subject: wang, item: late.id, reason: '停电' },
  'take-back': { subject: wang, item: late.id, reason: '通知有误' },
  'confirm-act': { subject: wang, item: backdated.id },
  confirm: { subject: wang },
  object: { subject: wang, reason: '不公平' },
  'decide-objection': { subject: wang, upheld: true, reason: '属实' },
  commend: { nomination: 1 },
  'decline-nomination': { nomination: 1, reason: '常规' },
  'commend-outstanding': { person: 'engineer-wang' },
}

describe('R14: who may see one score, sees that one', () => {
  const seen = async (who: Speaker) =>
    (await who.get(`/api/assessments/${number}/scores`, zh)).items.map(({ kind, id }) => `${String(kind)}:${String(id)}`)

  it('a head the people of their own teams, not the team, nor themselves before it is confirmed', async () => {
    expect(await seen(people.lead)).toEqual(['person:engineer-chen', 'person:engineer-wang'])
    for (const subject of subjects) {
      const form = addressed(`/api/assessments/{number}/scores/{kind}/{id}`, number, subject.split(':'))
      expect((await people.lead.get(form)).status, subject).toBe(subject.startsWith('person:engineer') ? 200 : 403)
    }
    expect((await people.lead.get(`/api/assessments/${number}/content`)).status).toBe(403)
    const { body } = await people.lead.get(`/api/assessments/${number}/content?subject=${wang}`, zh)
    // Of the model nothing of anybody else is given away.
    expect(JSON.stringify(body)).not.toMatch(/engineer-chen|"id":"lead-xu"|team:/)
    const page = await people.lead.get(`/api/assessments/${number}/content?format=html&subject=${wang}`, zh)
    expect(page.status).toBe(200)
    expect(String(page.body['text'])).not.toContain('engineer-chen')
  })

  it('somebody their own, once it is confirmed, with every item; the lead of a team that of the team', async () => {
    for (const form of forms) expect((await people.engineer.get(addressed(form, number))).status, form).toBe(403)
    for (const subject of [wang, 'person:lead-xu', 'team:tech-support'])
      expect((await people.management.post(`/api/assessments/${number}/confirm`, { subject }, zh)).status).toBe(200)
    expect(await seen(people.engineer)).toEqual([wang])
    expect(await seen(people.otherEngineer)).toEqual(['team:tech-support'])
    expect(await seen(people.lead)).toEqual(['person:engineer-chen', 'person:engineer-wang', 'person:lead-xu'])
    const { body } = await people.engineer.get(`/api/assessments/${number}/scores/person/engineer-wang`, zh)
    expect(body).toMatchObject({
      account: {
        state: 'confirmed',
        sum: '(30 × 90.00 + 30 × 95.00 + 20 × 100.00 + 20 × 100.00) ÷ 100 = 95.50',
        criteria: [{ items: [{ id: late.id }, { id: backdated.id }] }, { items: [{ id: deferred.id }] }, {}, {}],
      },
    })
    expect((await people.engineer.get(`/api/assessments/${number}/content?format=xlsx&subject=${wang}`)).status).toBe(200)
    expect((await people.engineer.get(`/api/assessments/${number}/content?format=html`)).status).toBe(403)
    expect((await people.engineer.get(`/api/assessments/${number}/scores/person/engineer-chen`)).status).toBe(403)
    for (const form of ['', '/events', '/clocks', '/outlook'])
      expect((await people.engineer.get(`/api/assessments/${number}${form}`)).status).toBe(403)
    const work = await people.engineer.get('/api/me/work', zh)
    expect(work.body['assessments']).toMatchObject([{ number, toConfirm: 0, own: [{ kind: 'person', id: 'engineer-wang' }] }])
  })
})
