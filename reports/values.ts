import { DateTime } from 'luxon'
import { fewest, valueOf, type FigureKind } from '../domain/figures/figure.ts'
import type { Instant } from '../domain/instant.ts'
import { said, type Locale } from '../domain/labels.ts'
import { momentText } from '../domain/moment-text.ts'
import type { ReportModel } from '../domain/reports/model.ts'
import { countText, shareText } from '../domain/reports/number-text.ts'
import type { ReportFigure, ReportNumbers } from '../domain/reports/numbers.ts'
import { filled, words } from './words.ts'

/** Values as people read them on a report. */

/** What is neither known nor nothing. */
export const dash = '—'

/** How a number is written; an average of counts has a decimal. Scores are reckoned in hundredths: `points` and a `rate` of 0 to 1 show them. */
export type Form = FigureKind | 'average' | 'points' | 'rate'

export function numberText(value: number, form: Form, locale: Locale): string {
  switch (form) {
    case 'count':
      return countText(value)
    case 'average':
      return average.format(value)
    case 'share':
      return shareText(value)
    case 'duration':
      return durationText(value, locale)
    case 'points':
      return value.toFixed(2)
    case 'rate':
      return `${(value * 100).toFixed(2)}%`
  }
}

const average = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/**
 * `2 小时 15 分钟`, `2 h 15 min`: the two largest units, for a narrow column. Days are of 24 hours; of working time hours are
 * counted on, since a working day has no length of its own.
 */
export function durationText(ms: number, locale: Locale, time: 'elapsed' | 'worked' = 'elapsed'): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes === 0) return `${Math.round(ms / 1000)} ${units.second[locale]}`
  const days = time === 'elapsed' ? Math.floor(minutes / 1_440) : 0
  const [hours, rest] = [Math.floor((minutes - days * 1_440) / 60), minutes % 60]
  const parts = [
    days > 0 && `${countText(days)} ${units.day[locale]}`,
    hours > 0 && `${countText(hours)} ${units.hour[locale]}`,
    rest > 0 && days === 0 && `${rest} ${units.minute[locale]}`,
  ]
  return parts.filter((part) => part !== false).join(' ')
}

const units = {
  day: said('天', '天', 'd'),
  hour: said('小时', '小時', 'h'),
  minute: said('分钟', '分鐘', 'min'),
  second: said('秒', '秒', 's'),
}

/** A count is what it is; a share or a time of few says little. */
export function saysLittle(kind: FigureKind, { n }: Pick<ReportNumbers, 'n'>): boolean {
  return kind !== 'count' && n < fewest
}

/** `few`: grey, since few were counted; `absent`: nothing is known or to be said. */
export type Tone = 'plain' | 'few' | 'absent' | 'good' | 'bad'

export interface Change {
  readonly text: string
  readonly tone: Tone
  /** The same as a value; null: there is none. */
  readonly number: { readonly value: number; readonly form: Form | ChangeForm } | null
}

/** How a change is written: of how much it grew, and of how many points a share moved, both as parts of one. */
export type ChangeForm = 'growth' | 'points-moved'

/**
 * How far a number is from what it was, and whether that is welcome. It is neither where few were counted, and where chance alone moves as
 * much: a page on which everything is red or green says nothing.
 */
export function changeOf(
  { kind, better }: Pick<ReportFigure, 'kind' | 'better'>,
  now: ReportNumbers,
  before: ReportNumbers | null,
  locale: Locale,
): Change {
  const [value, old] = [valueOf(kind, now), before && valueOf(kind, before)]
  if (value === null || old === null || before === null) return { text: dash, tone: 'absent', number: null }
  const text = kind === 'share' ? pointsText(value - old, locale) : percentText(value, old, kind, locale)
  const number =
    kind === 'share'
      ? ({ value: value - old, form: 'points-moved' } as const)
      : old === 0
        ? { value, form: kind }
        : ({ value: (value - old) / old, form: 'growth' } as const)
  if (now.n < fewest || before.n < fewest) return { text, number, tone: 'few' }
  if (better === undefined || Math.abs(value - old) <= chance(kind, { now, before, value, old })) return { text, number, tone: 'plain' }
  return { text, number, tone: value > old === (better === 'higher') ? 'good' : 'bad' }
}

/** So much a number moves by itself: two standard errors of a count or a share; of times, whose spread nobody kept, a tenth. */
function chance(
  kind: FigureKind,
  { now, before, value, old }: { now: ReportNumbers; before: ReportNumbers; value: number; old: number },
): number {
  switch (kind) {
    case 'count':
      return 2 * Math.sqrt(value + old)
    case 'share': {
      const both = ((now.hits ?? 0) + (before.hits ?? 0)) / (now.n + before.n)
      return 2 * Math.sqrt(both * (1 - both) * (1 / now.n + 1 / before.n))
    }
    case 'duration':
      return old * 0.1
  }
}

/** `+1.2 pp`, of a difference of shares. */
export function pointsText(difference: number, locale: Locale): string {
  const points = (Math.abs(difference) * 100).toFixed(1)
  return `${points === '0.0' ? '±' : signOf(difference)}${points} ${words.points[locale]}`
}

