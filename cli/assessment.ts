import { listScores, readAssessmentContent } from '../api/operations/assessments.ts'
import { subjectKey } from '../domain/assessment/model.ts'
import type { Score } from '../domain/assessment/score.ts'
import type { Locale } from '../domain/labels.ts'
import { states, words } from '../reports/assessment/words.ts'
import { clientFor } from './asking.ts'
import type { AssessmentMade, AssessmentShown } from './commands/assessment.ts'
import type { Asking } from './commands/asking.ts'
import { fetched, list, opened, putOut, wantFile } from './recurring.ts'
import { columns, pad, padStart } from './terminal-text.ts'

/** Assessments on a terminal, as the API tells them to whoever asks: of scores nobody sees more here than there. */

export async function makeAssessment({ profile, assessment, period, ...asking }: AssessmentMade): Promise<void> {
  const number = await opened('assessments', { profile, assessment, period }, asking)
  console.log(number)
  await showAssessment(number, { ...asking, format: 'text' })
}

export function listAssessments(asking: Asking): Promise<void> {
  return list('assessments', asking)
}

/** @throws Error that says which option is missing, or what the API says is wrong */
export async function showAssessment(number: string, { format, out, subject, ...asking }: AssessmentShown): Promise<void> {
  wantFile(format, out)
  const query = new URLSearchParams({ format, ...(subject !== undefined && { subject }) })
  const path = `${readAssessmentContent.path.replace('{number}', encodeURIComponent(number))}?${query.toString()}`
  const bytes = format === 'text' ? Buffer.from(await scores(number, subject, asking)) : await fetched(asking, path)
  putOut(bytes, { out, lang: asking.lang })
}

/**
 * A line for each score that whoever asks may see, or for that of one subject.
 * @throws Error that says which subjects there are
 */
async function scores(number: string, subject: string | undefined, asking: Asking): Promise<string> {
  const { label, period, items: all } = await clientFor(asking).read(listScores, { params: { number } })
  const items = subject === undefined ? all : all.filter((item) => subjectKey(item) === subject)
  if (subject !== undefined && items.length === 0)
    throw new Error(`--subject: there is no score of ${subject} that you may see; give one of ${all.map(subjectKey).join(', ')}`)
  const width = Math.max(0, ...items.map(({ name }) => columns(name)))
  return [`${label} · ${period}`, '', ...items.map((item) => scoreLine(item, width, asking.lang))].join('\n')
}

/** A score as a line: who, points, the deduction beside it, how far it has come. */
export function scoreLine({ name, score, deduction, suspended, state }: ScoreShown, width: number, locale: Locale): string {
  const deducted = deduction === 0 ? '' : `-${deduction.toFixed(2)}`
  const shown = [pad(name, width), padStart(score === null ? '—' : score.toFixed(2), 6), padStart(deducted, 6), states[state][locale]]
  return [...shown, ...(suspended ? [words.suspended[locale]] : [])].join('  ')
}

interface ScoreShown extends Pick<Score, 'score' | 'deduction' | 'suspended' | 'state'> {
  readonly name: string
}
