import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseCalendar } from '../../../domain/calendar/load.ts'
import { parseSpan, storedCalendarSchema } from '../../../domain/calendar/schema.ts'

const good = `id: cn-office
timezone: Asia/Shanghai
week:
  mon: ["09:00-12:00", "13:00-18:00"]
  tue: ["00:00-24:00"]
  wed: []
  thu: []
  fri: []
  sat: []
  sun: []
days:
  "2026-10-01": []
  "2026-10-10": ["09:00-12:00"]
coveredThrough: "2026-12-31"
`

describe('X2: a calendar file', () => {
  it('X2: has spans a weekday, a zone, days that differ, and a day through which it is known', () => {
    expect(parseCalendar(good)).toMatchObject({
      ok: true,
      value: {
        timezone: 'Asia/Shanghai',
        week: { mon: ['09:00-12:00', '13:00-18:00'] },
        days: { '2026-10-01': [] },
        coveredThrough: '2026-12-31',
      },
    })
  })

  it('X2: may leave out the days that differ where there are none', () => {
    const { days: _, ...without } = z.record(z.string(), z.unknown()).parse(parse(good))
    expect(parseCalendar(JSON.stringify(without), { format: 'json' })).toMatchObject({ ok: true, value: { days: {} } })
  })

  it.each([
    ['09:00-12:00', { from: 540, to: 720 }],
    ['00:00-24:00', { from: 0, to: 1440 }],
    ['23:59-24:00', { from: 1439, to: 1440 }],
    ['12:00-09:00', undefined],
    ['09:00-09:00', undefined],
    ['24:00-24:00', undefined],
    ['9:00-12:00', undefined],
    ['09:60-12:00', undefined],
    ['09:00-24:01', undefined],
    ['09:00-12:00-13:00', undefined],
    ['09:00', undefined],
  ])('X2: the span %s', (text, span) => {
    expect(parseSpan(text)).toEqual(span)
  })

  it.each([
    ['a span of words', '"09:00-12:00", "13:00-18:00"', '"morning"', 'week.mon[0]', 'no span of time'],
    ['a span backwards', '"13:00-18:00"', '"18:00-13:00"', 'week.mon[1]', 'ends no later than it begins'],
    ['spans that overlap', '"13:00-18:00"', '"11:00-18:00"', 'week.mon[1]', 'overlaps the span before it'],
    ['spans out of order', '"09:00-12:00", "13:00-18:00"', '"13:00-18:00", "09:00-12:00"', 'week.mon[1]', 'overlaps the span before it'],
    ['a weekday left out', '  wed: []\n', '', 'week.wed', 'is missing'],
    ['a day that is none', '"2026-10-01"', '"2026-02-30"', 'days.2026-02-30', 'is no date'],
    ['an unknown zone', 'Asia/Shanghai', 'Asia/Beijing', 'timezone', 'there is no zone'],
    [
      'days beyond what is known',
      'coveredThrough: "2026-12-31"',
      'coveredThrough: "2026-10-09"',
      'coveredThrough',
      'before the listed day 2026-10-10',
    ],
  ])('X2: %s is refused', (_what, from, to, path, reason) => {
    const text = good.replace(from, to)
    expect(text).not.toBe(good)
    const result = parseCalendar(text)
    expect(result.ok ? [] : result.errors).toMatchObject([{ path, reason: expect.stringContaining(reason) }])
  })

  it('X2: spans may touch', () => {
    expect(parseCalendar(good.replace('"13:00-18:00"', '"12:00-18:00"')).ok).toBe(true)
  })

  const hourly = Array.from({ length: 24 }, (_, hour) => `"${String(hour).padStart(2, '0')}:00-${String(hour).padStart(2, '0')}:30"`)

  it('X2: a day has at most 24 spans; what was stored with more is still read', () => {
    expect(parseCalendar(good.replace('"00:00-24:00"', hourly.join(', '))).ok).toBe(true)
    const dense = [...hourly, '"23:30-23:40"'].join(', ')
    for (const [text, path, line] of [
      [good.replace('"00:00-24:00"', dense), 'week.tue', 5],
      [good.replace('"2026-10-10": ["09:00-12:00"]', `"2026-10-10": [${dense}]`), 'days.2026-10-10', 13],
    ] as const) {
      expect(parseCalendar(text)).toMatchObject({ ok: false, errors: [{ path, line, reason: 'may have at most 24; take some out' }] })
      expect(storedCalendarSchema.safeParse(parse(text)).success).toBe(true)
    }
  })

  it('X2: a week without work is refused, because no deadline would ever come', () => {
    const idle = good.replace('"09:00-12:00", "13:00-18:00"', '').replace('"00:00-24:00"', '')
    expect(parseCalendar(idle)).toMatchObject({
      ok: false,
      errors: [{ path: 'week', line: 3, reason: expect.stringContaining('no day of the week') }],
    })
  })
})
