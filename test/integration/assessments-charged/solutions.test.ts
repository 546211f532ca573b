import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { said } from '../../../domain/labels.ts'
import { scoredIn } from '../../../processes/assessment/scored.ts'
import { chen, lin, monday, policyOf, Story, wang, zhao } from '../../support/tickets.ts'
import { withoutTickets, written } from '../db-lives.ts'
import { type Counting, gets, openCounting, path, over, played, resolution, satisfied, solved, ticket } from './counting.ts'

/** For whom solutions count, and what customers say of them; and who is scored. */

let counting: Counting
beforeAll(async () => {
  counting = await openCounting()
})
beforeEach(() => withoutTickets(counting.db))
afterAll(() => counting.close())

const countedBy: Counting['countedBy'] = (...given) => counting.countedBy(...given)
const subjectsBy: Counting['subjectsBy'] = (...given) => counting.subjectsBy(...given)

describe('R14: a solution', () => {
  const missed = (what: string) => ({ n: 1, hits: 0, items: [`T1 ${what}`] })

  it('counts for who had the ticket when it was recorded, whoever has it when the customer confirms', async () => {
    const story = played(ticket(), ...path, ['PT4H', chen, 'reassign', gets('zhao')], ['PT5H', lin, 'confirm'])
    const hit = { n: 1, hits: 1, items: [] }
    expect(await countedBy(solved, [story])).toEqual({ 'team tech-support': hit, 'person wang': hit })
  })

  it('that did not last counts against whose it was, not who has the ticket now', async () => {
    const reopened = played(
      ticket(),
      ...path,
      ['PT4H', lin, 'confirm'],
      ['PT5H', wang, 'close'],
      ['PT6H', lin, 'reopen'],
      ['PT7H', chen, 'reassign', gets('zhao')],
    )
    expect(await countedBy(solved, [reopened])).toEqual({ 'team tech-support': missed('reopened'), 'person wang': missed('reopened') })
    await withoutTickets(counting.db)
    const unsolved = played(
      ticket(),
      ...path,
      ['PT4H', lin, 'confirm', { outcome: 'unsolved', remark: '仍然报错' }],
      ['PT7H', chen, 'reassign', gets('zhao')],
    )
    expect(await countedBy(solved, [unsolved])).toEqual({ 'team tech-support': missed('unsolved'), 'person wang': missed('unsolved') })
  })

  it('of which the customer never said anything counts against whose it was', async () => {
    const clocks = policyOf().clocks.map((clock) => (clock.id === 'confirmation' ? { ...clock, whenDue: 'close' as const } : clock))
    const asked = new Story({
      submission: { priority: 'high' },
      policy: policyOf({ begins: 'assignment', planBeforeCompletion: 'never', clocks }),
    })
    const story = played(asked, ...path, ['PT4H', chen, 'reassign', gets('zhao')], ['P10D', lin, 'contact'])
    expect(await countedBy(solved, [story])).toEqual({ 'team tech-support': missed('silence'), 'person wang': missed('silence') })
    const [team] = await subjectsBy(solved)
    expect(team?.results[0]?.items).toMatchObject([{ at: story.last('closed').occurredAt }])
  })

  it('counts for who solved it in the end', async () => {
    const story = played(
      ticket(),
      ...path,
      ['PT4H', lin, 'confirm', { outcome: 'unsolved', remark: '仍然报错' }],
      ['PT7H', chen, 'reassign', gets('zhao')],
      ['PT8H', zhao, 'accept'],
      ['PT9H', zhao, 'complete'],
      ['PT10H', wang, 'verify'],
      ['PT11H', lin, 'confirm'],
    )
    const hit = { n: 1, hits: 1, items: [] }
    expect(await countedBy(solved, [story])).toEqual({ 'team tech-support': hit, 'person zhao': hit })
  })

  it('that was reopened after the month counts as far as it was known', async () => {
    const story = played(
      ticket({ now: plus(monday, 'P28D') }),
      ...path,
      ['PT4H', lin, 'confirm'],
      ['PT5H', wang, 'close'],
      ['P3D', lin, 'reopen'],
    )
    const [before, after] = [plus(monday, 'P30D'), plus(monday, 'P32D')]
    expect(await countedBy(solved, [story], { asOf: before })).toMatchObject({ 'person wang': { n: 1, hits: 1 } })
    expect(await subjectsBy(solved, after)).toMatchObject([{}, { id: 'wang', results: [{ n: 1, hits: 0, items: [{ what: 'reopened' }] }] }])
  })

  it('a ticket without an answer counts for who had it when the month ended', async () => {
    const story = played(ticket({ now: plus(monday, 'P28D') }), ['PT0S', chen, 'assign'], ['P2D', chen, 'reassign', gets('zhao')])
    expect(await countedBy(solved, [story], { asOf: plus(monday, 'P32D') })).toEqual({
      'team tech-support': missed('running'),
      'person wang': missed('running'),
    })
  })

  it('a ticket that is still on its way is not counted as long as none of its promises is broken', async () => {
    const story = played(
      ticket({ priority: 'low', now: plus(monday, 'P29D') }),
      ['PT0S', chen, 'assign'],
      ['PT10M', wang, 'accept'],
      ['PT30M', wang, 'plan'],
      ['PT1H', lin, 'contact'],
      ['PT2H', wang, 'update-progress'],
      ['PT8H', lin, 'contact'],
    )
    const beside = { n: 0, hits: 0, items: [], running: 1 }
    // The next update was due after four hours of work.
    const broken = plus(monday, 'P29DT8H')
    expect(await countedBy(solved, [story], { asOf: plus(broken, '-PT0.001S') })).toEqual({
      'team tech-support': beside,
      'person wang': beside,
    })
    const late = { tickets: 1, results: [{ n: 1, hits: 0, items: [{ ticket: 'T1', what: 'running' }] }] }
    expect(await subjectsBy(solved, broken)).toMatchObject([late, late])
  })

  it('what customers answer counts for whose solution it was, also after they gave the ticket away', async () => {
    const story = played(
      ticket(),
      ...path,
      ['PT4H', lin, 'confirm'],
      ['PT5H', wang, 'close'],
      ['PT6H', chen, 'hand-over'],
      ['PT7H', lin, 'callback', { satisfaction: 3, experience: '太慢' }],
    )
    const found = await countedBy(satisfied, [story])
    expect(found).toEqual({ 'team tech-support': missed('dissatisfied'), 'person wang': missed('dissatisfied') })
    const [team] = await subjectsBy(satisfied)
    // No word of the customer's.
    expect(team?.results[0]?.items).toEqual([
      { id: 'T1/satisfaction', ticket: 'T1', what: 'dissatisfied', at: plus(monday, 'PT7H'), score: 3 },
    ])
  })
})

