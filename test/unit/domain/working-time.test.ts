import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCalendar } from '../../../domain/calendar/load.ts'
import { parseSpan, weekdays, type Calendar } from '../../../domain/calendar/schema.ts'
import {
  calendarFrom,
  isCovered,
  TooFarAhead,
  workingDue,
  workingDueMs,
  workingMs,
  type WorkingCalendar,
} from '../../../domain/calendar/working-time.ts'
import { instantOf } from '../../../domain/instant.ts'
import { daily } from '../../support/daily-hours.ts'
import { minutesOf, slowDayEnd, slowDue, slowElapsed, workingMinutes } from '../../support/minute-calendar.ts'

const office = shipped('cn-office')
const hour = 3_600_000

function shipped(id: string): Calendar {
  const result = parseCalendar(readFileSync(`profiles/calendars/${id}.yaml`, 'utf8'))
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.value
}

function at(text: string): string {
  return instantOf(Date.parse(text))
}

describe('X2: working hours in a Chinese office', () => {
  it.each([
    ['within a morning', '2026-07-06T09:30+08:00', 'PT1H', '2026-07-06T10:30+08:00'],
    ['over the lunch hour', '2026-07-06T11:30+08:00', 'PT1H', '2026-07-06T13:30+08:00'],
    ['from within the lunch hour', '2026-07-06T12:20+08:00', 'PT1H', '2026-07-06T14:00+08:00'],
    ['until noon exactly, not 13:00', '2026-07-06T11:00+08:00', 'PT1H', '2026-07-06T12:00+08:00'],
    ['a whole day, until 18:00, not the next morning', '2026-07-06T09:00+08:00', 'PT8H', '2026-07-06T18:00+08:00'],
    ['before opening', '2026-07-06T06:00+08:00', 'PT15M', '2026-07-06T09:15+08:00'],
    ['after closing', '2026-07-06T19:00+08:00', 'PT15M', '2026-07-07T09:15+08:00'],
    ['over a weekend', '2026-07-10T17:00+08:00', 'PT2H', '2026-07-13T10:00+08:00'],
    ['to the second', '2026-07-10T17:59:58+08:00', 'PT5S', '2026-07-13T09:00:03+08:00'],
    ['to the millisecond', '2026-07-10T17:59:59.999+08:00', 'PT1.5S', '2026-07-13T09:00:01.499+08:00'],
    ['nothing', '2026-07-11T12:34:56.789+08:00', 'PT0S', '2026-07-11T12:34:56.789+08:00'],
    ['over the national holiday and a make-up Saturday', '2026-09-30T17:00+08:00', 'PT20H', '2026-10-10T12:00+08:00'],
    ['on a make-up Sunday before it', '2026-09-18T17:00+08:00', 'PT2H', '2026-09-20T10:00+08:00'],
  ])('X2: %s: %s + %s', (_what, from, working, due) => {
    expect(workingDue(office, at(from), working)).toBe(at(due))
    expect(workingMs(office, at(from), at(due))).toBe(workingMsOf(working))
  })

  it.each([
    ['the start day does not count', '2026-07-06T09:00+08:00', 'P1D', '2026-07-07T18:00+08:00'],
    ['nor when it is before opening', '2026-07-06T00:00+08:00', 'P1D', '2026-07-07T18:00+08:00'],
    ['five days take the weekend in', '2026-07-08T15:00+08:00', 'P5D', '2026-07-15T18:00+08:00'],
    ['five days over the national holiday and its make-up Saturday', '2026-09-29T10:00+08:00', 'P5D', '2026-10-12T18:00+08:00'],
    ['a make-up Sunday is a working day', '2026-09-18T10:00+08:00', 'P1D', '2026-09-20T18:00+08:00'],
    ['from a holiday', '2026-10-03T10:00+08:00', 'P1D', '2026-10-08T18:00+08:00'],
    ['a week is seven working days', '2026-07-06T09:00+08:00', 'P1W', '2026-07-15T18:00+08:00'],
    ['weeks and days add up', '2026-07-06T09:00+08:00', 'P1W1D', '2026-07-16T18:00+08:00'],
    ['days first, then the time from there', '2026-07-06T09:00+08:00', 'P1DT2H', '2026-07-08T11:00+08:00'],
    ['no day and two hours', '2026-07-06T09:00+08:00', 'P0DT2H', '2026-07-06T11:00+08:00'],
    ['the local day counts, not that of UTC', '2026-07-06T23:30Z', 'P1D', '2026-07-08T18:00+08:00'],
    // 246 in what is left of 2026, and four in a January nobody has announced yet.
    ['250 days', '2026-01-05T09:00+08:00', 'P250D', '2027-01-06T18:00+08:00'],
  ])('X2: working days: %s', (_what, from, working, due) => {
    expect(workingDue(office, at(from), working)).toBe(at(due))
  })

  it('X2: elapsed time counts both holidays and make-up days, and is never negative', () => {
    expect(workingMs(office, at('2026-09-28T00:00+08:00'), at('2026-10-12T00:00+08:00'))).toBe(6 * 8 * hour)
    expect(workingMs(office, at('2026-10-01T00:00+08:00'), at('2026-10-08T00:00+08:00'))).toBe(0)
    expect(workingMs(office, at('2026-07-06T10:00+08:00'), at('2026-07-06T09:00+08:00'))).toBe(0)
    expect(workingMs(office, at('2026-07-06T10:00+08:00'), at('2026-07-06T10:00+08:00'))).toBe(0)
  })

  it('X2: is known through the covered day, to its last moment in the calendar’s zone', () => {
    expect(isCovered(office, at('2026-12-31T23:59:59.999+08:00'))).toBe(true)
    // The midnight that ends the last known day: nothing after it counts.
    expect(isCovered(office, at('2027-01-01T00:00+08:00'))).toBe(true)
    expect(isCovered(office, at('2027-01-01T00:00:00.001+08:00'))).toBe(false)
  })

  it('X2: carried from an instant on, a calendar reckons the same with fewer days', () => {
    const carried = calendarFrom(office, at('2026-10-01T00:30+08:00'))
    expect(Object.keys(carried.days)).toEqual(Object.keys(office.days).filter((date) => date >= '2026-10-01'))
    expect(calendarFrom(office, at('2026-09-30T23:59+08:00')).days).toEqual(carried.days)
    expect(Object.keys(calendarFrom(office, at('2026-09-20T12:00+08:00')).days)).toContain('2026-09-20')
    expect(workingDue(carried, at('2026-10-01T00:30+08:00'), 'P3D')).toBe(workingDue(office, at('2026-10-01T00:30+08:00'), 'P3D'))
  })
})

