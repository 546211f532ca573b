import { z } from 'zod'
import { anyZoneSchema, idSchema, zoneSchema } from '../document/checks.ts'
import { isObject, itemsOf, memberOf } from '../document/loose.ts'
import { dateOfAnyYear, dateSchema } from '../instant.ts'
import { labelled, labelOf } from '../labelled.ts'
import { said } from '../labels.ts'

/**
 * A working calendar (X2): the spans of each weekday, and the days that are different, such as statutory holidays and
 * make-up workdays 调休. Times are local to `timezone`. Beyond `coveredThrough` nobody has announced the holidays yet.
 */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Local times of a day in minutes since its midnight; `to` may be 1440, the midnight that ends it. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Reads `09:00-12:00`; undefined when it is no span or does not end after it begins. */
export function parseSpan(text: string): Span | undefined {
  if (!spanForm.test(text)) return undefined
  const from = minuteAt(text, 0)
  const to = minuteAt(text, 6)
  return from < to ? { from, to } : undefined
}

const spanForm = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/

/** Every time is five characters long. */
function minuteAt(text: string, place: number): number {
  return Number(text.slice(place, place + 2)) * 60 + Number(text.slice(place + 3, place + 5))
}

const spanSchema = z
  .string()
  .regex(spanForm, 'span')
  .refine((text) => !spanForm.test(text) || parseSpan(text) !== undefined, 'span-backwards')

/** Nobody's working day has more pieces. */
const mostSpans = 24

/** The working time of a day: spans in order, none touching the one before it by more than its end. */
function spansOf(most: number) {
  return z
    .array(spanSchema)
    .max(most)
    .superRefine(
      (spans: unknown, context) => {
        let worked = 0
        itemsOf(spans).forEach((text, at) => {
          const span = typeof text === 'string' ? parseSpan(text) : undefined
          if (!span) return
          if (span.from < worked) context.addIssue({ code: 'custom', message: 'span-overlap', input: text, path: [at] })
          worked = Math.max(worked, span.to)
        })
      },
      { when: () => true },
    )
}

function weekOf(most: number) {
  return z.strictObject({
    mon: labelled(spansOf(most).describe('on Mondays'), said('周一', '週一', 'Monday')),
    tue: labelled(spansOf(most).describe('on Tuesdays'), said('周二', '週二', 'Tuesday')),
    wed: labelled(spansOf(most).describe('on Wednesdays'), said('周三', '週三', 'Wednesday')),
    thu: labelled(spansOf(most).describe('on Thursdays'), said('周四', '週四', 'Thursday')),
    fri: labelled(spansOf(most).describe('on Fridays'), said('周五', '週五', 'Friday')),
    sat: labelled(spansOf(most).describe('on Saturdays'), said('周六', '週六', 'Saturday')),
    sun: labelled(spansOf(most).describe('on Sundays'), said('周日', '週日', 'Sunday')),
  })
}

/** A week in which somebody works. */
function worked<T extends z.ZodType>(week: T): T {
  return week.refine((given: unknown) => weekdays.some((day) => itemsOf(memberOf(given, day)).length > 0), {
    error: 'never-works',
    when: ({ value }) => isObject(value),
  })
}

const weekLabel = said('每周工作时段', '每週工作時段', 'Hours of the week')
const weekSchema = worked(
  weekOf(mostSpans).meta({
    id: 'CalendarWeek',
    description: 'the spans of each weekday, such as `09:00-12:00`; none where nobody works',
    ...labelOf(weekLabel),
  }),
)

const zoneLabel = said('时区', '時區', 'Time zone')
const daysLabel = said('特殊日期', '特殊日期', 'Special days')
const coveredLabel = said('覆盖至', '涵蓋至', 'Covered through')

const parts = z.strictObject({
  id: labelled(idSchema.describe('its id'), said('编号', '編號', 'Id')),
  timezone: labelled(zoneSchema.describe('IANA zone of its hours'), zoneLabel),
  week: weekSchema,
  days: labelled(
    z.record(dateSchema, spansOf(mostSpans)).default({}).describe('spans of the days that differ from their weekday; none on a holiday'),
    daysLabel,
  ),
  coveredThrough: labelled(dateSchema.describe('the last day whose holidays are known'), coveredLabel),
})

export const calendarSchema = parts.meta({ id: 'Calendar', description: 'a working calendar' }).superRefine(
  (calendar: unknown, context) => {
    const days = memberOf(calendar, 'days')
    const covered = memberOf(calendar, 'coveredThrough')
    const last = Object.keys(isObject(days) ? days : {})
      .filter((day) => dateSchema.safeParse(day).success)
      .toSorted()
      .at(-1)
    if (last !== undefined && dateSchema.safeParse(covered).success && last > String(covered)) {
      context.addIssue({ code: 'custom', message: 'covered-through', params: { last }, input: covered, path: ['coveredThrough'] })
    }
  },
  { when: () => true },
)

/** A minute each, and each touching the next. */
const mostSpansStored = 1_440

/** A calendar that was taken when more was: what is stored is told to running tickets, and histories hold it. */
export const storedCalendarSchema = parts.extend({
  timezone: labelled(anyZoneSchema, zoneLabel),
  week: labelled(worked(weekOf(mostSpansStored)), weekLabel),
  days: labelled(z.record(dateOfAnyYear, spansOf(mostSpansStored)).default({}), daysLabel),
  coveredThrough: labelled(dateOfAnyYear, coveredLabel),
})

export type Calendar = z.output<typeof calendarSchema>
