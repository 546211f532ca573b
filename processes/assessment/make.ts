import { z } from 'zod'
import { calendarAsOf } from '../../db/calendars.ts'
import { findProcess, headOf } from '../../db/heads.ts'
import { assessmentModels, keepModel, modelOf, type StoredModel } from '../../db/models.ts'
import { profileAsOf } from '../../db/profiles.ts'
import type { AssessmentModel } from '../../domain/assessment/model.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import type { ProfileAssessment } from '../../domain/profile/assessments.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { periodNamed } from '../../domain/reports/periods.ts'
import { assessmentPeriods } from '../../domain/reports/recurring.ts'
import type { Readers, World } from '../hosting.ts'
import { ticketFigures } from '../ticket/figures/index.ts'
import { reckonAssessment } from './reckon.ts'
import { assessmentTable } from './table.ts'

const formSchema = z.object({ assessment: z.string(), period: z.string(), dueAt: z.string() })

/**
 * Reckons what is counted for an assessment, and keeps it; whoever comes second finds it kept. It is reckoned by the profile and the calendar as
 * they were when it fell due, and as of then: what is recorded later changes no score.
 */
export async function makeAssessment(world: World, number: string): Promise<StoredModel<AssessmentModel>> {
  const { db, clock } = world
  const kept = await modelOf(db, assessmentModels, number)
  if (kept) return kept
  const model = await reckonAssessment(await subjectOf(world, number))
  return keepModel(db, assessmentModels, number, model, instantOf(clock.now().getTime()))
}

async function subjectOf(world: Readers, number: string): Promise<Parameters<typeof reckonAssessment>[0]> {
  const { db } = world
  const head = await headOf(db, number)
  if (!head) throw new Error(`the rows know no assessment ${number}`)
  const form = formSchema.parse(await findProcess(db, assessmentTable.name, number, ['assessment', 'period', 'dueAt']))
  const { profile, assessment } = await planOf(world, { ...head, ...form })
  const calendar = await calendarAsOf(db, profile.calendar, form.dueAt)
  if (!calendar) throw new Error(`calendar ${profile.calendar} is not installed, but profile ${profile.id} counts by it`)
  const period = periodNamed(form.period, { ...assessmentPeriods, zone: profile.zone, calendar: calendar.calendar })
  if (!period) throw new Error(`${form.period} is no month, of which assessment ${form.assessment} is`)
  return { db, figures: ticketFigures, profile, assessment, period, asOf: form.dueAt }
}

interface Wanted {
  readonly profile: string
  readonly profileVersion: number
  readonly assessment: string
  readonly dueAt: Instant
}

/** The profile as it was when it fell due; or, where it had no such assessment then, the one by which it runs. */
async function planOf(
  { db, profileOf }: Readers,
  wanted: Wanted,
): Promise<{ readonly profile: Profile; readonly assessment: ProfileAssessment }> {
  const planIn = (profile: Profile | undefined) => {
    const assessment = profile?.assessments?.find(({ id }) => id === wanted.assessment)
    return profile && assessment && { profile, assessment }
  }
  const plan = planIn(await profileAsOf(db, wanted.profile, wanted.dueAt)) ?? planIn(await profileOf(wanted))
  if (plan) return plan
  throw new Error(`profile ${wanted.profile} has no assessment ${wanted.assessment}`)
}
