import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds, type Condition, type FieldTest } from '../../../domain/profile/conditions.ts'
import { routeFor } from '../../../domain/profile/routing.ts'
import { ticketKinds } from '../../../domain/profile/ticket-kinds.ts'

/** X10: the kinds of tickets that are looked through stand for all that can come. */

const type = { id: 'lift', fields: [{ id: 'floors', kind: 'number', required: true }] }
const asking = (floors: FieldTest): Condition => ({ fields: { floors } })
const ticketOf = (floors: number) => ({ type: 'lift', priority: '', channel: '', fields: { floors }, tags: [] })

function kindsFor(routes: readonly Condition[]) {
  const kinds = ticketKinds(type, routes, {})
  if (kinds === undefined || kinds === 'too-many') throw new Error(`no kinds: ${kinds}`)
  return kinds
}

describe('X10: kinds of tickets by a number', () => {
  it('have one above a number that is asked for itself, and one between two of them', () => {
    const uncovered = (routes: readonly Condition[]) =>
      kindsFor(routes)
        .filter(({ facts }) => !routes.some((route) => holds(route, facts)))
        .map(({ text }) => text)
    expect(uncovered([asking({ below: 5 }), asking(5)])).toEqual(['{ fields.floors: 6 }'])
    expect(uncovered([asking({ below: 5 }), asking([5, 6]), asking({ atLeast: 9 })])).toEqual([
      '{ fields.floors: 5.5 }',
      '{ fields.floors: 7 }',
    ])
    expect(uncovered([asking({ below: 5 }), asking({ atLeast: 5 })])).toEqual([])
  })

  it('go every way that a ticket with any number can go', () => {
    const number = fc.integer({ min: -8, max: 8 }).map((half) => half / 2)
    const test: fc.Arbitrary<FieldTest> = fc.oneof(
      number,
      fc.array(number, { minLength: 1, maxLength: 3 }),
      fc.record({ atLeast: number }),
      fc.record({ below: number }),
      fc.record({ atLeast: number, below: number }),
    )
    const condition = fc.oneof(
      test.map(asking),
      test.map((asked): Condition => ({ not: { fields: { floors: asked } } })),
    )
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 4 }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        number,
        (routes, any, near) => {
          const routing = routes.map((when, at) => ({ when, team: `team-${at}`, skills: [] }))
          const teams = kindsFor(routes).map(({ facts }) => routeFor({ routing, type: {} }, facts).team)
          for (const floors of [any, near, near + 0.25]) expect(teams).toContain(routeFor({ routing, type: {} }, ticketOf(floors)).team)
        },
      ),
    )
  })
})
