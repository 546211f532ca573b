import { box, ink, label, picture, widthOf, type Chart } from './svg.ts'

export interface Heat {
  readonly alt: string
  /** From Monday: what came in each hour of such a day, on the average; null: no such day was worked. */
  readonly days: readonly { readonly name: string; readonly hours: readonly number[] | null }[]
  /** Of a day that nobody worked. */
  readonly restText: string
  text(value: number): string
}

const width = 680
const [cellHeight, top] = [22, 6]
/** From few to many; light enough at first that nothing is no colour. */
const shades = ['#f3f6fc', '#d6e4fb', '#a9c5f5', '#6e9cec', '#2f6fde', '#1e3a8a']

/** When tickets come: a row a weekday, a column an hour. */
export function heatChart({ alt, days, restText, text }: Heat): Chart {
  const left = Math.max(...days.map(({ name }) => widthOf(name))) + 12
  const cell = (width - left) / 24
  const most = Math.max(0, ...days.flatMap(({ hours }) => hours ?? []))
  const bottom = top + days.length * cellHeight
  return picture(width, bottom + 50, alt, [
    ...days.map(({ name, hours }, nth) => {
      const y = top + nth * cellHeight
      const cells = hours
        ? hours.map((value, hour) =>
            box(left + hour * cell + 1, y + 1, cell - 2, cellHeight - 2, shadeOf(value, most), `${name} ${hour}:00 ${text(value)}`, 2),
          )
        : [
            box(left + 1, y + 1, width - left - 2, cellHeight - 2, '#f9fafb', '', 2),
            label((left + width) / 2, y + cellHeight / 2, restText, { anchor: 'middle', size: 11, fill: ink.axis }),
          ]
      return label(left - 8, y + cellHeight / 2, name, { anchor: 'end' }) + cells.join('')
    }),
    ...Array.from({ length: 24 }, (_, hour) =>
      label(left + (hour + 0.5) * cell, bottom + 11, String(hour), { anchor: 'middle', size: 11 }),
    ),
    ...legend(most, bottom + 30, text),
  ])
}

function shadeOf(value: number, most: number): string {
  if (value === 0 || most === 0) return shades[0] ?? ''
  return shades[Math.min(shades.length - 1, Math.max(1, Math.ceil((value / most) * (shades.length - 1))))] ?? ''
}

function legend(most: number, y: number, text: (value: number) => string): string[] {
  const steps = shades.map((shade, nth) => ({ shade, says: `${nth === 0 ? '' : '≤ '}${text((most * nth) / (shades.length - 1))}` }))
  const each = Math.max(...steps.map(({ says }) => widthOf(says, 11))) + 26
  const first = width - each * steps.length
  return steps.flatMap(({ shade, says }, nth) => [
    box(first + nth * each, y, 14, 12, shade, '', 2),
    label(first + nth * each + 18, y + 6, says, { size: 11 }),
  ])
}
