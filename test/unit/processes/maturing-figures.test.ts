import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plus, type Instant } from '../../../domain/instant.ts'
import { ticketFigures } from '../../../processes/ticket/figures/index.ts'
import { foldedOf, life, storyOf } from '../../integration/db-lives.ts'
import { samplesOf, withSamples } from '../../integration/db-samples.ts'
import type { FoldedTicket } from '../../support/folded-figures/facts.ts'
import { foldFigure } from '../../support/folded-figures/fold.ts'
import { monday, office, techSupport } from '../../support/tickets.ts'

/** Lives of the same chance each time, in groups of which each is an office of its own. */
function groups(count: number): FoldedTicket[][] {
  return Array.from({ length: count }, (_, seed) => {
    const tickets = fc.sample(life, { seed, numRuns: 20 }).map((one, at) => foldedOf(storyOf(one), `R${seed}-${at}`, one))
    return withSamples(tickets, samplesOf(seed, seed, tickets))
  })
}

/** By when all was recorded that had happened before. */
function recorded(tickets: readonly FoldedTicket[], before: Instant): Instant {
  const late = tickets.flatMap(({ events, samples = [] }) =>
    [...events, ...samples.flat()].flatMap(({ at, occurredAt }) => (occurredAt < before && at > before ? [at] : [])),
  )
  return late.reduce((last, at) => (at > last ? at : last), before)
}

/** Those that are another number when all is known than when just what had happened by the end of a time was; of times of that length. */
function changed(
  of: readonly FoldedTicket[][],
  ids: readonly string[],
  length: string,
  kept: (ticket: FoldedTicket) => FoldedTicket,
): string[] {
  const found = new Set<string>()
  for (const tickets of of) {
    const end = plus(monday, 'P200D')
    for (let from = monday; from < plus(monday, 'P98D'); from = plus(from, length)) {
      const span = { from, until: plus(from, length), profile: techSupport, calendar: office }
      const known = recorded(tickets.map(kept), span.until)
      for (const figure of ticketFigures.filter(({ id }) => ids.includes(id) && !found.has(id))) {
        const [then, later] = [known, end].map((asOf) => foldFigure(figure, tickets, { ...span, asOf }))
        if (JSON.stringify(then?.total) !== JSON.stringify(later?.total)) found.add(figure.id)
      }
    }
  }
  return [...found]
}

const isJudged = (id: string) => id.startsWith('judged-')

describe('R12, T17, Q7: what is counted of a time that is over', () => {
  it('goes on changing of those figures that say so, and of no others', () => {
    const offices = groups(10)
    const ids = ticketFigures.map(({ id }) => id)
    // The backlog tells of its ages: days of work are folded slowly.
    const others = ids.filter((id) => !isJudged(id) && id !== 'ageing')
    const changing = [
      ...changed(offices, others, 'P14D', (ticket) => ticket),
      ...changed(offices, ids.filter(isJudged), 'P1D', (ticket) => ({ ...ticket, events: [] })),
    ]
    expect(changing.toSorted()).toEqual(ticketFigures.flatMap(({ id, matures }) => (matures ? [id] : [])).toSorted())
  })
})
