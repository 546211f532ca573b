import { own } from '../../domain/own.ts'
import type { Locale } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { ReportFigure } from '../../domain/reports/numbers.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { dimensionLabels, fewest, type Dimension } from '../../domain/figures/figure.ts'
import { narrowedText } from '../../domain/reports/narrowed.ts'
import type { Block, Fact } from '../document.ts'
import type { Form } from '../values.ts'
import { filled, words } from '../words.ts'

/** With what a section is drawn. */
export interface Drawing {
  readonly model: ReportModel
  /** What people wrote into the boxes, by the id of their section. */
  readonly texts: Readonly<Record<string, string>>
  readonly locale: Locale
}

export type Kind = ReportSection['kind']
export type SectionOf<K extends Kind> = Extract<ReportSection, { readonly kind: K }>

/** @throws Error where a model speaks of a figure that it does not define */
export function figureOf({ figures }: ReportModel, id: string): ReportFigure {
  const figure = own(figures, id)
  if (!figure) throw new Error(`the model defines no figure ${id}, but a section speaks of it`)
  return figure
}

/** What the figures of a section mean, to what they are narrowed, and `others`, below it. */
export function definitions({ model, locale }: Drawing, ids: readonly string[], others: readonly Fact[] = []): Block {
  const narrowed = narrowedText(model, locale)
  return {
    kind: 'definitions',
    heading: words.definitions[locale],
    items: [
      ...[...new Set(ids)].map((id) => {
        const { label, definition } = figureOf(model, id)
        return { name: label[locale], value: definition[locale] }
      }),
      ...others,
      ...(narrowed === '' ? [] : [{ name: words.narrowed[locale], value: narrowed }]),
    ],
    few: null,
  }
}

/** Says what grey means below whatever shows it. */
export function withLegend(blocks: readonly Block[], locale: Locale): Block[] {
  if (!blocks.some(hasGrey)) return [...blocks]
  const few = filled(words.few[locale], { fewest })
  if (!blocks.some(({ kind }) => kind === 'definitions')) return [...blocks, note(few)]
  return blocks.map((block) => (block.kind === 'definitions' ? { ...block, few } : block))
}

function hasGrey(block: Block): boolean {
  if (block.kind === 'tiles') return block.tiles.some(({ tone, change }) => tone === 'few' || change.tone === 'few')
  return block.kind === 'table' && block.rows.some(({ cells }) => cells.some(({ tone }) => tone === 'few'))
}

/** What a column of parts is called. */
export function headingOf(dimension: Dimension, locale: Locale): string {
  const name = dimensionLabels[dimension][locale]
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

export function note(text: string): Block {
  return { kind: 'note', text }
}

/** In what an axis counts: of times in days, hours or minutes, so that its marks are round. */
export function unitOf(form: Form, most: number): number {
  if (form !== 'duration') return 1
  return [86_400_000, 3_600_000, 60_000].find((unit) => most >= 2 * unit) ?? 1_000
}
