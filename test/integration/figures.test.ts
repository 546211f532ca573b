import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { measure } from '../../db/figures/measure.ts'
import { workingDayEnds, workingSpans } from '../../domain/calendar/working-spans.ts'
import type { Dimension, Numbers } from '../../domain/figures/figure.ts'
import { plus } from '../../domain/instant.ts'
import { drivenAnswersOf } from '../../processes/report/drivers.ts'
import { ticketFigures } from '../../processes/ticket/figures/index.ts'
import type { FoldedTicket } from '../support/folded-figures/facts.ts'
import { foldFigure, thingsOf } from '../support/folded-figures/fold.ts'
import { foldAnswers } from '../support/folded-figures/folded-sections.ts'
import { monday, office, techSupport } from '../support/tickets.ts'
import { lifeOnAnyPath, moment, momentsOf, storyOf, withoutTickets, written } from './db-lives.ts'
import { sampled } from './db-samples.ts'
import { openDatabase } from './db-story.ts'

/** Every figure, by the product's statements and by an independent fold of the events: of arbitrary lives, spans and instants of knowing. */

let test: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())

/** What no life comes to, or hardly one: nothing is merged yet. */
const rare = new Set([
  'submitted merged',
  'attainment cancelled-late',
  'deferrals late',
  'submitted withdrawn',
  'closed silence',
  'resolution-rate silence',
  'first-contact-resolution silence',
  'lasting-first-contact-resolution silence',
  'lasting-first-contact-resolution young',
])

function isIn(happened: readonly string[]) {
  return { broken: happened.includes('broken'), reopened: happened.includes('reopened'), transferred: happened.includes('transferred') }
}

const hours = workingSpans(office, monday, plus(monday, 'P900D'))

it(
  'T17, R12, M6, Q7, S17: a figure is what a fold of the events says, for any span and instant of knowing',
  { timeout: 300_000 },
  async () => {
    let run = 0
    const seen = new Map<string, number>()
    const noteSeen = (id: string, { n, hits, marks }: Numbers) => {
      for (const [what, count] of Object.entries({ n, hits: hits ?? 0, ...marks }))
        seen.set(`${id} ${what}`, (seen.get(`${id} ${what}`) ?? 0) + count)
    }
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.tuple(moment, moment, moment), { minLength: 4, maxLength: 4 }),
        fc.nat(),
        async (seed, spans, choice) => {
          run += 1
          // A seed is told when it fails, and not twenty lives.
          const lives = fc.sample(lifeOnAnyPath, { seed, numRuns: 20 })
          await withoutTickets(test.db)
          const lived: FoldedTicket[] = []
          for (const [at, one] of lives.entries()) lived.push(await written(test.db, storyOf(one), `R${run}-${at}`, one))
          const tickets = await sampled(test.db, seed, run, lived)
          const moments = tickets.flatMap(momentsOf)
          for (const chosen of spans) {
            const [a = monday, b = monday, asOf = monday] = chosen.map((choose) => choose(moments))
            const span = { from: a < b ? a : b, until: a < b ? b : a, asOf, profile: techSupport }
            for (const [at, figure] of ticketFigures.entries()) {
              const by: Dimension | undefined = figure.by[(choice + at) % figure.by.length]
              const measured = await measure(test.db, figure, { ...span, hours, dayEnds: workingDayEnds(office, hours) }, { by })
              const folded = foldFigure(figure, tickets, { ...span, calendar: office }, by)
              for (const { mark, hit, ms } of thingsOf(figure.id, tickets, { ...span, calendar: office })) {
                const counted = figure.kind === 'count' || (figure.kind === 'share' ? hit : ms) !== undefined
                if (mark !== undefined && mark in figure.marks)
                  expect({ figure: figure.id, mark, counted }).toEqual({
                    ...{ figure: figure.id, mark },
                    counted: !(figure.beside ?? []).includes(mark),
                  })
              }
              const parts = Object.fromEntries(measured.parts.map(({ key, ...numbers }) => [String(key), numbers]))
              noteSeen(figure.id, measured.total)
              expect({ figure: figure.id, by, total: measured.total, parts }).toEqual({ figure: figure.id, by, ...folded })
            }
            const driven = await drivenAnswersOf(test.db, { ...span, hours, dayEnds: [] }, {})
            const answers = foldAnswers(tickets, { ...span, calendar: office }, {})
            expect(driven).toEqual(
              answers
                .map(({ number, score, happened }) => ({ number, hit: score >= 4, ...isIn(happened) }))
                .toSorted((one, other) => (one.number < other.number ? -1 : 1)),
            )
            for (const { happened } of answers) for (const one of ['answer', ...happened]) seen.set(one, (seen.get(one) ?? 0) + 1)
          }
        },
      ),
      { numRuns: Number(process.env['FIGURE_RUNS'] ?? 12), endOnFailure: true },
    )
    // Had nothing happened, nothing would have been compared.
    // Few lives are reopened or handed on before their answer: those of reports-recomputed.test.ts are.
    for (const one of ['answer', 'broken']) expect(seen.get(one), one).toBeGreaterThan(0)
    for (const { id, kind, marks } of ticketFigures) {
      expect(seen.get(`${id} n`), id).toBeGreaterThan(0)
      if (kind === 'share') expect(seen.get(`${id} hits`), id).toBeGreaterThan(0)
      for (const mark of Object.keys(marks).filter((one) => !rare.has(`${id} ${one}`)))
        expect(seen.get(`${id} ${mark}`), `${id} ${mark}`).toBeGreaterThan(0)
    }
  },
)
