import { describe, expect, it } from 'vitest'
import { locales, said, type Locale } from '../../../domain/labels.ts'
import { sectionKinds } from '../../support/sample-reports.ts'
import type { ReportModel } from '../../../domain/reports/model.ts'
import type { ReportNumbers } from '../../../domain/reports/numbers.ts'
import { page } from '../../../reports/page/page.ts'
import { countText, shareText } from '../../../domain/reports/number-text.ts'
import { durationText } from '../../../reports/values.ts'
import { ticketFigures } from '../../../processes/ticket/figures/index.ts'
import { hostileReport } from '../../support/hostile-report.ts'
import { sampleKinds, sampleReport, sampleSigned, unsigned } from '../../support/sample-reports.ts'

const monthly = sampleReport('monthly')

describe('a report as a page', () => {
  it.each(locales)('shows every section of every kind of report (R13, R14, M6, T17, Q7, S17), in %s', (locale) => {
    for (const kind of sampleKinds) {
      const model = sampleReport(kind)
      const text = page(model, unsigned, locale)
      for (const { heading } of model.sections) expect(text).toContain(`<h2>${heading[locale]}</h2>`)
      for (const sentence of model.highlights) expect(text).toContain(sentence[locale].replaceAll('"', '&quot;'))
      expect(text).toContain(model.report.label[locale])
      expect(text).not.toMatch(/undefined|NaN|\[object|null/)
    }
  })

  it.each(locales)('says at its head and below its key figures that its time began before anything was kept, in %s', (locale) => {
    const since = { 'zh-CN': '记录自 8月30日（周日）起', 'zh-TW': '記錄自 8月30日（週日）起', en: 'kept since Sun 30 Aug' }[locale]
    expect(page(monthly, unsigned, locale)).not.toContain(since)
    expect(page({ ...monthly, keptSince: '2026-08-30T01:00:00.000Z' }, unsigned, locale).split(since)).toHaveLength(3)
  })

  it('has samples of all kinds of sections', () => {
    expect(new Set(sampleKinds.flatMap((kind) => sampleReport(kind).sections.map((section) => section.kind)))).toEqual(
      new Set(sectionKinds),
    )
  })

  it.each(locales)('says every number of the model, in %s', (locale) => {
    const shown = cells(page(monthly, unsigned, locale))
    const numbers = monthly.sections.flatMap((section) => {
      if (section.kind === 'figures')
        return section.lines.flatMap(({ figure, ...of }) =>
          [of.now, of.before, of.yearBefore].map((told) => shownOf(monthly, figure, told, locale)),
        )
      if (section.kind === 'parts')
        return section.parts.flatMap((part) => [part.now, part.before].map((told) => shownOf(monthly, section.figure, told, locale)))
      if (section.kind === 'ageing') return section.rows.flatMap(({ counts }) => counts.map(countText))
      if (section.kind === 'trend') return section.points.map(({ n }) => countText(n))
      return []
    })
    expect(numbers.length).toBeGreaterThan(150)
    expect(new Set(numbers.filter((told) => !shown.includes(told)))).toEqual(new Set())
  })

  it('draws the same text from the same model', () => {
    expect(page(sampleReport('monthly'), sampleSigned(monthly), 'en')).toBe(page(monthly, sampleSigned(monthly), 'en'))
  })

  it('needs nothing from elsewhere, and no script or style that a strict policy would refuse', () => {
    const text = page(hostileReport(), unsigned, 'en')
    // Names of elements and of what they have, without the values.
    const tags = (text.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, '='))
    for (const tag of tags) expect(tag).not.toMatch(/^<(?:script|link|img|iframe|object)|javascript:|\s(?:on\w+|style|src|href)=/i)
    expect(text.match(/<style>/g)).toHaveLength(1)
  })

  it('shows as letters whatever people wrote', () => {
    for (const locale of locales) {
      const text = page(hostileReport(), { ...unsigned, texts: { box: '<b>bold</b> & "quoted"\nnext' } }, locale)
      expect(text).not.toContain('<script>')
      for (const sign of ['\0', '\u0007', '\u001B', '\u202E']) expect(text).not.toContain(sign)
      expect(text).not.toContain('<b>bold')
      expect(text).toContain('&lt;script&gt;')
      expect(text).toContain('&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;\nnext')
    }
  })

  it('says until when things are known, in the zone of the profile, with the weekday', () => {
    expect(page(monthly, unsigned, 'zh-CN')).toContain('2026年11月2日（周一）09:00 北京时间')
    expect(page(monthly, unsigned, 'zh-TW')).toContain('2026年11月2日（週一）09:00 北京時間')
    expect(page(monthly, unsigned, 'en')).toContain('Mon 2 Nov 2026, 09:00 Beijing time')
  })

  it('says of what was never recorded that it was not, never nought', () => {
    const text = page(monthly, unsigned, 'zh-CN')
    const satisfaction = text.slice(text.indexOf('<td class="wide">满意率'))
    expect(satisfaction.slice(0, satisfaction.indexOf('</tr>'))).toContain('未统计')
  })

  it('greys what was reckoned of fewer than twenty, and says why', () => {
    const text = page(sampleReport('weekly'), unsigned, 'zh-CN')
    expect(text).toMatch(/<td class="number few">100\.0%<\/td>/)
    expect(text).toContain('灰色：样本数少于 20，仅供参考。')
  })

  it('says that a period was quiet', () => {
    const text = page(sampleReport('quiet'), unsigned, 'zh-CN')
    expect(text).toContain('本期无业务发生')
    expect(text).toContain('没有这样的工单。')
    expect(text).not.toContain('<svg')
  })

  it('marks a suggestion as made by rule, with the figure that it follows from', () => {
    const text = page(monthly, unsigned, 'zh-CN')
    expect(text).toContain('按规则生成')
    expect(text).toContain('依据：重复问题率')
  })

  it('has a labelled empty box where a person must write, and then what was written', () => {
    expect(page(monthly, unsigned, 'zh-CN')).toMatch(/主要问题的原因、已采取的措施及效果、下月重点<\/div>\s*<div class="text empty">待填写/)
    expect(page(monthly, sampleSigned(monthly), 'zh-CN')).toContain('本月解决闭环按时率连续两周低于自然波动下限')
  })

  it('has the title block of a controlled record, and who signed when', () => {
    const text = page(monthly, sampleSigned(monthly), 'zh-CN')
    for (const told of ['TS-QR-017', 'A/0', '编制', '孙主管', '审核', '周经理', '批准', '郑总', '2026年11月4日（周三）10:00'])
      expect(text).toContain(told)
    expect(page(sampleReport('weekly'), unsigned, 'zh-CN')).not.toContain('class="signatures"')
  })

  it.each([
    ['draft', '草稿 · 待编制'],
    ['written', '草稿 · 待审核'],
    ['reviewed', '草稿 · 待批准'],
    ['unreviewed', '未审核'],
  ] as const)('bears at its head that it is no record while it is %s (R14, Q8)', (standing, mark) => {
    expect(page(monthly, { ...unsigned, standing }, 'zh-CN')).toContain(`<strong>${mark}</strong>`)
    expect(page(monthly, sampleSigned(monthly), 'zh-CN')).not.toContain('class="standing"')
  })

  it.each(locales)('says of what is told apart whether the number holds it (Q7), in %s', (locale) => {
    const { figures } = monthly
    const counts = Object.fromEntries(
      Object.entries(figures).map(([id, { marks }]) => [id, Object.fromEntries(Object.keys(marks).map((mark) => [mark, 7]))]),
    )
    const sections = monthly.sections.flatMap((section) =>
      section.kind === 'figures'
        ? [{ ...section, lines: section.lines.map((line) => ({ ...line, now: { ...line.now, marks: counts[line.figure] ?? {} } })) }]
        : [],
    )
    const text = page({ ...monthly, sections }, unsigned, locale)
      .replace(/<[^>]*>|·/g, ' ')
      .replace(/\s+/g, ' ')
    const [within, outside] = { 'zh-CN': ['其中：', '不计入：'], 'zh-TW': ['其中：', '不計入：'], en: ['of which: ', 'not counted: '] }[
      locale
    ]
    const listed = (word: string, ids: readonly string[], marks: ReportModel['figures'][string]['marks']) =>
      ids.length === 0 ? '' : ` ${word}${ids.map((id) => `${marks[id]?.[locale]}${locale === 'en' ? ':' : ''} 7`).join(' ')}`
    const shown = new Set(sections.flatMap(({ lines }) => lines.map(({ figure }) => figure)))
    for (const [id, { label, marks, beside = [] }] of Object.entries(figures)) {
      if (!shown.has(id)) continue
      const [inside, apart] = [
        Object.keys(marks).filter((id) => !beside.includes(id)),
        Object.keys(marks).filter((id) => beside.includes(id)),
      ]
      expect(text, label[locale]).toContain(listed(within ?? '', inside, marks))
      expect(text, label[locale]).toContain(listed(outside ?? '', apart, marks))
    }
    expect(text).toContain(outside)
    // Of a report of before nobody said which: it says no more than that they are told apart.
    const old = Object.fromEntries(Object.entries(figures).map(([id, { beside: _, ...figure }]) => [id, figure]))
    expect(page({ ...monthly, sections, figures: old }, unsigned, locale)).not.toContain(within?.trim())
  })

  it.each(locales)('says what grey means wherever something is grey, and nowhere else, in %s', (locale) => {
    const legend = { 'zh-CN': '灰色：', 'zh-TW': '灰色：', en: 'Grey: ' }[locale]
    const few = [said('少', '少', 'few'), said('多', '多', 'many')].map((heading, at) => ({
      ...{ id: `of-${at}`, heading, kind: 'figures' as const },
      lines: [
        {
          figure: 'submitted',
          part: null,
          now: { ...numbers(at === 0 ? 5 : 50, 0), hits: null },
          before: { ...numbers(60, 0), hits: null },
          yearBefore: null,
        },
      ],
    }))
    const models = [...sampleKinds.map((kind) => sampleReport(kind)), { ...monthly, sections: few }]
    for (const model of models)
      for (const section of page(model, unsigned, locale).split('<section ').slice(1))
        expect(section.includes(legend), section.slice(0, 80)).toBe(
          /class="[^"]*\bfew\b/.test(section) || section.includes(equalMixGrey[locale]),
        )
  })

  it('gives parts of which a ticket may have several as shares of tickets, and says so (T17, Q7)', () => {
    const name = (id: string) => ({ key: id, label: said(id, id, id) })
    const of = (dimension: 'keyword' | 'type', total: number): ReportModel => ({
      ...monthly,
      sections: [
        {
          ...{ id: 'one', heading: said('一', '一', 'one'), kind: 'parts' as const, figure: 'closed', dimension, chart: 'pareto' as const },
          total: { ...numbers(total, 0), hits: null },
          parts: ['甲', '乙', '丙'].map((id, at) => ({ ...name(id), now: { ...numbers(80 - at * 20, 0), hits: null }, before: null })),
        },
      ],
    })
    const several = page(of('keyword', 100), unsigned, 'zh-CN')
    expect(cells(several).filter((cell) => cell.endsWith('%'))).toEqual(['80.0%', '44.4%', '60.0%', '77.8%', '40.0%', '100.0%'])
    expect(several).toContain('一张工单可有多个关键词：占比为占全部工单的比例，各项之和可超过 100%。累计占比按 180 次提及计算。')
    expect(page(of('type', 180), unsigned, 'zh-CN')).not.toContain('一张工单可有多个')
  })

  it.each(locales)('says at its head and in its definitions to what it is narrowed (R13), in %s', (locale) => {
    const only = { 'zh-CN': '类型：投诉', 'zh-TW': '類型：投訴', en: 'type: Complaint' }[locale]
    const model = { ...monthly, narrowed: [{ by: said('类型', '類型', 'type'), to: said('投诉', '投訴', 'Complaint') }] }
    const [head = '', ...sections] = page(model, unsigned, locale).split('<section ')
    expect(head.split(only).length).toBe(4)
    for (const section of sections.filter((one) => one.includes('class="definitions"'))) expect(section).toContain(only)
    expect(page(monthly, unsigned, locale)).not.toContain(only)
  })

  it('explains its figures in words that stand on the page, not by keys of the data', () => {
    for (const { id, definition } of ticketFigures) expect(definition['zh-CN'], id).not.toMatch(/[a-z]/)
  })

  it('colours a change only where it is more than chance, and says nothing of figures that have no better', () => {
    const of = (hits: number, before: number) => {
      const line = { figure: 'satisfaction', part: null, now: numbers(100, hits), before: numbers(100, before), yearBefore: null }
      return page(
        { ...monthly, sections: [{ id: 'one', heading: said('一', '一', 'one'), kind: 'figures', lines: [line] }] },
        unsigned,
        'en',
      )
    }
    expect(of(95, 80)).toContain('<td class="number good">+15.0 pp</td>')
    expect(of(80, 95)).toContain('<td class="number bad">−15.0 pp</td>')
    expect(of(91, 90)).toContain('<td class="number">+1.0 pp</td>')
  })
})

/** What that section says of grey itself. */
const equalMixGrey: Readonly<Record<Locale, string>> = { 'zh-CN': '按权重折算', 'zh-TW': '依權重折算', en: 'it weighs no more than' }

function numbers(n: number, hits: number): ReportNumbers {
  return { n, hits, elapsed: null, worked: null, marks: {} }
}

/** What stands in the cells of all tables. */
function cells(text: string): string[] {
  return [...text.matchAll(/<td[^>]*>([^<]*)/g)].map(([, cell]) => cell ?? '')
}

/** Told again, by what figures mean and not by what the page does. */
function shownOf({ figures }: ReportModel, id: string, numbers: ReportNumbers | null, locale: Locale): string {
  if (numbers === null) return { 'zh-CN': '未统计', 'zh-TW': '未統計', en: 'not recorded' }[locale]
  const kind = figures[id]?.kind
  if (kind === 'count') return countText(numbers.n)
  if (kind === 'share') return numbers.n === 0 ? '—' : shareText((numbers.hits ?? 0) / numbers.n)
  return numbers.elapsed === null ? '—' : durationText(numbers.elapsed.median, locale)
}
