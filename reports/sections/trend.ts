import { trendChart } from '../charts/trend.ts'
import { column, numberCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { axisText, numberText, periodText, pointText, saysLittle } from '../values.ts'
import { words } from '../words.ts'
import { definitions, figureOf, note, unitOf, type Drawing, type SectionOf } from './section.ts'

/** A figure over time, with its natural limits. What lies outside them is a signal, the rest is noise. */
export function trend(section: SectionOf<'trend'>, drawing: Drawing): Block[] {
  const { model, locale } = drawing
  const { points, limits } = section
  const figure = figureOf(model, section.figure)
  const signals = points.filter(({ signal }) => signal !== null)
  const named = points.map((point, at) => ({ ...point, name: pointText(point.from, model, locale, at === 0) }))
  const form = section.perWorkingDay && figure.kind === 'count' ? 'average' : figure.kind
  const text = (value: number) => numberText(value, form, locale)
  const heading = [
    section.part ? `${figure.label[locale]} · ${section.part.label[locale]}` : figure.label[locale],
    ...(section.perWorkingDay ? [words.perWorkingDay[locale]] : []),
  ].join(' · ')
  const most = Math.max(0, ...points.flatMap(({ value }) => value ?? []))
  return [
    {
      kind: 'chart',
      chart: trendChart({
        alt: `${heading}: ${named.map(({ name, value }) => `${name.replace('\n', ' ')} ${value === null ? '—' : text(value)}`).join(', ')}`,
        points: named.map(({ name, value, signal }) => ({
          name,
          value,
          isSignal: signal !== null,
          says: `${name.replace('\n', ' ')}: ${value === null ? '—' : text(value)}${signal ? ` (${words.signals[signal][locale]})` : ''}`,
        })),
        limits,
        limitNames: { mean: words.average[locale], upper: words.upperLimit[locale], lower: words.lowerLimit[locale] },
        least: 0,
        most: figure.kind === 'share' ? 1 : Infinity,
        unit: unitOf(figure.kind, most),
        text,
        axis: (value, more) => axisText(value, form, locale, more),
      }),
    },
    note(`${heading}${locale === 'en' ? '. ' : '。'}${limits ? words.limits[locale] : words.noLimits[locale]}`),
    ...(limits && signals.length === 0 ? [note(words.noSignal[locale])] : []),
    ...(signals.length > 0 ? [signalsNote(section, drawing)] : []),
    {
      kind: 'table',
      detail: words.numbers[locale],
      columns: [
        column(words.time[locale], { isWide: true }),
        column(heading, { isNumber: true }),
        column(words.sample[locale], { isNumber: true }),
        column(words.signal[locale]),
      ],
      rows: points.map(({ from, until, n, value, signal }) =>
        row([
          textCell(periodText({ ...model, from, until }, locale)),
          numberCell(value, form, locale, saysLittle(figure.kind, { n }) ? 'few' : 'plain'),
          numberCell(n, 'count', locale),
          textCell(signal ? words.signals[signal][locale] : '', { tone: 'bad' }),
        ]),
      ),
    },
    definitions(drawing, [section.figure]),
  ]
}

/** What is out of the usual, in words. */
function signalsNote({ points }: SectionOf<'trend'>, { model, locale }: Drawing): Block {
  const told = points.flatMap(({ from, until, signal }) =>
    signal ? [`${periodText({ ...model, from, until }, locale)} ${words.signals[signal][locale]}`] : [],
  )
  return note(`${words.signal[locale]}${locale === 'en' ? ': ' : '：'}${told.join(locale === 'en' ? '; ' : '；')}`)
}
