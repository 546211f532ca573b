import { readReportContent } from '../api/operations/reports.ts'
import { z } from 'zod'
import { said } from '../domain/labels.ts'
import { momentText } from '../domain/moment-text.ts'
import { reportStandings, type ReportStanding } from '../domain/reports/model.ts'
import { markOf } from '../reports/make.ts'
import { narrowedText } from '../domain/reports/narrowed.ts'
import { clientFor } from './asking.ts'
import { contentPath } from './client.ts'
import type { Asking } from './commands/asking.ts'
import type { ReportMade, ReportShown } from './commands/report.ts'
import { fetched, headOf, list, opened, putOut, wantFile } from './recurring.ts'

/** Reports on a terminal, as the API tells them. */

const asOf = said('数据截至', '資料截至', 'as of')

/** Makes a report, waits until it is reckoned, and prints what matters most in it. */
export async function makeReport({ profile, report, period, ...asking }: ReportMade): Promise<void> {
  const number = await opened('reports', { profile, report, period }, asking)
  console.log(number)
  await showReport(number, { ...asking, format: 'text' })
}

export function listReports(asking: Asking): Promise<void> {
  return list('reports', asking)
}

/** @throws Error that says which option is missing, or what the API says is wrong */
export async function showReport(number: string, { format, out, ...asking }: ReportShown): Promise<void> {
  wantFile(format, out)
  const bytes = format === 'text' ? Buffer.from(await gist(number, asking)) : await fetched(asking, contentPath(number, format))
  putOut(bytes, { out, lang: asking.lang })
}

/** Of a report's head what says how far it has come. */
const standingSchema = z.looseObject({ stage: z.string(), unreviewed: z.boolean() }).transform(({ stage, unreviewed }): ReportStanding => {
  if (unreviewed) return 'unreviewed'
  return reportStandings.find((standing) => standing === stage) ?? 'released'
})

/** What matters most in it, below the mark that its pages bear. */
async function gist(number: string, asking: Asking): Promise<string> {
  const { lang } = asking
  const model = await clientFor(asking).read(readReportContent, { params: { number } })
  const narrowed = narrowedText(model, lang)
  const title = `${[model.report.label[lang], model.period, ...(narrowed === '' ? [] : [narrowed])].join(' · ')} · ${asOf[lang]} ${momentText(model.asOf, model.zone, lang, new Date().toISOString())}`
  const mark = markOf(await headOf('reports', number, asking, standingSchema), lang)
  return [
    title,
    ...(mark ? [`${mark.name}${lang === 'en' ? '. ' : '：'}${mark.value}`] : []),
    '',
    ...model.highlights.map((sentence) => sentence[lang]),
  ].join('\n')
}
