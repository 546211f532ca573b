import { DateTime } from 'luxon'
import { workingDayEnds } from '../../domain/calendar/working-spans.ts'
import { localDay } from '../../domain/calendar/local-time.ts'
import { beginningAfter } from '../../domain/calendar/local-days.ts'
import { weekdays } from '../../domain/calendar/schema.ts'
import { epochMs, instantOf } from '../../domain/instant.ts'
import type { Bounds, Sheet } from './sheet.ts'

/** When tickets come, by weekday and hour: for each such day that was open, so that a holiday is no hour in which nothing came. */
export async function arrivalsSection(sheet: Sheet) {
  const days = daysOf(sheet)
  const all = (await sheet.measured('arrivals')).total
  const onClosed = new Map<string, number>()
  for (const bounds of closedRuns(days)) {
    const { marks } = (await sheet.measured('arrivals', {}, bounds)).total
    for (const [mark, count] of Object.entries(marks)) onClosed.set(mark, (onClosed.get(mark) ?? 0) + count)
  }
  return {
    kind: 'arrivals' as const,
    figure: 'arrivals',
    weekdays: weekdays.map((weekday, at) => {
      const mine = days.filter((day) => day.weekday === at)
      const closed = hours.map((hour) => onClosed.get(`${weekday}-${hour}`) ?? 0)
      return {
        openDays: mine.filter(({ open }) => open).length,
        hours: hours.map((hour, nth) => (all.marks[`${weekday}-${hour}`] ?? 0) - (closed[nth] ?? 0)),
        closedDays: mine.filter(({ open }) => !open).length,
        hoursOfClosed: closed,
      }
    }),
  }
}

const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

interface Day extends Bounds {
  /** 0 is Monday. */
  readonly weekday: number
  readonly open: boolean
}

/** The days of the period, as far as they have come. */
function daysOf({ period, asOf, profile: { zone }, asked: { working, hours: spans } }: Sheet): Day[] {
  const worked = new Set(workingDayEnds(working, spans).map((end) => localDay(zone, end - 1)))
  const days: Day[] = []
  const last = Math.min(epochMs(period.until), epochMs(asOf))
  let begins: DateTime = DateTime.fromISO(period.from, { zone })
  while (begins.toMillis() < last) {
    const [from, { weekday }] = [begins.toMillis(), begins]
    begins = beginningAfter(begins, 'day', 1)
    const until = Math.min(begins.toMillis(), last)
    days.push({ from: instantOf(from), until: instantOf(until), weekday: weekday - 1, open: worked.has(localDay(zone, from)) })
  }
  return days
}

/** Closed days that follow each other, in one. */
function closedRuns(days: readonly Day[]): Bounds[] {
  const runs: Bounds[] = []
  for (const { from, until, open } of days) {
    const last = runs.at(-1)
    if (open) continue
    if (last?.until === from) runs.splice(-1, 1, { from: last.from, until })
    else runs.push({ from, until })
  }
  return runs
}
