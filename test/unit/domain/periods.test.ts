import { describe, expect, it } from 'vitest'
import { periodError, type Every } from '../../../domain/recurring/periods.ts'
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
