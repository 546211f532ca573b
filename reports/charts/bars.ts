import { box, fitting, ink, label, picture, stroke, ticks, widthOf, type Chart } from './svg.ts'

export interface Bars {
  readonly alt: string
  readonly bars: readonly {
    readonly name: string
    readonly value: number | null
    readonly before: number | null
    readonly isFew: boolean
    readonly says: string
  }[]
  readonly legend: { readonly now: string; readonly before: string }
  /** In what the axis counts: hours, in milliseconds. */
  readonly unit: number
  readonly most: number
  text(value: number): string
  axis(value: number): string
}

const width = 680
const row = 34
const top = 26

/** Parts beside each other, each above what it was in the period before. */
export function barChart({ alt, bars, legend, unit, most, text, axis }: Bars): Chart {
  const marks = ticks(0, Math.min(most, Math.max(0, ...bars.flatMap(({ value, before }) => [value ?? 0, before ?? 0])) || unit), unit)
  const high = marks.at(-1) ?? 1
  const left = Math.min(210, Math.max(...bars.map(({ name }) => widthOf(name)), 40) + 14)
  const right = width - Math.max(0, ...bars.map(({ value }) => (value === null ? 0 : widthOf(text(value))))) - 14
  const bottom = top + bars.length * row
  const x = (value: number) => left + (value / high) * (right - left)
  const hasBefore = bars.some(({ before }) => before !== null)
  return picture(width, bottom + 24, alt, [
    ...marks.map((tick) => stroke(x(tick), top, x(tick), bottom) + label(x(tick), bottom + 12, axis(tick), { anchor: 'middle', size: 11 })),
    ...(hasBefore ? legendOf(right, legend) : []),
    ...bars.map(({ name, value, before, isFew, says }, nth) => {
      const y = top + nth * row
      return [
        label(left - 8, y + row / 2, fitting(name, left - 14), { anchor: 'end', fill: ink.text }),
        value === null ? '' : box(left, y + 6, x(value) - left, hasBefore ? 13 : 20, isFew ? ink.axis : ink.main, says, 2),
        before === null ? '' : box(left, y + 21, x(before) - left, 6, isFew ? ink.rule : ink.pale, '', 2),
        value === null
          ? label(left + 6, y + 13, '—')
          : label(x(value) + 6, y + (hasBefore ? 13 : 16), text(value), { fill: isFew ? ink.soft : ink.text }),
      ].join('')
    }),
    stroke(left, top, left, bottom, ink.axis),
  ])
}

function legendOf(right: number, { now, before }: Bars['legend']): string[] {
  const second = right - widthOf(before, 11)
  const first = second - 34 - widthOf(now, 11)
  return [
    box(first - 16, 6, 11, 11, ink.main, '', 2),
    label(first, 12, now, { size: 11 }),
    box(second - 16, 9, 11, 6, ink.pale, '', 2),
    label(second, 12, before, { size: 11 }),
  ]
}
