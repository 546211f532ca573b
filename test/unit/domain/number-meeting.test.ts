import { describe, expect, it } from 'vitest'
import { meetingOf } from '../../../domain/number-meeting.ts'
import { demoProfile } from '../../../cli/demo/fast-profile.ts'
import { locales } from '../../../domain/labels.ts'
import { counterKey, renderNumber } from '../../../domain/numbering.ts'
import { standardTicket, techSupport } from '../../support/tickets.ts'

describe('numbers of two patterns', () => {
  it.each([
    ['TS{yyyyMMdd}{serial:3}', 'TS{yyyyMMdd}0{serial:2}'],
    ['{yyyyMMdd}{serial:4}', '{yyyyMM}{serial:4}'],
    ['A{serial:4}', 'A1{serial:3}'],
    ['TS{yyMMdd}{serial:3}', 'TS{serial:9}'],
  ])('%s and %s can meet', (one, other) => {
    expect(meetingOf(one, other)).toBeDefined()
    expect(meetingOf(other, one)).toBeDefined()
  })

  it.each([
    ['TS{yyyyMMdd}{serial:3}', 'TS{yyyyMMdd}0{serial:2}'],
    ['{yyyyMMdd}{serial:2}', '{serial:10}'],
    ['{yyyyMM}{serial:4}', '{serial:7}{yyyy}'],
    ['{serial:3}{yyyy}', '{yyyy}{serial:3}'],
  ])('%s and %s: the example is a number of a near year', (one, other) => {
    for (const number of [meetingOf(one, other), meetingOf(other, one)]) expect(number).toMatch(/20(?:2[6-9]|[34]\d)/)
  })

  it('tell a number that both really give', () => {
    const number = meetingOf('TS{yyyyMMdd}{serial:3}', 'TS{yyyyMMdd}0{serial:2}') ?? ''
    const [, year, month, day, serial] = /^TS(\d{4})(\d\d)(\d\d)(\d{3})$/.exec(number) ?? []
    const now = `${year}-${month}-${day}T04:00:00.000Z`
    expect(renderNumber('TS{yyyyMMdd}{serial:3}', { now, zone: 'UTC', serial: Number(serial) })).toBe(number)
    expect(renderNumber('TS{yyyyMMdd}0{serial:2}', { now, zone: 'UTC', serial: Number(serial) })).toBe(number)
    expect(counterKey('TS{yyyyMMdd}{serial:3}', now, 'UTC')).not.toBe(counterKey('TS{yyyyMMdd}0{serial:2}', now, 'UTC'))
  })

  it.each([
    ['TS{yyyyMMdd}{serial:3}', '{yyyyMM}{serial:4}'],
    ['{yyyyMM}{serial:4}', '{yyyyMMdd}{serial:6}'],
    ['GD{yyyyMMdd}{serial:4}', 'SR{yyyyMMdd}{serial:4}'],
    // One counter for both: the serial stands in the same place.
    ['TS{yyyyMMdd}{serial:3}', 'TS{yyyyMMdd}{serial:4}'],
    ['TS{yyyyMMdd}{serial:3}', 'TS{yyyyMMdd}{serial:3}'],
    ['A-{serial:2}-{yy}', 'A-{yy}-{serial:3}'],
    ['TS{yyMMdd}{serial:3}', 'TS{serial:6}'],
  ])('%s and %s do not', (one, other) => {
    expect(meetingOf(one, other)).toBeUndefined()
  })

  it('of the shipped profiles never meet, nor do they meet those of the demo', () => {
    const patterns = [techSupport, standardTicket, ...locales.map((locale) => demoProfile(techSupport, locale))].map(
      ({ number }) => number.pattern,
    )
    for (const one of patterns) for (const other of patterns) expect(meetingOf(one, other), `${one} ${other}`).toBeUndefined()
  })
})
