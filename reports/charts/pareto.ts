import { box, dot, fitting, ink, label, lines, picture, stroke, thread, ticks, widestWord, widthOf, type Chart } from './svg.ts'

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

const width = 680
const [left, right, top, floor] = [46, 636, 20, 226]

/** Causes by how often they were, and what they add up to: few of them make up 80 %. */
export function paretoChart({ alt, bars, count, share }: Pareto): Chart {
  const all = bars.reduce((sum, { n }) => sum + n, 0)
  const marks = ticks(0, Math.max(1, ...bars.map(({ n }) => n))).filter((tick) => Number.isInteger(tick))
  const high = marks.at(-1) ?? 1
  const step = (right - left) / Math.max(1, bars.length)
  const wide = Math.min(52, step * 0.64)
  const x = (nth: number) => left + step * (nth + 0.5)
  const y = (part: number) => floor - part * (floor - top)
  const names = namesBelow(
    bars.map(({ name }, nth) => ({ name, x: x(nth) })),
    step - 4,
  )
  return picture(width, floor + names.height, alt, [
    ...marks.map(
      (tick) => stroke(left, y(tick / high), right, y(tick / high)) + label(left - 8, y(tick / high), count(tick), { anchor: 'end' }),
    ),
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => label(right + 8, y(part), `${part * 100}%`, { size: 11 })),
    ...bars.map(({ name, n, isVital }, nth) =>
      [box(x(nth) - wide / 2, y(n / high), wide, y(0) - y(n / high), isVital ? ink.main : ink.pale, `${name}: ${count(n)}`, 2)].join(''),
    ),
    ...names.marks,
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
          ...bars.map(({ n, isVital }, nth) => countOn(x(nth), y(n / high), { text: count(n), isVital })),
        ]),
  ])
}

const slantedSize = 10

/** In lines, or all of them slanted where a word would have to be broken. */
function namesBelow(bars: readonly { readonly name: string; readonly x: number }[], room: number) {
  if (bars.some(({ name }) => widestWord(name, 11) > room)) {
    // Their ends are below their bars, and their beginnings within the picture.
    const shown = bars.map(({ name, x }) => ({ x, text: fitting(name, Math.min(150, (x - 4) * Math.SQRT2), slantedSize) }))
    const marks = shown.map(({ x, text }) => label(x, floor + 12, text, { anchor: 'end', size: slantedSize, slanted: true }))
    return { marks, height: 20 + Math.max(...shown.map(({ text }) => widthOf(text, slantedSize))) / Math.SQRT2 }
  }
  const shown = bars.map(({ name, x }) => ({ x, texts: lines(name, room, 4, 11) }))
  const marks = shown.flatMap(({ x, texts }) =>
    texts.map((text, row) => label(x, floor + 13 + row * 14, text, { anchor: 'middle', size: 11 })),
  )
  return { marks, height: 12 + 14 * Math.max(1, ...shown.map(({ texts }) => texts.length)) }
}

/** Within its bar where that is high enough, so that it never lies on the line. */
function countOn(x: number, barTop: number, { text, isVital }: { text: string; isVital: boolean }): string {
  const isInside = floor - barTop > 20
  return label(x, isInside ? floor - 9 : barTop - 8, text, {
    anchor: 'middle',
    size: 11,
    bold: true,
    fill: isInside && isVital ? '#ffffff' : ink.text,
  })
}
