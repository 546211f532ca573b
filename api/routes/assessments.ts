import { decisionsOf } from '../../db/assessment-decisions.ts'
import { headOf } from '../../db/heads.ts'
import { assessmentModels, modelOf } from '../../db/models.ts'
import { accountsOf, type Account } from '../../domain/assessment/account.ts'
import { subjectKey, type AssessmentModel } from '../../domain/assessment/model.ts'
import { mayReadScore } from '../../domain/assessment/rights.ts'
import { conflict, forbidden } from '../../domain/rejection.ts'
import { assessment } from '../../processes/assessment/host.ts'
import { rosterOf } from '../../processes/assessment/roster.ts'
import { hostOf } from '../../processes/hosting.ts'
import { assessmentDocument } from '../../reports/assessment/document.ts'
import { pageOf } from '../../reports/page/page.ts'
import { pdfOf } from '../../reports/pdf/pdf.ts'
import { workbookOf } from '../../reports/workbook/workbook.ts'
import { unknownProcess } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import * as operations from '../operations/assessments.ts'
import { reportFormats } from '../operations/reports.ts'
import { invalidInput, problem, rejected } from '../problems/problem.ts'
import { accountView, idsInAccount, scoreView, type ShownScore } from '../views/assessments.ts'
import { reads, type App } from './serving.ts'
import { streamOf } from './streaming.ts'

/** Scores, beside what is told of every process. Whatever is answered here is cut to what the caller may see, before anything else is looked at. */
export function addAssessments(app: App, context: Context): void {
  const { db, drawing, processes } = context
  if (!hostOf(processes, assessment.process.name)) return

  reads(
    app,
    operations.listScores,
    async ({ c, caller, params: { number }, answer }) => {
      const { model, told } = await seenBy(caller, number)
      const locale = c.get('locale')
      return answer({
        number,
        label: model.label[locale],
        period: model.period,
        asOf: model.asOf,
        items: told.map((one) => scoreView(one, locale)),
        names: await namesIn(told, locale),
      })
    },
    refuseStrangers,
  )

  reads(
    app,
    operations.readScore,
    async ({ c, caller, params: { number, kind, id }, answer }) => {
      const { told } = await seenBy(caller, number, subjectKey({ kind, id }))
      const [one] = told
      if (!one) throw problem(kind === 'person' ? 'unknown-person' : 'unknown-team', { id })
      const locale = c.get('locale')
      return answer({ number, account: accountView(one, locale), names: await namesIn(told, locale) })
    },
    refuseStrangers,
  )

  reads(
    app,
    operations.readAssessmentContent,
    async ({ c, caller, params: { number }, query: { format, subject }, answer, file }) => {
      if (subject === undefined && !isManagement(caller)) throw rejected(forbidden('scores-closed'))
      const { model, told, choices } = await seenBy(caller, number, subject)
      if (subject !== undefined && told.length === 0) throw invalidInput([{ path: 'subject', code: 'not-a-choice', params: { choices } }])
      const locale = c.get('locale')
      if (format === 'model') return answer({ model, accounts: told.map((one) => accountView(one, locale)) })
      const accounts = told.map(({ account }) => account)
      const names = await namesIn(told, locale)
      const { zone, asOf } = model
      const name = `${[model.profile.id, model.assessment, model.period, ...(subject === undefined ? [] : [subject.replace(':', '-')])].join('-')}.${format}`
      const drawn = () => assessmentDocument(model, accounts, { locale, names })
      switch (format) {
        case 'html':
          return file(reportFormats.html, await drawing.inTurn(() => pageOf(drawn(), locale)), name)
        case 'xlsx':
          return file(reportFormats.xlsx, streamOf(workbookOf(await drawing.inTurn(drawn), { locale, zone, asOf })), name)
        case 'pdf':
          return file(reportFormats.pdf, await drawing.pdf(() => pdfOf(drawn(), { locale, asOf })), name)
      }
    },
    refuseStrangers,
  )

  /** Whoever may see no score of it hears that, whatever else is wrong with what they ask for. */
  async function refuseStrangers({
    caller,
    params,
  }: {
    readonly caller: Caller
    readonly params: Readonly<Record<string, string>>
  }): Promise<void> {
    if (isManagement(caller)) return
    const named = operations.listScores.params.safeParse({ number: params['number'] })
    const head =
      named.success && !named.data.number.includes('\0') ? await headOf(db, named.data.number, assessment.process.name) : undefined
    const seen = head && rosterOf(head).subjects.some((subject) => mayReadScore(caller, subject, subject.confirmedBy !== null))
    if (!seen) throw rejected(forbidden('scores-closed'))
  }

  /**
   * The scores that the caller may see; with a key, that one alone. The model holds nobody else. Whoever may see none hears that and nothing else,
   * whether there is such an assessment or not.
   */
  async function seenBy(caller: Caller, number: string, only?: string): Promise<Seen> {
    const head = await headOf(db, number, assessment.process.name)
    const roster = head ? rosterOf(head).subjects : []
    const seen = roster.filter((subject) => mayReadScore(caller, subject, subject.confirmedBy !== null))
    const asked = seen.filter((subject) => only === undefined || subjectKey(subject) === only)
    if (asked.length === 0 && !isManagement(caller)) throw rejected(forbidden('scores-closed'))
    if (!head) throw unknownProcess(number)
    const [kept, decisions] = await Promise.all([modelOf(db, assessmentModels, number), decisionsOf(db, number)])
    if (!kept || head.stage === 'reckoning') throw rejected(conflict('not-reckoned', { number }))
    const { model } = kept
    const accounts = new Map(accountsOf(model, decisions).map((account): [string, Account] => [subjectKey(account.score), account]))
    const told = asked.flatMap((subject) => {
      const account = accounts.get(subjectKey(subject))
      return account ? [{ account, subject }] : []
    })
    const keys = new Set(told.map(({ subject }) => subjectKey(subject)))
    return {
      model: { ...model, subjects: model.subjects.filter((subject) => keys.has(subjectKey(subject))) },
      told,
      choices: seen.map(subjectKey),
    }
  }

  async function namesIn(told: readonly ShownScore[], locale: Parameters<Context['namesOf']>[1]): Promise<Record<string, string>> {
    return context.namesOf(
      told.flatMap(({ account }) => idsInAccount(account)),
      locale,
    )
  }
}

interface Seen {
  readonly model: AssessmentModel
  readonly told: readonly ShownScore[]
  /** Keys of the scores that the caller may see. */
  readonly choices: readonly string[]
}

function isManagement({ roles }: Caller): boolean {
  return roles.includes('management')
}