function percentText(value: number, old: number, kind: FigureKind, locale: Locale): string {
  // Nothing can be so many percent of nothing.
  if (old === 0) return value === 0 ? '±0' : `${signOf(value)}${numberText(value, kind, locale)}`
  const percent = ((Math.abs(value - old) / old) * 100).toFixed(1)
  return percent === '0.0' ? '±0' : `${signOf(value - old)}${percent}%`
}

function signOf(difference: number): string {
  return difference < 0 ? '−' : '+'
}

/** At an axis: without decimals that are none, unless it needs `more` of them; and nothing is nothing of any unit. */
export function axisText(value: number, form: Form, locale: Locale, more = 0): string {
  if (value === 0 && form !== 'share') return '0'
  if (more === 0 || form === 'duration') return numberText(value, form, locale).replace(/\.0(?=%?$)/, '')
  if (form === 'share') return `${(value * 100).toFixed(1 + more)}%`
  const decimals = form === 'count' ? more : 1 + more
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

/** With its year, since a report is read for years. */
export function instantText(instant: Instant, zone: string, locale: Locale): string {
  return momentText(instant, zone, locale, new Date(0).toISOString())
}

/** `2026年10月`, `2026年第48周，11月23日（周一）至11月29日（周日）`, `Q4 2026`. */
export function periodText(
  { report: { every }, from, until, zone }: Pick<ReportModel, 'report' | 'from' | 'until' | 'zone'>,
  locale: Locale,
) {
  const first = DateTime.fromISO(from, { zone })
  const last = DateTime.fromISO(until, { zone }).minus({ milliseconds: 1 })
  switch (every) {
    case 'day':
      return dayText(first, locale, true)
    case 'week': {
      const [begins, ends] = [dayText(first, locale, false), dayText(last, locale, false)]
      const [year, week] = [first.weekYear, first.weekNumber]
      return said(
        `${year}年第${week}周，${begins}至${ends}`,
        `${year}年第${week}週，${begins}至${ends}`,
        `Week ${week} of ${year}, ${begins} to ${ends}`,
      )[locale]
    }
    case 'month':
      return locale === 'en' ? first.setLocale('en').toFormat('LLLL yyyy') : `${first.year}年${first.month}月`
    case 'quarter':
      return said(
        `${first.year}年第${first.quarter}季度，${first.month}月至${last.month}月`,
        `${first.year}年第${first.quarter}季，${first.month}月至${last.month}月`,
        `Q${first.quarter} ${first.year}, ${first.setLocale('en').monthLong} to ${last.setLocale('en').monthLong}`,
      )[locale]
  }
}

/** `2026年10月1日（周四）00:00 至 2026年11月1日（周日）00:00`: the last is not included, as in every figure. */
export function spanText({ from, until, zone }: Pick<ReportModel, 'from' | 'until' | 'zone'>, locale: Locale): string {
  const [first, last] = [instantText(from, zone, locale), instantText(until, zone, locale)]
  return locale === 'en' ? `${first} – ${last}` : `${first} 至 ${last}`
}

/** `记录自 8月30日（周日）起`; empty where everything was kept. */
export function keptSinceText({ keptSince, zone }: Pick<ReportModel, 'keptSince' | 'zone'>, locale: Locale): string {
  if (keptSince === undefined) return ''
  return filled(words.keptSince[locale], { day: dayText(DateTime.fromISO(keptSince, { zone }), locale, false) })
}

/** `11月23日（周一）`, `Mon 23 Nov` */
export function dayText(day: DateTime, locale: Locale, withYear: boolean): string {
  const weekday = words.weekdays[day.weekday - 1]?.[locale] ?? ''
  if (locale === 'en') return `${weekday} ${day.day} ${day.setLocale('en').monthShort}${withYear ? ` ${day.year}` : ''}`
  return `${withYear ? `${day.year}年` : ''}${day.month}月${day.day}日（${weekday}）`
}

/** How a point of a trend is called below its chart: `10月`, `第 48 周`, `11/23`, `Q4`; the first of a year with the year. */
export function pointText(
  from: Instant,
  { report: { every }, zone }: Pick<ReportModel, 'report' | 'zone'>,
  locale: Locale,
  isFirst: boolean,
) {
  const begins = DateTime.fromISO(from, { zone })
  switch (every) {
    case 'day':
      return begins.toFormat('M/d')
    case 'week':
      return said(`${begins.weekNumber} 周`, `${begins.weekNumber} 週`, `W${begins.weekNumber}`)[locale]
    case 'month': {
      const month = locale === 'en' ? begins.setLocale('en').toFormat('LLL') : `${begins.month}月`
      return isFirst || begins.month === 1 ? `${month}\n${begins.year}` : month
    }
    case 'quarter':
      return isFirst || begins.quarter === 1 ? `Q${begins.quarter}\n${begins.year}` : `Q${begins.quarter}`
  }
}
