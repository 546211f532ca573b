import type { Locale } from '../../domain/labels.ts'
import { widthOf } from '../charts/svg.ts'
import { notePieces, type Block, type ReportDocument, type Table } from '../document.ts'
import { filled, words } from '../words.ts'
import type { Letters } from './letters.ts'
import { settable } from './settable.ts'

/** What report.typ sets, as JSON: every text of it such that the font has it. What the font lacks it says: nobody is to wonder what a square stands for. */
export function dataOf({ record, sections, facts, ...document }: ReportDocument, locale: Locale, has?: Letters): string {
  const [lang, region = null] = locale.split('-')
  const lacking = new Set<string>()
  const set = (text: string) => settable(text, has, (letter) => lacking.add(letter))
  const whole = JSON.stringify(
    {
      ...document,
      ...{ lang, region, facts, isRecord: record !== null },
      ...{ recordNumber: record?.number ?? null, recordVersion: record?.version ?? null },
      // As of when, and by what: a footer has room for no more.
      asOf: facts
        .slice(1, 3)
        .map(({ name, value }) => `${name} ${value}`)
        .join(' · '),
      pageOf: words.pageOf[locale],
      sections: sections.map((section) => ({ ...section, blocks: section.blocks.flatMap(blockOf) })),
    },
    (_, value: unknown) => (typeof value === 'string' ? set(value) : value),
  )
  return `${whole.slice(0, -1)},"lacking":${JSON.stringify(lackingText([...lacking], locale))}}`
}

/** Letters by their code points, since they cannot be set. */
function lackingText(letters: readonly string[], locale: Locale): string | null {
  if (letters.length === 0) return null
  const codes = letters.slice(0, mostTold).map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
  return filled(words.lacking[locale], {
    count: letters.length,
    codes: [...codes, ...(letters.length > mostTold ? ['…'] : [])].join(locale === 'en' ? ', ' : '、'),
  })
}

/** As many fit into a line or two. */
const mostTold = 12

/** Paper has no room for what a chart has shown already. */
function blockOf(block: Block): object[] {
  if (block.kind === 'chart') return [{ kind: block.kind, ...block.chart }]
  if (block.kind !== 'table') return [block]
  return block.detail === undefined ? [tableOf(block)] : []
}

function tableOf(table: Table): object {
  const widths = widthsOf(table)
  // Where columns were made narrower, nobody knows whether a piece has room in one line.
  const isRoomy = widths.includes(null)
  const piecesOf = (note: string) =>
    notePieces(note).map((line) => line.map((text) => ({ text, isWhole: isRoomy && widthOf(text, sizeOfNotes) <= leastOfWide - space })))
  const rows = table.rows.map(({ cells, ...row }) => ({
    ...row,
    cells: cells.map((cell) => ({ ...cell, note: cell.note === '' ? [] : piecesOf(cell.note) })),
  }))
  return { ...table, rows, widths }
}

/** Of A4, in points, between its margins. */
const paper = 499
/** Room for a title, and for the space between columns. */
const [leastOfWide, space, size, sizeOfNotes] = [120, 10, 8.5, 7]

/** Of each column its part of the page; null: as wide as what stands in it, which is best as long as there is room. */
function widthsOf({ columns, rows }: Table): (number | null)[] {
  const longest = columns.map(
    ({ heading }, at) =>
      Math.max(
        ...[heading, ...rows.map(({ cells }) => cells[at]?.text ?? '')].map((text) => widthOf(text, size)),
        ...rows
          .flatMap(({ cells }) => notePieces(cells[at]?.note ?? '').flat())
          .map((piece) => Math.min(widthOf(piece, sizeOfNotes), leastOfWide - space)),
      ) + space,
  )
  const needed = columns.reduce((sum, { isWide }, at) => sum + Math.min(isWide ? leastOfWide : Infinity, longest[at] ?? 0), 0)
  if (needed <= paper) return columns.map(({ isWide }) => (isWide ? 1 : null))
  return columns.map(({ isWide }, at) => Math.round(Math.min(isWide ? 200 : 110, longest[at] ?? 0)))
}
