import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import type { Actor } from '../../../domain/people.ts'
import { chen, lin, mei, monday, wang, zhou } from '../../support/tickets.ts'
import { withoutTickets } from '../db-lives.ts'
import { type Counting, forTeam, gets, openCounting, over, played, response, start, ticket } from './counting.ts'

/** For whom a promise counts that was kept, and when somebody doubts it. */

let counting: Counting
beforeAll(async () => {
  counting = await openCounting()
})
beforeEach(() => withoutTickets(counting.db))
afterAll(() => counting.close())

const countedBy: Counting['countedBy'] = (...given) => counting.countedBy(...given)
const subjectsBy: Counting['subjectsBy'] = (...given) => counting.subjectsBy(...given)

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
    await withoutTickets(counting.db)
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
    await withoutTickets(counting.db)
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
