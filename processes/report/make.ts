import { keepModel, modelOf, reportModels, type StoredModel } from '../../db/models.ts'
import { yielding } from '../../db/yielding.ts'
import { instantOf } from '../../domain/instant.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { Readers, World } from '../hosting.ts'
import { recurringSubject } from '../recurring-subject.ts'
import { ticketFigures } from '../ticket/figures/index.ts'
import { reckonReport } from './reckon.ts'
import type { Subject } from './sheet.ts'
import { reportTable } from './table.ts'

/**
 * Reckons what a report holds, and keeps it; whoever comes second finds it kept. It is reckoned by the profile and the calendar as they were when
 * it fell due, and as of then: made a week later, it says what it would have said.
 */
export async function makeReport(world: World, number: string): Promise<StoredModel<ReportModel>> {
  const { db, clock } = world
  const kept = await modelOf(db, reportModels, number)
  if (kept) return kept
  const subject = await subjectOf(world, number)
  const model = await reckonReport({ ...subject, db: yielding(db) })
  return keepModel(db, reportModels, number, model, instantOf(clock.now().getTime()))
}

/** Of what a report is reckoned. */
export async function subjectOf(world: Readers, number: string): Promise<Subject> {
  const { plan: report, ...subject } = await recurringSubject(world, number, {
    type: 'report',
    table: reportTable.name,
    planIn: ({ reports = [] }, wanted) => reports.find(({ id }) => id === wanted),
    periodsOf: (plan) => plan,
  })
  return { db: world.db, figures: ticketFigures, report, ...subject }
}
