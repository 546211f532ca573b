import { createRequire } from 'node:module'
import { z } from 'zod'
import { weekdays, type Calendar } from '../../domain/calendar/schema.ts'

/** A day on which mainland China works otherwise than by the week: a holiday, or a make-up workday 调休 on a weekend. */
export interface StatutoryDay {
  readonly date: string
  /** What it belongs to, such as 国庆节, and the same in English. */
  readonly holiday: string
  readonly english: string
  readonly works: boolean
}

/**
 * The statutory days of a year as the State Council announced them, by date: those of its own days that are known, and those
 * of the December before that its announcement makes free or has worked, such as 2018-12-31 and 2018-12-29 for 2019.
 * @throws Error for a year that has not been announced to the library yet. It would take such a year for one without
 *   holidays, and so would everybody who trusted it.
 */
export function statutoryDays(year: number): StatutoryDay[] {
  if (!isAnnounced(year))
    throw new Error(
      `The holidays of ${year} are not known here. The State Council announces a year in the autumn before it, and the package chinese-days has it soon after: bring that up to date. Or write the days into the calendar by hand, and move coveredThrough.`,
    )
  return allDays().filter(({ date, holiday }) => date.startsWith(`${year}-`) || (date.startsWith(`${year - 1}-12-`) && holiday === newYear))
}

/**
 * The last day that is certain once a year is known. Its last days belong to the announcement of the year after it, which moves
 * them about where New Year's Day is a Sunday, Monday or Tuesday; never one before the 29th of December.
 */
export function knownThrough(year: number, nextIsAnnounced = isAnnounced(year + 1)): string {
  const newYearsDay = new Date(Date.UTC(year + 1, 0, 1)).getUTCDay()
  return nextIsAnnounced || newYearsDay > 2 ? `${year}-12-31` : `${year}-12-${beforeNewYear}`
}

/** The last day of December that no announcement of the year after it has changed so far. */
export const beforeNewYear = 28

const newYear = '元旦'

/** Each year has both; single days of one may be known from the announcement of another. */
function isAnnounced(year: number): boolean {
  const days = allDays().filter(({ date }) => date.startsWith(`${year}-`))
  return ['春节', '国庆节'].every((holiday) => days.some((day) => !day.works && day.holiday === holiday))
}

function allDays(): StatutoryDay[] {
  const { holidays, workdays } = announced()
  return [...named(holidays, false), ...named(workdays, true)].toSorted((a, b) => (a.date < b.date ? -1 : 1))
}

/** The spans of a make-up workday: those of the first day from Monday on that works. Nothing says which weekday it makes up for. */
export function makeUpSpans({ week }: Calendar): readonly string[] {
  const weekday = weekdays.find((day) => week[day].length > 0) ?? 'mon'
  return week[weekday]
}

/** Name of each day by its date: `National Day,国庆节,3`. */
const namesSchema = z.record(z.iso.date(), z.string())
const announcedSchema = z.object({ holidays: namesSchema, workdays: namesSchema })

const require = createRequire(import.meta.url)

/** The data rather than the functions of the package: those go by the machine's time zone, and by weekdays where they know nothing. */
function announced(): z.output<typeof announcedSchema> {
  return announcedSchema.parse(require('chinese-days/dist/chinese-days.json'))
}

function named(names: z.output<typeof namesSchema>, works: boolean): StatutoryDay[] {
  return Object.entries(names).map(([date, name]) => {
    const [english = '', holiday = ''] = name.split(',')
    return { date, holiday, english, works }
  })
}
