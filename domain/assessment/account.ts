import type { Instant } from '../instant.ts'
import type { Labels } from '../labels.ts'
import { own } from '../own.ts'
import {
  subjectKey,
  type AssessmentModel,
  type ScoreItem,
  type ConfirmedAct,
  type CriterionResult,
  type Decisions,
  type Excuse,
  type Objection,
  type Prolonged,
  type ScoredSubject,
  type SubjectKey,
} from './model.ts'
import type { Decided } from './told.ts'
import { scoresOf, type CriterionScore, type Score } from './score.ts'

/** How a score came about: everything that was counted and decided, and the sum that follows, for whoever may read it. */
export interface Account {
  readonly score: Score
  readonly name: ScoredSubject['name']
  readonly criteria: readonly AccountedCriterion[]
  /** The weighted mean, written out; null where nothing counts. */
  readonly sum: string | null
  readonly confirmed: Decided | null
  readonly objection: Objection | null
  /** That it can be objected to for longer than was said first; null: it cannot. */
  readonly prolonged: Prolonged | null
  /** Since when it is final; null: it is not. */
  readonly settledAt: Instant | null
}

export interface AccountedCriterion {
  readonly result: CriterionResult
  readonly score: CriterionScore
  readonly label: Labels
  readonly definition: Labels
  /** `19 ÷ 20 = 95.00%`; null where nothing counts. */
  readonly rate: string | null
  readonly items: readonly AccountedItem[]
}

/** An item, and what was decided of it. */
export interface AccountedItem extends ScoreItem {
  readonly excused: Excuse | null
  readonly confirmed: ConfirmedAct | null
}

/** One for each score, in the model's order; with `wanted` of those alone. A place follows from all scores, so each is reckoned. */
export function accountsOf(model: AssessmentModel, decisions: Decisions, wanted?: ReadonlySet<SubjectKey>): Account[] {
  const scores = scoresOf(model, decisions)
  return model.subjects.flatMap((subject, at) => {
    const score = scores[at]
    return score && (!wanted || wanted.has(score.subject)) ? [accountOf(model, subject, score, decisions)] : []
  })
}

function accountOf(model: AssessmentModel, subject: ScoredSubject, score: Score, decisions: Decisions): Account {
  const key = subjectKey(subject)
  return {
    score,
    name: subject.name,
    criteria: score.criteria.flatMap((criterion) => {
      const result = subject.results.find((one) => one.criterion === criterion.criterion)
      const term = model.criteria.find(({ id }) => id === criterion.criterion)
      if (!result || !term) return []
      const { label, definition } = term
      const items = result.items.map((item) => ({
        ...item,
        excused: own(own(decisions.excused, key) ?? {}, item.id) ?? null,
        confirmed: own(own(decisions.confirmedActs, key) ?? {}, item.id) ?? null,
      }))
      return [{ result, score: criterion, label, definition, rate: rateText(criterion), items }]
    }),
    sum: sumText(score),
    confirmed: own(decisions.confirmed, key) ?? null,
    objection: own(decisions.objections, key) ?? null,
    prolonged: own(decisions.prolonged, key) ?? null,
    settledAt: own(decisions.settled, key) ?? null,
  }
}

function rateText({ hits, n, rate }: CriterionScore): string | null {
  return rate === null ? null : `${hits} ÷ ${n} = ${rate.toFixed(2)}%`
}

/** `(30 × 95.00 + 20 × 88.24) ÷ 50 = 92.30` */
function sumText({ criteria, score }: Score): string | null {
  if (score === null) return null
  const counted = criteria.flatMap(({ rate, weight }) => (rate === null ? [] : [{ rate, weight }]))
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0)
  return `(${counted.map(({ rate, weight }) => `${weight} × ${rate.toFixed(2)}`).join(' + ')}) ÷ ${weights} = ${score.toFixed(2)}`
}
