import { said } from '../../domain/labels.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { drivers } from '../../processes/ticket/figures/drivers.ts'
import { sampleComments } from './sample-comments.ts'
import { clocks, teams } from './sample-names.ts'
import type { Sample } from './sample-sections.ts'

/** What the sample reports say of customers' satisfaction, and of teams at an equal mix. */

export function drivenBy({ chance, volume }: Sample): ReportSection {
  const all = Math.round(volume * 0.44)
  // Where something happened: so many, and so much less satisfied than the others.
  const happened = { broken: [0.17, 0.24], transferred: [0.28, 0.06], reopened: [0.03, 0.31] } as const
  const share = (n: number, satisfied: number) => ({ n, hits: Math.round(n * satisfied), elapsed: null, worked: null, marks: {} })
  const rows = drivers.map(({ id, label, yes, no, definition }) => {
    const [part, worse] = happened[id]
    const n = Math.max(1, Math.round(chance.about(all * part)))
    return {
      ...{ driver: id, label, definition },
      yes: { label: yes, numbers: share(n, 0.93 - worse) },
      no: { label: no, numbers: share(all - n, 0.93) },
    }
  })
  const heading = said('影响客户满意度的关键因素', '影響客戶滿意度的關鍵因素', 'What moves customer satisfaction')
  return {
    id: 'drivers',
    heading,
    kind: 'drivers',
    figure: 'satisfaction',
    total: share(all, 0.9),
    rows: rows.toSorted((a, b) => b.no.numbers.n - a.no.numbers.n).toReversed(),
  }
}

export function mix({ chance, volume }: Sample, figure: 'attainment' | 'resolution-rate' = 'attainment'): ReportSection {
  const sizes = [0.52, 0.28, 0.12, 0.06, 0.015]
  const rows = teams.map((label, at) => {
    const n = Math.max(3, Math.round(chance.about(volume * (sizes[at] ?? 0))))
    const raw = chance.about([0.91, 0.79, 0.88, 0.94, 0.66][at] ?? 0.9, 0.02)
    const covered = [1, 0.94, 0.81, 0.58, 0.21][at] ?? 1
    const hits = Math.min(n, Math.round(n * raw))
    return {
      ...{ key: `team-${at}`, label, now: { n, hits, elapsed: null, worked: null, marks: {} } },
      ...{ atEqualMix: covered < 0.5 ? null : ([0.885, 0.872, 0.861, 0.902][at] ?? 0.9), covered, effective: n * (covered - 0.1) },
    }
  })
  const sum = (of: 'n' | 'hits') => rows.reduce((all, { now }) => all + now[of], 0)
  return {
    id: 'equal-mix',
    heading: said(
      '承诺达成率（解决闭环）：按团队（同等工单构成）',
      '承諾達成率（解決閉環）：依團隊（同等工單組成）',
      'Promises kept (Resolution): by team, at an equal mix of tickets',
    ),
    kind: 'equal-mix',
    figure,
    part: figure === 'attainment' ? { key: 'resolution', label: clocks.resolution } : null,
    total: { n: sum('n'), hits: sum('hits'), elapsed: null, worked: null, marks: {} },
    rows,
  }
}

export function comments({ chance, volume }: Sample): ReportSection {
  const all = Math.round(volume * 0.44)
  const numbers = (n: number, satisfied: number) => ({ n, hits: Math.round(n * satisfied), elapsed: null, worked: null, marks: {} })
  const themes = sampleComments.map(({ label, part, satisfied, examples }, at) => ({
    key: at === sampleComments.length - 1 ? null : `theme-${at}`,
    label,
    now: numbers(Math.round(all * part * 0.8), satisfied),
    examples: examples.map(([score, text]) => ({ number: `TS2026${String(900_000 + chance.between(1, 9_999))}`, score, text })),
  }))
  return {
    id: 'comments',
    heading: said('客户意见主题', '客戶意見主題', 'What customers say, by theme'),
    kind: 'comments',
    figure: 'satisfaction',
    answers: numbers(all, 0.9),
    total: numbers(Math.round(all * 0.8), 0.89),
    themes,
  }
}
