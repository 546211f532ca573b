import { valueOf, type FigureKind, type Numbers, type Span } from './figure.ts'
import { xmr } from './xmr.ts'

/**
 * A figure over time: what it came to in each of these times, the oldest first, and whether that means anything. `perDay` divides a count,
 * where its times are not alike: by how many working days each has.
 */
export function seriesOf(
  kind: FigureKind,
  spans: readonly Pick<Span, 'from' | 'until'>[],
  totals: readonly Numbers[],
  perDay?: (span: Pick<Span, 'from' | 'until'>) => number,
) {
  const values = spans.map((span, at) => {
    const total = totals[at]
    const value = total ? valueOf(kind, total) : null
    if (kind !== 'count' || value === null || perDay === undefined) return value
    const days = perDay(span)
    return days > 0 ? value / days : null
  })
  const chart = xmr(values, { least: 0, most: kind === 'share' ? 1 : Infinity })
  return {
    points: spans.map(({ from, until }, at) => ({
      from,
      until,
      n: totals[at]?.n ?? 0,
      value: values[at] ?? null,
      signal: chart?.signals[at] ?? null,
    })),
    limits: chart ? { mean: chart.mean, lower: chart.lower, upper: chart.upper } : null,
  }
}
