import { own } from '../../domain/own.ts'
import { epochMs, type Instant } from '../../domain/instant.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import type { ReportModel, Signed } from '../../domain/reports/model.ts'
import { escaped, widthOf } from '../charts/svg.ts'
import type { ReportDocument } from '../document.ts'
import { documentOf } from '../make.ts'
import { words } from '../words.ts'
import { bold, coverRows, figureRows, sectionRows, type Row } from './sheets.ts'
import { declaration, main, sheetText, stylesText, type CellForm } from './sheet.ts'
import { zipped, type Entry } from './zip.ts'

/** The rows behind a figure: what was counted, one by one. */
export interface FigureRows {
  /** Its id. */
  readonly figure: string
  /** What they are of, where it is more than the figure. */
  readonly name?: Labels
  readonly columns: readonly { readonly label: Labels; readonly form: CellForm }[]
  /** As many values as columns: instants in ISO 8601, times in milliseconds. */
  readonly rows: AsyncIterable<readonly RowValue[]> | Iterable<readonly RowValue[]>
}
export type RowValue = string | number | null

export interface WorkbookOptions {
  readonly signed: Signed
  /** Header included. */
  readonly mostRows?: number
}

/** Rows that a sheet can have. */
const excelsLimit = 1_048_576

/**
 * A report as a workbook (.xlsx), piece by piece: what stands on its page as numbers, and behind it what was counted. However many rows there are,
 * none but the one at hand is held. Instants are wall time of the report's zone, since programs for tables know no zones.
 */
export function workbook(
  model: ReportModel,
  rowsOf: AsyncIterable<FigureRows> | Iterable<FigureRows>,
  locale: Locale,
  { signed, mostRows = excelsLimit }: WorkbookOptions,
): AsyncGenerator<Uint8Array> {
  return zipped(entriesOf({ model, rowsOf, locale, signed, mostRows }), new Date(epochMs(model.asOf)))
}

/** Any document as a workbook: a cover, and a sheet for each of its sections. */
export function workbookOf(
  document: ReportDocument,
  { locale, zone, asOf }: { readonly locale: Locale; readonly zone: string; readonly asOf: Instant },
): AsyncGenerator<Uint8Array> {
  return zipped(sheetsOf(document, { locale, zone }), new Date(epochMs(asOf)))
}

async function* sheetsOf(
  document: ReportDocument,
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
): AsyncGenerator<Entry> {
  const names = new Names()
  for (const [name, rows] of [
    [words.cover[locale], coverRows(document)],
    ...document.sections.map((section) => [section.heading, sectionRows(section, document.mark)] as const),
  ] as const)
    yield drawnSheet({ names, head: headOf(document), zone }, name, rows, widthsOf(rows), 0)
  yield* frame(names.all)
}

interface Subject extends Required<WorkbookOptions> {
  readonly model: ReportModel
  readonly rowsOf: AsyncIterable<FigureRows> | Iterable<FigureRows>
  readonly locale: Locale
}

async function* entriesOf(subject: Subject): AsyncGenerator<Entry> {
  const { model, locale, signed, rowsOf } = subject
  const document = documentOf(model, signed, locale)
  const names = new Names()
  const sheet = (name: string, rows: AsyncIterable<Row> | Iterable<Row>, widths: readonly number[], frozen: number) =>
    drawnSheet({ names, head: headOf(document), zone: model.zone }, name, rows, widths, frozen)
  for (const [name, rows, frozen] of [
    [words.cover[locale], coverRows(document), 0],
    [words.figures[locale], figureRows(model, locale), 1],
    ...document.sections.map((section) => [section.heading, sectionRows(section, document.mark), 0] as const),
  ] as const)
    yield sheet(name, rows, widthsOf(rows), frozen)
  for await (const figure of rowsOf) {
    const header = figure.columns.map(({ label }) => bold(label[locale]))
    const of = figure.name ?? own(model.figures, figure.figure)?.label
    const name = `${words.rows[locale]} ${of?.[locale] ?? figure.figure}`
    const widths = figure.columns.map(({ label, form }) => Math.max(lettersOf(label[locale]), usualWidths[form]))
    for await (const rows of pages(figure, subject.mostRows - 1)) yield sheet(name, withHeader(header, rows), widths, 1)
  }
  yield* frame(names.all)
}

/** What each printed page says of what it is of. */
function headOf({ title, subtitle, mark }: ReportDocument): string {
  return [title, subtitle, ...(mark ? [mark.name] : [])].join(' · ')
}

