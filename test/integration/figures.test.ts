import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { measure } from '../../db/figures/measure.ts'
import { workingDayEnds, workingSpans } from '../../domain/calendar/working-spans.ts'
import type { Dimension, Numbers } from '../../domain/figures/figure.ts'
import { instantOf, plus, type Instant } from '../../domain/instant.ts'
import { insertProcess } from '../../db/intake.ts'
import { project } from '../../db/projection.ts'
import { drivenAnswersOf } from '../../processes/report/drivers.ts'
import { ticketFigures } from '../../processes/ticket/figures/index.ts'
import type { FoldedTicket } from '../support/folded-figures/facts.ts'
import { foldFigure } from '../support/folded-figures/fold.ts'
import { foldAnswers } from '../support/folded-figures/folded-sections.ts'
import { birth, live, step, type Birth, type Step } from '../support/lives.ts'
import { chen, lin, monday, office, policyOf, Story, techSupport, zhou } from '../support/tickets.ts'
import { begin, formOf, openDatabase, ticketsThatTell } from './db-story.ts'

/** Every figure, by the product's statements and by an independent fold of the events: of arbitrary lives, spans and instants of knowing. */

let test: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())

const quiet = ticketsThatTell(() => [])

interface Life {
  readonly birth: Birth
  readonly begins: number
  readonly steps: readonly Step[]
  readonly customer: number
  readonly keywords: readonly string[]
  /** How often the customer is called before anything else happens. */
  readonly calls: number
}

const life: fc.Arbitrary<Life> = fc.record({
  birth,
  begins: fc.nat(60 * 24),
  steps: fc.array(step, { minLength: 15, maxLength: 60 }),
  customer: fc.nat(3),
  calls: fc.nat(2),
  keywords: fc.uniqueArray(fc.constantFrom('登录', '支付', '报表'), { maxLength: 2 }),
})

/** A ticket lives, and is written as the product writes it. */
async function lived(
  { birth: { by, submission, policy, absent }, begins, steps, customer, keywords, calls }: Life,
  number: string,
): Promise<FoldedTicket> {
  const now = plus(monday, `PT${begins}H`)
  const story = new Story({ by: { lin, zhou, chen }[by], submission, policy: policyOf(policy), now }).absent(absent)
  const [event] = story.events
  const born = { ...story.state, number }
  if (!event) throw new Error('nothing was submitted')
  for (let call = 0; call < calls; call += 1) story.later('PT1M').act(lin, 'contact')
  for (const one of steps) live(story, one)
  story.wake()
  const request = await begin(test.db, `intake-${number}`)
  const form = formOf({
    profile: techSupport.id,
    keywords: [...keywords],
    customer: { name: null, company: null, account: customer === 3 ? `account-${number}` : null },
    contact: { sealed: 'v1.test.sealed', masked: { phone: null, email: null }, keys: [`customer-${customer}`] },
  })
  const state = { ...story.state, number }
  const response = { status: 201, body: { number } }
  await insertProcess(test.db, { of: quiet, request, number, form, state: born, event, wakeAt: null, response })
  await project(test.db, quiet, { id: number, events: story.events.slice(1), state, outcomes: [] })
  return { number, profile: techSupport.id, keywords, contactKeys: form.contact.keys, account: form.customer.account, events: story.events }
}

/** What no life comes to, or hardly one: nothing is merged yet, and few customers are asked for a score they would not give. */
const rare = new Set([
  'submitted merged',
  'satisfaction 1',
  'satisfaction 2',
  'satisfaction 3',
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
/** Some instant: of the calendar, or one at which something happened, was recorded or fell due, where bounds are shown to be bounds. */
const moment: fc.Arbitrary<(lived: readonly Instant[]) => Instant> = fc.oneof(
  fc.integer({ min: -2, max: 130 }).map((halfDays) => () => instantOf(Date.parse(monday) + halfDays * 43_200_000)),
  fc.nat().map((at) => (lived: readonly Instant[]) => lived[at % lived.length] ?? monday),
)

function momentsOf({ events }: FoldedTicket): Instant[] {
  return events.flatMap(({ at, occurredAt, promises }) => [at, occurredAt, ...promises.map(({ dueAt }) => dueAt)])
}

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
          const lives = fc.sample(life, { seed, numRuns: 20 })
          await test.db.deleteFrom('tickets').execute()
          for (const table of ['events', 'promises', 'assignments', 'contacts', 'requests'] as const)
            await test.db.deleteFrom(table).execute()
          const tickets: FoldedTicket[] = []
          for (const [at, one] of lives.entries()) tickets.push(await lived(one, `R${run}-${at}`))
          const moments = tickets.flatMap(momentsOf)
          for (const chosen of spans) {
            const [a = monday, b = monday, asOf = monday] = chosen.map((choose) => choose(moments))
            const span = { from: a < b ? a : b, until: a < b ? b : a, asOf, profile: techSupport }
            for (const [at, figure] of ticketFigures.entries()) {
              const by: Dimension | undefined = figure.by[(choice + at) % figure.by.length]
              const measured = await measure(test.db, figure, { ...span, hours, dayEnds: workingDayEnds(office, hours) }, { by })
              const folded = foldFigure(figure, tickets, { ...span, calendar: office }, by)
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
    for (const one of ['answer', 'broken', 'reopened', 'transferred']) expect(seen.get(one), one).toBeGreaterThan(0)
    for (const { id, kind, marks } of ticketFigures) {
      expect(seen.get(`${id} n`), id).toBeGreaterThan(0)
      if (kind === 'share') expect(seen.get(`${id} hits`), id).toBeGreaterThan(0)
      for (const mark of Object.keys(marks).filter((one) => !rare.has(`${id} ${one}`)))
        expect(seen.get(`${id} ${mark}`), `${id} ${mark}`).toBeGreaterThan(0)
    }
  },
)
