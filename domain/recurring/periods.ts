import { DateTime } from 'luxon'
import { beginningAfter, beginningIn, type LocalUnit } from '../calendar/local-days.ts'
import { isCovered } from '../calendar/working-time.ts'
import { workingSpans } from '../calendar/working-spans.ts'
import type { WorkingCalendar } from '../calendar/working-days.ts'
import { spanOfYearBefore } from '../figures/spans.ts'
import { century, durationMs, epochMs, instantOf, plus, type Instant } from '../instant.ts'
import type { ProfileReport } from '../profile/reports.ts'
import type { FieldError } from '../rejection.ts'

/**
 * Of which times there are reports, and when each is made (M6, R13, R14, T17, Q7). A period is `[from, until)`, in days of the profile's zone; what
 * happened belongs to the one in which it happened.
 */

export type Every = ProfileReport['every']

export interface Period {
  /** `2026-11-30`, `2026-W48` (ISO 8601), `2026-11`, `2026-Q4`. */
  readonly id: string
  readonly from: Instant
  /** Not included. */
  readonly until: Instant
  /** When its report is made, as of which instant it is reckoned. */
  readonly dueAt: Instant
}

/** By what periods are reckoned. */
export interface Reckoned extends Pick<ProfileReport, 'every' | 'cutOff'> {
  readonly zone: string
  readonly calendar: WorkingCalendar
}

/** The period of that id; undefined where it names none, as a day of which nothing is reported because nobody works. */
export function periodNamed(id: string, reckoned: Reckoned): Period | undefined {
  const begins = beginningNamed(id, reckoned)
  return begins && periodFrom(begins, reckoned)
}

/** Why nothing can be made of that period as it is `now`; undefined when it can. */
export function periodError(given: string, reckoned: Reckoned, now: Instant): FieldError | undefined {
  const begins = beginningNamed(given, reckoned)
  // Before anything is reckoned: rows hold no such years, and their text is not in the order of time.
  if (begins && Math.abs(begins.toMillis() - epochMs(now)) > durationMs(century))
    return { path: 'period', code: 'too-far', params: { given } }
  const period = begins && periodFrom(begins, reckoned)
  // A day that there is, and of which nothing is reported.
  if (begins && !period) return { path: 'period', code: 'no-working-day', params: { given } }
  if (!period) return { path: 'period', code: 'no-such-period', params: { given, form: kinds[reckoned.every].example } }
  const { dueAt: at } = period
  if (at <= now) return undefined
  const { calendar } = reckoned
  return {
    path: 'period',
    code: 'period-not-over',
    params: { given, at, ...(!isCovered(calendar, at) && { through: calendar.coveredThrough }) },
  }
}

/** The periods whose reports are made after one instant and up to another, in their order; at most so many. */
export function periodsDue(
  reckoned: Reckoned,
  { after, upTo }: { readonly after: Instant; readonly upTo: Instant },
  most: number,
): Period[] {
  const found: Period[] = []
  const { unit } = kinds[reckoned.every]
  // A report can be made long after its period: after the holidays that follow it.
  let begins = beginningIn(
    DateTime.fromISO(after, { zone: reckoned.zone })
      .minus({ [unit]: 1 })
      .minus(longestHolidays),
    unit,
  )
  for (; found.length < most; begins = beginningAfter(begins, unit, 1)) {
    if (iso(begins) > upTo) return found
    const period = periodFrom(begins, reckoned)
    if (period && period.dueAt > after && period.dueAt <= upTo) found.push(period)
  }
  return found
}

/** The one before: of a daily one, of the last day before on which people worked; undefined where there was none for so long. */
export function periodBefore({ id }: Pick<Period, 'id'>, reckoned: Reckoned): Period | undefined {
  const begins = beginningNamed(id, reckoned)
  const { unit } = kinds[reckoned.every]
  const furthest = reckoned.every === 'day' ? longestHolidays.days : 1
  for (let back = 1; begins && back <= furthest; back += 1) {
    const period = periodFrom(beginningAfter(begins, unit, -back), reckoned)
    if (period) return period
  }
  return undefined
}

