import type { ProfileAssessment } from '../profile/assessments.ts'
import type { OutstandingReason, Score } from './score.ts'

/**
 * Proposes outstanding people 优秀个人: ranked, from so many points on, below no standard. Where more come into question than the plan has places,
 * the higher score comes first, then the greater number of tickets; who are level with the last of them are proposed too, since a coin decides no
 * commendation: management does. Nobody is proposed by a score that is a draft or objected to, nor instead of somebody whose score is.
 */
export function withOutstanding(scores: readonly Score[], { outstanding }: ProfileAssessment): Score[] {
  if (!outstanding) return [...scores]
  const eligible = scores.filter((score) => isEligible(score, outstanding.score)).toSorted(better)
  const last = eligible[outstanding.most - 1]
  const isCertain = ({ state }: Score) => state === 'confirmed' || state === 'settled'
  const chosen = new Set(eligible.filter((score) => isCertain(score) && (!last || better(score, last) <= 0)))
  const ranked = scores.filter(({ kind, rank }) => kind === 'person' && rank !== null).length
  return scores.map((score) =>
    chosen.has(score) ? { ...score, outstanding: { proposed: true, reasons: reasonsFor(score, outstanding.score, ranked) } } : score,
  )
}

function isEligible({ kind, rank, score, criteria }: Score, from: number): boolean {
  return kind === 'person' && rank !== null && score !== null && score >= from && !criteria.some(({ below }) => below)
}

function better(one: Score, other: Score): number {
  return (other.score ?? 0) - (one.score ?? 0) || other.tickets - one.tickets
}

function reasonsFor({ score, rank, criteria }: Score, from: number, ranked: number): OutstandingReason[] {
  return [
    ...(score === null ? [] : [{ reason: 'score', score, from } as const]),
    ...(rank === null ? [] : [{ reason: 'rank', rank, of: ranked } as const]),
    ...criteria.flatMap(({ criterion, rate, standard, n }) =>
      rate === null ? [] : [{ reason: 'criterion', criterion, rate, standard, n } as const],
    ),
  ]
}