function workingMsOf(working: string): number {
  const [, hours = '0', minutes = '0', seconds = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(working) ?? []
  return Number(hours) * hour + Number(minutes) * 60_000 + Number(seconds) * 1000
}

describe('X2: around the clock, and when clocks change', () => {
  const night = ['00:00-06:00', '22:00-24:00']

  it('X2: spans that end at 24:00 go on at 00:00', () => {
    const always = daily('Asia/Shanghai', ['00:00-24:00'])
    expect(workingDue(always, at('2026-07-06T23:00+08:00'), 'PT2H')).toBe(at('2026-07-07T01:00+08:00'))
    expect(workingDue(always, at('2026-07-06T23:00+08:00'), 'PT1H')).toBe(at('2026-07-07T00:00+08:00'))
    expect(workingDue(always, at('2026-07-06T23:00+08:00'), 'P1D')).toBe(at('2026-07-08T00:00+08:00'))
    expect(workingDue(always, at('2026-07-06T23:00+08:00'), 'PT240H')).toBe(at('2026-07-16T23:00+08:00'))
  })

  it.each([
    ['Europe/Berlin', 'spring forward', '2026-03-28T22:00+01:00', '2026-03-29T06:00+02:00', 7],
    ['Europe/Berlin', 'fall back', '2026-10-24T22:00+02:00', '2026-10-25T06:00+01:00', 9],
    ['America/New_York', 'spring forward', '2026-03-07T22:00-05:00', '2026-03-08T06:00-04:00', 7],
    ['America/New_York', 'fall back', '2026-10-31T22:00-04:00', '2026-11-01T06:00-05:00', 9],
    ['Australia/Lord_Howe', 'half an hour forward', '2026-10-03T22:00+10:30', '2026-10-04T06:00+11:00', 7.5],
    ['Australia/Lord_Howe', 'half an hour back', '2026-04-04T22:00+11:00', '2026-04-05T06:00+10:30', 8.5],
    ['America/Havana', 'forward at midnight', '2026-03-07T22:00-05:00', '2026-03-08T06:00-04:00', 7],
    ['America/Havana', 'back to midnight', '2026-10-31T22:00-04:00', '2026-11-01T06:00-05:00', 9],
    ['America/St_Johns', 'back over midnight', '2010-11-06T22:00-02:30', '2010-11-07T06:00-03:30', 9],
  ])('X2: a night in %s, %s, has its real hours', (zone, _change, from, to, hours) => {
    const calendar = daily(zone, night)
    expect(workingMs(calendar, at(from), at(to))).toBe(hours * hour)
    expect(workingDueMs(calendar, at(from), hours * hour)).toBe(at(to))
    expect(workingDueMs(calendar, at(from), hours * hour + 1)).toBe(instantOf(Date.parse(to) + 16 * hour + 1))
  })

  it('X2: a promise whose end the clocks leap over or repeat is due after its real time', () => {
    const berlin = daily('Europe/Berlin', night)
    expect(workingDue(berlin, at('2026-03-29T01:30+01:00'), 'PT1H')).toBe(at('2026-03-29T03:30+02:00'))
    expect(workingDue(berlin, at('2026-10-25T01:30+02:00'), 'PT1H')).toBe(at('2026-10-25T02:30+02:00'))
    expect(workingDue(berlin, at('2026-10-25T01:30+02:00'), 'PT2H')).toBe(at('2026-10-25T02:30+01:00'))
  })

  it('X2: a day ends when its last span ends for the last time', () => {
    const early = daily('Europe/Berlin', ['01:00-02:30'])
    expect(workingDue(early, at('2026-10-24T12:00+02:00'), 'P1D')).toBe(at('2026-10-25T02:30+01:00'))
    expect(workingDue(early, at('2026-03-28T12:00+01:00'), 'P1D')).toBe(at('2026-03-29T03:00+02:00'))
    // Clocks went back at 00:01, into an evening that seemed over.
    const late = daily('America/St_Johns', ['00:00-01:00', '22:00-24:00'])
    expect(workingDue(late, at('2010-11-05T12:00-02:30'), 'P1D')).toBe(at('2010-11-07T00:00-03:30'))
    expect(workingDue(late, at('2010-11-06T12:00-02:30'), 'P1D')).toBe(at('2010-11-08T00:00-03:30'))
  })

  it.each([
    ['America/Recife', 'a week', '2000-10-07T12:00Z', '2000-10-16T12:00Z'],
    ['America/Argentina/Tucuman', 'twelve days', '2004-05-31T12:00Z', '2004-06-14T12:00Z'],
    ['America/Fortaleza', 'two weeks', '2000-10-07T12:00Z', '2000-10-23T12:00Z'],
    ['Africa/Cairo', 'three weeks', '2010-09-09T12:00Z', '2010-10-02T12:00Z'],
  ])('X2: clocks in %s that were put forth and back within %s are followed both times', (zone, _span, from, to) => {
    const minutes = minutesOf(zone, at(from), (Date.parse(to) - Date.parse(from)) / (24 * hour))
    const calendar = daily(zone, ['09:00-17:00'])
    const worked = workingMinutes(calendar, minutes)
    for (const { at: opens } of worked.filter(({ time }) => time === '09:00')) {
      expect(workingMs(calendar, instantOf(opens - hour), instantOf(opens + hour))).toBe(hour)
    }
  })

  it('X2: a day the zone leapt over is no working day', () => {
    const apia = daily('Pacific/Apia', ['09:00-17:00'])
    expect(workingDue(apia, at('2011-12-29T10:00-10:00'), 'P1D')).toBe(at('2011-12-31T17:00+14:00'))
    expect(workingMs(apia, at('2011-12-29T09:00-10:00'), at('2011-12-31T17:00+14:00'))).toBe(16 * hour)
  })

  it('X2: offsets that were no whole quarters, and years before 1970, are reckoned to the second', () => {
    const monrovia = daily('Africa/Monrovia', ['00:00-24:00'])
    // Clocks went from 00:00:00 to 00:44:30 on that day.
    expect(workingMs(monrovia, at('1972-01-06T00:44:30Z'), at('1972-01-08T00:00Z'))).toBe(47.25 * hour + 30_000)
    expect(workingDue(monrovia, at('1972-01-06T12:00Z'), 'P1D')).toBe(at('1972-01-08T00:00Z'))
    const shanghai = { ...office, days: {} }
    expect(workingDue(shanghai, at('1960-01-01T17:00+08:00'), 'PT2H')).toBe(at('1960-01-04T10:00+08:00'))
  })
})

describe('X2: reckoning always ends', () => {
  it('X2: where exceptions leave nothing, the week goes on after them', () => {
    const days = Object.fromEntries(Array.from({ length: 1000 }, (_, day) => [instantOf(day * 24 * hour).slice(0, 10), []]))
    const calendar: WorkingCalendar = { ...office, days, coveredThrough: '1972-09-26' }
    expect(workingDue(calendar, at('1970-01-05T09:00+08:00'), 'PT1H')).toBe(at('1972-09-27T10:00+08:00'))
    expect(workingDue(calendar, at('1970-01-05T09:00+08:00'), 'P1D')).toBe(at('1972-09-27T18:00+08:00'))
  })

  it('X2: what is absurdly far is refused, and soon', () => {
    const minute = { ...daily('Europe/Berlin', []), week: { ...daily('Europe/Berlin', []).week, sun: ['00:00-00:01'] } }
    const from = at('2026-07-06T09:00+08:00')
    expect(() => workingDue(office, from, 'P99999999D')).toThrow(TooFarAhead)
    expect(() => workingDue(office, from, 'PT99999999H')).toThrow('Give a shorter duration')
    expect(() => workingDueMs(office, from, Infinity)).toThrow(TooFarAhead)
    expect(() => workingDue(minute, from, 'PT100H')).toThrow(TooFarAhead)
    expect(() => workingDue(daily('Europe/Berlin', []), from, 'PT1S')).toThrow(TooFarAhead)
    expect(() => workingMs(office, at('0001-01-01T00:00Z'), at('9999-01-01T00:00Z'))).toThrow(TooFarAhead)
    expect(workingMs(office, at('2000-01-01T00:00Z'), at('2099-01-01T00:00Z'))).toBeGreaterThan(200_000 * hour)
  })

  it.each(['P1M', 'P1Y', 'PT', 'P', '', '8h', 'PT-1H', 'P1.5D', '-P1D', 'PT1.2345S'])('X2: %j is no working duration', (working) => {
    expect(() => workingDue(office, at('2026-07-06T09:00+08:00'), working)).toThrow(`"${working}" is no working duration`)
  })

  it('X2: what is no instant, no zone or less than nothing is refused', () => {
    expect(() => workingDue(office, 'tomorrow', 'PT1H')).toThrow('"tomorrow" is no instant')
    expect(() => workingMs(office, at('2026-07-06T09:00+08:00'), '')).toThrow('is no instant')
    expect(() => workingDueMs(office, at('2026-07-06T09:00+08:00'), -1)).toThrow('0 or more')
    expect(() => workingDueMs(office, at('2026-07-06T09:00+08:00'), Number.NaN)).toThrow('0 or more')
    expect(() => workingDue({ ...office, timezone: 'Mars/Base' }, at('2026-07-06T09:00+08:00'), 'PT1H')).toThrow('no time zone "Mars/Base"')
  })
})

/** Sixteen days around clock changes, and some without. */
const windows = [
  ['Europe/Berlin', '2026-03-23T00:00Z'],
  ['Europe/Berlin', '2026-10-19T00:00Z'],
  ['America/New_York', '2026-03-02T00:00Z'],
  ['America/New_York', '2026-10-26T00:00Z'],
  ['Australia/Lord_Howe', '2026-03-30T00:00Z'],
  ['Australia/Lord_Howe', '2026-09-28T00:00Z'],
  ['America/Havana', '2026-03-02T00:00Z'],
  ['America/Havana', '2026-10-26T00:00Z'],
  ['America/St_Johns', '2010-11-01T00:00Z'],
  ['America/Recife', '2000-10-06T00:00Z'],
  ['Pacific/Apia', '2011-12-25T00:00Z'],
  ['Asia/Shanghai', '2026-09-25T00:00Z'],
  ['Asia/Kathmandu', '2026-09-25T00:00Z'],
] as const
const windowDays = 16

describe.each(windows)('X2: against a walk through every minute, %s from %s', (timezone, start) => {
  const minutes = minutesOf(timezone, start, windowDays)
  const first = Date.parse(start)
  const dates = [...new Set(minutes.map(({ date }) => date))]

  /** Any minute, but often one in the night, where clocks change. */
  const minuteOfDay = fc.oneof(
    fc.integer({ min: 0, max: 1440 }),
    fc.integer({ min: 0, max: 12 }).map((quarter) => quarter * 15),
  )
  const spans = fc.uniqueArray(minuteOfDay, { maxLength: 6 }).map((ends) =>
    ends
      .toSorted((a, b) => a - b)
      .flatMap((from, at, all) => {
        const to = at % 2 === 0 ? all[at + 1] : undefined
        return to === undefined ? [] : [`${clock(from)}-${clock(to)}`]
      }),
  )
  const calendars = fc.record({
    timezone: fc.constant(timezone),
    week: fc.record({ mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans }),
    days: fc.dictionary(fc.constantFrom(...dates), spans, { maxKeys: 4 }),
    coveredThrough: fc.constant('2030-01-01'),
  })
  const working = calendars.filter(({ week }) => weekdays.some((day) => week[day].length > 0))
  /** Instants to the millisecond, some on full minutes. */
  const instants = fc.oneof(
    fc.integer({ min: 0, max: windowDays * 24 * hour }),
    fc.integer({ min: 0, max: windowDays * 96 }).map((n) => n * 900_000),
  )
  const shares = fc.double({ min: 0, max: 1, noNaN: true })
  const runs = { numRuns: 25 }
  const quickRuns = { numRuns: 150 }

  it('X2: elapsed working time is the same', () => {
    fc.assert(
      fc.property(calendars, instants, instants, (calendar, a, b) => {
        const from = first + Math.min(a, b)
        const to = first + Math.max(a, b)
        expect(workingMs(calendar, instantOf(from), instantOf(to))).toBe(slowElapsed(workingMinutes(calendar, minutes), from, to))
      }),
      runs,
    )
  })

  it('X2: a working duration is due at the same instant', () => {
    fc.assert(
      fc.property(working, instants, fc.double({ min: 0, max: 1, noNaN: true }), (calendar, a, part) => {
        const from = first + a
        const worked = workingMinutes(calendar, minutes)
        const ms = Math.floor(slowElapsed(worked, from, first + windowDays * 24 * hour) * part)
        const due = slowDue(worked, from, ms) ?? from
        expect(workingDueMs(calendar, instantOf(from), ms)).toBe(instantOf(due))
        expect(workingDue(calendar, instantOf(from), `PT${(ms / 1000).toFixed(3)}S`)).toBe(instantOf(due))
      }),
      runs,
    )
  })

  it('X2: working days end at the same instant', () => {
    fc.assert(
      fc.property(working, instants, fc.integer({ min: 1, max: 6 }), (calendar, a, days) => {
        const from = first + a
        const end = slowDayEnd(minutes, workingMinutes(calendar, minutes), from, days)
        // A day at the very end of the window may go on behind it.
        fc.pre(end !== undefined && end < first + (windowDays - 2) * 24 * hour)
        expect(workingDue(calendar, instantOf(from), `P${days}D`)).toBe(instantOf(end ?? 0))
      }),
      runs,
    )
  })

  it('X2: due and elapsed undo each other, elapsed adds up, and due never goes back', () => {
    fc.assert(
      fc.property(working, fc.tuple(instants, instants, instants), shares, shares, (calendar, points, shareA, shareB) => {
        const a = Math.floor(shareA * mostOf(calendar))
        const b = Math.floor(shareB * mostOf(calendar))
        const [x, y, z] = points.toSorted((one, other) => one - other).map((point) => instantOf(first + point))
        if (x === undefined || y === undefined || z === undefined) throw new Error('three points')
        const due = workingDueMs(calendar, x, a)
        expect(workingMs(calendar, x, due)).toBe(a)
        expect(due >= x).toBe(true)
        // The earliest such instant: a moment before it, something is lacking.
        if (a > 0) expect(workingMs(calendar, x, instantOf(Date.parse(due) - 1))).toBe(a - 1)
        expect(workingMs(calendar, x, y) + workingMs(calendar, y, z)).toBe(workingMs(calendar, x, z))
        expect(workingDueMs(calendar, y, a) >= due).toBe(true)
        expect(workingDueMs(calendar, x, a + b) >= due).toBe(true)
        expect(workingDueMs(calendar, due, b)).toBe(a === 0 || b > 0 ? workingDueMs(calendar, x, a + b) : due)
        expect(workingDue(calendar, y, 'P2D') >= workingDue(calendar, x, 'P2D')).toBe(true)
        expect(workingDue(calendar, x, 'P3D') > workingDue(calendar, x, 'P2D')).toBe(true)
        expect(workingDue(calendar, x, 'P2DT3H')).toBe(workingDue(calendar, workingDue(calendar, x, 'P2D'), 'PT3H'))
      }),
      quickRuns,
    )
  })
})

/** As much working time as may be asked for: 200 hours, or what a year has. With a minute a week, more would be centuries away. */
function mostOf({ week }: WorkingCalendar): number {
  const spans = weekdays.flatMap((day) => week[day]).flatMap((span) => parseSpan(span) ?? [])
  const aWeek = spans.reduce((minutes, { from, to }) => minutes + to - from, 0) * 60_000
  return Math.min(200 * hour, 52 * aWeek)
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
