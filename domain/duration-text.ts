import { Duration } from 'luxon'
import type { Labels, Locale } from './labels.ts'
import { Memory } from './memory.ts'

/**
 * An ISO 8601 duration in words: `15 minutes`, `2 hours`, `8 hours of working time`, `5 working days`. Of working time a
 * day is one of the calendar, not 24 hours.
 */
export function durationText(duration: string, timeBase: 'elapsed' | 'working', locale: Locale): string {
  return texts.of(`${locale} ${timeBase} ${duration}`, () => inWords(duration, timeBase, locale))
}

/** Profiles name few durations, and every ticket is told the same ones. */
const texts = new Memory<string, string>(500)

function inWords(duration: string, timeBase: 'elapsed' | 'working', locale: Locale): string {
  const { weeks, days, hours, minutes, seconds } = Duration.fromISO(duration)
  const wholeDays = weeks * 7 + days
  const working = timeBase === 'working'
  const parts = [
    ...(wholeDays > 0 ? [working ? workingDays(wholeDays, locale) : unit(wholeDays, 'day', locale)] : []),
    ...(hours > 0 ? [unit(hours, 'hour', locale)] : []),
    ...(minutes > 0 ? [unit(minutes, 'minute', locale)] : []),
    ...(seconds > 0 ? [unit(seconds, 'second', locale)] : []),
  ]
  const text = parts.join(' ')
  // Working days say by themselves that working time is meant.
  return working && wholeDays === 0 && parts.length > 0 ? `${text}${ofWorkingTime[locale]}` : text
}

const ofWorkingTime: Labels = { 'zh-CN': '（工作时间）', 'zh-TW': '（工作時間）', en: ' of working time' }

function unit(count: number, name: 'day' | 'hour' | 'minute' | 'second', locale: Locale): string {
  const make = () => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' })
  // The formats of Chinese have no space between digit and word, the rest of our texts has one.
  return formats
    .of(`${locale} ${name}`, make)
    .format(count)
    .replace(/(?<=\d)(?=\p{Script=Han})/u, ' ')
}

/** Making one takes longer than everything else here, and there are a dozen. */
const formats = new Memory<string, Intl.NumberFormat>(50)

function workingDays(count: number, locale: Locale): string {
  const words: Labels = { 'zh-CN': '个工作日', 'zh-TW': '個工作天', en: count === 1 ? 'working day' : 'working days' }
  return `${count} ${words[locale]}`
}
