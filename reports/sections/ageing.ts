import { stackedChart } from '../charts/stacked.ts'
import { column, numberCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { countText } from '../../domain/reports/number-text.ts'
import { words } from '../words.ts'
import { definitions, headingOf, note, type Drawing, type SectionOf } from './section.ts'

/** How old what is open is. */
export function ageing(section: SectionOf<'ageing'>, drawing: Drawing): Block[] {
  const { locale } = drawing
  const { groups, rows } = section
  if (rows.every(({ counts }) => sum(counts) === 0)) return [note(words.nothing[locale]), definitions(drawing, [section.figure])]
  const totals = groups.map((_, at) => sum(rows.map(({ counts }) => counts[at] ?? 0)))
  return [
    {
      kind: 'chart',
      chart: stackedChart({
        alt: `${section.heading[locale]}: ${groups.map(({ label }, at) => `${label[locale]} ${countText(totals[at] ?? 0)}`).join(', ')}`,
        groups: groups.map(({ label }) => label[locale]),
        rows: rows.map(({ label, counts }) => ({ name: label[locale], counts })),
        count: countText,
      }),
    },
    {
      kind: 'table',
      columns: [
        column(section.dimension === null ? '' : headingOf(section.dimension, locale), { isWide: true }),
        ...groups.map(({ label }) => column(label[locale], { isNumber: true })),
        column(words.total[locale], { isNumber: true }),
      ],
      rows: [
        ...rows.map(({ label, counts }) => line(label[locale], counts, drawing)),
        ...(rows.length > 1 ? [{ ...line(words.total[locale], totals, drawing), isTotal: true }] : []),
      ],
    },
    definitions(drawing, [section.figure]),
  ]
}

function line(name: string, counts: readonly number[], { locale }: Drawing) {
  return row([textCell(name), ...counts.map((count) => numberCell(count, 'count', locale)), numberCell(sum(counts), 'count', locale)])
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
