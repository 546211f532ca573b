import { box, fitting, ink, label, picture, stroke, widthOf, type Chart } from './svg.ts'

export interface Stacked {
  readonly alt: string
  readonly groups: readonly string[]
  readonly rows: readonly { readonly name: string; readonly counts: readonly number[] }[]
  count(value: number): string
}

const width = 680
const row = 30
/** From young to old: what is older is more urgent. */
const colours = ['#d6e4fb', '#8fb3f2', '#2f6fde', '#e8a13a', '#c8371f']

/** How old what is open is: a bar a kind, in pieces by age. */
export function stackedChart({ alt, groups, rows, count }: Stacked): Chart {
  const totals = rows.map(({ counts }) => counts.reduce((sum, one) => sum + one, 0))
  const most = Math.max(1, ...totals)
  const left = Math.min(210, Math.max(...rows.map(({ name }) => widthOf(name)), 30) + 14)
  const right = width - widthOf(count(most)) - 16
  const legend = legendLines(groups, left)
  const top = legend.height + 8
  return picture(width, top + rows.length * row + 6, alt, [
    ...legend.marks,
    ...rows.flatMap(({ name, counts }, nth) => {
      const y = top + nth * row
      let x = left
      const pieces = counts.map((value, group) => {
        const wide = (value / most) * (right - left)
        const piece =
          value === 0
            ? ''
            : box(x, y + 5, Math.max(1, wide - 1), row - 10, colourOf(group, groups.length), `${groups[group] ?? ''}: ${count(value)}`)
        const says = value > 0 && wide > widthOf(count(value), 11) + 6
        const text = says
          ? label(x + wide / 2, y + row / 2, count(value), { anchor: 'middle', size: 11, fill: inkOn(group, groups.length) })
          : ''
        x += wide
        return piece + text
      })
      return [
        label(left - 8, y + row / 2, fitting(name, left - 14), { anchor: 'end', fill: ink.text }),
        ...pieces,
        label(x + 6, y + row / 2, count(totals[nth] ?? 0), { fill: ink.text, bold: true }),
      ]
    }),
    stroke(left, top, left, top + rows.length * row, ink.axis),
  ])
}

function colourOf(group: number, groups: number): string {
  const last = colours.length - 1
  return colours[groups <= 1 ? 2 : Math.round((group / (groups - 1)) * last)] ?? ink.main
}

function inkOn(group: number, groups: number): string {
  const colour = colourOf(group, groups)
  return colour === colours[0] || colour === colours[1] || colour === colours[3] ? ink.text : '#ffffff'
}

/** In as many lines as the names of the groups need. */
function legendLines(groups: readonly string[], left: number) {
  const marks: string[] = []
  let [x, y] = [left, 4]
  groups.forEach((name, group) => {
    const wide = widthOf(name, 11) + 34
    if (x + wide > width && x > left) [x, y] = [left, y + 18]
    marks.push(box(x, y, 12, 12, colourOf(group, groups.length), '', 2), label(x + 17, y + 6, name, { size: 11 }))
    x += wide
  })
  return { marks, height: y + 16 }
}
