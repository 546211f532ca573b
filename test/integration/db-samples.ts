import * as fc from 'fast-check'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { plus } from '../../domain/instant.ts'
import type { FoldedTicket } from '../support/folded-figures/facts.ts'
import { SampleStory, writeSample, wu } from '../support/sample-story.ts'
import { good } from '../support/samples.ts'
import { monday, techSupport } from '../support/tickets.ts'

/** Arbitrary samples of tickets in the rows, for what is reckoned of them. */

/** Some of the tickets are drawn, or named, after they came; who judges does anything, and time passes. */
interface Sampling {
  readonly of: readonly number[]
  readonly targeted: boolean
  readonly begins: number
  readonly steps: readonly { readonly what: number; readonly ticket: number; readonly answer: number; readonly minutes: number }[]
}

const sampling: fc.Arbitrary<Sampling> = fc.record({
  of: fc.uniqueArray(fc.nat(19), { minLength: 1, maxLength: 6 }),
  targeted: fc.boolean(),
  begins: fc.nat(60 * 24),
  steps: fc.array(fc.record({ what: fc.nat(19), ticket: fc.nat(5), answer: fc.nat(11), minutes: fc.nat(60 * 24) }), { maxLength: 14 }),
})

/** Writes a few samples of these tickets, in place of those that there were; the tickets with the samples that they are in. */
export async function sampled(db: Kysely<Database>, seed: number, run: number, tickets: readonly FoldedTicket[]): Promise<FoldedTicket[]> {
  await sql`delete from samples`.execute(db)
  const stories = samplesOf(seed, run, tickets)
  for (const story of stories) await writeSample(db, story, techSupport.id)
  return withSamples(tickets, stories)
}

export function samplesOf(seed: number, run: number, tickets: readonly FoldedTicket[]): SampleStory[] {
  return fc.sample(sampling, { seed, numRuns: 5 }).map((one, at) => storyOf(one, `S${run}-${at}`, tickets))
}

export function withSamples(tickets: readonly FoldedTicket[], stories: readonly SampleStory[]): FoldedTicket[] {
  return tickets.map((ticket) => ({
    ...ticket,
    samples: stories.flatMap(({ state, events }) => (state.tickets.some((one) => one.ticket === ticket.number) ? [events] : [])),
  }))
}

function storyOf({ of, targeted, begins, steps }: Sampling, number: string, tickets: readonly FoldedTicket[]): SampleStory {
  const drawn = tickets.filter((_, at) => of.includes(at))
  const latest = drawn.map(({ events: [first] }) => first?.at ?? monday).reduce((one, other) => (one > other ? one : other), monday)
  const numbers = drawn.map((ticket) => ticket.number)
  const named = { tickets: numbers, of: undefined, from: undefined, until: undefined }
  const story = new SampleStory({ number, tickets: numbers, now: plus(latest, `PT${begins}M`), given: targeted ? named : {} })
  for (const { what, ticket: at, answer, minutes } of steps) {
    story.later(`PT${minutes}M`)
    if (what % 5 === 0) story.wake()
    const ticket = numbers[at % numbers.length] ?? ''
    const answers =
      answer < 6
        ? good
        : { greeting: answer % 3 === 0 ? 'no' : 'yes', solution: (answer % 5) + 1, callback: answer % 2 === 0 ? 'not-applicable' : 'yes' }
    const late = what % 4 === 0 ? { occurredAt: plus(story.now, `-PT${minutes}M`) } : {}
    if (what < 11) story.try(wu, 'judge', { ticket, answers, ...late })
    else if (what < 15) story.try(wu, 'rejudge', { ticket, answers, reason: '更正' })
    else if (what < 18) story.try(wu, 'excuse-ticket', { ticket, reason: '录音缺失' })
    else story.try(wu, what === 18 ? 'close' : 'abandon', what === 18 ? {} : { reason: '重复' })
  }
  return story
}
