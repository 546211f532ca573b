import { stringify } from 'yaml'
import { calendarVersions, installCalendar, latestCalendar, listCalendars } from '../../db/calendars.ts'
import { parseCalendar } from '../../domain/calendar/load.ts'
import { workingTimeText } from '../../domain/calendar/working-duration.ts'
import { coverageOf } from '../../domain/calendar/coverage.ts'
import { TooFarAhead, workingDue, workingMs } from '../../domain/calendar/working-time.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import { fill } from '../../domain/template.ts'
import type { Context } from '../deps.ts'
import { documentText, faultyDocument, inTurn, refuseOtherId, wantsYaml } from '../http/document-body.ts'
import { catalogues } from '../messages/catalogues.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import * as operations from '../operations/calendars.ts'
import { reads, receives, type App } from './serving.ts'

/** Working calendars (X2): read, checked, installed, and asked when working time ends or how much has passed. */
export function addCalendars(app: App, { db, clock }: Context): void {
  reads(app, operations.listCalendars, async ({ answer }) => {
    const items = (await listCalendars(db)).map(({ calendar: { id, timezone, coveredThrough }, version, installedAt, installedBy }) => ({
      id,
      version,
      timezone,
      coveredThrough,
      installedAt,
      installedBy,
    }))
    return answer({ items })
  })

  reads(app, operations.readCalendar, async ({ c, params, query, answer, written }) => {
    const { calendar, version, source, installedAt, installedBy, versions } = await installed(params.id, query.version)
    if (wantsYaml(c)) return written(source ?? stringify(calendar))
    return answer({ ...calendar, version, versions, installedAt, installedBy })
  })

  receives(app, operations.putCalendar, async ({ c, caller, params, answer }) => {
    const { source, options } = await documentText(c)
    const parsed = await inTurn(() => parseCalendar(source, options))
    const id = { expected: params.id, source }
    if (!parsed.ok) throw faultyDocument(parsed, id)
    const calendar = parsed.value
    refuseOtherId(calendar, id)
    const before = await latestCalendar(db, calendar.id)
    const installedAt = instantOf(clock.now().getTime())
    const version = await installCalendar(db, { calendar, source, installedAt, installedBy: caller.id })
    return answer({ id: calendar.id, version }, version === before?.version ? 200 : 201)
  })

  reads(app, operations.readWorkingDue, async ({ c, params, query: { from, working, version: wanted }, answer }) => {
    const { calendar, version } = await installed(params.id, wanted)
    const due = within('working', () => withYear(workingDue(calendar, from, working)))
    const coverage = coverageOf(calendar, from, due)
    const { notCovered, notCoveredBefore } = catalogues[c.get('locale')]
    const warning = coverage.known
      ? {}
      : { warning: fill(coverage.side === 'before' ? notCoveredBefore : notCovered, { date: coverage.date, calendar: calendar.id }) }
    return answer({ calendar: calendar.id, version, from, working, due, covered: coverage.known, ...warning })
  })

  reads(app, operations.readWorkingElapsed, async ({ params, query: { from, to, version: wanted }, answer }) => {
    const { calendar, version } = await installed(params.id, wanted)
    if (to < from) throw invalidInput([{ path: 'to', code: 'before-from' }])
    const working = workingTimeText(within('to', () => workingMs(calendar, from, to)))
    return answer({ calendar: calendar.id, version, from, to, working, covered: coverageOf(calendar, from, to).known })
  })

  /** A version of a calendar, the newest when none is named, and which there are. */
  async function installed(id: string, version?: number) {
    const versions = await calendarVersions(db, id)
    const found = version === undefined ? versions[0] : versions.find((candidate) => candidate.version === version)
    if (!found) {
      const calendars = (await listCalendars(db)).map(({ calendar }) => calendar.id)
      throw problem('unknown-calendar', { calendar: id, calendars, ...(versions.length > 0 && version !== undefined && { version }) })
    }
    return { ...found, versions: versions.map((each) => each.version) }
  }
}

/** @throws TooFarAhead where the year has five digits, which no instant of ours has. */
function withYear(instant: Instant): Instant {
  if (!/^\d/.test(instant)) throw new TooFarAhead()
  return instant
}

/** What a field asks for, which is refused when it lies absurdly far away. */
function within<T>(path: string, reckon: () => T): T {
  try {
    return reckon()
  } catch (error) {
    if (error instanceof TooFarAhead) throw invalidInput([{ path, code: 'too-far' }])
    throw error
  }
}
