import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadHistory } from '../../../cli/demo/history/load.ts'
import { keysOf } from '../../../db/contact-vault.ts'
import { until } from '../../support/launcher.ts'
import { officeKey } from '../../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { english, peopleOf, zh, type People } from '../../support/walk.ts'
import { currentDetails } from '../../support/temporal-ui.ts'

/**
 * The reports that organisations ask for, as docs/examples/reports.yaml has them, through schedule and API on a real Temporal, over three months
 * of tickets. That their numbers are right, reports-recomputed.test.ts says.
 */

let office: OfficeOnTemporal
let people: People
beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  await loadHistory({
    db: office.db,
    keys: keysOf(officeKey),
    seed: 'every',
    now: Date.now(),
    perDay: { 'tech-support': 3, 'standard-ticket': 1 },
  })
  const shipped = z.looseObject({ version: z.int() }).parse(yamlOf('profiles/tech-support.yaml'))
  const { reports } = z.object({ reports: z.array(z.unknown()) }).parse(yamlOf('docs/examples/reports.yaml'))
  const changed = JSON.stringify({ ...shipped, version: shipped.version + 1, reports })
  const heard = await people.quality.send('PUT', '/api/profiles/tech-support', changed, { 'Content-Type': 'application/json' })
  if (heard.status !== 201) throw new Error(JSON.stringify(heard.body))
}, 180_000)
afterAll(() => office.close())

function yamlOf(path: string): unknown {
  return parse(readFileSync(join(import.meta.dirname, '../../..', path), 'utf8'))
}

const numberOf = (report: string, period: string) => `report:tech-support:${report}:${period}`

/** By two weeks ago it is long due, whatever holidays there were. */
const then = DateTime.now().setZone('Asia/Shanghai').minus({ days: 14 })

async function made(report: string, period: string): Promise<string> {
  const asked = { profile: 'tech-support', report, period }
  expect(await people.management.post('/api/reports', asked, zh)).toMatchObject({ status: 201, number: numberOf(report, period) })
  return reckoned(numberOf(report, period))
}

/** Once it can be read, and signed: what it holds is kept a moment before its process knows. */
async function reckoned(number: string): Promise<string> {
  await until(async () => {
    const { status, body } = await people.management.get(`/api/reports/${number}`)
    return status === 200 && body['stage'] !== 'reckoning' ? true : undefined
  })
  return number
}

const modelSchema = z.looseObject({
  period: z.string(),
  quiet: z.boolean(),
  record: z.looseObject({ number: z.string() }).nullable(),
  sections: z.array(z.looseObject({ id: z.string(), kind: z.string(), figure: z.string().optional(), dimension: z.string().optional() })),
})
async function modelOf(number: string) {
  const { body } = await people.management.get(`/api/reports/${number}/content`)
  const model = modelSchema.parse(body)
  return { ...model, ids: model.sections.map(({ id }) => id), kinds: model.sections.map(({ kind }) => kind) }
}

/** Each form of a report, as a reader gets it. */
async function formsOf(number: string): Promise<Record<'html' | 'xlsx', string>> {
  const page = await people.management.get(`/api/reports/${number}/content?format=html`, zh)
  expect(page.status).toBe(200)
  const book = await office.api().request(`/api/reports/${number}/content?format=xlsx`, {
    headers: { Authorization: `Bearer ${await office.token('manager-gao')}`, ...english },
  })
  expect(book.status).toBe(200)
  return { html: String(page.body['text']), xlsx: book.headers.get('content-disposition') ?? '' }
}

const stageOf = async (number: string) => (await people.management.get(`/api/reports/${number}`)).body['stage']

describe('the schedule of the profile', () => {
  it('R13, M6, M12: makes what every day and every week are due, each once, as processes that are seen in Temporal', async () => {
    const span = { from: then.minus({ days: 14 }).toUTC().toISO(), until: then.toUTC().toISO() }
    for (const _ of [1, 2]) {
      await until(async () => {
        const { status } = await people.management.post('/api/report-schedules/tech-support/backfill', span)
        return status === 200 ? true : undefined
      })
    }
    const kinds = ['daily', 'service-weekly', 'weekly-faults']
    const numbers = await until(async () => {
      const { items } = await people.management.get('/api/reports?limit=50')
      const found = items.map(({ number }) => String(number))
      return kinds.every((kind) => found.some((number) => number.startsWith(numberOf(kind, '')))) ? found : undefined
    })
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const kind of kinds) {
      const number = await reckoned(numbers.find((one) => one.startsWith(numberOf(kind, ''))) ?? kind)
      const handle = office.client.workflow.getHandle(number)
      expect(await handle.describe()).toMatchObject({ type: 'report' })
      expect(await currentDetails(handle)).toContain(number.slice(number.lastIndexOf(':') + 1))
    }
  }, 120_000)
})

describe('M6: the daily report', () => {
  it('says before the day ends what is overdue, what nobody has taken and what is due by the next morning, how promptly, how well, and how satisfied', async () => {
    const { items } = await people.supervisor.get('/api/reports?limit=50')
    const number = items.map((item) => String(item['number'])).find((one) => one.startsWith(numberOf('daily', ''))) ?? ''
    await reckoned(number)
    const { body } = await people.supervisor.get(`/api/reports/${number}`)
    const { sections, ids } = await modelOf(number)
    expect(ids).toEqual(['overdue', 'unclaimed', 'due-soon', 'key-figures', 'promises', 'days'])
    expect(sections.find(({ id }) => id === 'key-figures')).toMatchObject({
      lines: expect.arrayContaining([
        expect.objectContaining({ figure: 'resolution-rate' }),
        expect.objectContaining({ figure: 'satisfaction' }),
      ]),
    })
    // Half an hour before the day of nine to half past five ends.
    expect(DateTime.fromISO(String(body['dueAt'])).setZone('Asia/Shanghai').toFormat('HH:mm')).toBe(cutOff)
    const { html, xlsx } = await formsOf(number)
    expect(html).toContain('截至')
    expect(xlsx).toContain('.xlsx')
  })
})
const cutOff = '17:30'

