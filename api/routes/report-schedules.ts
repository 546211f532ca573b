import { latestCalendar } from '../../db/calendars.ts'
import { currentProfile, currentProfiles } from '../../db/profile-standings.ts'
import { recurringMade, recurringSince } from '../../db/recurring.ts'
import { fromWhen } from '../../domain/calendar/local-days.ts'
import { century, durationMs, instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { assessmentsOpened } from '../../domain/recurring/due.ts'
import { recurringOf } from '../../domain/recurring/recurring.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import type { InputError } from '../messages/render.ts'
import * as operations from '../operations/report-schedules.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import { scheduleView } from '../views/report-schedules.ts'
import { reads, writes, type App } from './serving.ts'

/** The schedules of reports: looked at and changed in Temporal, where supervisors find the same. Done twice, each of these is done once. */
export function addReportSchedules(app: App, { db, gateway, clock }: Context): void {
  const { schedules } = gateway
  const instantNow = () => instantOf(clock.now().getTime())

  reads(app, operations.listReportSchedules, async ({ c, answer }) => {
    const withReports = (await currentProfiles(db, instantNow(), { retired: true })).filter(
      ({ profile }) => recurringOf(profile).length > 0,
    )
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
  writes(app, operations.triggerReports, async ({ c, caller, params: { profile }, answer }) => {
    const now = instantNow()
    await refuseOpening(caller, profile, { from: now, until: now })
    return answer(await changed(profile, c.get('locale'), () => schedules.trigger(profile)))
  })
  writes(app, operations.backfillReports, async ({ c, caller, params: { profile }, body: given, answer }) => {
    const zone = (await currentProfile(db, profile, instantNow()))?.zone ?? 'UTC'
    const span = { from: fromWhen(given.from, zone), until: fromWhen(given.until, zone) }
    const errors = spanErrors(span, instantNow())
    if (errors.length > 0) throw invalidInput(errors)
    await refuseOpening(caller, profile, span)
    return answer(await changed(profile, c.get('locale'), () => schedules.backfill(profile, span)))
  })

  /** Opening assessments is for the management: nobody else has schedules do it, but each does at its own time. */
  async function refuseOpening({ roles }: Caller, id: string, { from, until }: Span): Promise<void> {
    if (roles.includes('management')) return
    const profile = await currentProfile(db, id, instantNow())
    const calendar = profile && (await latestCalendar(db, profile.calendar))
    if (!calendar) return
    const [since, made] = await Promise.all([recurringSince(db, id, instantNow()), recurringMade(db, id)])
    const numbers = assessmentsOpened(profile, calendar.calendar, { since, made, from, upTo: until })
    if (numbers.length > 0) throw problem('assessments-fall-due', { numbers: numbers.slice(0, mostTold) })
  }

  async function changed(id: string, locale: Locale, change: () => Promise<boolean>) {
    const profile = await currentProfile(db, id, instantNow())
    const schedule = profile && (await change()) ? await schedules.find(id) : undefined
    if (!profile || !schedule) throw problem('unknown-schedule', { given: id })
    return scheduleView(id, profile.label[locale], schedule)
  }
}

interface Span {
  readonly from: Instant
  readonly until: Instant
}

function spanErrors({ from, until }: Span, now: Instant): InputError[] {
  return [
    ...(from > plus(now, `-${century}`) ? [] : [{ path: 'from', code: 'too-far', params: { given: from } } as const]),
    ...(until <= now ? [] : [{ path: 'until', code: 'not-over-yet', params: { given: until } } as const]),
    ...(until > from ? [] : [{ path: 'until', code: 'before-from' } as const]),
    ...(until <= plus(from, longestBackfill)
      ? []
      : [{ path: 'until', code: 'span-too-long', params: { limit: durationMs(longestBackfill) / durationMs('P1D') } } as const]),
  ]
}

/** Temporal begins a run for each time of such a span. */
const longestBackfill = 'P366D'
/** So many say which. */
const mostTold = 5
