import type { Kysely } from 'kysely'
import { latestCalendar } from '../db/calendars.ts'
import { hasTicketsSince } from '../db/profile-retirements.ts'
import { currentProfiles, retirements } from '../db/profile-standings.ts'
import type { Database } from '../db/schema.ts'
import { instantOf, plus } from '../domain/instant.ts'
import { recurringHours } from '../domain/recurring/hours.ts'
import { knowsNoSchedules, type ReportSchedules } from '../gateway/report-schedules.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import { startRounds } from '../runtime/rounds.ts'

interface Scheduling {
  readonly db: Kysely<Database>
  readonly schedules: ReportSchedules
  readonly clock: Clock
  readonly log: Logger
}

/** A profile or a calendar that was installed is followed this soon; the first look is at the start. */
const lookEveryMs = 60_000
/** In so many rounds Temporal is asked once whether what was put there is still so. */
const believedRounds = 10

/** Keeps the schedules of reports and assessments as profiles and calendars are: one for each profile that has any. */
export function startReportSchedules(scheduling: Scheduling): { stop(): Promise<void> } {
  const { log } = scheduling
  /** Of what the schedule of each profile was made; Temporal is asked again only for what has changed since. */
  const known = new Map<string, string>()
  let works = true
  let rounds = 0
  return startRounds(lookEveryMs, async () => {
    if (!works) return
    // A Temporal that was set up anew has forgotten them, and somebody may have deleted one there.
    if (rounds++ % believedRounds === 0) known.clear()
    try {
      await bringUpToDate(scheduling, known)
    } catch (err) {
      works = !knowsNoSchedules(err)
      log.warn(
        { err },
        works ? 'the schedules of reports could not be looked at; tried again' : 'this Temporal has no schedules: reports are made by hand',
      )
    }
  })
}

/** A quarter, and the days until its report is due. */
const longestReported = 'P100D'

async function bringUpToDate({ db, schedules, clock }: Scheduling, known: Map<string, string>): Promise<void> {
  const now = instantOf(clock.now().getTime())
  const retired = await retirements(db, now)
  for (const { profile } of await currentProfiles(db, now, { retired: true })) {
    // Where its tickets still run, what they were promised is still reported; one more report of each kind follows the last of them.
    const isOver = retired.has(profile.id) && !(await hasTicketsSince(db, profile.id, plus(now, `-${longestReported}`)))
    const installed = await latestCalendar(db, profile.calendar)
    // Of these, and the day, the times are made: a year of days is reckoned for it.
    const made = [profile.version, installed?.version, now.slice(0, 'yyyy-MM-dd'.length), isOver].join(' ')
    if (known.get(profile.id) === made) continue
    const times = installed && !isOver ? recurringHours(profile, installed.calendar, now) : []
    if (times.length === 0) await schedules.remove(profile.id)
    else await schedules.put(profile.id, { zone: profile.zone, times })
    known.set(profile.id, made)
  }
}
