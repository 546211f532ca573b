import { describe, expect, it } from 'vitest'
import {
  daysSince,
  periodBefore,
  periodError,
  periodNamed,
  periodOfYearBefore,
  periodsDue,
  periodsUpTo,
  type Every,
  type Reckoned,
} from '../../../domain/recurring/periods.ts'
import { beginningOf } from '../../../domain/calendar/local-days.ts'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { dayAfter, daysAround, leapingZones } from '../../support/leaping-zones.ts'
import { office } from '../../support/tickets.ts'

const now = '2026-11-30T02:00:00.000Z'
const errorOf = (every: Every, given: string) => periodError(given, { every, cutOff: 'PT0S', zone: 'Asia/Shanghai', calendar: office }, now)

describe('R13: a period of which something can be made', () => {
  it.each([
    ['month', '0000-01'],
    ['month', '0001-01'],
    ['month', '1900-01'],
    ['month', '9999-12'],
    ['week', '0001-W01'],
    ['quarter', '0000-Q1'],
    ['quarter', '9999-Q4'],
    ['day', '0001-01-01'],
    ['day', '9999-12-31'],
  ] as const)('lies within a hundred years: not %s %s', (every, given) => {
    expect(errorOf(every, given)).toMatchObject({ code: 'too-far' })
  })

  it('is one, and over; of one whose end lies beyond the known holidays that is said', () => {
    expect(errorOf('month', '2026-10')).toBeUndefined()
    expect(errorOf('month', '2026-13')).toMatchObject({ code: 'no-such-period' })
    expect(errorOf('month', '2026-11')).toMatchObject({ code: 'period-not-over' })
    const { params } = errorOf('quarter', '2099-Q4') ?? {}
    expect(params).toMatchObject({ through: office.coveredThrough })
  })
})

const [shanghai, cutOff] = ['Asia/Shanghai', 'PT30M']
const everyDay = ['09:00-18:00']
const week = { mon: everyDay, tue: everyDay, wed: everyDay, thu: everyDay, fri: everyDay, sat: everyDay, sun: everyDay }
/** Worked each day, in any zone. */
const daily = (timezone: string): Calendar => ({ ...office, timezone, week, days: {} })
const by = (every: Every, zone = shanghai, calendar: Calendar = office): Reckoned => ({ every, cutOff, zone, calendar })
const named = (every: Every, id: string) => {
  const period = periodNamed(id, by(every))
  if (!period) throw new Error(`no period ${id}`)
  return period
}
const idsOf = (periods: readonly { readonly id: string }[]) => periods.map(({ id }) => id)

