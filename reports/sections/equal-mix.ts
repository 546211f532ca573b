import { fewest, shareOf } from '../../domain/figures/figure.ts'
import { barChart } from '../charts/bars.ts'
import { column, figureCell, numberCell, pointsCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { shareText } from '../../domain/reports/number-text.ts'
import { axisText } from '../values.ts'
import { words } from '../words.ts'
import { definitions, figureOf, headingOf, note, type Drawing, type SectionOf } from './section.ts'

type Section = SectionOf<'equal-mix'>

/** Teams as they would compare, had they the same mix of tickets, beside how they do. */
export function equalMix(section: Section, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  const { figure: id, rows, total } = section
  const figure = figureOf(model, id)
  if (rows.length === 0) return [note(words.nothing[locale]), definitions(drawing, [id])]
  return [
    note(words.equalMixNote[locale]),
    // Beside nothing it would say what the table says.
    ...(rows.length === 1 ? [note(words.oneTeam[locale])] : [chartOf(section, drawing)]),
    {
      kind: 'table',
      columns: [
        column(headingOf('team', locale), { isWide: true }),
        column(words.atEqualMix[locale], { isNumber: true }),
        column(words.asItIs[locale], { isNumber: true }),
        column(words.difference[locale], { isNumber: true }),
        column(words.covered[locale], { isNumber: true }),
        column(words.sample[locale], { isNumber: true }),
      ],
      rows: [
        ...rows.map(({ label, now, atEqualMix, covered, effective }) => {
          const [tone, asItIs] = [effective < fewest ? 'few' : 'plain', shareOf(now)] as const
          return row([
            textCell(label[locale], { note: atEqualMix === null ? words.tooLittleCovered[locale] : '' }),
            numberCell(atEqualMix, 'share', locale, tone),
            figureCell(figure, now, locale),
            pointsCell(atEqualMix === null || asItIs === null ? null : atEqualMix - asItIs, locale, tone),
            numberCell(covered, 'share', locale),
            numberCell(now.n, 'count', locale),
          ])
        }),
        row(
          [
            textCell(words.total[locale]),
            textCell(''),
            figureCell(figure, total, locale),
            textCell(''),
            textCell(''),
            numberCell(total.n, 'count', locale),
          ],
          true,
        ),
      ],
    },
    definitions(drawing, [id], [{ name: words.atEqualMix[locale], value: words.equalMixMeans[locale] }]),
  ]
}

function chartOf({ heading, rows }: Section, { locale }: Drawing): Block {
  const chart = barChart({
    alt: `${heading[locale]}: ${rows.map((one) => `${one.label[locale]} ${one.atEqualMix === null ? '—' : shareText(one.atEqualMix)}`).join(', ')}`,
    bars: rows.map(({ label, now, atEqualMix, effective }) => ({
      name: label[locale],
      value: atEqualMix,
      before: shareOf(now),
      isFew: effective < fewest,
      says: `${label[locale]}: ${atEqualMix === null ? '—' : shareText(atEqualMix)}`,
    })),
    legend: { now: words.atEqualMix[locale], before: words.asItIs[locale] },
    unit: 1,
    most: 1,
    text: shareText,
    axis: (value) => axisText(value, 'share', locale),
  })
  return { kind: 'chart', chart }
}
