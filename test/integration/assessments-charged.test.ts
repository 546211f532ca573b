import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertAbsence } from '../../db/absences.ts'
import { installCalendar } from '../../db/calendars.ts'
import { putEverybody } from '../../db/people.ts'
import type { ScoredSubject } from '../../domain/assessment/model.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import { said } from '../../domain/labels.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { reckonAssessment } from '../../processes/assessment/reckon.ts'
import { scoredIn } from '../../processes/assessment/scored.ts'
import { ticketFigures } from '../../processes/ticket/figures/index.ts'
import { planOf } from '../support/assessments.ts'
import {
  chen,
  everybody,
  lin,
  mei,
  monday,
  office,
  policyOf,
  Story,
  techSupport,
  wang,
  zhao,
  zhou,
  type CommandName,
  type Input,
} from '../support/tickets.ts'
import { withoutTickets, written } from './db-lives.ts'
import { openDatabase } from './db-story.ts'

/** R14: for whom something counts, and for whom it does not. Each story is one ticket of March; times are since its registration on a Monday at nine. */

const march = { id: '2026-03', from: '2026-02-28T16:00:00.000Z', until: '2026-03-31T16:00:00.000Z' }
const firstOfApril = '2026-04-01T01:00:00.000Z'

let test: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  test = await openDatabase()
  await installCalendar(test.db, { calendar: office, source: null, installedAt: plus(monday, '-P365D'), installedBy: 'root' })
  // The second line is no team any more, and Zhao has left.
  await putEverybody(
    test.db,
    [{ id: 'tech-support', labels: said('技术支持', '技術支援', 'Technical support'), lead: null, supervisor: null, departmentHead: null }],
    everybody.map(({ id, roles }) => {
      const teams = id === 'wang' || id === 'mei' ? ['tech-support'] : []
      return { id, name: `${id} by name`, email: null, roles, active: id !== 'zhao', teams, skills: [] }
    }),
  )
})
beforeEach(() => withoutTickets(test.db))
afterAll(() => test.close())

/** A ticket of high priority, whose promises count every hour: a first response within 2, a solution within 72. It begins unclaimed. */
function ticket({ priority = 'high', now = monday, by = lin, begins = 'assignment' }: Partial<Registered> = {}): Story {
  return new Story({
    submission: { priority },
    by,
    policy: policyOf({ ...(begins !== 'intake' && { begins }), planBeforeCompletion: 'never' }),
    now,
  })
}

interface Registered {
  readonly priority: string
  readonly now: Instant
  /** A customer, and nobody keeps in touch with them yet. */
  readonly by: Actor
  readonly begins: Profile['begins']
}

/** What happens when, each after so long since the beginning. */
function played(story: Story, ...steps: readonly (readonly [after: string, actor: Actor, name: CommandName, input?: Input])[]): Story {
  const begins = story.now
  for (const [after, actor, name, input] of steps) {
    story.at(plus(begins, after)).wake()
    story.act(actor, name, input)
  }
  story.wake()
  return story
}

const gets = (assignee: string) => ({ assignee, reason: '换人' })
const over = ['P20D', lin, 'contact'] as const

interface Found {
  readonly n: number
  readonly hits: number
  readonly items: readonly string[]
  readonly toTeam?: number
  readonly toNobody?: number
  readonly running?: number
}

/** What was counted for each by one criterion, of these tickets and no others; without who had nothing. */
async function countedBy(criterion: object, stories: readonly Story[], { asOf = firstOfApril } = {}) {
  for (const [at, story] of stories.entries()) await written(test.db, story, `T${at + 1}`)
  const subjects = await subjectsBy(criterion, asOf)
  const found: Record<string, Found> = {}
  for (const { kind, id, results } of subjects)
    for (const { n, hits, items, toTeam = 0, toNobody = 0, running = 0 } of results) {
      if (n + toTeam + toNobody + running === 0) continue
      const shown = items.map(({ ticket: number, what }) => `${number} ${what}`)
      const beside = { toTeam, toNobody, running }
      found[`${kind} ${id}`] = { n, hits, items: shown, ...Object.fromEntries(Object.entries(beside).filter(([, count]) => count > 0)) }
    }
  return found
}

