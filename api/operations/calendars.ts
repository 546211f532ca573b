import { z } from 'zod'
import { calendarSchema } from '../../domain/calendar/schema.ts'
import { workingDurationForm } from '../../domain/calendar/working-duration.ts'
import { instantQuery } from '../http/query.ts'
import { instantAnswer, wholeList } from '../views/schemas.ts'
import { none, reading, receiving } from '../openapi/operation.ts'
import { staffRoles } from '../access/roles.ts'
import { installation, installedSchema, versionsAnswer } from '../views/installation.ts'
import { versionQuery, yamlBody } from './documents.ts'

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
const installed = installedSchema('InstalledCalendar', 'working calendar')
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

export const listCalendars = reading({
  path: '/api/calendars',
  id: 'listCalendars',
  tag: 'Calendars',
  summary: 'Installed working calendars, each in its newest version',
  roles: staffRoles,
  params: none,
  query: none,
  answer: { status: 200, description: 'The calendars', schema: wholeList(listedSchema, {}) },
})

export const readCalendar = reading({
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
})

export const putCalendar = receiving({
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
  answer: { status: 200, description: 'Installed already, unchanged', schema: installed },
  also: { status: 201, description: 'Installed as the next version' },
})

export const readWorkingDue = reading({
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
})

export const readWorkingElapsed = reading({
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
})
