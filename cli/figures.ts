import type { AnswerOf } from '../api/openapi/operation.ts'
import { listFigures, readFigure } from '../api/operations/figures.ts'
import { said, type Labels } from '../domain/labels.ts'
import { clientFor } from './asking.ts'
import type { Asking } from './commands/asking.ts'
import type { FigureAsked } from './commands/figures.ts'
import { words as reportWords } from '../reports/words.ts'
import { columns, pad, padStart, wrap } from './terminal-text.ts'

/** Figures on a terminal, as the API tells them. */

const words = {
  total: said('合计', '合計', 'all'),
  before: said('上一期', '上一期', 'before'),
  yearBefore: said('去年同期', '去年同期', 'a year before'),
  count: said('数量', '數量', 'n'),
  hits: said('其中', '其中', 'of them'),
  share: said('占比', '占比', 'share'),
  median: said('中位数（时:分）', '中位數（時:分）', 'median (h:min)'),
  p90: said('九成以内', '九成以內', '90 % within'),
  mean: said('平均', '平均', 'mean'),
  working: said('工作时间中位数', '工作時間中位數', 'working median'),
  few: said('样本不足 20，仅供参考', '樣本不足 20，僅供參考', 'fewer than 20: says little'),
} satisfies Record<string, Labels>

export async function printFigures(asking: Asking): Promise<void> {
  const { items } = await clientFor(asking).read(listFigures)
  const width = Math.max(...items.map(({ id }) => id.length))
  for (const { id, label, definition } of items) {
    console.log(`${id.padEnd(width)}  ${label}`)
    for (const line of wrap(definition, 96 - width)) console.log(`${' '.repeat(width)}  ${line}`)
  }
}

/** @throws Error that says which option is missing */
export async function printFigure(id: string, { profile, from, until, asOf, by, where, ...asking }: FigureAsked): Promise<void> {
  if (profile === undefined || from === undefined || until === undefined)
    throw new Error(
      'A figure is of a profile and a time: give --profile, --from and --until, such as --profile tech-support --from 2026-11-01 --until 2026-12-01.',
    )
  const query = {
    profile,
    from,
    until,
    compare: 'true' as const,
    ...(asOf !== undefined && { asOf }),
    ...(by !== undefined && { splitBy: by }),
    ...where,
  }
  const figure = await clientFor(asking).read(readFigure, { params: { id }, query })
  const { lang } = asking
  console.log(`${figure.label} · ${figure.profile} · ${from} – ${until}`)
  const rows = [
    ...figure.parts.map((part) => line(part.label, part, figure.kind)),
    ...(figure.total ? (['total', 'before', 'yearBefore'] as const) : []).map((which) => {
      const { [which]: numbers } = figure
      return numbers ? line(words[which][lang], numbers, figure.kind) : [words[which][lang], reportWords.unknown[lang]]
    }),
  ]
  for (const text of aligned([['', ...heads[figure.kind].map((head) => words[head][lang])], ...rows])) console.log(text)
  for (const { label, count, counted } of figure.total?.marks ?? [])
    console.log(`  ${reportWords[counted ? 'ofWhich' : 'besides'][lang]} ${label}: ${count}`)
  console.log('')
  for (const text of wrap(figure.definition, 96)) console.log(text)
  if (figure.total?.few === true) console.log(`(${words.few[lang]})`)
}

type Shown = AnswerOf<typeof readFigure>
type Numbers = NonNullable<Shown['total']>

const heads = {
  count: ['count'],
  share: ['share', 'hits', 'count'],
  duration: ['median', 'p90', 'mean', 'working', 'count'],
} as const satisfies Record<Shown['kind'], readonly (keyof typeof words)[]>

function line(label: string, { n, hits, share, elapsed, working }: Numbers, kind: Shown['kind']): string[] {
  const time = (ms: number | undefined) => (ms === undefined ? '—' : hoursAndMinutes(ms))
  switch (kind) {
    case 'count':
      return [label, String(n)]
    case 'share':
      return [label, share === null ? '—' : `${(share * 100).toFixed(1)} %`, String(hits ?? 0), String(n)]
    case 'duration':
      return [label, time(elapsed?.medianMs), time(elapsed?.p90Ms), time(elapsed?.meanMs), time(working?.medianMs), String(n)]
  }
}

/** `26:05` */
function hoursAndMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => columns(row[at] ?? ''))))
  return rows.map((row) => row.map((text, at) => (at === 0 ? pad : padStart)(text, widths[at] ?? 0)).join('  '))
}
