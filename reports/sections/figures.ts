import type { Block, Row, Tile } from '../document.ts'
import { changeCell, column, figureCell, marksText, numberCell, row, spreadText, textCell } from '../cells.ts'
import { countText } from '../../domain/reports/number-text.ts'
import { changeOf, keptSinceText } from '../values.ts'
import { filled, words } from '../words.ts'
import { definitions, figureOf, note, type Drawing, type SectionOf } from './section.ts'

/** Numbers side by side, with the period before and the same time of the year before; the first of them large, above the table. */
export function figures(section: SectionOf<'figures'>, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  const isFirst = model.sections.find(({ kind }) => kind === 'figures') === section
  const since = keptSinceText(model, locale)
  const rows = section.lines.map((line) => rowOf(line, drawing))
  return [
    ...(isFirst ? [{ kind: 'tiles' as const, tiles: tilesOf(section, drawing) }] : []),
    {
      kind: 'table',
      columns: [
        column(words.figure[locale], { isWide: true }),
        column(words.now[locale], { isNumber: true }),
        column(words.before[locale], { isNumber: true }),
        column(words.change[locale], { isNumber: true }),
        column(words.yearBefore[locale], { isNumber: true }),
        column(words.sample[locale], { isNumber: true }),
      ],
      rows,
    },
    ...(isFirst && since !== '' ? [note(filled(words.keptSinceNote[locale], { since }))] : []),
    definitions(
      drawing,
      section.lines.map(({ figure }) => figure),
    ),
  ]
}

type Line = SectionOf<'figures'>['lines'][number]

function rowOf({ figure: id, part, now, before, restated = null, yearBefore }: Line, { model, locale }: Drawing): Row {
  const figure = figureOf(model, id)
  const name = part ? `${figure.label[locale]} · ${part.label[locale]}` : figure.label[locale]
  // Not as it stood then, but as it has turned out since.
  const hasMoved = restated !== null && JSON.stringify(restated) !== JSON.stringify(before)
  const since = hasMoved ? words.beforeByNow[locale] + figureCell(figure, restated, locale).text : ''
  const notes = [spreadText(now, locale), marksText(figure, now, locale), since]
  return row([
    textCell(name, { note: notes.filter((told) => told !== '').join('\n') }),
    figureCell(figure, now, locale),
    figureCell(figure, before, locale),
    changeCell(figure, now, before, locale),
    figureCell(figure, yearBefore, locale),
    // Of a count it is the count.
    figure.kind === 'count' ? textCell('') : numberCell(now.n, 'count', locale),
  ])
}

/** As many as stand in two lines. */
const mostTiles = 8

function tilesOf({ lines }: SectionOf<'figures'>, { model, locale }: Drawing): Tile[] {
  return lines.slice(0, mostTiles).map(({ figure: id, part, now, before }) => {
    const figure = figureOf(model, id)
    const { text, tone } = figureCell(figure, now, locale)
    return {
      label: part ? part.label[locale] : figure.label[locale],
      value: text,
      tone,
      change: changeOf(figure, now, before, locale),
      note: figure.kind === 'count' ? '' : `n = ${countText(now.n)}`,
    }
  })
}