async function subjectsBy(criterion: object, asOf: Instant = firstOfApril): Promise<ScoredSubject[]> {
  const plan = planOf({ criteria: [{ id: 'one', weight: 1, standard: 90, ...criterion }] })
  const { subjects } = await reckonAssessment({
    db: test.db,
    figures: ticketFigures,
    profile: techSupport,
    assessment: plan,
    period: march,
    asOf,
  })
  return subjects
}

const resolution = { figure: 'attainment', clock: 'resolution' }
const response = { figure: 'attainment', clock: 'first-response' }
const start = { figure: 'attainment', clock: 'start' }
const callback = { figure: 'attainment', clock: 'callback' }
const solved = { figure: 'resolution-rate' }
const satisfied = { figure: 'satisfaction' }

const forTeam = { n: 1, hits: 0, items: ['T1 broken'] }

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
    await withoutTickets(test.db)
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

  it('stays one when a deferral was announced, and tells of it', async () => {
    const newDueAt = plus(monday, 'PT100H')
    const story = played(ticket(), ['PT0S', chen, 'assign'], ['PT71H', wang, 'defer', { newDueAt }], ['PT90H', lin, 'contact'], over)
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
        deferral: { at: plus(monday, 'PT71H'), by: 'wang', cause: 'objective', reason: '厂商补丁推迟', newDueAt, late: true },
      },
    ])
  })

  it('of who was away is charged all the same, and marked: only a superior excuses it', async () => {
    await insertAbsence(test.db, {
      person: 'wang',
      absentFrom: plus(monday, 'P2D'),
      absentUntil: plus(monday, 'P4D'),
      deputy: 'zhao',
      note: null,
    })
    await countedBy(resolution, [played(ticket(), ['PT0S', chen, 'assign'], over)])
    await written(test.db, played(ticket({ now: plus(monday, 'P2D') }), ['PT0S', chen, 'assign'], over), 'T2')
    const subjects = await subjectsBy(resolution)
    expect(subjects.map(({ results }) => results[0]?.items.map(({ absent }) => absent))).toEqual([
      [true, undefined],
      [true, undefined],
    ])
    await test.db.deleteFrom('absences').execute()
  })

  it('of a ticket that was withdrawn afterwards stays one', async () => {
    const story = played(ticket(), ['PT3H', lin, 'withdraw'])
    expect(await countedBy(response, [story])).toEqual({ 'team tech-support': forTeam, 'person lin': forTeam })
    expect(await subjectsBy(solved)).toMatchObject([{ results: [{ n: 0 }] }])
  })
})

