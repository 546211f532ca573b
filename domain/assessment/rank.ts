import type { Score } from './score.ts'

/**
 * Places by score: people among people, teams among teams, each among those scored by the same criteria: who answers calls and who mends machines are
 * asked for different things. Who are level share one, and those behind them keep theirs: 1, 1, 3. A team that is alone has none.
 */
export function withRanks(scores: readonly Score[]): Score[] {
  return scores.map((score) => {
    const { kind, score: points } = score
    if (!isRanked(score) || points === null) return score
    const beside = scores.filter((other) => other.kind === kind && isRanked(other) && isLike(other, score))
    if (kind === 'team' && beside.length === 1) return score
    const ahead = beside.filter((other) => other.score !== null && other.score > points)
    return { ...score, rank: ahead.length + 1 }
  })
}

/** Whether the same criteria were counted of both. */
export function isLike(one: Pick<Score, 'criteria'>, other: Pick<Score, 'criteria'>): boolean {
  const countedOf = ({ criteria }: Pick<Score, 'criteria'>) =>
    criteria.flatMap(({ criterion, rate }) => (rate === null ? [] : [criterion])).join(' ')
  return countedOf(one) === countedOf(other)
}

function isRanked({ few, score }: Score): boolean {
  return !few && score !== null
}
