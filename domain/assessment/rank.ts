import type { Score } from './score.ts'

/**
 * Places by score: people among people, teams among teams. Who are level share one, and those behind them keep theirs: 1, 1, 3. A team that is alone
 * has none.
 */
export function withRanks(scores: readonly Score[]): Score[] {
  return scores.map((score) => {
    const { kind, score: points } = score
    if (!isRanked(score) || points === null) return score
    const beside = scores.filter((other) => other.kind === kind && isRanked(other))
    if (kind === 'team' && beside.length === 1) return score
    const ahead = beside.filter((other) => other.score !== null && other.score > points)
    return { ...score, rank: ahead.length + 1 }
  })
}

function isRanked({ few, score }: Score): boolean {
  return !few && score !== null
}
