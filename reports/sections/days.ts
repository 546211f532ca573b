import { DateTime } from 'luxon'
import { column, figureCell, instantCell, row } from '../cells.ts'
import type { Block } from '../document.ts'
import { dayText } from '../values.ts'
import { words } from '../words.ts'
import { definitions, figureOf, note, type Drawing, type SectionOf } from './section.ts'

/** Each day since the last daily report, as it turned out after that was made. */
export function days(section: SectionOf<'days'>, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  if (section.rows.length === 0) return [note(words.noDays[locale])]
  const figures = section.figures.map((id) => figureOf(model, id))
  return [
    {
      kind: 'table',
      columns: [column(words.day[locale], { isWide: true }), ...figures.map(({ label }) => column(label[locale], { isNumber: true }))],
      rows: section.rows.map(({ from, cells }) =>
        row([
          instantCell(from, dayText(DateTime.fromISO(from, { zone: model.zone }), locale, true)),
          ...figures.map((figure, at) => figureCell(figure, cells[at] ?? null, locale)),
        ]),
      ),
    },
    definitions(drawing, section.figures),
  ]
}
