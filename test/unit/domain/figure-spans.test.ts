import { describe, expect, it } from 'vitest'
import { beginningOf, spanBefore, spanOfYearBefore } from '../../../domain/figures/spans.ts'

const days = (from: string, until: string, zone: string) => ({ from: beginningOf(from, zone), until: beginningOf(until, zone) })
const [shanghai, berlin, havana] = ['Asia/Shanghai', 'Europe/Berlin', 'America/Havana']

describe('a time is compared with', () => {
  it.each([
    ['a month with the month before, whatever their lengths', ['2026-03-01', '2026-04-01'], ['2026-02-01', '2026-03-01']],
    ['a quarter with a quarter', ['2026-01-01', '2026-04-01'], ['2025-10-01', '2026-01-01']],
    ['a week with a week', ['2026-03-02', '2026-03-09'], ['2026-02-23', '2026-03-02']],
    ['a day with a day', ['2026-03-01', '2026-03-02'], ['2026-02-28', '2026-03-01']],
  ] as const)('%s', (_, [from, until], [before, end]) => {
    for (const zone of [shanghai, berlin, havana]) expect(spanBefore(days(from, until, zone), zone)).toEqual(days(before, end, zone))
  })

  it('as many local days though clocks changed, and as long a time where it is no days', () => {
    expect(spanBefore(days('2026-03-30', '2026-04-06', berlin), berlin)).toEqual(days('2026-03-23', '2026-03-30', berlin))
    const hours = { from: '2026-03-29T04:00:00.000Z', until: '2026-03-29T10:30:00.000Z' }
    expect(spanBefore(hours, berlin)).toEqual({ from: '2026-03-28T21:30:00.000Z', until: hours.from })
  })

  it('the same days of the year before, leap days being the 28th', () => {
    expect(spanOfYearBefore(days('2024-02-29', '2024-03-01', shanghai), shanghai)).toEqual(days('2023-02-28', '2023-03-01', shanghai))
    expect(spanOfYearBefore(days('2026-03-29', '2026-04-05', berlin), berlin)).toEqual(days('2025-03-29', '2025-04-05', berlin))
  })

  it('a day that begins late where clocks leap over midnight', () => {
    expect(beginningOf('2026-03-08', havana)).toBe('2026-03-08T05:00:00.000Z')
  })
})
