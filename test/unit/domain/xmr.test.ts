import { describe, expect, it } from 'vitest'
import { xmr } from '../../../domain/figures/xmr.ts'

const any = { least: 0, most: Infinity }

describe('an XmR chart', () => {
  it('has the limits of the textbook: mean ± 2.66 × mean moving range', () => {
    // Ranges 2, 1, 3, 1, 2, 1, 2: mean 12 ÷ 7.
    const chart = xmr([10, 12, 11, 14, 13, 11, 12, 10], any)
    expect(chart?.mean).toBe(11.625)
    expect(chart?.upper).toBeCloseTo(11.625 + (2.66 * 12) / 7, 10)
    expect(chart?.lower).toBeCloseTo(11.625 - (2.66 * 12) / 7, 10)
    expect(chart?.signals).toEqual(Array.from({ length: 8 }, () => null))
  })

  it('finds a point outside, and nothing else', () => {
    const usual = Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? 30 : 40))
    const nothing = usual.map(() => null)
    expect(xmr([...usual, 80], any)?.signals).toEqual([...nothing, 'above'])
    expect(xmr([...usual, 0], any)?.signals).toEqual([...nothing, 'below'])
    expect(xmr([...usual, 60], any)?.signals).toEqual([...nothing, null])
  })

  it('finds eight in a row on one side, and no seven', () => {
    const around = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 10 : 20))
    const [eight, seven] = [8, 7].map((length) => Array.from({ length }, () => 19))
    const none = around.map(() => null)
    expect(xmr([10, ...around.slice(1, -1), 10, ...(eight ?? [])], any)?.signals).toEqual([
      ...none,
      ...(eight ?? []).map(() => 'run-above'),
    ])
    expect(xmr([10, ...around.slice(1, -1), 10, ...(seven ?? [])], any)?.signals).toEqual([...none, ...(seven ?? []).map(() => null)])
  })

  it('needs eight values; gaps are no values and break nothing', () => {
    expect(xmr([1, 2, 3, 4, 5, 6, 7], any)).toBeUndefined()
    const chart = xmr([10, null, 12, 11, 14, 13, null, 11, 12, 10], any)
    expect(chart?.mean).toBe(11.625)
    expect(chart?.signals).toHaveLength(10)
  })

  it('promises no share below nothing or above everything', () => {
    expect(xmr([0.9, 1, 0.8, 1, 0.7, 1, 0.9, 1], { least: 0, most: 1 })?.upper).toBe(1)
    expect(xmr([0, 1, 0, 2, 0, 1, 0, 3], any)?.lower).toBe(0)
  })

  it('of what never varies is a line, on which nothing lies outside', () => {
    expect(xmr([3, 3, 3, 3, 3, 3, 3, 3], any)).toEqual({ mean: 3, lower: 3, upper: 3, signals: Array.from({ length: 8 }, () => null) })
  })
})
