import { assessmentModels, keepModel, modelOf, type StoredModel } from '../../db/models.ts'
import { yielding } from '../../db/yielding.ts'
import type { AssessmentModel } from '../../domain/assessment/model.ts'
import { instantOf } from '../../domain/instant.ts'
import { assessmentPeriods } from '../../domain/recurring/recurring.ts'
import type { Readers, World } from '../hosting.ts'
import { recurringSubject } from '../recurring-subject.ts'
import { ticketFigures } from '../ticket/figures/index.ts'
import { reckonAssessment, type AssessmentSubject } from './reckon.ts'
import { assessmentTable } from './table.ts'

/**
 * Reckons what is counted for an assessment, and keeps it; whoever comes second finds it kept. It is reckoned by the profile and the calendar as
 * they were when it fell due, and as of then: what is recorded later changes no score.
 */
export async function makeAssessment(world: World, number: string): Promise<StoredModel<AssessmentModel>> {
  const { db, clock } = world
  const kept = await modelOf(db, assessmentModels, number)
  if (kept) return kept
  const model = await reckonAssessment({ ...(await subjectOf(world, number)), db: yielding(world.db) })
  return keepModel(db, assessmentModels, number, model, instantOf(clock.now().getTime()))
}

async function subjectOf(world: Readers, number: string): Promise<AssessmentSubject> {
  const { plan: assessment, ...subject } = await recurringSubject(world, number, {
    type: 'assessment',
    table: assessmentTable.name,
    planIn: ({ assessments = [] }, wanted) => assessments.find(({ id }) => id === wanted),
    periodsOf: () => assessmentPeriods,
  })
  return { db: world.db, figures: ticketFigures, assessment, ...subject }
}
