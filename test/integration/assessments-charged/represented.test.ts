import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { insertAbsence } from '../../../db/absences.ts'
import { plus } from '../../../domain/instant.ts'
import { chen, lin, mei, monday, wang, zhou, type Story } from '../../support/tickets.ts'
import { withoutTickets } from '../db-lives.ts'
import { callback, type Counting, forTeam, openCounting, over, path, played, response, ticket } from './counting.ts'

/** For whom counts what the representative owes. */

let counting: Counting
beforeAll(async () => {
  counting = await openCounting()
})
beforeEach(() => withoutTickets(counting.db))
afterAll(() => counting.close())

const countedBy: Counting['countedBy'] = (...given) => counting.countedBy(...given)
const subjectsBy: Counting['subjectsBy'] = (...given) => counting.subjectsBy(...given)

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
    await withoutTickets(counting.db)
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
    await withoutTickets(counting.db)
    const byMei = reviewed([
      ['PT1H', mei, 'review-intake'],
      ['PT90M', lin, 'diagnose'],
    ])
    expect(await countedBy(response, [byMei])).toEqual({ 'team tech-support': forTeam, 'person mei': forTeam })
    await withoutTickets(counting.db)
    const diagnosed = played(ticket({ by: zhou, begins: 'triage' }), ['PT1H', mei, 'diagnose'], over)
    expect(await countedBy(response, [diagnosed])).toEqual({ 'team tech-support': forTeam, 'person mei': forTeam })
    await withoutTickets(counting.db)
    expect(await countedBy(callback, [solvedBy(ticket({ by: zhou }), over)])).toEqual({
      'team tech-support': forTeam,
      'person wang': forTeam,
    })
  })

  it('of who was away is marked by their absence, not by who handles the ticket', async () => {
    const away = { absentFrom: monday, absentUntil: plus(monday, 'P4D'), deputy: null, note: null }
    await insertAbsence(counting.db, { person: 'wang', ...away })
    await countedBy(callback, [solvedBy(ticket(), over)])
    expect(await subjectsBy(callback)).not.toMatchObject([{ results: [{ items: [{ absent: true }] }] }, {}])
    await insertAbsence(counting.db, { person: 'lin', ...away })
    expect(await subjectsBy(callback)).toMatchObject([{ results: [{ items: [{ absent: true }] }] }, { id: 'lin' }])
    await counting.db.deleteFrom('absences').execute()
  })
})
