import { z } from 'zod'
import { stringify } from 'yaml'
import { calendarVersions, installCalendar, latestCalendar, listCalendars } from '../../db/calendars.ts'
import { parseCalendar } from '../../domain/calendar/load.ts'
import { calendarSchema } from '../../domain/calendar/schema.ts'
import { workingDurationForm, workingTimeText } from '../../domain/calendar/working-duration.ts'
import { coverageOf } from '../../domain/calendar/coverage.ts'
import { TooFarAhead, workingDue, workingMs } from '../../domain/calendar/working-time.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import { fill } from '../../domain/template.ts'
import { staffRoles } from '../access/access.ts'
import type { Context } from '../deps.ts'
import { documentText, faultyDocument, inTurn, refuseOtherId, versionQuery, wantsYaml, yamlBody } from '../http/document-body.ts'
import { installation, versionsAnswer } from '../views/installation.ts'
import { catalogues } from '../messages/catalogues.ts'
import { none, reads, receives, type App } from '../openapi/operation.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import { instantQuery } from '../http/query.ts'
import { instantAnswer, wholeList } from '../views/schemas.ts'

const idParam = z.strictObject({ id: z.string().min(1).max(100).describe('id of the calendar, such as cn-office') })
const workingQuery = z
  .string()
  .max(100)
  .regex(workingDurationForm, 'duration')
  .describe('`PT8H` eight working hours, `P5D` five working days, `P1DT2H` days first')

const listedSchema = z
  .object({
    id: z.string().describe('its id'),
    version: z.int().min(1).describe('its newest version'),
    timezone: z.string().describe('time zone of its hours'),
    coveredThrough: z.string().describe('the last day whose holidays are known'),
    ...installation,
  })
  .meta({ id: 'ListedCalendar', description: 'An installed working calendar' })
const installedSchema = z
  .object({ id: z.string().describe('its id'), version: z.int().min(1).describe('its version') })
  .meta({ id: 'InstalledCalendar', description: 'A version of a working calendar' })
const wholeSchema = calendarSchema
  .safeExtend({ version: z.int().min(1).describe('its version'), versions: versionsAnswer, ...installation })
  .meta({ id: 'ReadCalendar', description: 'A working calendar, whole' })
const counted = {
  calendar: z.string().describe('id of the calendar'),
  version: z.int().min(1).describe('version that was counted by'),
  covered: z.boolean().describe('whether the calendar knows the holidays of all days from one instant to the other'),
}
const dueSchema = z
  .object({
    ...counted,
    from: instantAnswer('from when'),
    working: z.string().describe('how much working time'),
    due: instantAnswer('when it is over'),
    warning: z.string().optional().describe('that some of the time lies where the calendar knows no holidays'),
  })
  .meta({ id: 'WorkingDue', description: 'When so much working time is over' })
const elapsedSchema = z
  .object({
    ...counted,
    from: instantAnswer('from when'),
    to: instantAnswer('until when'),
    working: z.string().describe('the working time between, such as PT7H30M'),
  })
  .meta({ id: 'WorkingElapsed', description: 'How much working time lies between' })