describe('M12: the weekly meeting on one sort of ticket', () => {
  it('has what comes often, where, and what is done against it, written by who leads and kept with the report', async () => {
    const number = await made('weekly-faults', then.minus({ weeks: 4 }).toFormat("kkkk-'W'WW"))
    const { ids, sections } = await modelOf(number)
    expect(ids).toEqual(expect.arrayContaining(['modules', 'causes', 'actions', 'prevention']))
    // Of software faults alone: fewer than of all.
    const all = await made('service-weekly', then.minus({ weeks: 4 }).toFormat("kkkk-'W'WW"))
    const submitted = (of: typeof sections) =>
      z.looseObject({ lines: z.array(lineSchema) }).parse(of.find(({ id }) => id === 'key-figures')).lines[0]
    const whole = submitted((await modelOf(all)).sections)
    expect(submitted(sections)?.now.n).toBeGreaterThan(0)
    expect(submitted(sections)?.now.n).toBeLessThan(whole?.now.n ?? 0)
    const written = await people.supervisor.post(
      `/api/reports/${number}/write`,
      { texts: { prevention: '登录模块发布前增加回归用例，责任人：王强' } },
      zh,
    )
    expect(written.status, JSON.stringify(written.body)).toBe(200)
    expect(await people.supervisor.post(`/api/reports/${number}/review`, {}, zh)).toMatchObject({ status: 403 })
    expect((await people.quality.post(`/api/reports/${number}/review`, {}, zh)).status).toBe(200)
    expect((await people.lead.post(`/api/reports/${number}/approve`, {}, zh)).status).toBe(200)
    await until(async () => ((await stageOf(number)) === 'sent' ? true : undefined))
    const { html } = await formsOf(number)
    for (const text of ['登录模块发布前增加回归用例', '张', '徐']) expect(html).toContain(text)
  }, 60_000)
})
const lineSchema = z.looseObject({ figure: z.string(), now: z.looseObject({ n: z.int() }) })

describe('R13: the monthly report', () => {
  it('says how it is distributed, how departments do, what moves satisfaction, how it went before, and what comes often; with suggestions', async () => {
    const number = await made('service-monthly', then.minus({ months: 1 }).toFormat('yyyy-MM'))
    const { kinds, quiet, record, sections } = await modelOf(number)
    expect({ quiet, record }).toMatchObject({ quiet: false, record: { number: 'KF-JL-021', version: 'A/1' } })
    expect(kinds).toEqual(
      expect.arrayContaining(['figures', 'parts', 'trend', 'arrivals', 'equal-mix', 'drivers', 'suggestions', 'written']),
    )
    expect(sections.find(({ id }) => id === 'resolution-by-team')).toMatchObject({ dimension: 'team', figure: 'attainment' })
    expect((await formsOf(number)).html).toContain('KF-JL-021')
  }, 60_000)
})

describe('Q7: the quarterly report for the management review', () => {
  it('has a box under each heading that a person must fill, and goes to the management once it is approved', async () => {
    const period = then.minus({ quarters: 1 }).toFormat("yyyy-'Q'q")
    const number = await made('quarterly', period)
    const { ids, sections } = await modelOf(number)
    expect(ids.slice(0, 2)).toEqual(['actions', 'changes'])
    const objectives = z.looseObject({ lines: z.array(lineSchema) }).parse(sections.find(({ id }) => id === 'objectives'))
    expect(objectives.lines.map(({ figure }) => figure)).toContain('first-contact-resolution')
    const comments = z.looseObject({ themes: z.array(z.looseObject({ key: z.string().nullable(), examples: z.array(z.unknown()) })) })
    const { themes } = comments.parse(sections.find(({ id }) => id === 'comments'))
    expect(themes.map(({ key }) => key)).toEqual(expect.arrayContaining(['speed', 'news', 'lasting', 'manners', null]))
    const boxes = sections.flatMap(({ id, kind }) => (kind === 'written' ? [id] : []))
    const missing = await people.quality.post(`/api/reports/${number}/write`, { texts: { changes: '无' } }, zh)
    expect(missing.status).toBe(422)
    for (const box of boxes.filter((id) => id !== 'changes')) expect(JSON.stringify(missing.errors)).toContain(box)
    const texts = Object.fromEntries(boxes.map((id) => [id, `${id} 已核对`]))
    expect((await people.quality.post(`/api/reports/${number}/write`, { texts }, zh)).status).toBe(200)
    expect(await stageOf(number)).toBe('written')
    expect((await people.lead.post(`/api/reports/${number}/review`, {}, zh)).status).toBe(200)
    expect(await stageOf(number)).toBe('reviewed')
    expect((await people.management.post(`/api/reports/${number}/approve`, {}, zh)).status).toBe(200)
    await until(async () => ((await stageOf(number)) === 'sent' ? true : undefined))
    expect((await formsOf(number)).html).toContain('resources 已核对')
    expect(await currentDetails(office.client.workflow.getHandle(number))).toContain(period)
  }, 60_000)
})
