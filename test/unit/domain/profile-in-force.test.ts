import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../domain/instant.ts'
import { announcedAmong, effectiveAt, standingOf, type DatedVersion } from '../../../domain/profile/in-force.ts'

/** From when versions of a profile count (X1). */

const on = (effectiveFrom: string, zone: string) =>
  effectiveAt({ document: { title: '', preparer: '', reviewer: '', approver: '', effectiveFrom }, zone })
const before = (instant: string) => instantOf(new Date(instant).getTime() - 1)

describe('X1: a version counts', () => {
  it.each([
    ['2026-12-01', 'Asia/Shanghai', '2026-11-30T16:00:00.000Z'],
    ['2026-12-01', 'UTC', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01', 'America/Los_Angeles', '2026-12-01T08:00:00.000Z'],
    // The clocks change that day, hours later.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    // They leap over midnight: the day begins at one.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    // They show midnight twice: the day begins with the first.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('X1: from %s in %s: at %s, not a moment before', (day, zone, begins) => {
    expect(on(day, zone)).toBe(begins)
    const only: readonly DatedVersion[] = [{ version: 1, effectiveAt: on(day, zone), putAt: null }]
    const standing = (now: string) => standingOf(only, { retiredAt: null, now })
    expect(standing(begins)).toEqual({ state: 'current', version: 1, next: undefined })
    expect(standing(before(begins))).toEqual({ state: 'upcoming', version: undefined, next: { version: 1, effectiveAt: begins } })
  })
})

describe('X1: of several versions', () => {
  const at = (day: number) => `2026-12-${String(day).padStart(2, '0')}T00:00:00.000Z`
  const versions: readonly DatedVersion[] = [
    { version: 1, effectiveAt: null, putAt: at(1) },
    { version: 2, effectiveAt: at(20), putAt: at(1) },
    { version: 3, effectiveAt: at(10), putAt: at(1) },
    { version: 4, effectiveAt: at(15), putAt: at(1) },
    { version: 5, effectiveAt: at(15), putAt: at(1) },
  ]
  it.each([
    [1, 1, 3],
    [10, 3, 5],
    [15, 5, undefined],
    // A lower version whose day comes later never counts.
    [25, 5, undefined],
  ])('X1: on day %i version %s counts, and %s is next', (day, version, next) => {
    const standing = standingOf(versions, { retiredAt: null, now: at(day) })
    expect([standing.state, standing.version, standing.next?.version]).toEqual(['current', version, next])
  })

  it('X1: one that is retired keeps the version by which what runs is looked at', () => {
    expect(standingOf(versions, { retiredAt: at(2), now: at(12) })).toMatchObject({ state: 'retired', version: 3 })
  })

  it('X1: what is installed after it was retired takes it back into use from its day; what came with the product, or was there, does not', () => {
    const standing = (putAt: string | null, day: number) =>
      standingOf([...versions, { version: 6, effectiveAt: at(18), putAt }], { retiredAt: at(2), now: at(day) })
    expect(standing(at(3), 17)).toMatchObject({ state: 'retired', version: 5, next: { version: 6 } })
    expect(standing(at(3), 18)).toMatchObject({ state: 'current', version: 6 })
    for (const putAt of [null, at(1), at(2)]) expect(standing(putAt, 18)).toMatchObject({ state: 'retired', version: 6 })
  })

  it('X1: those that are to come are told in their order; those that a higher one comes before are not', () => {
    const announced = (day: number) => announcedAmong(versions, at(day)).map(({ version }) => version)
    expect([announced(1), announced(10), announced(15)]).toEqual([[3, 5], [5], []])
  })
})