/** Working calendars (X2): read, checked, installed, and asked when working time ends or how much has passed. */
export function addCalendars(app: App, { db, clock }: Context): void {
  reads(
    app,
    {
      path: '/api/calendars',
      id: 'listCalendars',
      tag: 'Calendars',
      summary: 'Installed working calendars, each in its newest version',
      roles: staffRoles,
      params: none,
      query: none,
      answer: { status: 200, description: 'The calendars', schema: wholeList(listedSchema, {}) },
    },
    async ({ c }) => {
      const items = (await listCalendars(db)).map(({ calendar: { id, timezone, coveredThrough }, version, installedAt, installedBy }) => ({
        id,
        version,
        timezone,
        coveredThrough,
        installedAt,
        installedBy,
      }))
      return c.json({ items })
    },
  )

  reads(
    app,
    {
      path: '/api/calendars/{id}',
      id: 'readCalendar',
      tag: 'Calendars',
      summary: 'One working calendar, whole',
      description: 'With `Accept: application/yaml` as the document was written, ready to be changed and sent back.',
      roles: staffRoles,
      params: idParam,
      query: z.strictObject({ version: versionQuery }),
      yaml: true,
      answer: {
        status: 200,
        description: 'The calendar and which versions there are',
        schema: wholeSchema,
      },
      problems: [404],
    },
    async ({ c, params, query }) => {
      const { calendar, version, source, installedAt, installedBy, versions } = await installed(params.id, query.version)
      if (wantsYaml(c)) return c.body(source ?? stringify(calendar), 200, { 'Content-Type': 'application/yaml; charset=utf-8' })
      return c.json({ ...calendar, version, versions, installedAt, installedBy })
    },
  )

  receives(
    app,
    {
      method: 'put',
      path: '/api/calendars/{id}',
      id: 'putCalendar',
      tag: 'Calendars',
      summary: 'Install a working calendar',
      description:
        'YAML or JSON. A bad one is refused with path, line and reason. Other content becomes the next version; open promises that reach a changed day move with it.',
      roles: ['admin', 'quality'],
      params: idParam,
      query: none,
      content: { 'application/json': calendarSchema, 'application/yaml': yamlBody },
      answer: { status: 200, description: 'Installed already, unchanged', schema: installedSchema },
      also: { status: 201, description: 'Installed as the next version' },
    },
    async ({ c, caller, params }) => {
      const { source, options } = await documentText(c)
      const parsed = await inTurn(() => parseCalendar(source, options))
      const id = { expected: params.id, source }
      if (!parsed.ok) throw faultyDocument(parsed, id)
      const calendar = parsed.value
      refuseOtherId(calendar, id)
      const before = await latestCalendar(db, calendar.id)
      const installedAt = instantOf(clock.now().getTime())
      const version = await installCalendar(db, { calendar, source, installedAt, installedBy: caller.id })
      return c.json({ id: calendar.id, version }, version === before?.version ? 200 : 201)
    },
  )

  reads(
    app,
    {
      path: '/api/calendars/{id}/due',
      id: 'readWorkingDue',
      tag: 'Calendars',
      summary: 'When so much working time from an instant on is over',
      description:
        'Of `P5D` the first day does not count, even when it is a working day, and the end of the fifth working day is the answer. A week counts as seven working days.',
      roles: staffRoles,
      params: idParam,
      query: z.strictObject({ from: instantQuery.describe('from this instant on'), working: workingQuery, version: versionQuery }),
      answer: {
        status: 200,
        description: 'The instant; with a warning where the calendar does not know the holidays of all the time',
        schema: dueSchema,
      },
      problems: [404],
    },
    async ({ c, params, query: { from, working, version: wanted } }) => {
      const { calendar, version } = await installed(params.id, wanted)
      const due = within('working', () => withYear(workingDue(calendar, from, working)))
      const coverage = coverageOf(calendar, from, due)
      const { notCovered, notCoveredBefore } = catalogues[c.get('locale')]
      const warning = coverage.known
        ? {}
        : { warning: fill(coverage.side === 'before' ? notCoveredBefore : notCovered, { date: coverage.date, calendar: calendar.id }) }
      return c.json({ calendar: calendar.id, version, from, working, due, covered: coverage.known, ...warning })
    },
  )

  reads(
    app,
    {
      path: '/api/calendars/{id}/elapsed',
      id: 'readWorkingElapsed',
      tag: 'Calendars',
      summary: 'How much working time lies between two instants',
      roles: staffRoles,
      params: idParam,
      query: z.strictObject({
        from: instantQuery.describe('from this instant'),
        to: instantQuery.describe('to this instant, not before `from`'),
        version: versionQuery,
      }),
      answer: {
        status: 200,
        description: 'The working time',
        schema: elapsedSchema,
      },
      problems: [404],
    },
    async ({ c, params, query: { from, to, version: wanted } }) => {
      const { calendar, version } = await installed(params.id, wanted)
      if (to < from) throw invalidInput([{ path: 'to', code: 'before-from' }])
      const working = workingTimeText(within('to', () => workingMs(calendar, from, to)))
      return c.json({ calendar: calendar.id, version, from, to, working, covered: coverageOf(calendar, from, to).known })
    },
  )

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