function drawnSheet(
  { names, head, zone }: { readonly names: Names; readonly head: string; readonly zone: string },
  name: string,
  rows: AsyncIterable<Row> | Iterable<Row>,
  widths: readonly number[],
  frozen: number,
): Entry {
  const unique = names.taken(name)
  return { name: `xl/worksheets/sheet${names.all.length}.xml`, content: sheetText({ name: unique, widths, frozen, head, zone }, rows) }
}

/** As programs for tables are used to it. */
const usualWidths: Readonly<Record<CellForm, number>> = {
  text: 24,
  count: 10,
  average: 10,
  share: 10,
  duration: 12,
  instant: 18,
  points: 10,
  rate: 10,
  growth: 10,
  'points-moved': 10,
}

/** The rows of a figure in as many sheets as they need; one where there are none. */
async function* pages({ columns, rows }: FigureRows, most: number): AsyncGenerator<AsyncIterable<Row>> {
  const source = iteratorOf(rows)
  let next = await source.next()
  async function* page(): AsyncGenerator<Row> {
    for (let count = 0; count < most && next.done !== true; count += 1) {
      yield next.value.map((value, at) => ({ value, form: columns[at]?.form ?? 'text' }))
      next = await source.next()
    }
  }
  try {
    do yield page()
    while (next.done !== true)
  } finally {
    // Where nobody reads on, whoever reads rows is to let go of the database.
    await source.return(undefined)
  }
}

async function* iteratorOf(rows: FigureRows['rows']): AsyncGenerator<readonly RowValue[]> {
  yield* rows
}

async function* withHeader(header: Row, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  yield header
  yield* rows
}

function widthsOf(rows: readonly Row[]): number[] {
  const columns = Math.max(0, ...rows.map(({ length }) => length))
  return Array.from({ length: columns }, (_, at) =>
    // A text that stands alone runs over the cells beside it.
    Math.max(9, ...rows.filter(({ length }) => length > 1).map((row) => Math.min(48, lettersOf(String(row[at]?.value ?? ''))))),
  )
}

/** Width in letters of usual size. */
function lettersOf(text: string): number {
  return Math.ceil(widthOf(text, 1) / 0.55) + 2
}

/** Names of sheets, each once and as short as they may be. */
class Names {
  readonly all: string[] = []
  taken(wanted: string): string {
    const plain =
      wanted
        .replace(/[[\]:*?/\\\s]+/g, ' ')
        .replace(/^'|'$/g, '')
        .trim() || '—'
    let name = cut(plain, '')
    for (let nth = 2; [...reserved, ...this.all].some((other) => other.toLowerCase() === name.toLowerCase()); nth += 1)
      name = cut(plain, ` (${nth})`)
    this.all.push(name)
    return name
  }
}

/** Excel opens no workbook in which a sheet is called that. */
const reserved = ['History']

const longestName = 31

/** Between words, where it has any, and not after one that says nothing by itself; with a sign that it goes on. */
function cut(name: string, suffix: string): string {
  const room = longestName - suffix.length
  if (name.length <= room) return `${name}${suffix}`
  const shown = name.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, '')
  const [begun, next] = [shown.lastIndexOf(' '), name.charAt(shown.length)]
  const whole = next !== ' ' && begun > room / 2 ? shown.slice(0, begun) : shown
  return `${whole.replace(/(?: (?:by|of|at|an|the|to|and|that|in))+ ?$/, '').trimEnd()}…${suffix}`
}

/** What names the sheets, known when all of them are there. */
function* frame(names: readonly string[]): Generator<Entry> {
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packaged = 'http://schemas.openxmlformats.org/package/2006'
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const relation = (id: string, kind: string, target: string) => `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`
  const related = (all: readonly string[]) =>
    `${declaration}<Relationships xmlns="${packaged}/relationships">${all.join('')}</Relationships>`
  const override = (part: string, kind: string) => `<Override PartName="/${part}" ContentType="${types}.${kind}+xml"/>`
  yield { name: 'xl/styles.xml', content: [stylesText()] }
  yield {
    name: 'xl/workbook.xml',
    content: [
      `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>`,
      ...names.map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`),
      '</sheets></workbook>',
    ],
  }
  yield {
    name: 'xl/_rels/workbook.xml.rels',
    content: [
      related([
        ...names.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
        relation('styles', 'styles', 'styles.xml'),
      ]),
    ],
  }
  yield { name: '_rels/.rels', content: [related([relation('rId1', 'officeDocument', 'xl/workbook.xml')])] }
  yield {
    name: '[Content_Types].xml',
    content: [
      `${declaration}<Types xmlns="${packaged}/content-types">`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>',
      override('xl/workbook.xml', 'sheet.main'),
      override('xl/styles.xml', 'styles'),
      ...names.map((_, at) => override(`xl/worksheets/sheet${at + 1}.xml`, 'worksheet')),
      '</Types>',
    ],
  }
}
