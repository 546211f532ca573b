import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDay, dateOf } from '../../../domain/calendar/local-time.ts'
import { weekdays } from '../../../domain/calendar/schema.ts'
import { TooFarAhead, workingDue, workingDueMs, workingLength, workingMs } from '../../../domain/calendar/working-time.ts'
import { instantOf } from '../../../domain/instant.ts'
import { daily } from '../../support/daily-hours.ts'
import { dayEndIn, daysOf, dueIn, elapsedIn, piecesOf } from '../../support/day-calendar.ts'
import { costOf } from '../../support/processor-time.ts'

const dayMs = 86_400_000

/** As many spans as a day has room for, as calendars could once have. */
const every2Minutes = Array.from({ length: 720 }, (_, span) => `${time(span * 2)}-${time(span * 2 + 1)}`)

function time(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

describe('X2: nobody waits while a century is reckoned', () => {
  const from = '2026-11-30T10:00:00.000Z'
  const holidays = Object.fromEntries(Array.from({ length: 20_000 }, (_, day) => [dateOf(20_500 + day), []]))

  it.each([
    ['the densest week', daily('Europe/Berlin', every2Minutes)],
    ['a minute a week', { ...daily('America/New_York', []), week: { ...daily('UTC', []).week, sun: ['00:00-00:01'] } }],
    ['half a century of holidays', daily('Asia/Shanghai', ['09:00-12:00', '13:00-18:00'], holidays)],
  ])('X2: %s', (_what, calendar) => {
    const questions = () => {
      expect(workingMs(calendar, from, '2126-11-01T10:00:00.000Z')).toBeGreaterThan(0)
      for (const working of ['P3600D', 'P24000D', 'PT100000H', 'P9D'])
        try {
          expect(workingDue(calendar, from, working) > from).toBe(true)
          expect(workingLength(calendar, from, working)).toBeGreaterThan(0)
        } catch (error) {
          if (!(error instanceof TooFarAhead)) throw error
        }
    }
    // The first time what the calendar says is added up, and Intl is asked for the offsets of a century.
    expect(costOf(questions)).toBeLessThan(400)
    expect(costOf(questions)).toBeLessThan(60)
  })
})

const years = 12
const first = '2019-01-07'
const start = Date.parse(first)

describe.each(['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Africa/Casablanca', 'Australia/Lord_Howe'])(
  'X2: against a walk through every day of years, in %s',
  (timezone) => {
    const days = daysOf(timezone, first, years * 366)
    const hours = fc.uniqueArray(fc.integer({ min: 6 * 60, max: 20 * 60 }), { maxLength: 8 }).map((ends) =>
      ends
        .toSorted((a, b) => a - b)
        .flatMap((begins, at, all) => {
          const ends = at % 2 === 0 ? all[at + 1] : undefined
          return ends === undefined ? [] : [`${time(begins)}-${time(ends)}`]
        }),
    )
    const dates = fc.integer({ min: 0, max: years * 365 }).map((day) => new Date(start + day * dayMs).toISOString().slice(0, 10))
    const calendars = fc
      .record({
        timezone: fc.constant(timezone),
        week: fc.record({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }),
        days: fc.dictionary(dates, hours, { maxKeys: 60, size: 'max' }),
        coveredThrough: fc.constant('2040-01-01'),
      })
      .filter(({ week }) => weekdays.some((day) => week[day].length > 0))
    const instants = fc.integer({ min: 2 * dayMs, max: years * 365 * dayMs })

    it('X2: elapsed, due and working days are the same', () => {
      fc.assert(
        fc.property(calendars, instants, instants, fc.integer({ min: 1, max: years * 200 }), (calendar, a, b, nth) => {
          const pieces = piecesOf(calendar, days)
          const from = start + Math.min(a, b)
          const to = start + Math.max(a, b)
          const worked = elapsedIn(pieces, from, to)
          expect(workingMs(calendar, instantOf(from), instantOf(to))).toBe(worked)
          if (worked > 0) expect(workingDueMs(calendar, instantOf(from), worked)).toBe(instantOf(dueIn(pieces, from, worked) ?? 0))
          const today = dateOf(localDay(timezone, from))
          const end = dayEndIn(pieces, today, nth)
          if (end === undefined) return
          expect(workingDue(calendar, instantOf(from), `P${nth}D`)).toBe(instantOf(end))
          const later = pieces.filter(({ date }) => date > today)
          expect(workingLength(calendar, instantOf(from), `P${nth}D`)).toBe(elapsedIn(later, from, end))
        }),
        { numRuns: 40 },
      )
    })
  },
)
