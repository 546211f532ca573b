import { z } from 'zod'
import { findProcess, headOf } from '../../db/heads.ts'
import { profileAsOf } from '../../db/profiles.ts'
import { calendarAsOf } from '../../db/calendars.ts'
import { keepModel, modelOf, reportModels, type StoredModel } from '../../db/models.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import type { ProfileReport } from '../../domain/profile/reports.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import { periodNamed } from '../../domain/reports/periods.ts'
import type { Readers, World } from '../hosting.ts'
import { ticketFigures } from '../ticket/figures/index.ts'
import { reckonReport } from './reckon.ts'
import type { Subject } from './sheet.ts'
import { reportTable } from './table.ts'

const formSchema = z.object({ report: z.string(), period: z.string(), dueAt: z.string() })

/**
 * Reckons what a report holds, and keeps it; whoever comes second finds it kept. It is reckoned by the profile and the calendar as they were when
 * it fell due, and as of then: made a week later, it says what it would have said.
 */
export async function makeReport(world: World, number: string): Promise<StoredModel<ReportModel>> {
  const { db, clock } = world
  const kept = await modelOf(db, reportModels, number)
  if (kept) return kept
  const subject = await subjectOf(world, number)
  const model = await reckonReport(subject)
  return keepModel(db, reportModels, number, model, instantOf(clock.now().getTime()))
}

/** Of what a report is reckoned. */
export async function subjectOf(world: Readers, number: string): Promise<Subject> {
  const { db } = world
  const head = await headOf(db, number)
  if (!head) throw new Error(`the rows know no report ${number}`)
  const form = formSchema.parse(await findProcess(db, reportTable.name, number, ['report', 'period', 'dueAt']))
  const { profile, report } = await planOf(world, { ...head, ...form })
  const calendar = await calendarAsOf(db, profile.calendar, form.dueAt)
  if (!calendar) throw new Error(`calendar ${profile.calendar} is not installed, but profile ${profile.id} counts by it`)
  const period = periodNamed(form.period, { ...report, zone: profile.zone, calendar: calendar.calendar })
  if (!period) throw new Error(`${form.period} is no period of report ${form.report}`)
  return { db, figures: ticketFigures, profile, report, period, asOf: form.dueAt }
}

interface Wanted {
  readonly profile: string
  readonly profileVersion: number
  readonly report: string
  readonly dueAt: Instant
}

/** The profile as it was when the report fell due; or, where it had no such report then, the one the report runs by. */
async function planOf({ db, profileOf }: Readers, wanted: Wanted): Promise<{ readonly profile: Profile; readonly report: ProfileReport }> {
  const planIn = (profile: Profile | undefined) => {
    const report = profile?.reports?.find(({ id }) => id === wanted.report)
    return profile && report && { profile, report }
  }
  const plan = planIn(await profileAsOf(db, wanted.profile, wanted.dueAt)) ?? planIn(await profileOf(wanted))
  if (plan) return plan
  throw new Error(`profile ${wanted.profile} has no report ${wanted.report}`)
}
