import type { Numbers } from '../../domain/figures/figure.ts'
import { figureIds, type FigureId } from '../../domain/figures/ids.ts'
import { own } from '../../domain/own.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { ReportFigure, ReportNumbers } from '../../domain/reports/numbers.ts'
import { createSheet, partOf, type Subject } from './sheet.ts'

/** A figure of a report that would be another one now. */
export interface ChangedFigure {
  readonly figure: string
  readonly definition: ReportFigure
  readonly part: { readonly key: string | null; readonly label: ReportFigure['label'] } | null
  readonly reported: ReportNumbers
  readonly now: Numbers
}

/**
 * What of a report's key figures would be other numbers as of `now`: acts that were recorded late, tickets reopened since. The report keeps its
 * own.
 */
export async function changedSince(subject: Omit<Subject, 'asOf'>, model: ReportModel, now: Instant): Promise<ChangedFigure[]> {
  const sheet = await createSheet({ ...subject, asOf: now })
  const changed: ChangedFigure[] = []
  const lines = model.sections.flatMap((section) => (section.kind === 'figures' ? section.lines : []))
  for (const { figure, part, now: reported } of lines) {
    const told = own(model.figures, figure)
    const id = figureIds.find((one): one is FigureId => one === figure)
    // What this release reckons no more cannot have changed.
    if (!told || id === undefined) continue
    const { apart, beside = [] } = sheet.figure(id)
    const definition = { beside: [...beside], ...told }
    const measured = await sheet.measured(id, { by: apart })
    const other = part === null ? measured.total : partOf(measured, part.key)
    if (JSON.stringify(other) !== JSON.stringify(reported)) changed.push({ figure, definition, part, reported, now: other })
  }
  return changed
}