/** So many of them, this one the last, the oldest first; fewer where people did not work for so long. */
export function periodsUpTo(last: Period, reckoned: Reckoned, length: number): Period[] {
  const periods = [last]
  for (let first = periodBefore(last, reckoned); first && periods.length < length; first = periodBefore(first, reckoned))
    periods.unshift(first)
  return periods
}

/** The same time of the year before: of a daily one the same day up to its own cut-off; undefined where nobody worked on it. */
export function periodOfYearBefore(period: Period, reckoned: Reckoned): Pick<Period, 'from' | 'until'> | undefined {
  const { from, until } = spanOfYearBefore(period, reckoned.zone)
  return reckoned.every === 'day' ? periodFrom(DateTime.fromISO(from, { zone: reckoned.zone }), reckoned) : { from, until }
}

/** Each day that has ended since the daily report before this one, this one's not among them, oldest first. */
export function daysSince({ id }: Pick<Period, 'id'>, reckoned: Reckoned): Pick<Period, 'from' | 'until'>[] {
  const days: Pick<Period, 'from' | 'until'>[] = []
  const today = beginningNamed(id, { ...reckoned, every: 'day' })
  for (let back = 1; today && back <= longestHolidays.days; back += 1) {
    const day = beginningAfter(today, 'day', -back)
    days.unshift({ from: iso(day), until: iso(beginningAfter(day, 'day', 1)) })
    if (periodFrom(day, { ...reckoned, every: 'day' })) break
  }
  return days
}

const longestHolidays = { days: 31 }

/** Local units, and how a period of each is written. */
const kinds: Readonly<Record<Every, { readonly unit: LocalUnit; readonly form: RegExp; readonly text: string; readonly example: string }>> =
  {
    day: { unit: 'day', form: /^\d{4}-\d{2}-\d{2}$/, text: 'yyyy-MM-dd', example: '2026-11-30' },
    week: { unit: 'week', form: /^\d{4}-W\d{2}$/, text: "kkkk-'W'WW", example: '2026-W48' },
    month: { unit: 'month', form: /^\d{4}-\d{2}$/, text: 'yyyy-MM', example: '2026-11' },
    quarter: { unit: 'quarter', form: /^\d{4}-Q[1-4]$/, text: "yyyy-'Q'q", example: '2026-Q4' },
  }

function beginningNamed(id: string, { every, zone }: Reckoned): DateTime | undefined {
  const { form, text } = kinds[every]
  if (!form.test(id)) return undefined
  const read = every === 'quarter' ? DateTime.fromFormat(id, text, { zone }) : DateTime.fromISO(id, { zone })
  // What is no such date is read as another, or not at all.
  return read.isValid && read.toFormat(text) === id ? beginningIn(read, kinds[every].unit) : undefined
}

function periodFrom(begins: DateTime, { every, cutOff, zone, calendar }: Reckoned): Period | undefined {
  const { unit, text } = kinds[every]
  const ends = beginningAfter(begins, unit, 1)
  const id = begins.setZone(zone).toFormat(text)
  const from = iso(begins)
  if (every !== 'day') return { id, from, until: iso(ends), dueAt: firstWorked(calendar, iso(ends)) }
  const last = workingSpans(calendar, from, iso(ends)).at(-1)
  if (!last) return undefined
  const until = plus(instantOf(last.to), `-${cutOff}`)
  // A day on which less is worked than that is reported of with the next.
  return until > from ? { id, from, until, dueAt: until } : undefined
}

/** When people next work: at once where they are working. Without working time for so long, the instant itself. */
function firstWorked(calendar: WorkingCalendar, at: Instant): Instant {
  const [first] = workingSpans(calendar, at, instantOf(epochMs(at) + longestHolidays.days * 86_400_000))
  return first ? instantOf(first.from) : at
}

function iso(at: DateTime): Instant {
  return instantOf(at.toMillis())
}
