import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { beginningAfter, beginningOf, byWhen, endOf, fromWhen } from '../../../domain/calendar/local-days.ts'
import { spanBefore, spanOfYearBefore } from '../../../domain/figures/spans.ts'
import { dayAfter, daysAround, leapingZones } from '../../support/leaping-zones.ts'

const days = (from: string, until: string, zone: string) => ({ from: beginningOf(from, zone), until: beginningOf(until, zone) })
const [shanghai, berlin] = ['Asia/Shanghai', 'Europe/Berlin']
const leaping = leapingZones.map(([zone]) => zone)

describe('a time is compared with', () => {
  it.each([
    ['a month with the month before, whatever their lengths', ['2026-03-01', '2026-04-01'], ['2026-02-01', '2026-03-01']],
    ['a quarter with a quarter', ['2026-01-01', '2026-04-01'], ['2025-10-01', '2026-01-01']],
    ['a week with a week', ['2026-03-02', '2026-03-09'], ['2026-02-23', '2026-03-02']],
    ['a day with a day', ['2026-03-01', '2026-03-02'], ['2026-02-28', '2026-03-01']],
  ] as const)('%s', (_, [from, until], [before, end]) => {
    for (const zone of [shanghai, berlin, ...leaping]) expect(spanBefore(days(from, until, zone), zone)).toEqual(days(before, end, zone))
  })

  it('as many local days though clocks changed, and as long a time where it is no days', () => {
    expect(spanBefore(days('2026-03-30', '2026-04-06', berlin), berlin)).toEqual(days('2026-03-23', '2026-03-30', berlin))
    const hours = { from: '2026-03-29T04:00:00.000Z', until: '2026-03-29T10:30:00.000Z' }
    expect(spanBefore(hours, berlin)).toEqual({ from: '2026-03-28T21:30:00.000Z', until: hours.from })
  })

  it.each([
    ['a leap day: the 28th', ['2024-02-29', '2024-03-01'], ['2023-02-28', '2023-03-01']],
    ['the day before a leap day: the 28th', ['2028-02-28', '2028-02-29'], ['2027-02-28', '2027-03-01']],
    ['up to a leap day: as many days', ['2028-02-20', '2028-02-29'], ['2027-02-20', '2027-03-01']],
    ['a February with a leap day: all of the shorter one', ['2028-02-01', '2028-03-01'], ['2027-02-01', '2027-03-01']],
    ['a February after a leap year: all of the longer one', ['2029-02-01', '2029-03-01'], ['2028-02-01', '2028-03-01']],
    ['a week', ['2026-03-29', '2026-04-05'], ['2025-03-29', '2025-04-05']],
  ] as const)('the same days of the year before; %s', (_, [from, until], [before, end]) => {
    for (const zone of [shanghai, berlin, ...leaping])
      expect(spanOfYearBefore(days(from, until, zone), zone)).toEqual(days(before, end, zone))
  })

  it('never with nothing, and with as many days but for a leap day', () => {
    const odd = Array.from({ length: 60 }, (_, at) => dayAfter('2028-01-20', at)).filter((day) =>
      [1, 7].some((length) => {
        const { from, until } = spanOfYearBefore(days(day, dayAfter(day, length), shanghai), shanghai)
        const lost = length - (Date.parse(until) - Date.parse(from)) / 86_400_000
        return until <= from || Math.abs(lost) > 1
      }),
    )
    expect(odd).toEqual([])
  })
})

describe('X2: a local day', () => {
  it('begins late where clocks leap over midnight, and at the first where they show it twice', () => {
    expect(beginningOf('2026-03-08', 'America/Havana')).toBe('2026-03-08T05:00:00.000Z')
    expect(beginningOf('2026-11-01', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z')
    expect(endOf('2026-03-07', 'America/Havana')).toBe('2026-03-08T04:59:59.999Z')
    expect(fromWhen('2026-11-30', 'Asia/Shanghai')).toBe('2026-11-29T16:00:00.000Z')
    expect(byWhen('2026-11-30', 'Asia/Shanghai')).toBe('2026-11-30T15:59:59.999Z')
    for (const of of [fromWhen, byWhen]) expect(of('2026-11-30T01:02:03.000Z', 'Asia/Shanghai')).toBe('2026-11-30T01:02:03.000Z')
  })

  it.each(daysAround)('begins where the one before ends, counted forwards or backwards: $day in $zone', ({ zone, before, day, after }) => {
    const here = DateTime.fromISO(beginningOf(day, zone), { zone })
    expect(here.toISODate()).toBe(day)
    expect(here.minus({ milliseconds: 1 }).toISODate()).toBe(before)
    expect(beginningAfter(here, 'day', 1).toUTC().toISO()).toBe(beginningOf(after, zone))
    expect(beginningAfter(here, 'day', -1).toUTC().toISO()).toBe(beginningOf(before, zone))
    expect(spanBefore(days(day, after, zone), zone)).toEqual(days(before, day, zone))
  })
})
