import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workingDayEnds, workingSpans } from '../../../domain/calendar/working-spans.ts'
import { workingDue, workingMs } from '../../../domain/calendar/working-time.ts'
import { instantOf } from '../../../domain/instant.ts'
import { office } from '../../support/tickets.ts'

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/Havana', 'Australia/Lord_Howe']
const calendar = fc
  .record({
    timezone: fc.constantFrom(...zones),
    night: fc.boolean(),
  })
  .map(({ timezone, night }) => ({
    ...office,
    timezone,
    week: night ? { ...office.week, sat: ['00:00-03:30', '22:00-24:00'], sun: ['00:00-24:00'] } : office.week,
  }))
const instant = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2027, 0, 1) / 60_000 })
  .map((minutes) => instantOf(minutes * 60_000))

describe('all working time between two instants', () => {
  it('adds up to what is worked between them, in order and without overlap', () => {
    fc.assert(
      fc.property(calendar, instant, instant, (of, one, other) => {
        const [from, to] = one < other ? [one, other] : [other, one]
        const spans = workingSpans(of, from, to)
        expect(spans.reduce((sum, span) => sum + span.to - span.from, 0)).toBe(workingMs(of, from, to))
        for (const [at, span] of spans.entries()) {
          expect(span.to).toBeGreaterThan(span.from)
          expect(span.from).toBeGreaterThanOrEqual(spans[at - 1]?.to ?? Date.parse(from))
        }
        expect(workingSpans(of, to, from)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('has the ends of its days, by which promises of days are due', () => {
    const from = '2026-03-02T03:00:00.000Z'
    const ends = workingDayEnds(office, workingSpans(office, from, '2026-06-01T00:00:00.000Z'))
    for (const days of [1, 3, 7, 20]) expect(instantOf(ends[days] ?? 0)).toBe(workingDue(office, from, `P${days}D`))
  })
})
