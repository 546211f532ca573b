import { box, dot, ink, label, lines, picture, stroke, thread, ticks, type Chart } from './svg.ts'

export interface Pareto {
  readonly alt: string
  /** The largest first. */
  readonly bars: readonly {
    readonly name: string
    readonly n: number
    /** Of all, together with those before it. */
    readonly cumulative: number
    /** Whether it belongs to the few that make up 80 %. */
    readonly isVital: boolean
  }[]
  count(value: number): string
  share(value: number): string
}

const [width, height] = [680, 300]
const [left, right, top, bottom] = [46, 636, 20, 74]

/** Causes by how often they were, and what they add up to: few of them make up 80 %. */
export function paretoChart({ alt, bars, count, share }: Pareto): Chart {
  const all = bars.reduce((sum, { n }) => sum + n, 0)
  const marks = ticks(0, Math.max(1, ...bars.map(({ n }) => n))).filter((tick) => Number.isInteger(tick))
  const high = marks.at(-1) ?? 1
  const step = (right - left) / Math.max(1, bars.length)
  const wide = Math.min(52, step * 0.64)
  const x = (nth: number) => left + step * (nth + 0.5)
  const y = (part: number) => height - bottom - part * (height - top - bottom)
  return picture(width, height, alt, [
    ...marks.map(
      (tick) => stroke(left, y(tick / high), right, y(tick / high)) + label(left - 8, y(tick / high), count(tick), { anchor: 'end' }),
    ),
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => label(right + 8, y(part), `${part * 100}%`, { size: 11 })),
    ...bars.map(({ name, n, isVital }, nth) =>
      [
        box(x(nth) - wide / 2, y(n / high), wide, y(0) - y(n / high), isVital ? ink.main : ink.pale, `${name}: ${count(n)}`, 2),
        ...lines(name, step - 4, 4, 11).map((line, row) => label(x(nth), y(0) + 13 + row * 14, line, { anchor: 'middle', size: 11 })),
      ].join(''),
    ),
    stroke(left, y(0), right, y(0), ink.axis),
    stroke(left, y(0.8), right, y(0.8), ink.signal, '6 4'),
    ...(all === 0
      ? []
      : [
          thread(
            bars.map(({ cumulative }, nth) => [x(nth), y(cumulative)]),
            ink.text,
          ),
          ...bars.map(({ name, cumulative }, nth) => dot(x(nth), y(cumulative), 3.5, '#ffffff', ink.text, `${name}: ${share(cumulative)}`)),
          // Above all the rest, or the line would run through them.
          ...bars.map(({ n, isVital }, nth) => countOn(x(nth), y(n / high), y(0), { text: count(n), isVital })),
        ]),
  ])
}

/** Within its bar where that is high enough, so that it never lies on the line. */
function countOn(x: number, barTop: number, floor: number, { text, isVital }: { text: string; isVital: boolean }): string {
  const isInside = floor - barTop > 20
  return label(x, isInside ? floor - 9 : barTop - 8, text, {
    anchor: 'middle',
    size: 11,
    bold: true,
    fill: isInside && isVital ? '#ffffff' : ink.text,
  })
}
