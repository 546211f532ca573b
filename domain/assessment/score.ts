import { own } from '../own.ts'
import type { ProfileAssessment } from '../profile/assessments.ts'
import { subjectKey, type AssessmentModel, type CriterionResult, type Decisions, type ScoredSubject, type SubjectKey } from './model.ts'
import { withOutstanding } from './outstanding.ts'
import { withRanks } from './rank.ts'

/**
 * How a score comes about (R14): a pure function of what was counted and what was decided. Reckoned in whole hundredths, each step from what the
 * step before shows, so that whoever has the page can do it again by hand: rates are rounded half up to hundredths of a percent, the score is their
 * weighted mean, rounded half up to hundredths of a point.
 */

/** Of one criterion. */
export interface CriterionScore {
  readonly criterion: string
  readonly weight: number
  /** In percent. */
  readonly standard: number
  /** How many count: less those excused. */
  readonly n: number
  /** How many of them: less those excused, and those in doubt that nobody confirmed. */
  readonly hits: number
  readonly excused: number
  /** Backdated acts that count as misses as long as nobody has confirmed them. */
  readonly unconfirmed: number
  /** In percent, with two decimals; null where nothing counts, and then the weights of the others make the whole. */
  readonly rate: number | null
  /** Below its standard. */
  readonly below: boolean
  /** So few that nothing is deducted for it. */
  readonly few: boolean
}

/** `draft`: nobody has confirmed it. `confirmed`: it can be objected to. `objected`: that waits for a decision. `settled`: it stands. */
export type ScoreState = 'draft' | 'confirmed' | 'objected' | 'settled'

export interface Score {
  readonly subject: SubjectKey
  readonly kind: ScoredSubject['kind']
  readonly id: string
  readonly tickets: number
  readonly criteria: readonly CriterionScore[]
  /** 0 to 100, with two decimals; null where nothing counts. */
  readonly score: number | null
  /** Points, beside the score and not off it. */
  readonly deduction: number
  /** The deduction does not hold while an objection waits for its decision. */
  readonly suspended: boolean
  /** Too few tickets to be ranked, or for anything to be deducted. */
  readonly few: boolean
  /** Among people, or among teams, 1 is the best; who are level share one. Null: not ranked. */
  readonly rank: number | null
  readonly outstanding: Outstanding
  readonly state: ScoreState
}

/** 优秀个人 */
export interface Outstanding {
  readonly proposed: boolean
  /** Why; none where nobody is proposed. */
  readonly reasons: readonly OutstandingReason[]
}

export type OutstandingReason =
  | { readonly reason: 'score'; readonly score: number; readonly from: number }
  | { readonly reason: 'rank'; readonly rank: number; readonly of: number }
  | { readonly reason: 'criterion'; readonly criterion: string; readonly rate: number; readonly standard: number; readonly n: number }

/** The score of each subject, in the model's order. */
export function scoresOf(model: AssessmentModel, decisions: Decisions): Score[] {
  return withOutstanding(withRanks(model.subjects.map((subject) => scoreOf(subject, model.plan, decisions))), model.plan)
}

function scoreOf(subject: ScoredSubject, plan: ProfileAssessment, decisions: Decisions): Score {
  const { kind, id, tickets } = subject
  const key = subjectKey(subject)
  const criteria = plan.criteria.map((criterion): CriterionScore => {
    const result = subject.results.find((one) => one.criterion === criterion.id)
    const { weight, standard } = criterion
    const counted = result ? countedOf(result, key, decisions) : nothing
    const rate = counted.n === 0 ? null : percentOf(counted.hits, counted.n)
    return {
      criterion: criterion.id,
      weight,
      standard,
      ...counted,
      rate: rate === null ? null : rate / 100,
      below: rate !== null && rate < hundredthsOf(standard),
      few: counted.n < plan.rankedFrom,
    }
  })
  const few = tickets < plan.rankedFrom
  const state = stateOf(key, decisions)
  const deduction = few ? 0 : deductionOf(criteria, plan)
  return {
    subject: key,
    kind,
    id,
    tickets,
    criteria,
    score: weighted(criteria),
    deduction,
    suspended: state === 'objected' && deduction > 0,
    few,
    rank: null,
    outstanding: { proposed: false, reasons: [] },
    state,
  }
}

type Counts = Pick<CriterionScore, 'n' | 'hits' | 'excused' | 'unconfirmed'>

const nothing: Counts = { n: 0, hits: 0, excused: 0, unconfirmed: 0 }

/** What is left when decisions are looked at. An act that was confirmed is a hit, and has nothing to be excused. */
function countedOf({ n, hits, items }: CriterionResult, key: SubjectKey, decisions: Decisions): Counts {
  const counts = { n, hits, excused: 0, unconfirmed: 0 }
  const [excused, confirmed] = [own(decisions.excused, key) ?? {}, own(decisions.confirmedActs, key) ?? {}]
  for (const { id, what } of items) {
    const inDoubt = what === 'backdated'
    if (inDoubt && own(confirmed, id) !== undefined) continue
    if (inDoubt) counts.hits -= 1
    if (own(excused, id) !== undefined) {
      counts.n -= 1
      counts.excused += 1
    } else if (inDoubt) counts.unconfirmed += 1
  }
  return counts
}

/** In whole hundredths of a percent, rounded half up. */
function percentOf(hits: number, n: number): number {
  return Math.floor((20_000 * hits + n) / (2 * n))
}

/** The mean of the rates that there are, by their weights. */
function weighted(criteria: readonly CriterionScore[]): number | null {
  let [sum, weights] = [0, 0]
  for (const { rate, weight } of criteria) {
    if (rate === null) continue
    sum += weight * hundredthsOf(rate)
    weights += weight
  }
  return weights === 0 ? null : Math.floor((2 * sum + weights) / (2 * weights)) / 100
}

function deductionOf(criteria: readonly CriterionScore[], { deduction }: ProfileAssessment): number {
  if (!deduction) return 0
  const below = criteria.filter((criterion) => criterion.below && !criterion.few).length
  return Math.min(below * hundredthsOf(deduction.each), hundredthsOf(deduction.most)) / 100
}

function stateOf(key: SubjectKey, { confirmed, objections, settled }: Decisions): ScoreState {
  if (own(confirmed, key) === undefined) return 'draft'
  const objection = own(objections, key)
  if (objection?.decided === null) return 'objected'
  return objection || own(settled, key) !== undefined ? 'settled' : 'confirmed'
}

/** Numbers with two decimals at most, as whole numbers. */
function hundredthsOf(value: number): number {
  return Math.round(value * 100)
}
