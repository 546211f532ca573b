import { dimensionLabels, valueOf } from '../../domain/figures/figure.ts'
import type { Locale } from '../../domain/labels.ts'
import { barChart } from '../charts/bars.ts'
import { paretoChart } from '../charts/pareto.ts'
import type { Chart } from '../charts/svg.ts'
import { changeCell, column, figureCell, numberCell, row, textCell } from '../cells.ts'
import type { Block, Row } from '../document.ts'
import { countText, shareText } from '../../domain/reports/number-text.ts'
import { axisText, numberText, saysLittle } from '../values.ts'
import { filled, words } from '../words.ts'
import { definitions, figureOf, headingOf, note, unitOf, type Drawing, type SectionOf } from './section.ts'

type Section = SectionOf<'parts'>
type Part = Section['parts'][number]

/** A figure by what it is made of: a chart, and all of it in a table with the period before. */
export function parts(section: Section, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  const figure = figureOf(model, section.figure)
  if (section.parts.length === 0) return [note(words.nothing[locale]), definitions(drawing, [section.figure])]
  const isPareto = section.chart === 'pareto' && figure.kind === 'count'
  const sorted = isPareto ? section.parts.toSorted(byCount) : section.parts
  const [all, whole] = [sum(sorted), section.total?.n ?? sum(sorted)]
  const shareOf = (part: Part) => (figure.kind === 'count' && whole > 0 ? part.now.n / whole : null)
  let added = 0
  const rows = sorted.map((part): Row => {
    added += part.now.n
    return row([
      textCell(part.label[locale]),
      figureCell(figure, part.now, locale),
      ...(figure.kind === 'count' ? [numberCell(shareOf(part), 'share', locale)] : []),
      ...(isPareto ? [numberCell(all === 0 ? null : added / all, 'share', locale)] : []),
      figureCell(figure, part.before, locale),
      changeCell(figure, part.now, part.before, locale),
      ...(figure.kind === 'count' ? [] : [numberCell(part.now.n, 'count', locale)]),
    ])
  })
  return [
    { kind: 'chart', chart: isPareto ? paretoOf(section, sorted, drawing) : barsOf(section, drawing) },
    {
      kind: 'table',
      columns: [
        column(headingOf(section.dimension, locale), { isWide: true }),
        column(words.now[locale], { isNumber: true }),
        ...(figure.kind === 'count' ? [column(words.share[locale], { isNumber: true })] : []),
        ...(isPareto ? [column(words.cumulative[locale], { isNumber: true })] : []),
        column(words.before[locale], { isNumber: true }),
        column(words.change[locale], { isNumber: true }),
        ...(figure.kind === 'count' ? [] : [column(words.sample[locale], { isNumber: true })]),
      ],
      rows: section.total ? [...rows, totalRow(section.total, section, drawing, isPareto)] : rows,
    },
    // Keywords and tags of customers: what has several is in several rows.
    ...(figure.kind === 'count' && all > whole ? [severalNote(section, isPareto ? all : null, locale)] : []),
    definitions(drawing, [section.figure]),
  ]
}

/** `mentions`: of so many it says what they add up to; null: it does not. */
function severalNote({ dimension }: Section, mentions: number | null, locale: Locale): Block {
  const told = [
    filled(words.severalKeys[locale], { what: dimensionLabels[dimension][locale] }),
    ...(mentions === null ? [] : [filled(words.severalCumulative[locale], { all: countText(mentions) })]),
  ]
  return note(told.join(locale === 'en' ? ' ' : ''))
}

function totalRow(total: NonNullable<Section['total']>, section: Section, { model, locale }: Drawing, isPareto: boolean): Row {
  const figure = figureOf(model, section.figure)
  const empty = textCell('')
  return row(
    [
      textCell(words.total[locale]),
      figureCell(figure, total, locale),
      ...(figure.kind === 'count' ? [empty] : []),
      ...(isPareto ? [empty] : []),
      empty,
      empty,
      ...(figure.kind === 'count' ? [] : [numberCell(total.n, 'count', locale)]),
    ],
    true,
  )
}

/** More are not read; the table has them. */
const mostBars = 14

function barsOf(section: Section, { model, locale }: Drawing): Chart {
  const figure = figureOf(model, section.figure)
  const shown = section.parts.slice(0, mostBars)
  const values = shown.flatMap(({ now, before }) => [valueOf(figure.kind, now) ?? 0, (before && valueOf(figure.kind, before)) ?? 0])
  return barChart({
    alt: `${section.heading[locale]}: ${shown.map((part) => `${part.label[locale]} ${figureCell(figure, part.now, locale).text}`).join(', ')}`,
    bars: shown.map(({ label, now, before }) => ({
      name: label[locale],
      value: valueOf(figure.kind, now),
      before: before && valueOf(figure.kind, before),
      isFew: saysLittle(figure.kind, now),
      says: `${label[locale]}: ${figureCell(figure, now, locale).text}`,
    })),
    legend: { now: words.now[locale], before: words.before[locale] },
    unit: unitOf(figure.kind, Math.max(...values)),
    most: figure.kind === 'share' ? 1 : Infinity,
    text: (value) => numberText(value, figure.kind, locale),
    axis: (value) => axisText(value, figure.kind, locale),
  })
}

/** What is left is drawn as one. */
const mostCauses = 11

function paretoOf({ heading }: Section, sorted: readonly Part[], { locale }: Drawing): Chart {
  const all = sum(sorted)
  const [shown, rest] = [sorted.slice(0, mostCauses), sorted.slice(mostCauses)]
  const named = [
    ...shown.map(({ label, now }) => ({ name: label[locale], n: now.n, isRest: false })),
    ...(rest.length > 0 ? [{ name: words.others[locale].replace('{count}', String(rest.length)), n: sum(rest), isRest: true }] : []),
  ]
  let added = 0
  const bars = named.map(({ name, n, isRest }) => {
    // The one that passes the line belongs to the few; many small ones never do.
    const isVital = !isRest && added < 0.8 * all
    added += n
    return { name, n, cumulative: all === 0 ? 0 : added / all, isVital }
  })
  return paretoChart({
    alt: `${heading[locale]}: ${bars.map(({ name, n, cumulative }) => `${name} ${countText(n)} (${shareText(cumulative)})`).join(', ')}`,
    bars,
    count: countText,
    share: shareText,
  })
}

function byCount(one: Part, other: Part): number {
  return other.now.n - one.now.n
}

function sum(some: readonly Part[]): number {
  return some.reduce((all, { now }) => all + now.n, 0)
}
