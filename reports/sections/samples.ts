import { DateTime } from 'luxon'
import { column, numberCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { dayText } from '../values.ts'
import { filled, words } from '../words.ts'
import { definitions, note, type Drawing, type SectionOf } from './section.ts'

/** Tickets as samples judged them, each with what was not met and what was said. */
export function samples({ total, rows }: SectionOf<'samples'>, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  if (rows.length === 0) return [note(words.noneJudged[locale])]
  const listed = locale === 'en' ? ', ' : '、'
  return [
    ...(total > rows.length ? [note(filled(words.listed[locale], { total, shown: rows.length }))] : []),
    {
      kind: 'table',
      columns: [
        column(words.number[locale]),
        column(words.title[locale], { isWide: true }),
        column(words.judged[locale]),
        column(words.criteriaMet[locale], { isNumber: true }),
        column(words.remark[locale], { isWide: true }),
      ],
      rows: rows.map(({ number, title, sample, named, at, met, of, unmet, remark }) =>
        row([
          textCell(number),
          textCell(title, {
            note: unmet.length === 0 ? '' : filled(words.unmet[locale], { criteria: unmet.map((one) => one[locale]).join(listed) }),
          }),
          textCell(named ? `${sample[locale]} · ${words.named[locale]}` : sample[locale], {
            note: dayText(DateTime.fromISO(at, { zone: model.zone }), locale, true),
          }),
          { ...numberCell(met / of, 'share', locale, met < of ? 'bad' : 'plain'), text: `${met}/${of}` },
          textCell(remark ?? ''),
        ]),
      ),
    },
    definitions(drawing, ['judged-quality', 'judged-without-fault']),
  ]
}
