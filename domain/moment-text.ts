import { DateTime, IANAZone } from 'luxon'
import type { Instant } from './instant.ts'
import type { Labels, Locale } from './labels.ts'
import { Memory } from './memory.ts'

/** Instants as people read them, on the clocks of a zone. */

/**
 * `11月26日（周四）18:00`, `Thu 26 Nov, 18:00`; with the year where it is not that of `now`. What is no instant comes back as it is.
 */
export function momentText(instant: string, zone: string, language: Locale, now: Instant): string {
  const local = DateTime.fromISO(instant, { zone })
  if (!local.isValid) return instant
  const sameYear = local.year === DateTime.fromISO(now, { zone }).year
  const time = local.toFormat('HH:mm')
  return `${dayOf(local, language, sameYear)}${language === 'en' ? ', ' : ''}${time}`
}

function dayOf(local: DateTime, language: Locale, sameYear: boolean): string {
  const weekday = weekdays[language][local.weekday - 1]
  if (language === 'en') return `${weekday} ${local.day} ${local.setLocale('en').monthShort}${sameYear ? '' : ` ${local.year}`}`
  return `${sameYear ? '' : `${local.year}年`}${local.month}月${local.day}日（${weekday}）`
}

/** `11月26日（周四）`, `Thu 26 Nov`: a day, with the year where it is not that of `now`. What is no day comes back as it is. */
export function dayText(day: string, zone: string, language: Locale, now: Instant): string {
  const local = DateTime.fromISO(day, { zone })
  return local.isValid ? dayOf(local, language, local.year === DateTime.fromISO(now, { zone }).year) : day
}

/** What people call the time of a zone: `北京时间`, `Beijing time`, `Eastern Time`, `UTC`. */
export function zoneText(zone: string, language: Locale): string {
  return zoneNames.of(`${language} ${zone}`, () => {
    if (beijing.includes(zone)) return beijingTime[language]
    if (!IANAZone.isValidZone(zone) || /^(?:Etc\/)?(?:UTC|GMT)$/.test(zone)) return zone.replace('Etc/', '')
    const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(0)
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
  })
}

const zoneNames = new Memory<string, string>(100)
const beijing = ['Asia/Shanghai', 'Asia/Chongqing', 'Asia/Harbin', 'PRC']
const beijingTime: Labels = { 'zh-CN': '北京时间', 'zh-TW': '北京時間', en: 'Beijing time' }

const weekdays: Readonly<Record<Locale, readonly string[]>> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  'zh-TW': ['週一', '週二', '週三', '週四', '週五', '週六', '週日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}
