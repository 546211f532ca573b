import { namesOfParts } from '../../db/figures/names.ts'
import { dimensionLabels, dimensions, type Dimension } from '../../domain/figures/figure.ts'
import type { Labels } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { definitionsIn } from './headings.ts'
import { highlightsOf, isQuiet } from './highlights.ts'
import { sectionOf } from './sections.ts'
import { createSheet, type Sheet, type Subject } from './sheet.ts'

/**
 * Reckons a report (R13, R14, M6, M12, T17, Q7, S17): everything that is ever shown of it. Reckoned again as of the same instant it is the same,
 * but for what people and teams are called by then; so it is reckoned once, and kept.
 */
export async function reckonReport(subject: Subject): Promise<ReportModel> {
  const sheet = await createSheet(subject)
  const { profile, report, period, asOf, asked, keptSince } = sheet
  const sections: ReportSection[] = []
  for (const plan of report.sections) sections.push(await sectionOf(sheet, plan))
  const [quiet, narrowed] = [await isQuiet(sheet), await narrowingOf(sheet)]
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
    ...(narrowed.length > 0 && { narrowed }),
    quiet,
    highlights: await highlightsOf(sheet, quiet),
    figures: definitionsIn(sheet, new Set(sections.flatMap(figuresIn))),
    sections,
  }
}

/** To what all of it is narrowed, by the names of then. */
async function narrowingOf({ db, profile, report }: Sheet) {
  const only: Readonly<Partial<Record<Dimension, string>>> = report.only ?? {}
  const named: { readonly by: Labels; readonly to: Labels }[] = []
  for (const dimension of dimensions) {
    const key = only[dimension]
    if (key !== undefined) named.push({ by: dimensionLabels[dimension], to: (await namesOfParts(db, dimension, profile, [key]))(key) })
  }
  return named
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
