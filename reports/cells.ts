import { valueOf } from '../domain/figures/figure.ts'
import type { Instant } from '../domain/instant.ts'
import { own } from '../domain/own.ts'
import type { ReportFigure, ReportNumbers } from '../domain/reports/numbers.ts'
import type { Locale } from '../domain/labels.ts'
import type { Cell, Column, Row } from './document.ts'
import { countText } from '../domain/reports/number-text.ts'
import { changeOf, dash, durationText, numberText, pointsText, saysLittle, type Form, type Tone } from './values.ts'
import { words } from './words.ts'

/** Pieces of tables. */

export function column(heading: string, { isNumber = false, isWide = false } = {}): Column {
  return { heading, isNumber, isWide }
}

export function textCell(text: string, { tone = 'plain', note = '' }: { readonly tone?: Tone; readonly note?: string } = {}): Cell {
  return { text, tone, note, number: null }
}

/** An instant, as it is shown. */
export function instantCell(at: Instant, shown: string, how: { readonly tone?: Tone; readonly note?: string } = {}): Cell {
  return { ...textCell(shown, how), number: { value: at, form: 'instant' } }
}

export function numberCell(value: number | null, form: Form, locale: Locale, tone: Tone = 'plain'): Cell {
  if (value === null) return textCell(dash, { tone: 'absent' })
  return { text: numberText(value, form, locale), tone, note: '', number: { value, form } }
}

/** What is read of a figure first; `unknown` says that nothing is known of that time. */
export function figureCell({ kind }: Pick<ReportFigure, 'kind'>, numbers: ReportNumbers | null, locale: Locale): Cell {
  if (numbers === null) return textCell(words.unknown[locale], { tone: 'absent' })
  return numberCell(valueOf(kind, numbers), kind, locale, saysLittle(kind, numbers) ? 'few' : 'plain')
}

/** What else is known of how long things took: the mean alone would hide the one that took for ever. */
export function spreadText({ elapsed, worked }: ReportNumbers, locale: Locale): string {
  if (elapsed === null) return ''
  const more = [
    words.isMedian[locale],
    `${words.p90[locale]} ${durationText(elapsed.p90, locale)}`,
    `${words.mean[locale]} ${durationText(elapsed.mean, locale)}`,
    ...(worked ? [`${words.worked[locale]} ${durationText(worked.median, locale, 'worked')}`] : []),
  ]
  return more.join(' · ')
}

export function changeCell(figure: ReportFigure, now: ReportNumbers, before: ReportNumbers | null, locale: Locale): Cell {
  return { note: '', ...changeOf(figure, now, before, locale) }
}

/** By how many points one share is above another. */
export function pointsCell(difference: number | null, locale: Locale, tone: Tone): Cell {
  if (difference === null) return textCell(dash, { tone: 'absent' })
  return { text: pointsText(difference, locale), tone, note: '', number: { value: difference, form: 'points-moved' } }
}

export function row(cells: readonly Cell[], isTotal = false): Row {
  return { cells, isTotal }
}

/**
 * What is told apart of a number, a line for what it holds and one for what it does not: `其中：已撤回 3 · 已合并 2`, `不计入：当场受理 97`. Of old
 * reports nobody says which. Those of which there are none are left out.
 */
export function marksText(
  { marks: names, beside }: Pick<ReportFigure, 'marks' | 'beside'>,
  { marks }: ReportNumbers,
  locale: Locale,
): string {
  const told = (word: 'ofWhich' | 'besides' | 'toldApart', isMeant: (id: string) => boolean) => {
    const texts = Object.entries(names)
      .filter(([id]) => isMeant(id) && (own(marks, id) ?? 0) > 0)
      .map(([id, label]) => `${label[locale]}${locale === 'en' ? ': ' : ' '}${countText(own(marks, id) ?? 0)}`)
    return texts.length === 0 ? [] : [`${words[word][locale]}${locale === 'en' ? ': ' : '：'}${texts.join(' · ')}`]
  }
  if (!beside) return told('toldApart', () => true).join('')
  return [...told('ofWhich', (id) => !beside.includes(id)), ...told('besides', (id) => beside.includes(id))].join('\n')
}
