import { fewest } from '../../domain/figures/figure.ts'
import { said, type Labels } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { definitionsIn } from './headings.ts'
import { sectionOf } from './sections.ts'
import { createSheet, type Sheet, type Subject } from './sheet.ts'
import { percent, rate, whole } from './suggestions.ts'

/**
 * Reckons a report (R13, R14, M6, M12, T17, Q7, S17): everything that is ever shown of it. Reckoned again as of the same instant it is the same,
 * but for what people and teams are called by then; so it is reckoned once, and kept.
 */
export async function reckonReport(subject: Subject): Promise<ReportModel> {
  const sheet = await createSheet(subject)
  const { profile, report, period, asOf, asked, keptSince } = sheet
  const sections: ReportSection[] = []
  for (const plan of report.sections) sections.push(await sectionOf(sheet, plan))
  const quiet = await isQuiet(sheet)
  return {
    format: '1',
    report: { id: report.id, label: report.label, every: report.every },
    profile: { id: profile.id, version: profile.version, label: profile.label },
    calendar: asked.calendar,
    zone: profile.zone,
    record: report.record ?? null,
    period: period.id,
    from: period.from,
    until: period.until,
    asOf,
    ...(keptSince !== null && { keptSince }),
    quiet,
    highlights: quiet ? [nothing] : await highlightsOf(sheet),
    figures: definitionsIn(sheet, new Set(sections.flatMap(figuresIn))),
    sections,
  }
}

async function isQuiet(sheet: Sheet): Promise<boolean> {
  for (const id of ['submitted', 'closed', 'backlog'] as const) if ((await sheet.measured(id)).total.n > 0) return false
  return true
}

const nothing = said(
  '本期没有新的工单，期末也没有未结工单。',
  '本期沒有新的工單，期末也沒有未結工單。',
  'No ticket came in this period, and none is open.',
)

/** What came and went, the promise that was kept least, and what customers say. */
async function highlightsOf(sheet: Sheet): Promise<Labels[]> {
  const [came, went, left] = [await sheet.measured('submitted'), await sheet.measured('closed'), await sheet.measured('backlog')]
  const inAndOut = said(
    `受理 ${whole(came.total.n)} 张，结案 ${whole(went.total.n)} 张，期末未结 ${whole(left.total.n)} 张。`,
    `受理 ${whole(came.total.n)} 張，結案 ${whole(went.total.n)} 張，期末未結 ${whole(left.total.n)} 張。`,
    `${whole(came.total.n)} tickets came, ${whole(went.total.n)} were closed, and ${whole(left.total.n)} are open.`,
  )
  return [inAndOut, await promisesLine(sheet), await customersLine(sheet)]
}

async function promisesLine(sheet: Sheet): Promise<Labels> {
  const { parts } = await sheet.measured('attainment', { by: 'clock' })
  const due = parts.filter(({ n }) => n > 0)
  if (due.length === 0) return said('本期没有到期的承诺。', '本期沒有到期的承諾。', 'No promise was due in this period.')
  // One broken of two is no tendency.
  const [worst] = due.filter(({ n }) => n >= fewest).toSorted((one, other) => rate(one) - rate(other))
  if (!worst && due.some((part) => rate(part) < 1))
    return said(
      '各项到期的承诺均不足 20 项，超时情况见明细。',
      '各項到期的承諾均不足 20 項，逾時情況見明細。',
      'Fewer than 20 of each promise were due; those broken are listed below.',
    )
  if (!worst || rate(worst) === 1)
    return said('到期的承诺全部按时完成。', '到期的承諾全部按時完成。', 'Every promise that was due was kept.')
  const name = sheet.profile.clocks.find(({ id }) => id === worst.key)?.label
  const [cn, tw, en] = [name?.['zh-CN'] ?? worst.key, name?.['zh-TW'] ?? worst.key, name?.en ?? worst.key]
  const kept = percent(rate(worst))
  return said(
    `各项承诺中“${cn}”最低：${whole(worst.n)} 项中按时完成 ${kept}。`,
    `各項承諾中「${tw}」最低：${whole(worst.n)} 項中按時完成 ${kept}。`,
    `“${en}” was kept least: ${kept} of ${whole(worst.n)} promises.`,
  )
}

async function customersLine(sheet: Sheet): Promise<Labels> {
  const { total } = await sheet.measured('satisfaction')
  if (total.n === 0) return said('本期没有客户评价。', '本期沒有客戶評價。', 'No customer said how satisfied they are.')
  const satisfied = percent(rate(total))
  return said(
    `${whole(total.n)} 位客户作出评价，满意率 ${satisfied}。`,
    `${whole(total.n)} 位客戶作出評價，滿意率 ${satisfied}。`,
    `${satisfied} of ${whole(total.n)} customers who answered are satisfied.`,
  )
}

/** Ids of the figures that a section speaks of. */
function figuresIn(section: ReportSection): string[] {
  switch (section.kind) {
    case 'figures':
      return section.lines.map(({ figure }) => figure)
    case 'parts':
    case 'trend':
    case 'arrivals':
    case 'ageing':
    case 'changes':
    case 'drivers':
    case 'equal-mix':
    case 'comments':
      return [section.figure]
    case 'days':
      return section.figures
    case 'suggestions':
      return section.items.map(({ figure }) => figure)
    case 'samples':
      return ['judged-quality', 'judged-without-fault']
    case 'tickets':
    case 'actions':
    case 'written':
      return []
  }
}
