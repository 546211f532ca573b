/**
 * Direct standardisation: which share a part would have, were its things mixed as those of all are. Who has the hard tickets is not to be
 * compared with who has the easy ones.
 */

/** How many of one part and one stratum were asked, and of how many it is so. */
export interface Cell {
  readonly part: string | null
  readonly stratum: string
  readonly n: number
  readonly hits: number
}

export interface AtEqualMix {
  /** The share at the mix of all; null where too little of that mix is covered to say it. */
  readonly share: number | null
  /** Which share of all lies in strata of which the part has anything. */
  readonly covered: number
  /** Of so many it says as much as a share of things drawn alike: as many as it has where its mix is that of all, and fewer the more it differs. */
  readonly effective: number
}

/** Of less than this of all nothing is said of all. */
export const leastCovered = 0.5

/**
 * By part. Each stratum weighs as much as it has of all; those that a part lacks are left out, and the others weigh more for it, in proportion.
 */
export function atEqualMix(cells: readonly Cell[]): Map<string | null, AtEqualMix> {
  const all = cells.reduce((sum, { n }) => sum + n, 0)
  // In whole things, so that what is covered is exact.
  const weights = new Map<string, number>()
  for (const { stratum, n } of cells) weights.set(stratum, (weights.get(stratum) ?? 0) + n)
  const mixed = new Map<string | null, AtEqualMix>()
  for (const part of new Set(cells.map((cell) => cell.part))) {
    const mine = cells
      .filter((cell) => cell.part === part && cell.n > 0)
      .map((cell) => ({ ...cell, weight: weights.get(cell.stratum) ?? 0 }))
    const weight = mine.reduce((sum, one) => sum + one.weight, 0)
    if (weight === 0) continue
    const covered = weight / all
    const share = mine.reduce((sum, one) => sum + (one.weight * one.hits) / one.n, 0) / weight
    // Kish: of as many the share of a simple sample would be as uncertain.
    const effective = weight ** 2 / mine.reduce((sum, one) => sum + one.weight ** 2 / one.n, 0)
    mixed.set(part, { share: covered < leastCovered ? null : share, covered, effective })
  }
  return mixed
}