describe('R14: a promise that was kept', () => {
  const kept = { n: 1, hits: 1, items: [] }

  it('counts for who had the ticket when it was kept, also of who takes it at that instant or loses it the next', async () => {
    // Taken and accepted at once.
    const claimed = played(
      ticket(),
      ['PT1H', wang, 'claim'],
      ['PT1H', wang, 'accept'],
      ['PT1H0.001S', chen, 'reassign', gets('zhao')],
      over,
    )
    expect(await countedBy(start, [claimed])).toEqual({ 'team tech-support': kept, 'person wang': kept })
  })

  it('counts for the team, where nobody had it', async () => {
    expect(await countedBy(response, [played(ticket({ by: zhou }), ['PT1H', lin, 'contact'])])).toEqual({ 'team tech-support': kept })
  })

  const told = async (recorded: string, occurred: string, by: Actor = lin) => {
    await withoutTickets(test.db)
    const story = played(ticket(), ['PT0S', chen, 'assign'], [recorded, by, 'contact', { occurredAt: plus(monday, occurred) }])
    return countedBy(response, [story])
  }
  const inDoubt = { n: 1, hits: 1, items: ['T1 backdated'] }

  it('is in doubt where who owed it recorded more than half an hour later, after it was due, that they had kept it', async () => {
    expect(await told('PT3H', 'PT1H30M')).toEqual({ 'team tech-support': inDoubt, 'person lin': inDoubt })
    expect(await told('PT2H15M0.001S', 'PT1H45M')).toEqual({ 'team tech-support': inDoubt, 'person lin': inDoubt })
    const [team] = await subjectsBy(response)
    expect(team?.results[0]?.items).toMatchObject([
      { id: 'T1/first-response/1', keptAt: plus(monday, 'PT1H45M'), recordedAt: plus(monday, 'PT2H15M0.001S'), recordedBy: 'lin' },
    ])
  })

  it('is in doubt from the moment after its due instant', async () => {
    expect(await told('PT2H0.001S', 'PT10M')).toEqual({ 'team tech-support': inDoubt, 'person lin': inDoubt })
  })

  it('is in no doubt after half an hour, before it was due, or where somebody else recorded it', async () => {
    const certain = { 'team tech-support': kept, 'person lin': kept }
    expect(await told('PT2H15M', 'PT1H45M')).toEqual(certain)
    expect(await told('PT2H', 'PT10M')).toEqual(certain)
    expect(await told('PT3H', 'PT1H30M', wang)).toEqual(certain)
  })

  it('of a ticket that nobody had is in doubt where the team itself recorded it', async () => {
    const late = { occurredAt: plus(monday, 'PT1H') }
    expect(await countedBy(response, [played(ticket({ by: zhou }), ['PT3H', mei, 'contact', late])])).toEqual({
      'team tech-support': inDoubt,
    })
    await withoutTickets(test.db)
    expect(await countedBy(response, [played(ticket({ by: zhou }), ['PT3H', lin, 'contact', late])])).toEqual({ 'team tech-support': kept })
  })

  it('is a breach as long as nobody has recorded it', async () => {
    const story = played(
      ticket(),
      ['PT0S', chen, 'assign'],
      ['P20D', chen, 'urge'],
      ['P40D', lin, 'contact', { occurredAt: plus(monday, 'PT1H') }],
    )
    expect(await countedBy(response, [story])).toEqual({ 'team tech-support': forTeam, 'person lin': forTeam })
    expect(await subjectsBy(response, plus(monday, 'P50D'))).toMatchObject([{ results: [{ hits: 1 }] }, { results: [{ hits: 1 }] }])
  })
})

const path = [
  ['PT0S', chen, 'assign'],
  ['PT1H', wang, 'accept'],
  ['PT2H', wang, 'complete'],
  ['PT3H', zhao, 'verify'],
] as const

