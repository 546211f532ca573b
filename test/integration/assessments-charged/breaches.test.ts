import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertAbsence } from '../../../db/absences.ts'
import { plus } from '../../../domain/instant.ts'
import { chen, lin, monday, wang } from '../../support/tickets.ts'
import { withoutTickets, written } from '../db-lives.ts'
import { type Counting, forTeam, gets, openCounting, over, played, resolution, response, solved, start, ticket } from './counting.ts'

/** For whom a breach counts. */

let counting: Counting
beforeAll(async () => {
  counting = await openCounting()
})
beforeEach(() => withoutTickets(counting.db))
afterAll(() => counting.close())

const countedBy: Counting['countedBy'] = (...given) => counting.countedBy(...given)
const subjectsBy: Counting['subjectsBy'] = (...given) => counting.subjectsBy(...given)

describe('R14: a breach', () => {
  it('is charged to who had the ticket when it was due, and for half of the time at least', async () => {
    expect(await countedBy(resolution, [played(ticket(), ['PT36H', chen, 'assign'], over)])).toEqual({
      'team tech-support': forTeam,
      'person wang': forTeam,
    })
  })

  it('and to the team alone, if they had it for less', async () => {
    expect(await countedBy(resolution, [played(ticket(), ['PT36H0.001S', chen, 'assign'], over)])).toEqual({
      'team tech-support': forTeam,
      'person wang': { n: 0, hits: 0, items: [], toTeam: 1 },
    })
  })

  it('is charged to no person where somebody else gets the ticket at the very instant', async () => {
    expect(
      await countedBy(resolution, [played(ticket(), ['PT1H', chen, 'assign'], ['PT72H', chen, 'reassign', gets('zhao')], over)]),
    ).toEqual({
      'team tech-support': forTeam,
      'person zhao': { n: 0, hits: 0, items: [], toTeam: 1 },
    })
  })

  it('stays with who had it when it is taken from them a moment later', async () => {
    expect(
      await countedBy(resolution, [played(ticket(), ['PT1H', chen, 'assign'], ['PT72H0.001S', chen, 'reassign', gets('zhao')], over)]),
    ).toEqual({
      'team tech-support': forTeam,
      'person wang': forTeam,
    })
  })

  it('what one had before and after another adds up', async () => {
    const story = played(
      ticket(),
      ['PT0S', chen, 'assign'],
      ['PT20H', chen, 'reassign', gets('zhao')],
      ['PT55H', chen, 'reassign', gets('wang')],
      over,
    )
    expect(await countedBy(resolution, [story])).toEqual({ 'team tech-support': forTeam, 'person wang': forTeam })
  })

  it('time that the promise rests is nobody’s', async () => {
    const story = played(
      ticket(),
      ['PT0S', chen, 'assign'],
      ['PT1H', wang, 'accept'],
      ['PT30H', wang, 'wait'],
      ['PT130H', wang, 'resume'],
      ['PT130H', chen, 'reassign', gets('zhao')],
      over,
    )
    expect(await countedBy(resolution, [story])).toEqual({ 'team tech-support': forTeam, 'person zhao': forTeam })
  })

  it('of a promise in working time, working time is what one has a ticket for', async () => {
    // Five working days from a Friday: two fifths are over on Tuesday morning, but three fifths of the hours.
    const friday = plus(monday, 'P4D')
    const story = played(ticket({ priority: 'medium', now: friday }), ['P4D', chen, 'assign'], over)
    expect(await countedBy(resolution, [story])).toEqual({ 'team tech-support': forTeam, 'person wang': forTeam })
  })

  it('of a ticket that nobody has is charged to the team', async () => {
    expect(await countedBy(start, [played(ticket(), over)])).toEqual({ 'team tech-support': forTeam })
    await withoutTickets(counting.db)
    const released = played(ticket(), ['PT0S', chen, 'assign'], ['PT1H', wang, 'release'], over)
    expect(await countedBy(start, [released])).toEqual({ 'team tech-support': forTeam })
  })

  it('by another priority, whose due instant was past, is charged to nobody', async () => {
    const story = played(
      ticket({ priority: 'medium' }),
      ['PT0S', chen, 'assign'],
      ['PT30H', wang, 'request-priority-change', { priority: 'urgent' }],
      ['PT31H', chen, 'decide-priority-change'],
      over,
    )
    expect(await countedBy(resolution, [story])).toEqual({
      'team tech-support': { n: 0, hits: 0, items: [], toNobody: 1 },
      'person wang': { n: 0, hits: 0, items: [], toNobody: 1 },
    })
  })

  it.each(['objective', 'subjective'] as const)('R11: stays one when a deferral was announced, and tells its cause: %s', async (cause) => {
    const newDueAt = plus(monday, 'PT100H')
    const story = played(ticket(), ['PT0S', chen, 'assign'], ['PT71H', wang, 'defer', { newDueAt, cause }], ['PT90H', lin, 'contact'], over)
    expect(await countedBy(resolution, [story])).toEqual({ 'team tech-support': forTeam, 'person wang': forTeam })
    const [team] = await subjectsBy(resolution)
    expect(team?.results[0]?.items).toEqual([
      {
        id: 'T1/resolution/1',
        ticket: 'T1',
        what: 'broken',
        clock: 'resolution',
        cycle: 1,
        at: plus(monday, 'PT72H'),
        keptAt: null,
        deferral: { at: plus(monday, 'PT71H'), by: 'wang', cause, reason: '厂商补丁推迟', newDueAt, late: true },
      },
    ])
  })

  it('of who was away is charged all the same, and marked: only a superior excuses it', async () => {
    await insertAbsence(counting.db, {
      person: 'wang',
      absentFrom: plus(monday, 'P2D'),
      absentUntil: plus(monday, 'P4D'),
      deputy: 'zhao',
      note: null,
    })
    await countedBy(resolution, [played(ticket(), ['PT0S', chen, 'assign'], over)])
    await written(counting.db, played(ticket({ now: plus(monday, 'P2D') }), ['PT0S', chen, 'assign'], over), 'T2')
    const subjects = await subjectsBy(resolution)
    expect(subjects.map(({ results }) => results[0]?.items.map(({ absent }) => absent))).toEqual([
      [true, undefined],
      [true, undefined],
    ])
    await counting.db.deleteFrom('absences').execute()
  })

  it('of a ticket that was withdrawn afterwards stays one', async () => {
    const story = played(ticket(), ['PT3H', lin, 'withdraw'])
    expect(await countedBy(response, [story])).toEqual({ 'team tech-support': forTeam, 'person lin': forTeam })
    expect(await subjectsBy(solved)).toMatchObject([{ results: [{ n: 0 }] }])
  })
})
