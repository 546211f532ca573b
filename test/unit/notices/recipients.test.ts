import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Addressee, Addressees } from '../../../domain/notices/recipients.ts'
import { colleaguesOn, reachPerson, reachRole, reachTeam, reachThemselves, roleOf } from '../../../domain/notices/recipients.ts'
import { ladderRoles } from '../../../domain/people.ts'

/** Whom a notice reaches (X8), in organisations of every condition. */

const ids = ['a', 'b', 'c', 'd', 'e'] as const
const anyone = fc.constantFrom(...ids, null)
const labels = { 'zh-CN': '组', 'zh-TW': '組', en: 'Team' }

const world: fc.Arbitrary<Addressees> = fc
  .record({
    people: fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant<string>(id),
          name: fc.constant<string>(id),
          email: fc.constantFrom(`${id}@example.com`, null),
          roles: fc.constantFrom<Addressee['roles']>(['engineer'], ['admin']),
          active: fc.boolean(),
          absent: fc.boolean(),
          deputy: anyone,
          preferences: fc.constant({}),
        }),
      ),
    ),
    team: fc.record({ lead: anyone, supervisor: anyone, departmentHead: anyone, members: fc.subarray<string>([...ids]) }),
  })
  .map(({ people, team }) => ({
    people: new Map(people.map((person) => [person.id, person])),
    teams: new Map([['t', { id: 't', labels, ...team }]]),
  }))

const targets = fc.oneof(
  fc.constantFrom(...ids, 'nobody-knows').map((id) => (given: Addressees) => reachPerson(given, id, 't')),
  fc.constantFrom('t', 'gone').map((id) => (given: Addressees) => reachTeam(given, id)),
  fc.constantFrom(...ladderRoles).map((role) => (given: Addressees) => reachRole(given, role, 't')),
)

describe('X8', () => {
  it('X8: somebody is reached as long as any admin has an address, and everybody reached can read it', () => {
    fc.assert(
      fc.property(world, targets, (given, reach) => {
        const reached = reach(given)
        const admins = [...given.people.values()].filter(({ active, email, roles }) => active && email !== null && roles.includes('admin'))
        if (reached === null) expect(admins).toEqual([])
        else {
          expect(reached.to.length).toBeGreaterThan(0)
          expect(reached.to.every(({ active, email }) => active && email !== null)).toBe(true)
          // Only the last resort is told while nobody there is present.
          if (reached.to.every(({ absent }) => absent)) expect(reached.to).toEqual(admins)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('R14: what is for one person alone reaches them, away or not, and never anybody else', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...ids), (given, id) => {
        const reached = reachThemselves(given, id)
        const person = given.people.get(id)
        if (person?.active && person.email !== null) expect(reached).toEqual({ to: [person], instead: null })
        else expect(reached).toBeNull()
      }),
    )
  })

  it('X8: deputies who stand in for each other in a circle are no end of the way', () => {
    const person = (id: string, deputy: string | null, roles: Addressee['roles'] = ['engineer']): Addressee => ({
      id,
      name: id,
      email: `${id}@example.com`,
      roles,
      active: true,
      absent: deputy !== null,
      deputy,
      preferences: {},
    })
    const given: Addressees = {
      people: new Map([person('a', 'b'), person('b', 'a'), person('root', null, ['admin'])].map((one) => [one.id, one])),
      teams: new Map(),
    }
    expect(reachPerson(given, 'a', 't')).toMatchObject({ to: [{ id: 'root' }], instead: { kind: 'climbed', person: 'a' } })
  })

  it('customers hear nothing that is for colleagues, whatever place they have come to hold', () => {
    const team = { id: 't', labels, lead: 'he', supervisor: 'both', departmentHead: null, members: ['he', 'both'] }
    const given: Addressees = {
      people: new Map(
        [there('he', ['customer']), there('both', ['supervisor', 'customer']), there('root', ['admin'])].map((one) => [one.id, one]),
      ),
      teams: new Map([['t', team]]),
    }
    expect(reachPerson(given, 'he', 't')).toMatchObject({ to: [{ id: 'both' }] })
    expect(reachRole(given, 'lead', 't')).toMatchObject({ to: [{ id: 'both' }] })
    expect(reachTeam(given, 't')?.to.map(({ id }) => id)).toEqual(['both'])
    // Of their own ticket somebody who works here hears as a customer only.
    const colleagues = colleaguesOn({ requester: 'both' }, given)
    expect(reachTeam(colleagues, 't')?.to.map(({ id }) => id)).toEqual(['root'])
    expect(reachRole(colleagues, 'supervisor', 't')?.to.map(({ id }) => id)).toEqual(['root'])
    expect(reachPerson(colleagues, 'both', 't')?.to.map(({ id }) => id)).toEqual(['root'])
  })

  it.each([
    ['supervisor@tech-support', { role: 'supervisor', team: 'tech-support' }],
    ['department-head@a@b', { role: 'department-head', team: 'a@b' }],
    ['admin@x', { role: 'admin', team: 'x' }],
    ['king@x', undefined],
    ['', undefined],
  ])('%s is a place over a team', (id, place) => {
    expect(roleOf(id)).toEqual(place)
  })
})

function there(id: string, roles: Addressee['roles']): Addressee {
  return { id, name: id, email: `${id}@example.com`, roles, active: true, absent: false, deputy: null, preferences: {} }
}