describe('R14: a promise that the representative owes', () => {
  const solvedBy = (story: Story, ...then: Parameters<typeof played>[1][]) => played(story, ...path, ['PT4H', lin, 'confirm'], ...then)
  const handedOver = ['hand-over', { from: 'lin', to: 'mei' }] as const
  const hit = { n: 1, hits: 1, items: [] }

  it('is the representative’s, and not who handles the ticket: the callback', async () => {
    expect(await countedBy(callback, [solvedBy(ticket(), over)])).toEqual({ 'team tech-support': forTeam, 'person lin': forTeam })
  })

  it('and the first response, before anybody handles it', async () => {
    expect(await countedBy(response, [played(ticket(), over)])).toEqual({ 'team tech-support': forTeam, 'person lin': forTeam })
  })

  it('is charged to who got it half of the time before it was due, and to the team alone where that was less', async () => {
    const half = solvedBy(ticket(), ['PT16H', chen, ...handedOver], over)
    expect(await countedBy(callback, [half])).toEqual({ 'team tech-support': forTeam, 'person mei': forTeam })
    await withoutTickets(test.db)
    expect(await countedBy(callback, [solvedBy(ticket(), ['PT16H0.001S', chen, ...handedOver], over)])).toEqual({
      'team tech-support': forTeam,
      'person mei': { n: 0, hits: 0, items: [], toTeam: 1 },
    })
  })

  it('counts for who was the representative when it was kept, whoever called', async () => {
    const story = solvedBy(ticket(), ['PT5H', wang, 'close'], ['PT6H', mei, 'callback'], ['PT7H', chen, ...handedOver], over)
    expect(await countedBy(callback, [story])).toEqual({ 'team tech-support': hit, 'person lin': hit })
  })

  it('of what a customer registered alone is theirs who review, diagnose or accept it first; until then the team’s', async () => {
    const reviewed = (steps: Parameters<typeof played>[1][]) => played(ticket({ by: zhou, begins: 'intake' }), ...steps, over)
    expect(await countedBy(response, [reviewed([])])).toEqual({ 'team tech-support': forTeam })
    await withoutTickets(test.db)
    const byMei = reviewed([
      ['PT1H', mei, 'review-intake'],
      ['PT90M', lin, 'diagnose'],
    ])
    expect(await countedBy(response, [byMei])).toEqual({ 'team tech-support': forTeam, 'person mei': forTeam })
    await withoutTickets(test.db)
    const diagnosed = played(ticket({ by: zhou, begins: 'triage' }), ['PT1H', mei, 'diagnose'], over)
    expect(await countedBy(response, [diagnosed])).toEqual({ 'team tech-support': forTeam, 'person mei': forTeam })
    await withoutTickets(test.db)
    expect(await countedBy(callback, [solvedBy(ticket({ by: zhou }), over)])).toEqual({
      'team tech-support': forTeam,
      'person wang': forTeam,
    })
  })

  it('of who was away is marked by their absence, not by who handles the ticket', async () => {
    const away = { absentFrom: monday, absentUntil: plus(monday, 'P4D'), deputy: null, note: null }
    await insertAbsence(test.db, { person: 'wang', ...away })
    await countedBy(callback, [solvedBy(ticket(), over)])
    expect(await subjectsBy(callback)).not.toMatchObject([{ results: [{ items: [{ absent: true }] }] }, {}])
    await insertAbsence(test.db, { person: 'lin', ...away })
    expect(await subjectsBy(callback)).toMatchObject([{ results: [{ items: [{ absent: true }] }] }, { id: 'lin' }])
    await test.db.deleteFrom('absences').execute()
  })
})

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
    await withoutTickets(test.db)
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
    await written(test.db, story, 'T1')
    const subjects = await subjectsBy(resolution)
    expect(subjects.map(({ kind, id, name, tickets }) => ({ kind, id, name, tickets }))).toEqual([
      { kind: 'team', id: 'second-line', name: said('second-line', 'second-line', 'second-line'), tickets: 1 },
      { kind: 'team', id: 'tech-support', name: said('技术支持', '技術支援', 'Technical support'), tickets: 0 },
      { kind: 'person', id: 'zhao', name: 'zhao by name', tickets: 1 },
    ])
  })

  it('a head who has left stays one, whose score no other head decides over; a team is led by who leads it then', async () => {
    await test.db
      .updateTable('people')
      .set({ roles: ['engineer', 'department-lead'] })
      .where('id', '=', 'zhao')
      .execute()
    await test.db.updateTable('teams').set({ lead: 'wang' }).where('id', '=', 'tech-support').execute()
    const story = played(ticket(), ['PT0S', chen, 'assign', { assignee: 'zhao' }], over)
    await written(test.db, story, 'T1')
    expect(scoredIn({ subjects: await subjectsBy(resolution) })).toEqual([
      { kind: 'team', id: 'tech-support', teams: ['tech-support'], leads: false, speaker: 'wang' },
      { kind: 'person', id: 'zhao', teams: [], leads: true, speaker: 'zhao' },
    ])
    await test.db.updateTable('teams').set({ lead: null }).where('id', '=', 'tech-support').execute()
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
    await written(test.db, story, 'T1')
    const subjects = await subjectsBy(plan)
    expect(subjects).toMatchObject([
      { tickets: 1, results: [{ n: 3 }] },
      { id: 'wang', teams: ['tech-support'], tickets: 1, results: [{ n: 3 }] },
    ])
  })
})
