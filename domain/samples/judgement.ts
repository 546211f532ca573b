import type { Criterion } from '../profile/samples.ts'

/** What is said of a ticket by one criterion, and whether that meets it. */

export const answerWords = ['yes', 'no', 'not-applicable'] as const
export type Answer = (typeof answerWords)[number] | number

/** What of a criterion decides. */
export type Measure = Criterion extends infer C ? (C extends Criterion ? Omit<C, 'label'> : never) : never

/** The answers that it takes. */
export function answersTo({ kind, mayNotApply }: Pick<Measure, 'kind' | 'mayNotApply'>): readonly Answer[] {
  return [...(kind === 'yes-no' ? (['yes', 'no'] as const) : [1, 2, 3, 4, 5]), ...(mayNotApply ? (['not-applicable'] as const) : [])]
}

/** Whether an answer that it takes meets it; null: it does not apply. */
export function isMet(criterion: Measure, answer: Answer): boolean | null {
  if (answer === 'not-applicable') return null
  return criterion.kind === 'yes-no' ? answer === 'yes' : Number(answer) >= criterion.metFrom
}

/** A ticket by one criterion, as it was judged. */
export interface Judged {
  readonly criterion: string
  readonly answer: Answer
  /** Null: it does not apply. */
  readonly met: boolean | null
}

/** Of how many criteria that apply how many are met. */
export function tallyOf(judged: readonly Pick<Judged, 'met'>[]): { readonly met: number; readonly of: number } {
  const applying = judged.filter(({ met }) => met !== null)
  return { met: applying.filter(({ met }) => met === true).length, of: applying.length }
}
