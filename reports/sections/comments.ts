import { column, figureCell, numberCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { filled, words } from '../words.ts'
import { definitions, figureOf, note, type Drawing, type SectionOf } from './section.ts'

/** What customers say with their answers, by theme, and some of it in their own words. */
export function comments(section: SectionOf<'comments'>, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  const { figure: id, answers, total, themes } = section
  const figure = figureOf(model, id)
  const means = { name: section.heading[locale], value: words.commentsMean[locale] }
  const counted = note(filled(words.commented[locale], { answers: answers.n, comments: total.n }))
  if (total.n === 0) return [counted, definitions(drawing, [id], [means])]
  const examples = themes.flatMap(({ label, examples: of }) => of.map((one, at) => ({ ...one, theme: at === 0 ? label[locale] : '' })))
  return [
    counted,
    {
      kind: 'table',
      columns: [
        column(words.theme[locale], { isWide: true }),
        column(words.comments[locale], { isNumber: true }),
        column(words.share[locale], { isNumber: true }),
        column(words.satisfied[locale], { isNumber: true }),
        column(figure.label[locale], { isNumber: true }),
      ],
      rows: [
        ...themes.map(({ label, now }) =>
          row([
            textCell(label[locale]),
            numberCell(now.n, 'count', locale),
            numberCell(now.n / total.n, 'share', locale),
            numberCell(now.hits, 'count', locale),
            figureCell(figure, now, locale),
          ]),
        ),
        row(
          [
            textCell(words.allComments[locale]),
            numberCell(total.n, 'count', locale),
            textCell(''),
            numberCell(total.hits, 'count', locale),
            figureCell(figure, total, locale),
          ],
          true,
        ),
      ],
    },
    {
      kind: 'table',
      columns: [
        column(words.theme[locale]),
        column(words.comment[locale], { isWide: true }),
        column(words.satisfaction[locale], { isNumber: true }),
        column(words.number[locale]),
      ],
      rows: examples.map(({ theme, text, score, number }) =>
        row([textCell(theme), textCell(text), numberCell(score, 'count', locale, score < 4 ? 'bad' : 'plain'), textCell(number)]),
      ),
    },
    definitions(drawing, [id], [means]),
  ]
}
