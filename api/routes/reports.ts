import { headOf } from '../../db/heads.ts'
import { signedOf } from '../../db/report-signatures.ts'
import { page } from '../../reports/page/page.ts'
import { pdf } from '../../reports/pdf/pdf.ts'
import { modelOf, reportModels, type StoredModel } from '../../db/models.ts'
import { instantOf } from '../../domain/instant.ts'
import { languageFor } from '../../domain/profile/languages.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { conflict } from '../../domain/rejection.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import { changedSince } from '../../processes/report/changed.ts'
import { report } from '../../processes/report/host.ts'
import { subjectOf } from '../../processes/report/make.ts'
import { hostOf } from '../../processes/hosting.ts'
import { rowsBehind } from '../../processes/report/rows.ts'
import { workbook } from '../../reports/workbook/workbook.ts'
import { visibleToStaff } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import { fileNameOf } from '../http/file-name.ts'
import * as operations from '../operations/reports.ts'
import { rejected } from '../problems/problem.ts'
import { changeView } from '../views/reports.ts'
import { reads, type App } from './serving.ts'
import { streamOf } from './streaming.ts'

/** What reports hold, beside what is told of every process. */
export function addReports(app: App, context: Context): void {
  const { db, clock, drawing, processes, profileOf } = context
  if (!hostOf(processes, report.process.name)) return

  reads(app, operations.readReportContent, async ({ c, caller, params: { number }, query: { format }, answer, file }) => {
    const { model, profile } = await keptFor(number, caller)
    const locale = languageFor(profile, c.get('locale'))
    const name = fileNameOf(number, format)
    switch (format) {
      case 'model':
        return answer(model)
      case 'html':
        return file(operations.reportFormats.html, await drawing.inTurn(async () => page(model, await signedOf(db, number), locale)), name)
      case 'xlsx': {
        const [subject, signed] = await Promise.all([subjectOf(context, number), signedOf(db, number)])
        // Piece by piece, figure by figure: a year of rows is never held at once.
        return file(operations.reportFormats.xlsx, streamOf(workbook(model, rowsBehind(subject, model, locale), locale, { signed })), name)
      }
      case 'pdf':
        return file(operations.reportFormats.pdf, await drawing.pdf(async () => pdf(model, await signedOf(db, number), locale)), name)
    }
  })

  reads(app, operations.readReportChanges, async ({ c, caller, params: { number }, answer }) => {
    const { model } = await keptFor(number, caller)
    const now = instantOf(clock.now().getTime())
    const changed = await drawing.inTurn(async () => changedSince(await subjectOf(context, number), model, now))
    return answer({ asOf: model.asOf, now, items: changed.map((one) => changeView(one, c.get('locale'))) })
  })

  async function keptFor(number: string, caller: Caller): Promise<StoredModel<ReportModel> & { readonly profile: Profile }> {
    const head = visibleToStaff(await headOf(db, number, report.process.name), caller, number, report.desk)
    const kept = await modelOf(db, reportModels, number)
    if (!kept) throw rejected(conflict('not-reckoned', { number }))
    return { ...kept, profile: await profileOf(head) }
  }
}
