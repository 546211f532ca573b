import { latestProfile, listProfiles } from '../../db/profiles.ts'
import { plus } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { recurringOf } from '../../domain/reports/recurring.ts'
import type { Context } from '../deps.ts'
import * as operations from '../operations/report-schedules.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import { scheduleView } from '../views/report-schedules.ts'
import { reads, writes, type App } from './serving.ts'

/** The schedules of reports: looked at and changed in Temporal, where supervisors find the same. Done twice, each of these is done once. */
export function addReportSchedules(app: App, { db, gateway }: Context): void {
  const { schedules } = gateway

  reads(app, operations.listReportSchedules, async ({ c, answer }) => {
    const withReports = (await listProfiles(db)).filter(({ profile }) => recurringOf(profile).length > 0)
    const found = await Promise.all(
      withReports.map(async ({ profile }) => {
        const schedule = await schedules.find(profile.id)
        // A worker makes it within a minute.
        return schedule ? [scheduleView(profile.id, profile.label[c.get('locale')], schedule)] : []
      }),
    )
    return answer({ items: found.flat() })
  })

  writes(app, operations.pauseReports, async ({ c, params: { profile }, body: { reason }, answer }) =>
    answer(await changed(profile, c.get('locale'), () => schedules.pause(profile, reason))),
  )
  writes(app, operations.resumeReports, async ({ c, params: { profile }, body: { reason }, answer }) =>
    answer(await changed(profile, c.get('locale'), () => schedules.resume(profile, reason))),
  )
  writes(app, operations.triggerReports, async ({ c, params: { profile }, answer }) =>
    answer(await changed(profile, c.get('locale'), () => schedules.trigger(profile))),
  )
  writes(app, operations.backfillReports, async ({ c, params: { profile }, body: span, answer }) => {
    if (span.until <= span.from) throw invalidInput([{ path: 'until', code: 'before-from' }])
    if (span.until > plus(span.from, longestBackfill))
      throw invalidInput([{ path: 'until', code: 'too-far', params: { given: span.until } }])
    return answer(await changed(profile, c.get('locale'), () => schedules.backfill(profile, span)))
  })

  async function changed(id: string, locale: Locale, change: () => Promise<boolean>) {
    const profile = await latestProfile(db, id)
    const schedule = profile && (await change()) ? await schedules.find(id) : undefined
    if (!profile || !schedule) throw problem('unknown-schedule', { given: id })
    return scheduleView(id, profile.label[locale], schedule)
  }
}

/** Temporal begins a run for each time of such a span. */
const longestBackfill = 'P366D'
