import * as fc from 'fast-check'
import type { Kysely } from 'kysely'
import { insertProcess } from '../../db/intake.ts'
import { project } from '../../db/projection.ts'
import type { Database } from '../../db/schema.ts'
import { instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { FoldedTicket } from '../support/folded-figures/facts.ts'
import { birth, birthOnAnyPath, live, step, type Birth, type Step } from '../support/lives.ts'
import { chen, lin, monday, policyOf, Story, techSupport, zhou } from '../support/tickets.ts'
import { begin, formOf, ticketsThatTell } from './db-story.ts'

/** Arbitrary lives of tickets in the rows, for what is reckoned of them. */

const quiet = ticketsThatTell(() => [])

export interface Life {
  readonly birth: Birth
  readonly begins: number
  readonly steps: readonly Step[]
  readonly customer: number
  readonly keywords: readonly string[]
  /** How often the customer is called before anything else happens. */
  readonly calls: number
}

export const life: fc.Arbitrary<Life> = fc.record({
  birth,
  begins: fc.nat(60 * 24),
  steps: fc.array(step, { minLength: 15, maxLength: 60 }),
  customer: fc.nat(3),
  calls: fc.nat(2),
  keywords: fc.uniqueArray(fc.constantFrom('登录', '支付', '报表'), { maxLength: 2 }),
})

/** The same, where stages are left out in any combination. */
export const lifeOnAnyPath: fc.Arbitrary<Life> = fc.tuple(life, birthOnAnyPath).map(([lived, born]) => ({ ...lived, birth: born }))

/** A ticket lives; after each step something else may happen to it. */
export function storyOf(
  { birth: { by, submission, policy, absent }, begins, steps, calls }: Life,
  also: (story: Story, given: Step) => void = () => {},
): Story {
  const now = plus(monday, `PT${begins}H`)
  const story = new Story({ by: { lin, zhou, chen }[by], submission, policy: policyOf(policy), now }).absent(absent)
  for (let call = 0; call < calls; call += 1) story.later('PT1M').act(lin, 'contact')
  for (const one of steps) {
    live(story, one)
    also(story, one)
  }
  story.wake()
  return story
}

/** Writes a ticket as the product does. */
export async function written(
  db: Kysely<Database>,
  story: Story,
  number: string,
  { keywords, customer }: Pick<Life, 'keywords' | 'customer'> = { keywords: [], customer: 0 },
): Promise<FoldedTicket> {
  const [event, ...events] = story.events
  if (!event) throw new Error('nothing was submitted')
  const request = await begin(db, `intake-${number}`)
  const ticket = foldedOf(story, number, { keywords, customer })
  const form = formOf({
    profile: techSupport.id,
    keywords: [...keywords],
    customer: { name: null, company: null, account: ticket.account },
    contact: { sealed: 'v1.test.sealed', masked: { phone: null, email: null }, keys: ticket.contactKeys },
  })
  const state = { ...story.state, number }
  // Its row is written anew with all that came after.
  const born = { ...state, version: 1 }
  const response = { status: 201, body: { number } }
  await insertProcess(db, { of: quiet, request, number, form, state: born, event, wakeAt: null, response })
  await project(db, quiet, { id: number, events, state, outcomes: [] })
  return ticket
}

/** A ticket as folds want it. */
export function foldedOf({ events }: Story, number: string, { keywords, customer }: Pick<Life, 'keywords' | 'customer'>): FoldedTicket {
  const account = customer === 3 ? `account-${number}` : null
  return { number, profile: techSupport.id, keywords, contactKeys: [`customer-${customer}`], account, events }
}

/** Before others live. */
export async function withoutTickets(db: Kysely<Database>): Promise<void> {
  for (const table of ['tickets', 'events', 'promises', 'assignments', 'contacts', 'requests'] as const)
    await db.deleteFrom(table).execute()
}

/** Some instant: of the calendar, or one at which something happened, was recorded or fell due, where bounds are shown to be bounds. */
export const moment: fc.Arbitrary<(lived: readonly Instant[]) => Instant> = fc.oneof(
  fc.integer({ min: -2, max: 130 }).map((halfDays) => () => instantOf(Date.parse(monday) + halfDays * 43_200_000)),
  fc.nat().map((at) => (lived: readonly Instant[]) => lived[at % lived.length] ?? monday),
)

export function momentsOf({ events, samples = [] }: FoldedTicket): Instant[] {
  return [...events, ...samples.flat()].flatMap(({ at, occurredAt, promises }) => [at, occurredAt, ...promises.map(({ dueAt }) => dueAt)])
}
