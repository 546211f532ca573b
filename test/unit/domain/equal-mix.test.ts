import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atEqualMix, type Cell } from '../../../domain/figures/equal-mix.ts'

const cell = (part: string | null, stratum: string, n: number, hits: number): Cell => ({ part, stratum, n, hits })

describe('R13: teams at an equal mix', () => {
  it('turns the order round where the better team has the harder tickets (Simpson)', () => {
    const mixed = atEqualMix([
      ...[cell('hard', 'urgent', 80, 56), cell('hard', 'low', 20, 19)],
      ...[cell('easy', 'urgent', 20, 12), cell('easy', 'low', 80, 74)],
    ])
    // As they are: 75 % and 86 %.
    expect(mixed.get('hard')?.share).toBeCloseTo(0.5 * 0.7 + 0.5 * 0.95, 12)
    expect(mixed.get('easy')?.share).toBeCloseTo(0.5 * 0.6 + 0.5 * 0.925, 12)
  })

  it('leaves out what a team lacks, and says how much it covers', () => {
    const mixed = atEqualMix([cell('all', 'a', 30, 30), cell('all', 'b', 30, 0), cell('some', 'a', 30, 15), cell('all', 'c', 10, 5)])
    expect(mixed.get('some')).toMatchObject({ share: 0.5, covered: 0.6 })
    expect(mixed.get('all')).toMatchObject({ covered: 1 })
  })

  it('says nothing of all where less than half of it is covered', () => {
    const mixed = atEqualMix([cell('all', 'a', 30, 30), cell('all', 'b', 51, 0), cell('some', 'a', 19, 19)])
    expect(mixed.get('some')).toMatchObject({ share: null, covered: 0.49 })
    const half = atEqualMix([cell('all', 'a', 30, 30), cell('all', 'b', 50, 0), cell('some', 'a', 20, 10)])
    expect(half.get('some')).toMatchObject({ share: 0.5, covered: 0.5 })
  })

  it('says of one ticket in half of the mix that it weighs hardly anything', () => {
    const mixed = atEqualMix([cell('few', 'a', 1, 1), cell('few', 'b', 200, 100), cell('many', 'a', 300, 150), cell('many', 'b', 101, 50)])
    expect(mixed.get('few')?.effective).toBeLessThan(4)
    expect(mixed.get('many')?.effective).toBeGreaterThan(300)
  })

  it('is the share as it is, and counts as much, where the mix is that of all', () => {
    const rates = fc.array(fc.record({ size: fc.integer({ min: 1, max: 20 }), hits: fc.nat(20) }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(rates, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }), (strata, parts) => {
        const cells = parts.flatMap((times, part) =>
          strata.map(({ size, hits }, at) => cell(String(part), String(at), size * times, Math.min(hits, size) * times)),
        )
        for (const [part, { share, covered, effective }] of atEqualMix(cells)) {
          const mine = cells.filter((one) => one.part === part)
          const n = mine.reduce((sum, one) => sum + one.n, 0)
          expect(share).toBeCloseTo(mine.reduce((sum, one) => sum + one.hits, 0) / n, 9)
          expect(covered).toBeCloseTo(1, 9)
          expect(effective).toBeCloseTo(n, 6)
        }
      }),
    )
  })

  it('lies between the least and the most of its strata, and its parts cover at most all', () => {
    const some = fc.record({
      part: fc.constantFrom('a', 'b', null),
      stratum: fc.constantFrom('x', 'y', 'z'),
      n: fc.nat(50),
      hits: fc.nat(50),
    })
    const cells = fc.uniqueArray(some, { selector: ({ part, stratum }) => `${part} ${stratum}` })
    fc.assert(
      fc.property(cells, (given) => {
        const all = given.map((one) => ({ ...one, hits: Math.min(one.n, one.hits) }))
        for (const [part, { share, covered, effective }] of atEqualMix(all)) {
          const mine = all.filter((one) => one.part === part && one.n > 0)
          expect(covered).toBeLessThanOrEqual(1 + 1e-9)
          expect(effective).toBeLessThanOrEqual(mine.reduce((sum, { n }) => sum + n, 0) + 1e-6)
          if (share === null) continue
          const shares = mine.map(({ n, hits }) => hits / n)
          expect(share).toBeGreaterThanOrEqual(Math.min(...shares) - 1e-9)
          expect(share).toBeLessThanOrEqual(Math.max(...shares) + 1e-9)
        }
      }),
    )
  })
})
