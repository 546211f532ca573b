import fc from 'fast-check'
import { expect, it } from 'vitest'
import { epochMs, instantOf } from '../../../domain/instant.ts'
import { quietUntil } from '../../../domain/notices/quiet-hours.ts'

const night = { from: '22:00', until: '08:00' }
const noon = { from: '12:00', until: '13:30' }

it.each([
  ['before midnight', night, '2026-03-02T15:30:00.000Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
  ['as they begin', night, '2026-03-02T14:00:00.000Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
  ['after midnight', night, '2026-03-02T20:00:00.000Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
  ['a second before they end', night, '2026-03-02T23:59:59.999Z', 'Asia/Shanghai', '2026-03-03T00:00:00.000Z'],
  ['at noon', noon, '2026-03-02T04:15:00.000Z', 'Asia/Shanghai', '2026-03-02T05:30:00.000Z'],
  ['elsewhere at the same instant', night, '2026-03-02T15:30:00.000Z', 'America/New_York', null],
  ['as they end', night, '2026-03-03T00:00:00.000Z', 'Asia/Shanghai', null],
  ['in the day', night, '2026-03-02T06:00:00.000Z', 'Asia/Shanghai', null],
  // Clocks go forward at two: the night is an hour shorter.
  ['in the night of a clock change', night, '2026-03-08T04:00:00.000Z', 'America/New_York', '2026-03-08T12:00:00.000Z'],
  // 02:30 does not exist that night.
  [
    'until a time that is left out',
    { from: '22:00', until: '02:30' },
    '2026-03-08T05:00:00.000Z',
    'America/New_York',
    '2026-03-08T07:30:00.000Z',
  ],
])('quiet hours %s', (_when, hours, now, zone, until) => {
  expect(quietUntil(now, hours, zone)).toBe(until)
})

it('end after now, within a day, and are over when they have ended', () => {
  const time = fc
    .integer({ min: 0, max: 1439 })
    .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)
  const zone = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'UTC')
  fc.assert(
    fc.property(fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }), time, time, zone, (ms, from, until, place) => {
      fc.pre(from !== until)
      const now = instantOf(ms)
      const end = quietUntil(now, { from, until }, place)
      if (end === null) return
      expect(end > now).toBe(true)
      expect(epochMs(end) - ms).toBeLessThanOrEqual(25 * 3_600_000)
      expect(quietUntil(end, { from, until }, place)).toBeNull()
    }),
  )
})