describe('R14: who is scored', () => {
  it('the teams of the profile, whichever else had a ticket, and who had one: also a team that is dissolved, and who has left', async () => {
    const story = played(ticket(), ['PT0S', chen, 'assign', { assignee: undefined, team: 'second-line' }], ['PT1H', zhao, 'claim'], over)
    await written(counting.db, story, 'T1')
    const subjects = await subjectsBy(resolution)
    expect(subjects.map(({ kind, id, name, tickets }) => ({ kind, id, name, tickets }))).toEqual([
      { kind: 'team', id: 'second-line', name: said('second-line', 'second-line', 'second-line'), tickets: 1 },
      { kind: 'team', id: 'tech-support', name: said('技术支持', '技術支援', 'Technical support'), tickets: 0 },
      { kind: 'person', id: 'zhao', name: 'zhao by name', tickets: 1 },
    ])
  })

  it('a head who has left stays one, whose score no other head decides over; a team is led by who leads it then', async () => {
    await counting.db
      .updateTable('people')
      .set({ roles: ['engineer', 'department-lead'] })
      .where('id', '=', 'zhao')
      .execute()
    await counting.db.updateTable('teams').set({ lead: 'wang' }).where('id', '=', 'tech-support').execute()
    const story = played(ticket(), ['PT0S', chen, 'assign', { assignee: 'zhao' }], over)
    await written(counting.db, story, 'T1')
    expect(scoredIn({ subjects: await subjectsBy(resolution) })).toEqual([
      { kind: 'team', id: 'tech-support', teams: ['tech-support'], leads: false, speaker: 'wang' },
      { kind: 'person', id: 'zhao', teams: [], leads: true, speaker: 'zhao' },
    ])
    await counting.db.updateTable('teams').set({ lead: null }).where('id', '=', 'tech-support').execute()
  })

  it('a ticket is counted once, however many of its promises are', async () => {
    const plan = { figure: 'attainment', clock: 'progress' }
    const story = played(
      ticket(),
      ['PT0S', chen, 'assign'],
      ['PT1H', wang, 'accept'],
      ['PT2H', wang, 'update-progress'],
      ['PT3H', wang, 'update-progress'],
      over,
    )
    await written(counting.db, story, 'T1')
    const subjects = await subjectsBy(plan)
    expect(subjects).toMatchObject([
      { tickets: 1, results: [{ n: 3 }] },
      { id: 'wang', teams: ['tech-support'], tickets: 1, results: [{ n: 3 }] },
    ])
  })
})
