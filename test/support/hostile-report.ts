import { said, type Labels } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import { sampleReport } from './sample-reports.ts'

/** Texts that mean something to whoever would read them as anything but letters. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '#import "@preview/evil:0.1.0": *; #read("/etc/passwd") *bold* _it_ $x^2$ `raw` @ref <label>',
  "=cmd|'/c calc'!A1",
  '+1+1',
  '-2+3',
  '@SUM(A1:A9)',
  '打印机 🖨️ 坏了 😭👨‍👩‍👧‍👦 🇨🇳 1️⃣ ✅',
  'W'.repeat(300),
  '长'.repeat(300),
  'null \u0000 bell \u0007 escape \u001b[31m next\u2028line \ud83d half',
  '\u202Egnp.exe right to left',
  '{{ title }} ${title} %s \\n \\u{41} ]]> --> */',
]

/** A monthly report whose every text is one of these. */
export function hostileReport(): ReportModel {
  let at = 0
  const next = () => hostileTexts[at++ % hostileTexts.length] ?? ''
  const labels = (): Labels => said(next(), next(), next())
  const model = sampleReport('monthly')
  return {
    ...model,
    report: { ...model.report, label: labels() },
    profile: { ...model.profile, label: labels() },
    record: { number: next(), version: next() },
    highlights: model.highlights.map(labels),
    figures: Object.fromEntries(
      Object.entries({ ...sampleReport('quarterly').figures, ...model.figures }).map(([id, figure]) => [
        id,
        { ...figure, label: labels(), definition: labels(), unit: labels() },
      ]),
    ),
    sections: [
      {
        id: 'tickets',
        heading: labels(),
        kind: 'tickets',
        list: 'breaches',
        total: 40,
        rows: hostileTexts.map((title, nth) => ({
          number: `TS${nth}`,
          title,
          type: labels(),
          priority: labels(),
          team: labels(),
          clock: labels(),
          at: model.asOf,
          late: 60_000 * nth,
        })),
      },
      {
        id: 'actions',
        heading: labels(),
        kind: 'actions',
        rows: hostileTexts.map((text) => ({
          review: next(),
          action: text,
          owner: next(),
          dueAt: model.asOf,
          overdue: true,
          state: labels(),
        })),
      },
      {
        id: 'judged',
        heading: labels(),
        kind: 'samples',
        total: 40,
        rows: hostileTexts.map((title, nth) => ({
          ...{
            number: `TS${nth}`,
            title,
            sample: labels(),
            named: true,
            at: model.asOf,
            met: 0,
            of: 1,
            unmet: [labels(), labels()],
            remark: next(),
          },
        })),
      },
      { id: 'box', heading: labels(), kind: 'written', prompt: labels() },
      ...model.sections.map((section) => ({ ...section, heading: labels() })),
    ],
  }
}
