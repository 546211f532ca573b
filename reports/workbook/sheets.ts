import { shareOf } from '../../domain/figures/figure.ts'
import { own } from '../../domain/own.ts'
import type { Locale } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { ReportNumbers } from '../../domain/reports/numbers.ts'
import type { Block, DocumentSection, Fact, ReportDocument } from '../document.ts'
import { marksText } from '../cells.ts'
import { words } from '../words.ts'
import type { SheetCell } from './sheet.ts'

/** What stands on the sheets that are drawn from the model. */

export type Row = readonly SheetCell[]

/** The head of the report, its highlights, and who signed it. */
export function coverRows({ title, subtitle, owner, facts, record, mark, highlights, signatures }: ReportDocument): Row[] {
  return [
    [bold(title)],
    [text(subtitle)],
    [text(owner)],
    ...(mark ? [[bold(mark.name), text(mark.value)]] : []),
    ...[...(record ? [record.number, record.version] : []), ...facts].map(({ name, value }) => [text(name), text(value)]),
    ...(highlights ? [[], [bold(highlights.heading)], ...highlights.sentences.map((sentence) => [text(sentence)])] : []),
    ...(signatures.length > 0 ? [[]] : []),
    ...signatures.map(({ role, name, at }) => [text(role), text(name ?? ''), text(at.value)]),
  ]
}

/** Every number of every figure that stands side by side with what it was, and what it means. */
export function figureRows(model: ReportModel, locale: Locale): Row[] {
  const lines = model.sections.flatMap((section) => (section.kind === 'figures' ? section.lines : []))
  const times = [
    [words.now, 'now'],
    [words.before, 'before'],
    [words.yearBefore, 'yearBefore'],
  ] as const
  return [
    figureColumns(locale).map(bold),
    ...lines.flatMap((line) => {
      const figure = own(model.figures, line.figure)
      if (!figure) return []
      return times.map(([name, at]): Row => {
        const numbers = line[at]
        const named = [text(figure.label[locale]), text(line.part?.label[locale] ?? ''), text(name[locale])]
        if (numbers === null) return [...named, text(words.unknown[locale])]
        return [...named, ...numberCells(numbers), text(marksText(figure, numbers, locale)), text(figure.definition[locale])]
      })
    }),
  ]
}

function figureColumns(locale: Locale): string[] {
  const time = (name: string, of: string) => `${name} (${of})`
  const [elapsed, worked] = [words.elapsed[locale], words.worked[locale]]
  const spread = [words.median[locale], words.mean[locale], words.p90[locale]]
  return [
    words.figure[locale],
    words.part[locale],
    words.time[locale],
    words.sample[locale],
    words.hits[locale],
    words.share[locale],
    ...spread.map((name) => time(name, elapsed)),
    ...spread.map((name) => time(name, worked)),
    words.toldApart[locale],
    words.definitions[locale],
  ]
}

function numberCells({ n, hits, elapsed, worked }: ReportNumbers): SheetCell[] {
  const spread = (times: ReportNumbers['elapsed']) => [times?.median, times?.mean, times?.p90].map((ms) => number(ms ?? null, 'duration'))
  return [number(n, 'count'), number(hits, 'count'), number(shareOf({ n, hits }), 'share'), ...spread(elapsed), ...spread(worked)]
}

/** A section as it stands on the page, below what each page bears: tables as numbers, and what is said beside them. */
export function sectionRows({ heading, blocks }: DocumentSection, mark: Fact | null): Row[] {
  return [...(mark ? [[bold(mark.name)]] : []), [bold(heading)], ...blocks.flatMap((block) => [...blockRows(block), []])]
}

function blockRows(block: Block): Row[] {
  switch (block.kind) {
    case 'table': {
      // What stands small below a text has a column of its own.
      const noted = block.columns.map((_, at) => block.rows.some(({ cells }) => (cells[at]?.note ?? '') !== ''))
      return [
        block.columns.flatMap(({ heading }, at) => [bold(heading), ...(noted[at] ? [bold('')] : [])]),
        ...block.rows.map(({ cells, isTotal }) =>
          cells.flatMap(({ text: shown, number: told, note }, at): SheetCell[] => [
            told ? { value: told.value, form: told.form, isBold: isTotal } : { ...text(shown), isBold: isTotal },
            ...(noted[at] ? [text(note)] : []),
          ]),
        ),
      ]
    }
    case 'note':
      return [[text(block.text)]]
    case 'definitions':
      return [...(block.few === null ? [] : [[text(block.few)]]), ...block.items.map(({ name, value }) => [text(name), text(value)])]
    case 'suggestions':
      return block.items.map((item) => [text(item.text), text(item.from), text(block.mark)])
    case 'box':
      return [[text(block.prompt)], [text(block.text ?? '')]]
    // Its numbers stand in the table of its section.
    case 'chart':
    case 'tiles':
      return []
  }
}

export function text(value: string): SheetCell {
  return { value, form: 'text' }
}

export function bold(value: string): SheetCell {
  return { value, form: 'text', isBold: true }
}

function number(value: number | null, form: SheetCell['form']): SheetCell {
  return { value, form }
}
