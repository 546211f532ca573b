import { shareOf } from '../../domain/figures/figure.ts'
import { barChart } from '../charts/bars.ts'
import { changeCell, column, figureCell, numberCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { shareText } from '../../domain/reports/number-text.ts'
import { axisText, saysLittle } from '../values.ts'
import { words } from '../words.ts'
import { definitions, figureOf, note, type Drawing, type SectionOf } from './section.ts'

/** What may move satisfaction: of tickets to which something had happened, and of the others. */
export function drivers(section: SectionOf<'drivers'>, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  const { figure: id, rows, total } = section
  const figure = figureOf(model, id)
  if (total.n === 0) return [note(words.nothing[locale]), definitions(drawing, [id])]
  return [
    note(words.driversNote[locale]),
    {
      kind: 'chart',
      chart: barChart({
        alt: `${section.heading[locale]}: ${rows.flatMap(({ yes, no }) => [yes, no].map(({ label, numbers }) => `${label[locale]} ${figureCell(figure, numbers, locale).text}`)).join(', ')}`,
        bars: rows.map(({ yes, no }) => ({
          name: yes.label[locale],
          value: shareOf(yes.numbers),
          before: shareOf(no.numbers),
          isFew: saysLittle(figure.kind, yes.numbers) || saysLittle(figure.kind, no.numbers),
          says: `${yes.label[locale]}: ${figureCell(figure, yes.numbers, locale).text}`,
        })),
        legend: { now: words.happened[locale], before: words.notHappened[locale] },
        unit: 1,
        most: 1,
        text: shareText,
        axis: (value) => axisText(value, 'share', locale),
      }),
    },
    {
      kind: 'table',
      columns: [
        column(words.driver[locale], { isWide: true }),
        column(words.happened[locale], { isNumber: true }),
        column(words.sample[locale], { isNumber: true }),
        column(words.notHappened[locale], { isNumber: true }),
        column(words.sample[locale], { isNumber: true }),
        column(words.difference[locale], { isNumber: true }),
      ],
      rows: rows.map(({ yes, no }) =>
        row([
          textCell(yes.label[locale], { note: `${words.comparedWith[locale]}${no.label[locale]}` }),
          figureCell(figure, yes.numbers, locale),
          numberCell(yes.numbers.n, 'count', locale),
          figureCell(figure, no.numbers, locale),
          numberCell(no.numbers.n, 'count', locale),
          changeCell(figure, yes.numbers, no.numbers, locale),
        ]),
      ),
    },
    definitions(
      drawing,
      [id],
      rows.map(({ yes, definition }) => ({ name: yes.label[locale], value: definition[locale] })),
    ),
  ]
}
