import { momentText } from '../../domain/moment-text.ts'
import { column, instantCell, row, textCell } from '../cells.ts'
import type { Block, Cell } from '../document.ts'
import { dash, durationText } from '../values.ts'
import { filled, words } from '../words.ts'
import { note, type Drawing, type SectionOf } from './section.ts'

type Section = SectionOf<'tickets'>

/** Tickets by their numbers, each with what it is listed for. */
export function tickets(section: Section, { model, locale }: Drawing): Block[] {
  const { list, total, rows } = section
  if (rows.length === 0) return [note(words.noneListed[locale])]
  const isOfPromises = list !== 'unclaimed'
  const isLate = list === 'overdue' || list === 'breaches'
  return [
    ...(total > rows.length
      ? [note(filled(words[isOfPromises ? 'listedPromises' : 'listed'][locale], { total, shown: rows.length }))]
      : []),
    {
      kind: 'table',
      columns: [
        column(words.number[locale]),
        column(words.title[locale], { isWide: true }),
        ...(isOfPromises ? [column(words.promise[locale])] : []),
        column((isOfPromises ? words.dueAt : words.unclaimedSince)[locale]),
        ...(isLate ? [column(words.late[locale], { isNumber: true })] : []),
      ],
      rows: rows.map((ticket) =>
        row([
          textCell(ticket.number),
          textCell(ticket.title, { note: kindOf(ticket, locale) }),
          ...(isOfPromises ? [textCell(ticket.clock?.[locale] ?? dash)] : []),
          instantCell(ticket.at, momentText(ticket.at, model.zone, locale, model.asOf)),
          ...(isLate ? [lateCell(ticket.late, locale)] : []),
        ]),
      ),
    },
  ]
}

/** `软件功能异常 · 高 · 技术支持部` */
function kindOf({ type, priority, team }: Section['rows'][number], locale: Drawing['locale']): string {
  return [type, priority, team].flatMap((labels) => labels?.[locale] ?? []).join(' · ')
}

function lateCell(late: number | null, locale: Drawing['locale']): Cell {
  if (late === null) return textCell(words.notDone[locale], { tone: 'bad' })
  return { text: durationText(late, locale), tone: 'bad', note: '', number: { value: late, form: 'duration' } }
}
