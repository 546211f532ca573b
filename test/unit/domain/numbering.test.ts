import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../domain/instant.ts'
import { counterKey, parseNumberPattern, renderNumber } from '../../../domain/numbering.ts'

const techSupport = 'TS{yyyyMMdd}{serial:3}'
const shanghai = 'Asia/Shanghai'
const noon = '2023-10-01T04:00:00.000Z'

describe('ticket numbers', () => {
  it('T1: TS, the day and a three-digit serial', () => {
    expect(renderNumber(techSupport, { now: noon, zone: shanghai, serial: 1 })).toBe('TS20231001001')
  })

  it('T1: the serial grows past 999', () => {
    expect(renderNumber(techSupport, { now: noon, zone: shanghai, serial: 999 })).toBe('TS20231001999')
    expect(renderNumber(techSupport, { now: noon, zone: shanghai, serial: 1000 })).toBe('TS202310011000')
  })

  it.each([
    ['S1', '{yyyyMM}{serial:4}', 15, '2023100015', '202310'],
    ['R0', 'GD{yyyyMMdd}{serial:4}', 7, 'GD202310010007', 'GD20231001'],
    ['M1', '{yyyyMMdd}{serial:6}', 123, '20231001000123', '20231001'],
    ['Q1', 'SR{yyyyMMdd}{serial:4}', 42, 'SR202310010042', 'SR20231001'],
    ['X1', 'A-{serial:2}-{yy}', 3, 'A-03-23', 'A--23'],
    ['X1', 'HELP{serial:6}', 12, 'HELP000012', 'HELP'],
  ])('%s: %s', (_id, pattern, serial, number, key) => {
    expect(renderNumber(pattern, { now: noon, zone: shanghai, serial })).toBe(number)
    expect(counterKey(pattern, noon, shanghai)).toBe(key)
  })

  it("T1: the day turns at midnight in the profile's zone, not in UTC", () => {
    expect(counterKey(techSupport, '2023-09-30T15:59:59.999Z', shanghai)).toBe('TS20230930')
    expect(counterKey(techSupport, '2023-09-30T16:00:00.000Z', shanghai)).toBe('TS20231001')
    expect(counterKey(techSupport, '2023-09-30T16:00:00.000Z', 'America/New_York')).toBe('TS20230930')
  })

  it('T1: numbers are unique, whatever days and serials', () => {
    fc.assert(
      fc.property(ticket(), ticket(), (a, b) => {
        const same = counterKey(techSupport, a.now, shanghai) === counterKey(techSupport, b.now, shanghai) && a.serial === b.serial
        expect(renderNumber(techSupport, { ...a, zone: shanghai }) === renderNumber(techSupport, { ...b, zone: shanghai })).toBe(same)
      }),
    )
  })

  it('T1: within a day a later serial sorts later, by length and then by text', () => {
    fc.assert(
      fc.property(ticket(), fc.integer({ min: 1, max: 5000 }), ({ now, serial }, more) => {
        const earlier = renderNumber(techSupport, { now, zone: shanghai, serial })
        const later = renderNumber(techSupport, { now, zone: shanghai, serial: serial + more })
        expect(earlier.length < later.length || (earlier.length === later.length && earlier < later)).toBe(true)
      }),
    )
  })

  it('T1: a number is its counter key and its serial', () => {
    fc.assert(
      fc.property(ticket(), ({ now, serial }) => {
        const number = renderNumber(techSupport, { now, zone: shanghai, serial })
        const key = counterKey(techSupport, now, shanghai)
        expect(number.startsWith(key)).toBe(true)
        expect(Number(number.slice(key.length))).toBe(serial)
        expect(number.length).toBeGreaterThanOrEqual(key.length + 3)
      }),
    )
  })

  it.each([
    ['', 'empty', ''],
    ['TS{yyyyMMdd}', 'no-serial', 'TS{yyyyMMdd}'],
    ['TS{yyyyMMdd}{serial:3}{serial:3}', 'two-serials', '{serial:3}'],
    ['{yyyy}{serial:3}{MM}', 'two-dates', '{MM}'],
    ['TS{serial}', 'bad-width', '{serial}'],
    ['TS{serial:0}', 'bad-width', '{serial:0}'],
    ['TS{serial:99}', 'bad-width', '{serial:99}'],
    ['{yyyyM}{serial:1}', 'bad-date', '{yyyyM}'],
    ['{-}{serial:1}', 'bad-date', '{-}'],
    ['{year}{serial:3}', 'bad-date', '{year}'],
    ['工单{serial:3}', 'bad-literal', '工单'],
    ['TS/{serial:3}', 'bad-literal', 'TS/'],
    ['TS{serial:3', 'unknown-brace', '{'],
  ])('X1: the pattern "%s" is refused as %s', (pattern, fault, at) => {
    expect(parseNumberPattern(pattern)).toEqual({ ok: false, fault, at })
    expect(() => renderNumber(pattern, { now: noon, zone: shanghai, serial: 1 })).toThrow(RangeError)
  })

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('T1: %s is no serial', (serial) => {
    expect(() => renderNumber(techSupport, { now: noon, zone: shanghai, serial })).toThrow(RangeError)
  })

  it('T1: an unknown zone is an error, not UTC', () => {
    expect(() => counterKey(techSupport, noon, 'Asia/Atlantis')).toThrow(RangeError)
  })
})

function ticket(): fc.Arbitrary<{ now: string; serial: number }> {
  const from = Date.UTC(2020, 0, 1)
  return fc.record({
    // Few days and few serials, so that equal keys and equal serials do occur.
    now: fc.integer({ min: 0, max: 96 }).map((hours) => instantOf(from + hours * 3_600_000)),
    serial: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 990, max: 1010 }), fc.integer({ min: 1, max: 1_000_000 })),
  })
}
