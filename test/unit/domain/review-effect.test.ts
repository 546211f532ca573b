import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectOf, ratePer100, spansCompared } from '../../../domain/reviews/effect.ts'

/** Whether what a review decided had an effect (T17). */

const counted = fc
  .integer({ min: 0, max: 5_000 })
  .chain((tickets) => fc.record({ tickets: fc.constant(tickets), hits: fc.integer({ min: 0, max: tickets }) }))

describe('the effect of a review', () => {
  it.each([
    ['gone', { tickets: 100, hits: 6 }, { tickets: 100, hits: 0 }, 'effective'],
    ['from six to one', { tickets: 100, hits: 6 }, { tickets: 100, hits: 1 }, 'effective'],
    ['from five to one, as chance alone would bring it', { tickets: 100, hits: 5 }, { tickets: 100, hits: 1 }, 'unclear'],
    ['as often', { tickets: 100, hits: 5 }, { tickets: 100, hits: 5 }, 'ineffective'],
    ['as many among half as many', { tickets: 200, hits: 6 }, { tickets: 100, hits: 6 }, 'ineffective'],
    ['fewer because there were fewer', { tickets: 1_000, hits: 10 }, { tickets: 100, hits: 1 }, 'ineffective'],
    ['too few cases', { tickets: 100, hits: 4 }, { tickets: 100, hits: 0 }, 'unclear'],
    ['nothing before', { tickets: 0, hits: 0 }, { tickets: 100, hits: 9 }, 'unclear'],
    ['nothing since', { tickets: 100, hits: 9 }, { tickets: 0, hits: 0 }, 'unclear'],
  ] as const)('T17: %s', (_, before, after, outcome) => {
    expect(effectOf(before, after, 5)).toBe(outcome)
  })

  it('never calls effective what was seen at least as often, nor anything of fewer cases than are wanted', () => {
    fc.assert(
      fc.property(counted, counted, fc.integer({ min: 2, max: 50 }), (before, after, atLeast) => {
        const outcome = effectOf(before, after, atLeast)
        if (outcome === 'effective') expect(after.hits / after.tickets).toBeLessThan(before.hits / before.tickets)
        if (before.hits + after.hits < atLeast) expect(outcome).toBe('unclear')
      }),
    )
  })

  it('counts two spans of one length: before it opened, and since its last action', () => {
    expect(
      spansCompared({ openedAt: '2026-03-10T00:00:00.000Z', since: '2026-03-20T00:00:00.000Z', at: '2026-03-27T12:00:00.000Z' }),
    ).toEqual({
      before: { from: '2026-03-02T12:00:00.000Z', until: '2026-03-10T00:00:00.000Z' },
      after: { from: '2026-03-20T00:00:00.000Z', until: '2026-03-27T12:00:00.000Z' },
    })
    expect(ratePer100({ tickets: 3, hits: 1 })).toBe(33.3)
    expect(ratePer100({ tickets: 0, hits: 0 })).toBeNull()
  })
})
