/**
 * Who stands in for whom (X8): the one place that follows deputies. Whatever gives work away, tells somebody of it or shows
 * it asks here, so that no two of them send it to different people.
 */

/** Of somebody absent their deputy, or null where nobody was named; undefined of whoever is there. */
export type DeputyOf = (person: string) => string | null | undefined

export interface StandIn {
  /** Who does it: the person, else the first of the deputies, and their deputies, who is there. Null: all of them are away. */
  readonly person: string | null
  /** Who was passed over, beginning with the person; empty when they are there. A circle is gone through once. */
  readonly away: readonly string[]
}

export function standInFor(person: string, deputyOf: DeputyOf): StandIn {
  const away: string[] = []
  for (let next = person; ;) {
    const deputy = deputyOf(next)
    if (deputy === undefined) return { person: next, away }
    away.push(next)
    if (deputy === null || away.includes(deputy)) return { person: null, away }
    next = deputy
  }
}

/** Everybody absent, with their deputies. */
export type Absences = ReadonlyMap<string, string | null>

export function deputiesIn(absences: Absences): DeputyOf {
  return (person) => absences.get(person)
}

/** Those whose work somebody does while they are away, by id. */
export function stoodInForBy(person: string, absences: Absences): string[] {
  return [...absences.keys()].filter((absent) => standInFor(absent, deputiesIn(absences)).person === person).toSorted()
}

/** The people, and everybody whom one must know to say who stands in for them. */
export function withDeputies(people: Iterable<string>, deputyOf: DeputyOf): string[] {
  return [
    ...new Set(
      [...people].flatMap((id) => {
        const { person, away } = standInFor(id, deputyOf)
        return [id, ...away, ...(person === null ? [] : [person])]
      }),
    ),
  ]
}
