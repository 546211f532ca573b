import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { barChart } from '../../../reports/charts/bars.ts'
import { heatChart } from '../../../reports/charts/heat.ts'
import { paretoChart } from '../../../reports/charts/pareto.ts'
import { stackedChart } from '../../../reports/charts/stacked.ts'
import { fitting, lines, ticks, widthOf } from '../../../reports/charts/svg.ts'
import { trendChart } from '../../../reports/charts/trend.ts'
import { axisText } from '../../../reports/values.ts'
import { hostileTexts } from '../../support/hostile-report.ts'

const name = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ maxLength: 30 }))
const value = fc.oneof(fc.constant(null), fc.constant(0), fc.double({ min: 1e-3, max: 1e10, noNaN: true }))
const count = fc.nat({ max: 10_000 })
const said = (told: number) => told.toFixed(1)

/** Well formed, and every number of it a number. */
function expectDrawn(svg: string) {
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  const open = svg.match(/<(?:svg|text|title|rect|circle)[ >](?:[^>]*[^/])?>/g)?.length ?? 0
  expect(svg.match(/<\/(?:svg|text|title|rect|circle)>/g)?.length ?? 0).toBeLessThanOrEqual(open)
  expect(svg.replace(/<\/?(?:svg|text|title|rect|circle|line|path)(?: [a-zA-Z0-9-]+(?::[a-z]+)?="[^"<]*")*\/?>/g, '')).not.toMatch(/[<>]/)
}

describe('charts', () => {
  it('are drawn of whatever numbers and names there are', () => {
    const bar = fc.record({ name, value, before: value, isFew: fc.boolean(), says: name })
    const point = fc.record({ name, value, isSignal: fc.boolean(), says: name })
    const limits = fc.option(fc.constant({ mean: 5, lower: 2, upper: 8 }))
    const names = { mean: 'm', lower: 'l', upper: 'u' }
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 15 }), (bars) =>
        expectDrawn(barChart({ alt: 'a', bars, legend: { now: 'n', before: 'b' }, unit: 1, most: Infinity, text: said, axis: said }).svg),
      ),
    )
    fc.assert(
      fc.property(fc.array(point, { maxLength: 60 }), limits, (points, drawn) =>
        expectDrawn(
          trendChart({ alt: 'a', points, limits: drawn, limitNames: names, least: 0, most: Infinity, unit: 1, text: said, axis: said }).svg,
        ),
      ),
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ name, n: count, cumulative: fc.double({ min: 0, max: 1, noNaN: true }), isVital: fc.boolean() }), {
          maxLength: 12,
        }),
        (bars) => expectDrawn(paretoChart({ alt: 'a', bars, count: String, share: said }).svg),
      ),
    )
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 6 }),
        fc.array(fc.record({ name, counts: fc.array(count, { maxLength: 6 }) }), { maxLength: 12 }),
        (groups, rows) => expectDrawn(stackedChart({ alt: 'a', groups, rows, count: String }).svg),
      ),
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ name, hours: fc.option(fc.array(count, { minLength: 24, maxLength: 24 })) }), { minLength: 7, maxLength: 7 }),
        (days) => expectDrawn(heatChart({ alt: 'a', days, restText: 'rest', text: said }).svg),
      ),
    )
  })

  it('have axes of round numbers that hold every value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
        fc.constantFrom(1, 60_000, 3_600_000),
        (least, room, unit) => {
          fc.pre(room >= unit / 100 && room >= least * 1e-6)
          const marks = ticks(least, least + room, unit)
          expect(marks.length).toBeLessThanOrEqual(8)
          expect(marks[0]).toBeLessThanOrEqual(least + room * 1e-6)
          expect(marks.at(-1)).toBeGreaterThanOrEqual(least + room * (1 - 1e-6))
        },
      ),
    )
    expect(ticks(0, 32 * 3_600_000, 3_600_000).map((tick) => tick / 3_600_000)).toEqual([0, 12, 24, 36])
    expect(ticks(0.78, 0.97)).toEqual([0.75, 0.8, 0.85, 0.9, 0.95, 1])
  })

  it('do not make a rise of what hardly moves, and tell the marks of an axis apart', () => {
    const of = (values: readonly number[], form: 'average' | 'share' | 'count') => {
      const { svg } = trendChart({
        ...{ alt: 'a', limits: null, limitNames: { mean: 'm', lower: 'l', upper: 'u' }, least: 0, unit: 1 },
        points: values.map((one, nth) => ({ name: String(nth), value: one, isSignal: false, says: '' })),
        most: form === 'share' ? 1 : Infinity,
        text: () => '',
        axis: (one, more) => axisText(one, form, 'en', more),
      })
      const heights = [...svg.matchAll(/<circle cx="[^"]*" cy="([\d.]+)"/g)].map(([, y]) => Number(y))
      return {
        rise: Math.max(...heights) - Math.min(...heights),
        marks: [...svg.matchAll(/text-anchor="end">([^<]*)</g)].map(([, text]) => text),
      }
    }
    const still = of([7.26, 7.28, 7.31, 7.34], 'average')
    expect(still.rise).toBeLessThan(20)
    for (const { marks } of [still, of([0.11, 0.111], 'average'), of([0.0201, 0.0203], 'share'), of([1, 1], 'count')]) {
      expect(marks.length).toBeGreaterThan(3)
      expect(new Set(marks).size).toBe(marks.length)
    }
    expect(of([2, 9], 'average').rise).toBeGreaterThan(100)
  })

  it('have names that stay in their room', () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 20, max: 200 }), (text, width) => {
        for (const line of lines(text, width, 3)) expect(widthOf(line)).toBeLessThanOrEqual(width + 12)
        expect(widthOf(fitting(text, width))).toBeLessThanOrEqual(Math.max(width, 26))
      }),
    )
    expect(lines('Misconfiguration', 50, 3, 11)).toEqual(['Misconf-', 'iguration'])
    // As long as each other, in as few as they need.
    expect(lines('权限未开通', 50, 3, 11)).toEqual(['权限未', '开通'])
    expect(lines('Interfaces and integration', 90, 3, 11)).toEqual(['Interfaces', 'and integration'])
  })

  it('slant the names of causes where a word would be broken, each within the picture', () => {
    const of = (names: readonly string[]) =>
      paretoChart({ alt: 'a', bars: names.map((one) => ({ name: one, n: 1, cumulative: 1, isVital: true })), count: String, share: said })
        .svg
    expect(of(['配置不当', '代码缺陷'])).not.toContain('rotate')
    const slanted = of(Array.from({ length: 12 }, (_, nth) => `Misconfiguration ${nth}`))
    expect(slanted.match(/rotate\(-45/g)).toHaveLength(12)
    expect(slanted).not.toContain('Misconf-')
    for (const [, at, text] of slanted.matchAll(/<text x="([\d.]+)"[^>]*rotate[^>]*>([^<]*)</g))
      expect(Number(at) - widthOf(text ?? '', 10) / Math.SQRT2).toBeGreaterThanOrEqual(0)
  })
})