describe('R13, T17: the period before, with which a report is compared', () => {
  it.each([
    ['of Monday is Friday', '2026-11-30', '2026-11-27'],
    ['of the first day after a holiday is the last before it', '2026-10-08', '2026-09-30'],
    ['of a day after a Saturday that was worked is that Saturday', '2026-05-11', '2026-05-09'],
  ])('of a daily one is the daily one before, up to its own cut-off: that %s', (_, id, before) => {
    expect(periodBefore(named('day', id), by('day'))).toEqual({
      ...named('day', before),
      from: beginningOf(before, shanghai),
      until: `${before}T09:30:00.000Z`,
    })
  })

  it.each([
    ['week', '2027-W01', ['2026-W52', '2026-W53', '2027-W01']],
    ['month', '2026-01', ['2025-11', '2025-12', '2026-01']],
    ['quarter', '2026-Q1', ['2025-Q3', '2025-Q4', '2026-Q1']],
    ['day', '2026-10-08', ['2026-09-29', '2026-09-30', '2026-10-08']],
  ] as const)('of a longer one is the calendar’s: a trend by the %s', (every, id, ids) => {
    const periods = periodsUpTo(named(every, id), by(every), 3)
    expect(idsOf(periods)).toEqual(ids)
    if (every !== 'day') for (const [at, { from }] of periods.slice(1).entries()) expect(periods[at]?.until).toBe(from)
  })

  it('ends where nobody has worked for so long', () => {
    const none: Calendar = {
      ...office,
      week: { ...week, mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
      days: { '2026-11-30': everyDay },
    }
    const last = periodNamed('2026-11-30', by('day', shanghai, none))
    expect(last && periodsUpTo(last, by('day', shanghai, none), 5)).toEqual([last])
  })

  it('of the year before is the same day up to its cut-off, if people worked on it; of a longer one the same days', () => {
    expect(periodOfYearBefore(named('day', '2026-11-27'), by('day'))).toMatchObject({ id: '2025-11-27', until: '2025-11-27T09:30:00.000Z' })
    expect(periodOfYearBefore(named('day', '2026-11-30'), by('day'))).toBeUndefined()
    expect(periodOfYearBefore(named('month', '2028-02'), by('month'))).toEqual({
      from: beginningOf('2027-02-01', shanghai),
      until: beginningOf('2027-03-01', shanghai),
    })
  })
})

describe('R13, T17: the days since the last daily report', () => {
  it.each([
    ['a day after a day', '2026-11-27', ['2026-11-26']],
    ['a Monday', '2026-11-30', ['2026-11-27', '2026-11-28', '2026-11-29']],
    ['a holiday', '2026-05-06', ['2026-04-30', '2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05']],
    ['a leap day', '2028-03-01', ['2028-02-29']],
  ])('are all that ended since: %s', (_, id, days) => {
    const since = daysSince({ id }, by('day'))
    expect(since.map(({ from }) => from)).toEqual(days.map((day) => beginningOf(day, shanghai)))
    for (const [at, { until }] of since.entries()) expect(until).toBe(since[at + 1]?.from ?? beginningOf(id, shanghai))
  })

  it.each(daysAround)('are each a whole day where clocks leap over midnight: $day in $zone', ({ zone, before, day }) => {
    expect(daysSince({ id: day }, by('day', zone, daily(zone)))).toEqual([
      { from: beginningOf(before, zone), until: beginningOf(day, zone) },
    ])
  })
})

describe('R13, T17: periods that fall due', () => {
  const due = (every: Every, after: string, upTo: string) => periodsDue(by(every), { after, upTo }, 50).map(({ id, dueAt }) => [id, dueAt])

  it('a day at its cut-off and not a moment before, and not on a holiday', () => {
    expect(due('day', '2026-11-26T09:30:00.000Z', '2026-11-30T09:29:59.999Z')).toEqual([['2026-11-27', '2026-11-27T09:30:00.000Z']])
    expect(due('day', '2026-11-27T09:29:59.999Z', '2026-11-30T09:30:00.000Z').map(([id]) => id)).toEqual(['2026-11-27', '2026-11-30'])
    expect(due('day', '2026-09-30T16:00:00.000Z', '2026-10-08T16:00:00.000Z').map(([id]) => id)).toEqual(['2026-10-08'])
  })

  it('a week, a month and a quarter when people next work, by ISO weeks where years meet', () => {
    expect(due('week', '2026-12-31T00:00:00.000Z', '2027-01-12T00:00:00.000Z').map(([id]) => id)).toEqual(['2026-W53', '2027-W01'])
    expect(due('month', '2026-09-30T12:00:00.000Z', '2026-10-08T02:00:00.000Z')).toEqual([['2026-09', '2026-10-08T01:00:00.000Z']])
    expect(due('quarter', '2026-09-30T12:00:00.000Z', '2026-10-09T00:00:00.000Z')).toEqual([['2026-Q3', '2026-10-08T01:00:00.000Z']])
    expect(due('month', '2028-02-29T12:00:00.000Z', '2028-03-01T12:00:00.000Z').map(([id]) => id)).toEqual(['2028-02'])
  })

  it('as many as are asked for, the oldest first', () => {
    expect(idsOf(periodsDue(by('month'), { after: '2026-01-31T00:00:00.000Z', upTo: '2026-12-01T00:00:00.000Z' }, 2))).toEqual([
      '2026-01',
      '2026-02',
    ])
  })

  it.each(leapingZones)('are each the same as they are by name, one touching the next, and none is missing: a year of %s', (zone) => {
    for (const every of ['day', 'week', 'month', 'quarter'] as const) {
      const reckoned = by(every, zone, daily(zone))
      const periods = periodsDue(reckoned, { after: '2026-01-01T12:00:00.000Z', upTo: '2027-01-01T18:00:00.000Z' }, 1_000)
      expect(periods.length, every).toBeGreaterThanOrEqual({ day: 365, week: 52, month: 12, quarter: 4 }[every])
      expect(periods).toEqual(periods.map(({ id }) => periodNamed(id, reckoned)))
      const ends = periods.map(({ id, until }) => (every === 'day' ? beginningOf(dayAfter(id, 1), zone) : until))
      expect(periods.slice(1).map(({ from }) => from)).toEqual(ends.slice(0, -1))
    }
  })
})
