import type { Score } from './score.ts'

/**
 * Places by score: people among people, teams among teams, each among those scored by the same criteria: who answers calls and who mends machines are
 * asked for different things. Who are level share one, and those behind them keep theirs: 1, 1, 3. A team that is alone has none.
 */
export function withRanks(scores: readonly Score[]): Score[] {
  const groups = new Map<string, number[]>()
  for (const score of scores) {
    if (!isRanked(score) || score.score === null) continue
    const group = groups.get(groupOf(score)) ?? []
    groups.set(groupOf(score), group)
    group.push(score.score)
  }
  return scores.map((score) => {
    const { kind, score: points } = score
    if (!isRanked(score) || points === null) return score
    const beside = groups.get(groupOf(score)) ?? []
    if (kind === 'team' && beside.length === 1) return score
    return { ...score, rank: beside.filter((other) => other > points).length + 1 }
  })
}

/** Among whom a score has its place. */
export function groupOf(score: Pick<Score, 'kind' | 'criteria'>): string {
  return `${score.kind} ${countedOf(score)}`
}

/** Whether the same criteria were counted of both. */
export function isLike(one: Pick<Score, 'criteria'>, other: Pick<Score, 'criteria'>): boolean {
  return countedOf(one) === countedOf(other)
}

function countedOf({ criteria }: Pick<Score, 'criteria'>): string {
  return criteria.flatMap(({ criterion, rate }) => (rate === null ? [] : [criterion])).join(' ')
}

function isRanked({ few, score }: Score): boolean {
  return !few && score !== null
}
