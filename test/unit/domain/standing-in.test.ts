import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deputiesIn, standInFor, stoodInForBy, type Absences } from '../../../domain/standing-in.ts'

/** Who stands in for whom (X8). */

const away = (...absences: readonly (readonly [string, string | null])[]): Absences => new Map(absences)
const standIn = (person: string, absences: Absences) => standInFor(person, deputiesIn(absences))

describe('X8: who stands in', () => {
  it.each([
    ['whoever is there, for themselves', away(['chen', 'liu']), { person: 'wang', away: [] }],
    ['the deputy', away(['wang', 'chen']), { person: 'chen', away: ['wang'] }],
    [
      "the deputy's deputy, while the deputy is away too",
      away(['wang', 'chen'], ['chen', 'liu']),
      { person: 'liu', away: ['wang', 'chen'] },
    ],
    ['nobody, where none was named', away(['wang', null]), { person: null, away: ['wang'] }],
    ['nobody, where the last deputy is away without one', away(['wang', 'chen'], ['chen', null]), { person: null, away: ['wang', 'chen'] }],
    ['nobody, where two stand in for each other', away(['wang', 'chen'], ['chen', 'wang']), { person: null, away: ['wang', 'chen'] }],
    ['nobody, where it goes round further on', away(['wang', 'a'], ['a', 'b'], ['b', 'a']), { person: null, away: ['wang', 'a', 'b'] }],
  ])('%s', (_, absences, expected) => {
    expect(standIn('wang', absences)).toEqual(expected)
  })

  it('is asked the other way round with the same answer', () => {
    expect(stoodInForBy('liu', away(['wang', 'chen'], ['chen', 'liu'], ['gao', 'liu'], ['tan', null]))).toEqual(['chen', 'gao', 'wang'])
    expect(stoodInForBy('chen', away(['wang', 'chen'], ['chen', 'liu']))).toEqual([])
  })

  it('ends, at somebody who is there, whatever was recorded; and nobody has the same work twice', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const absences = fc
      .array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids, 'elsewhere', null)), { maxLength: 5 })
      .map((pairs) => new Map(pairs))
    fc.assert(
      fc.property(absences, fc.constantFrom(...ids), (given, person) => {
        const { person: found, away: passed } = standIn(person, given)
        expect(new Set(passed).size).toBe(passed.length)
        expect(passed.every((one) => given.has(one))).toBe(true)
        if (found !== null) expect(given.has(found)).toBe(false)
        const doing = [...ids, 'elsewhere'].filter((one) => stoodInForBy(one, given).includes(person))
        expect(doing).toEqual(found === null || !given.has(person) ? [] : [found])
      }),
    )
  })
})
