import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { listReports } from '../../cli/report.ts'
import { latestProfile } from '../../db/profiles.ts'
import { locales, type Labels } from '../../domain/labels.ts'
import { subjectValues } from '../../domain/notices/subject-values.ts'
import { processes } from '../../processes/index.ts'
import { subjectsOf } from '../../processes/subject.ts'
import { openOffice, type Office } from '../support/api.ts'
import { drawn, longRecorded, withSamples } from '../support/samples.ts'
import { peopleOf, registered, zh, type People } from '../support/walk.ts'

/** What a process is called where nobody gave it a name: by its profile, in the reader's language, wherever it is named. */

let office: Office
let people: People
const titles = new Map<string, Labels>()

beforeAll(async () => {
  office = await openOffice({ clock: { now: () => new Date('2026-11-03T02:00:00.000Z') } })
  people = await peopleOf(office)
  await withSamples(office)
  await registered(people.agent)
  await office.settled()
  await longRecorded(office)
  for (const [report, period] of [
    ['monthly', '2026-10'],
    ['weekly', '2026-W44'],
  ]) {
    const { status } = await people.quality.post('/api/reports', { profile: 'tech-support', report, period }, zh)
    if (status !== 201) throw new Error(`no report of ${period} was made: ${status}`)
  }
  titles.set('report:tech-support:monthly:2026-10', {
    'zh-CN': '技术支持问题分析报告（2026-10）',
    'zh-TW': '技術支援問題分析報告（2026-10）',
    en: 'Technical support problem analysis report, 2026-10',
  })
  titles.set('report:tech-support:weekly:2026-W44', {
    'zh-CN': '技术支持周报（2026-W44）',
    'zh-TW': '技術支援週報（2026-W44）',
    en: 'Technical support weekly report, 2026-W44',
  })
  titles.set(await drawn(people.quality, { from: '2026-11-01', until: '2026-12-01' }), {
    'zh-CN': '服务质量抽检（2026-11-01 – 2026-11-30）',
    'zh-TW': '服務品質抽檢（2026-11-01 – 2026-11-30）',
    en: 'Service quality, 2026-11-01 – 2026-11-30',
  })
  await office.settled()
}, 60_000)
afterAll(() => office.close())

/** Title by number. */
function named(items: unknown): Record<string, string> {
  return Object.fromEntries(listed.parse(items).map(({ number, title }) => [number, title]))
}

const listed = z.array(z.looseObject({ number: z.string(), title: z.string() }))

describe.each(locales)('X6: in %s, a process that nobody named is called by the labels of its profile', (locale) => {
  const language = { 'Accept-Language': locale }
  const expected = (type: string) =>
    Object.fromEntries([...titles].filter(([number]) => number.startsWith(type)).map(([number, title]) => [number, title[locale]]))

  it('in lists, and by itself', async () => {
    expect(named((await people.management.get('/api/reports', language)).items)).toEqual(expected('report:'))
    expect(named((await people.management.get('/api/samples', language)).items)).toEqual(expected('CJ'))
    for (const [number, title] of titles) {
      const plural = number.startsWith('report:') ? 'reports' : 'samples'
      expect((await people.management.get(`/api/${plural}/${number}`, language)).body).toMatchObject({ title: title[locale] })
    }
  })

  it('among the work that somebody has', async () => {
    const { body } = await people.quality.get('/api/me/work', language)
    expect(named(body['others'])).toMatchObject(expected('CJ'))
  })

  it('on a terminal', async () => {
    const printed: string[] = []
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
    vi.stubGlobal('fetch', async (url: string | URL, init?: RequestInit) => office.api().request(String(url), init))
    try {
      await listReports({ api: 'http://127.0.0.1', token: await office.token('quality-wu'), lang: locale })
    } finally {
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
    }
    const reports = [...titles].filter(([number]) => number.startsWith('report:'))
    expect(printed).toHaveLength(reports.length)
    for (const [number, title] of reports)
      expect(printed.find((line) => line.startsWith(number))).toSatisfy((line: string) => line.endsWith(`  ${title[locale]}`))
  })

  it('in what notices tell of it', async () => {
    const profile = await latestProfile(office.db, 'tech-support')
    if (!profile) throw new Error('the profile is gone')
    const subjects = await subjectsOf(office.db, processes, [...titles.keys()])
    const told = subjects.map(
      (subject) => subject && subjectValues(subject, '吴敏', { profile, language: locale, names: {}, toCustomer: false })['title'],
    )
    expect(told).toEqual([...titles.values()].map((title) => title[locale]))
  })
})

it('Q7: a sample that somebody named is called what they called it', async () => {
  const number = await drawn(people.quality, { sample: 'complaints', title: '十一月投诉复查', from: '2026-11-01', until: '2026-12-01' })
  expect((await people.quality.get(`/api/samples/${number}`)).body).toMatchObject({ title: '十一月投诉复查' })
})
