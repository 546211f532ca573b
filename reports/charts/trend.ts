import { box, dot, ink, label, labelSize, picture, stroke, thread, ticks, widthOf, type Chart } from './svg.ts'

export interface Trend {
  readonly alt: string
  readonly points: readonly { readonly name: string; readonly value: number | null; readonly isSignal: boolean; readonly says: string }[]
  readonly limits: {
    readonly mean: number
    readonly lower: number
    readonly upper: number
  } | null
  readonly limitNames: { readonly mean: string; readonly lower: string; readonly upper: string }
  /** Never beyond these. */
  readonly least: number
  readonly most: number
  /** In what the axis counts: hours, in milliseconds. */
  readonly unit: number
  text(value: number): string
  /** With so many decimals more than it has usually. */
  axis(value: number, more: number): string
}

const [width, height] = [680, 236]
const [top, bottom] = [16, 40]

/** A line over time, with the natural limits of the process and the points that lie outside. */
export function trendChart({ alt, points, limits, limitNames, least, most, unit, text, axis }: Trend): Chart {
  const values = [...points.flatMap(({ value }) => value ?? []), ...(limits ? [limits.lower, limits.upper] : [])]
  const marks = ticks(...reach(values, least, most), unit).filter((tick) => tick <= most)
  const [low, high] = [marks[0] ?? 0, marks.at(-1) ?? 1]
  const markTexts = toldApart(marks, axis)
  const left = Math.max(...markTexts.map((one) => widthOf(one))) + 12
  const limitTexts = limits && {
    upper: `${limitNames.upper} ${text(limits.upper)}`,
    mean: `${limitNames.mean} ${text(limits.mean)}`,
    lower: `${limitNames.lower} ${text(limits.lower)}`,
  }
  const right = width - (limitTexts ? Math.max(...Object.values(limitTexts).map((one) => widthOf(one, 11))) + 14 : 12)
  const step = (right - left) / Math.max(1, points.length)
  const x = (nth: number) => left + step * (nth + 0.5)
  const y = (value: number) => height - bottom - ((value - low) / (high - low || 1)) * (height - top - bottom)
  const every = Math.ceil((Math.max(...points.map(({ name }) => widthOf(name.split('\n')[0] ?? ''))) + 8) / step)
  const hasRoom = points.every(({ value }) => value === null || widthOf(text(value), 11) < step - 4)
  const apart = limits && spread([y(limits.upper), y(limits.mean), y(limits.lower)], 15)
  return picture(width, height, alt, [
    ...marks.map((tick, nth) => stroke(left, y(tick), right, y(tick)) + label(left - 8, y(tick), markTexts[nth] ?? '', { anchor: 'end' })),
    ...(limits && limitTexts && apart
      ? [
          box(left, y(limits.upper), right - left, y(limits.lower) - y(limits.upper), '#f1f5fd'),
          stroke(left, y(limits.upper), right, y(limits.upper), ink.axis, '5 3'),
          stroke(left, y(limits.mean), right, y(limits.mean), ink.axis),
          stroke(left, y(limits.lower), right, y(limits.lower), ink.axis, '5 3'),
          label(right + 8, apart[0] ?? 0, limitTexts.upper, { size: 11 }),
          label(right + 8, apart[1] ?? 0, limitTexts.mean, { size: 11 }),
          label(right + 8, apart[2] ?? 0, limitTexts.lower, { size: 11 }),
        ]
      : []),
    thread(
      points.map(({ value }, nth) => (value === null ? null : [x(nth), y(value)])),
      ink.main,
    ),
    ...points.map(({ value, isSignal, says }, nth) =>
      value === null ? '' : dot(x(nth), y(value), isSignal ? 5 : 3, isSignal ? ink.signal : ink.main, isSignal ? '#ffffff' : 'none', says),
    ),
    ...points.map(({ value, isSignal }, nth) =>
      value !== null && (hasRoom || isSignal || nth === points.length - 1)
        ? label(x(nth), y(value) + sideOf(points, nth) * 14, text(value), {
            anchor: 'middle',
            fill: isSignal ? ink.signal : ink.text,
            size: 11,
            bold: isSignal || nth === points.length - 1,
          })
        : '',
    ),
    // Counted from the last, which is the one that the report is of.
    ...points.map(({ name }, nth) =>
      (points.length - 1 - nth) % every === 0 || name.includes('\n')
        ? name
            .split('\n')
            .map((line, row) =>
              row === 0 && (points.length - 1 - nth) % every !== 0
                ? ''
                : label(x(nth), height - bottom + 14 + row * (labelSize + 3), line, { anchor: 'middle' }),
            )
            .join('')
        : '',
    ),
  ])
}

/** With as many decimals as tell the marks apart; times have none, and far enough from each other are they anyway. */
function toldApart(marks: readonly number[], axis: Trend['axis']): string[] {
  const texts = [0, 1, 2, 3].map((more) => marks.map((tick) => axis(tick, more)))
  return texts.find((some) => new Set(some).size === some.length) ?? texts[0] ?? []
}

/** From where to where the axis goes: from nothing, unless all values lie far from it. What hardly moves is to look so: it spans a fifth of the highest at least. */
function reach(values: readonly number[], least: number, most: number): [number, number] {
  const [low, high] = [Math.min(...values, most), Math.max(...values, least)]
  if (values.length === 0 || high === 0) return [least, Math.min(most, 1.1)]
  const [middle, half] = [(low + high) / 2, Math.max((high - low) * 0.62, high * 0.1)]
  return [low > high * 0.4 ? Math.max(least, middle - half) : least, Math.min(most, middle + half)]
}

/** So far moved apart, from above to below, that no two lie on each other. */
function spread(places: readonly number[], distance: number): number[] {
  const [first = 0, middle = 0, last = 0] = places
  return [Math.min(first, middle - distance), middle, Math.max(last, middle + distance)]
}

/** Above a peak and below a dip, where the line is not. */
function sideOf(points: Trend['points'], nth: number): 1 | -1 {
  const value = points[nth]?.value ?? 0
  const beside = [points[nth - 1]?.value, points[nth + 1]?.value].filter((one) => one !== null && one !== undefined)
  return beside.reduce((sum, one) => sum + (one - value), 0) > 0 ? 1 : -1
}
