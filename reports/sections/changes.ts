import { changeCell, column, figureCell, numberCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { words } from '../words.ts'
import { definitions, figureOf, headingOf, note, type Drawing, type SectionOf } from './section.ts'

/** What changed most since the period before. */
export function changes(section: SectionOf<'changes'>, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  const figure = figureOf(model, section.figure)
  if (section.rows.length === 0) return [note(words.noChange[locale]), definitions(drawing, [section.figure])]
  const withSample = figure.kind !== 'count'
  return [
    {
      kind: 'table',
      columns: [
        column(headingOf(section.dimension, locale), { isWide: true }),
        column(words.now[locale], { isNumber: true }),
        column(words.before[locale], { isNumber: true }),
        column(words.change[locale], { isNumber: true }),
        ...(withSample ? [column(words.sample[locale], { isNumber: true })] : []),
      ],
      rows: section.rows.map(({ label, now, before }) =>
        row([
          textCell(label[locale]),
          figureCell(figure, now, locale),
          figureCell(figure, before, locale),
          changeCell(figure, now, before, locale),
          ...(withSample ? [numberCell(now.n, 'count', locale)] : []),
        ]),
      ),
    },
    definitions(drawing, [section.figure]),
  ]
}
