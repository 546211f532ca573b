import type { ProfileAssessment } from '../profile/assessments.ts'
import { isLike } from './rank.ts'
import type { OutstandingReason, Score } from './score.ts'

/**
 * Proposes outstanding people 优秀个人: ranked, from so many points on, below no standard. Where more who are scored by the same criteria come into
 * question than the plan has places, the higher score comes first, then the greater number of tickets; who are level with the last of them are proposed too, since a coin decides no
 * commendation: management does. Nobody is proposed by a score that is a draft or objected to, nor instead of somebody whose score is.
 */
export function withOutstanding(scores: readonly Score[], { outstanding }: ProfileAssessment): Score[] {
  if (!outstanding) return [...scores]
  const eligible = scores.filter((score) => isEligible(score, outstanding.score)).toSorted(better)
  return scores.map((score) => {
    if (!eligible.includes(score) || !isCertain(score)) return score
    const last = eligible.filter((other) => isLike(other, score))[outstanding.most - 1]
    if (last && better(score, last) > 0) return score
    const ranked = scores.filter((other) => other.kind === 'person' && other.rank !== null && isLike(other, score)).length
    return { ...score, outstanding: { proposed: true, reasons: reasonsFor(score, outstanding.score, ranked) } }
  })
}

function isCertain({ state }: Score): boolean {
  return state === 'confirmed' || state === 'settled'
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
