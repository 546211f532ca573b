import { decisionsOf } from '../../db/assessment-decisions.ts'
import { headOf } from '../../db/heads.ts'
import { assessmentModels, modelOf } from '../../db/models.ts'
import type { Head } from '../../db/schema.ts'
import { accountsOf, type Account } from '../../domain/assessment/account.ts'
import { commendationsOf, type Commendations } from '../../domain/assessment/commendations.ts'
import { subjectKey, type AssessmentModel, type SubjectKey } from '../../domain/assessment/model.ts'
import { mayReadScore } from '../../domain/assessment/rights.ts'
import { languageFor } from '../../domain/profile/languages.ts'
import { conflict, forbidden } from '../../domain/rejection.ts'
import { assessment } from '../../processes/assessment/host.ts'
import { rosterOf, type Roster } from '../../processes/assessment/roster.ts'
import { hostOf } from '../../processes/hosting.ts'
import { assessmentDocument } from '../../reports/assessment/document.ts'
import { pageOf } from '../../reports/page/page.ts'
import { pdfOf } from '../../reports/pdf/pdf.ts'
import { workbookOf } from '../../reports/workbook/workbook.ts'
import { unknownProcess } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import { fileNameOf } from '../http/file-name.ts'
import * as operations from '../operations/assessments.ts'
import { reportFormats } from '../operations/reports.ts'
import { invalidInput, problem, rejected } from '../problems/problem.ts'
import { accountView, idsInAccount, scoreView, type ShownScore } from '../views/assessments.ts'
import { commendationsView, idsInCommendations } from '../views/commendations.ts'
import { readsOf, type App, type Asked } from './serving.ts'
import { streamOf } from './streaming.ts'

/** Scores, beside what is told of every process. Whatever is answered here is cut to what the caller may see, before anything else is looked at. */
export function addAssessments(app: App, context: Context): void {
  const { db, drawing, processes } = context
  if (!hostOf(processes, assessment.process.name)) return

  readsOf(app, operations.listScores, headFor, async ({ c, caller, params: { number }, answer }, head) => {
    const { model, told, commendations } = await seenBy(caller, number, head)
    const locale = c.get('locale')
    return answer({
      number,
      label: model.label[locale],
      period: model.period,
      asOf: model.asOf,
      items: told.map((one) => scoreView(one, locale)),
      commendations: commendationsView(commendations),
      names: await namesIn({ told, commendations }, locale),
    })
  })

  readsOf(app, operations.readScore, headFor, async ({ c, caller, params: { number, kind, id }, answer }, head) => {
    const { told, commendations } = await seenBy(caller, number, head, subjectKey({ kind, id }))
    const [one] = told
    if (!one) throw problem(kind === 'person' ? 'unknown-person' : 'unknown-team', { id })
    const locale = c.get('locale')
    const names = await namesIn({ told, commendations }, locale)
    return answer({ number, account: accountView(one, locale), commendations: commendationsView(commendations), names })
  })

  readsOf(
    app,
    operations.readAssessmentContent,
    headFor,
    async ({ c, caller, params: { number }, query: { format, subject }, answer, file }, head) => {
      if (subject === undefined && !isManagement(caller)) throw rejected(forbidden('scores-closed'))
      const { model, told, commendations, choices } = await seenBy(caller, number, head, subject)
      if (subject !== undefined && told.length === 0) throw invalidInput([{ path: 'subject', code: 'not-a-choice', params: { choices } }])
      const locale = c.get('locale')
      if (format === 'model')
        return answer({
          model,
          accounts: told.map((one) => accountView(one, locale)),
          commendations: commendationsView(commendations),
        })
      const accounts = told.map(({ account }) => account)
      const language = head ? languageFor(await context.profileOf(head), locale) : locale
      const names = await namesIn({ told, commendations }, language)
      const { zone, asOf } = model
      const name = fileNameOf(number, format, subject)
      const drawn = () => assessmentDocument({ model, accounts, commendations }, { locale: language, names })
      switch (format) {
        case 'html':
          return file(reportFormats.html, await drawing.inTurn(() => pageOf(drawn(), language)), name)
        case 'xlsx':
          return file(reportFormats.xlsx, streamOf(workbookOf(await drawing.inTurn(drawn), { locale: language, zone, asOf })), name)
        case 'pdf':
          return file(reportFormats.pdf, await drawing.pdf(() => pdfOf(drawn(), { locale: language, asOf })), name)
      }
    },
  )

  /**
   * The assessment that is asked for; undefined: there is none. Whoever may see no score of it hears that and nothing else, whether there is such an
   * assessment or not, and whatever else is wrong with what they ask for.
   */
  async function headFor({ caller, params }: Asked): Promise<Head | undefined> {
    const named = operations.listScores.params.safeParse({ number: params['number'] })
    const isNumber = named.success && !named.data.number.includes('\0')
    const head = isNumber ? await headOf(db, named.data.number, assessment.process.name) : undefined
    if (!isManagement(caller) && seenIn(head, caller).length === 0) throw rejected(forbidden('scores-closed'))
    return head
  }

  /** The scores that the caller may see, and the commendations of whoever is scored by them; with a key, that one alone. The model holds nobody else. */
  async function seenBy(caller: Caller, number: string, head: Head | undefined, only?: string): Promise<Seen> {
    const seen = seenIn(head, caller)
    const asked = seen.filter((subject) => only === undefined || subjectKey(subject) === only)
    if (asked.length === 0 && !isManagement(caller)) throw rejected(forbidden('scores-closed'))
    if (!head) throw unknownProcess(number)
    const [kept, decisions] = await Promise.all([modelOf(db, assessmentModels, number), decisionsOf(db, number)])
    if (!kept || head.stage === 'reckoning') throw rejected(conflict('not-reckoned', { number }))
    const { model } = kept
    const keys = new Set(asked.map(subjectKey))
    const accounts = new Map(accountsOf(model, decisions, keys).map((account): [SubjectKey, Account] => [account.score.subject, account]))
    const told = asked.flatMap((subject) => {
      const account = accounts.get(subjectKey(subject))
      return account ? [{ account, subject }] : []
    })
    const people = told.flatMap(({ subject: { kind, id } }) => (kind === 'person' ? [id] : []))
    // Somebody of whom nothing counted can be nominated, too.
    const isWhole = only === undefined && isManagement(caller)
    return {
      model: { ...model, subjects: model.subjects.filter((subject) => keys.has(subjectKey(subject))) },
      told,
      commendations: isWhole ? decisions.commendations : commendationsOf(decisions.commendations, people),
      choices: seen.map(subjectKey),
    }
  }

  async function namesIn(
    { told, commendations }: Pick<Seen, 'told' | 'commendations'>,
    locale: Parameters<Context['namesOf']>[1],
  ): Promise<Record<string, string>> {
    return context.namesOf([...told.flatMap(({ account }) => idsInAccount(account)), ...idsInCommendations(commendations)], locale)
  }
}

interface Seen {
  readonly model: AssessmentModel
  readonly told: readonly ShownScore[]
  readonly commendations: Commendations
  /** Keys of the scores that the caller may see. */
  readonly choices: readonly string[]
}

function seenIn(head: Head | undefined, caller: Caller): Roster['subjects'] {
  if (!head) return []
  return rosterOf(head).subjects.filter((subject) => mayReadScore(caller, subject, subject.confirmedBy !== null))
}

function isManagement({ roles }: Caller): boolean {
  return roles.includes('management')
}
