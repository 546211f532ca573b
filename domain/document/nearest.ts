/**
 * The candidate that a word was probably meant to be: the only one of which it is a whole part or that is a part of it (`head` is
 * `department-head` rather than `lead`), else one of which it is a misspelling; undefined when none is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > longest) return undefined
  const typed = word.toLowerCase()
  const kin = candidates.filter((candidate) => isPart(typed, candidate.toLowerCase()) || isPart(candidate.toLowerCase(), typed))
  if (kin.length === 1) return kin[0]
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distance(typed, candidate.toLowerCase()) }))
    // Half a name, or one with another behind it, is another thing: `requiredWhen` is not `required`.
    .filter(({ candidate }) => !isExtension(typed, candidate.toLowerCase()))
    .filter((option) => option.distance <= Math.max(1, Math.floor(Math.max(typed.length, option.candidate.length) / 3)))
    .toSorted((a, b) => a.distance - b.distance)
  return best?.candidate
}

/** Whether one is part of the other, as words between hyphens. */
function isPart(part: string, whole: string): boolean {
  return part !== '' && part !== whole && `-${whole}-`.includes(`-${part}-`)
}

function isExtension(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) > 2 && (one.startsWith(other) || other.startsWith(one))
}

/** Nobody means a longer name, and the comparison is quadratic. */
const longest = 64

/** Edits from one word to the other: letters added, dropped, replaced, or two neighbours swapped. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? (beforeLast[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped))
    }
    beforeLast = last
    last = row
  }
  return last[to.length] ?? 0
}
