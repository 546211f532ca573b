import { DateTime } from 'luxon'
import { Memory } from '../../domain/memory.ts'
import { escaped } from '../charts/svg.ts'

/** Sheets of a workbook (SpreadsheetML), row by row. */

/** How a value is read; times are in milliseconds, shares, rates and changes as parts of one, instants in ISO 8601. */
const forms = ['text', 'count', 'average', 'share', 'duration', 'instant', 'points', 'rate', 'growth', 'points-moved'] as const
export type CellForm = (typeof forms)[number]

export interface SheetCell {
  readonly value: string | number | null
  readonly form: CellForm
  readonly isBold?: boolean
}

export interface SheetPlan {
  readonly name: string
  /** In letters. */
  readonly widths: readonly number[]
  /** So many rows stay where they are when one scrolls. */
  readonly frozen: number
  /** Printed at the head of each of its pages. */
  readonly head: string
  readonly zone: string
}

/** The sheet's text, in pieces. */
export async function* sheetText(
  { widths, frozen, head, zone }: SheetPlan,
  rows: AsyncIterable<readonly SheetCell[]> | Iterable<readonly SheetCell[]>,
): AsyncGenerator<string> {
  const pane = frozen > 0 ? `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>` : ''
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
  if (widths.length > 0) {
    yield `<cols>${widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${Math.min(80, width)}" customWidth="1"/>`).join('')}</cols>`
  }
  yield '<sheetData>'
  let [nth, text] = [0, '']
  for await (const row of rows) {
    nth += 1
    text += `<row r="${nth}">${row.map((cell, at) => cellText(cell, `${letters(at)}${nth}`, zone)).join('')}</row>`
    if (text.length < pieceLength) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData><headerFooter><oddHeader>${headText(head)}</oddHeader></headerFooter></worksheet>`
}

/** In the middle; `&` begins a command there, and digits after one would be a size. */
function headText(head: string): string {
  return escapedText(`&C${head.slice(0, 120).replaceAll('&', '&&').replace(/^\d/, ' $&')}`)
}

/** Handing on each row by itself would take longer than writing it. */
const pieceLength = 16_384

export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

function cellText({ value, form, isBold = false }: SheetCell, place: string, zone: string): string {
  if (value === null || value === '') return ''
  const number = typeof value === 'number' ? numberOf(value, form) : form === 'instant' ? wallTime(value, zone) : undefined
  if (number !== undefined) return `<c r="${place}" s="${styleOf(form, isBold)}"><v>${number}</v></c>`
  const text = String(value)
  // Text that looks like a formula stays text, even where somebody edits its cell.
  const style = /^[=+\-@\t]/.test(text) ? quotedStyle : styleOf('text', isBold)
  return `<c r="${place}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapedText(text)}</t></is></c>`
}

/** As programs for tables count: times in days, points in hundredths. */
function numberOf(value: number, form: CellForm): number {
  if (form === 'duration') return value / day
  return form === 'points-moved' ? value * 100 : value
}

const day = 86_400_000
/** What such programs call day 0 is the 30th of December 1899. */
const epoch = 25_569

/** Days on the clocks of the zone; undefined where it is no instant. */
function wallTime(instant: string, zone: string): number | undefined {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? undefined : (ms + offsetOf(ms, zone)) / day + epoch
}

/** Clocks are changed on a quarter of an hour. */
function offsetOf(ms: number, zone: string): number {
  const quarter = Math.floor(ms / 900_000)
  return offsets.of(`${zone} ${quarter}`, () => DateTime.fromMillis(quarter * 900_000, { zone }).offset * 60_000)
}

/** Rows come by when things happened, and asking the zone takes as long as all else about a row. */
const offsets = new Memory<string, number>(10_000)

/** The longest text that a cell may hold. */
const longest = 32_767

function escapedText(text: string): string {
  const shown = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  // `_x0041_` is how a letter is written that could not be otherwise.
  return escaped(shown).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
}

/** `A`, `Z`, `AA` … */
function letters(at: number): string {
  return (at >= 26 ? letters(Math.floor(at / 26) - 1) : '') + String.fromCharCode(65 + (at % 26))
}

const quotedStyle = forms.length * 2

function styleOf(form: CellForm, isBold: boolean): number {
  return forms.indexOf(form) + (isBold ? forms.length : 0)
}

/** The look of each form, plain and bold, and of text that looks like a formula. */
export function stylesText(): string {
  const formats: Readonly<Record<CellForm, string>> = {
    text: '@',
    count: '#,##0',
    average: '#,##0.0',
    share: '0.0%',
    duration: '[h]:mm:ss',
    instant: 'yyyy-mm-dd hh:mm',
    points: '#,##0.00',
    rate: '0.00%',
    growth: '+0.0%;-0.0%;0.0%',
    'points-moved': '+0.0" pp";-0.0" pp";0.0" pp"',
  }
  const numFmts = forms.map((form, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escaped(formats[form])}"/>`)
  const top = '<alignment vertical="top"/>'
  const xf = (font: number) => (_: CellForm, at: number) =>
    `<xf numFmtId="${164 + at}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">${top}</xf>`
  const quoted = `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">${top}</xf>`
  const xfs = [...forms.map(xf(0)), ...forms.map(xf(1)), quoted]
  return [
    `${declaration}<styleSheet xmlns="${main}">`,
    `<numFmts count="${numFmts.length}">${numFmts.join('')}</numFmts>`,
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>',
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ].join('')
}
