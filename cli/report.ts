import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { readReportContent } from '../api/operations/reports.ts'
import { headPageSchema, headSchema } from '../api/views/process-schemas.ts'
import { said, type Labels } from '../domain/labels.ts'
import { momentText } from '../domain/moment-text.ts'
import { clientFor, whereFor } from './asking.ts'
import { contentPath, download } from './client.ts'
import type { Asking } from './commands/asking.ts'
import type { ReportMade, ReportShown } from './commands/report.ts'
import { columns, pad } from './terminal-text.ts'

/** Reports on a terminal, as the API tells them. */

const words = {
  none: said('还没有报告。', '還沒有報告。', 'There are no reports yet.'),
  asOf: said('数据截至', '資料截至', 'as of'),
  written: said('已写入', '已寫入', 'written to'),
} satisfies Record<string, Labels>

/** Makes a report, waits until it is reckoned, and prints what matters most in it. One that is made already is printed. */
export async function makeReport({ profile, report, period, ...asking }: ReportMade): Promise<void> {
  const made = await clientFor(asking).open('reports', { profile, report, period })
  if (!made.ok) throw new Error([made.refusal.detail, ...(made.refusal.errors ?? []).map(({ message }) => message)].join('\n'))
  const { number } = made.value
  const until = Date.now() + patienceMs
  while ((await stageOf(number, asking)) === 'reckoning' && Date.now() < until) await sleep(500)
  console.log(number)
  await showReport(number, { ...asking, format: 'text' })
}

const patienceMs = 10 * 60_000

export async function listReports(asking: Asking): Promise<void> {
  const { items } = await answered(asking, '/api/reports?limit=100', headPageSchema)
  if (items.length === 0) console.log(words.none[asking.lang])
  const width = Math.max(0, ...items.map(({ number }) => columns(number)))
  for (const { number, stageLabel } of items) console.log(`${pad(number, width)}  ${stageLabel}`)
}

/** @throws Error that says which option is missing, or what the API says is wrong */
export async function showReport(number: string, { format, out, ...asking }: ReportShown): Promise<void> {
  if ((format === 'pdf' || format === 'xlsx') && out === undefined)
    throw new Error(`What is asked for as ${format} is no text: say with --out into which file it goes.`)
  const bytes = format === 'text' ? Buffer.from(await gist(number, asking)) : await fetched(asking, contentPath(number, format))
  if (out === undefined) console.log(bytes.toString())
  else {
    writeFileSync(out, bytes)
    console.log(`${words.written[asking.lang]} ${out}`)
  }
}

/** What matters most in it. */
async function gist(number: string, asking: Asking): Promise<string> {
  const { lang } = asking
  const model = await clientFor(asking).read(readReportContent, { params: { number } })
  const title = `${model.report.label[lang]} · ${model.period} · ${words.asOf[lang]} ${momentText(model.asOf, model.zone, lang, new Date().toISOString())}`
  return [title, '', ...model.highlights.map((sentence) => sentence[lang])].join('\n')
}

async function stageOf(number: string, asking: Asking): Promise<string> {
  return (await answered(asking, `/api/reports/${encodeURIComponent(number)}`, z.looseObject({ stage: headSchema.shape.stage }))).stage
}

async function answered<S extends z.ZodType>(asking: Asking, path: string, schema: S): Promise<z.output<S>> {
  return schema.parse(JSON.parse((await fetched(asking, path)).toString()))
}

function fetched(asking: Asking, path: string): Promise<Buffer> {
  return download({ ...whereFor(asking), locale: asking.lang }, path)
}
