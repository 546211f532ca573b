import type { Kysely } from 'kysely'
import type { Database } from '../../db/schema.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import type { FoldedTicket } from './folded-figures/facts.ts'
import { good } from './samples.ts'
import { SampleStory, writeSample, wu } from './sample-story.ts'

/** Samples of tickets that are in the rows, for whoever reckons them again: judged well and badly, corrected, excused, named, abandoned. */

const bad = { greeting: 'no', solution: 2, callback: 'not-applicable' }

/** Draws one of each few closed tickets of a profile, a day after the last of them was closed; the tickets with the samples they are in. */
export async function withSampled(db: Kysely<Database>, all: readonly FoldedTicket[], profile: string): Promise<FoldedTicket[]> {
  const closed = all.flatMap((ticket) => {
    const closing = ticket.events.findLast(({ type }) => type === 'closed')
    return ticket.profile === profile && closing ? [{ number: ticket.number, at: closing.at }] : []
  })
  const ordered = closed.toSorted((one, other) => (one.at < other.at ? -1 : 1))
  const stories: SampleStory[] = []
  for (let from = 0; from + each <= ordered.length; from += each) {
    const drawn = ordered.slice(from, from + each)
    const story = judged(
      `CJ${profile}${from}`,
      drawn.map(({ number }) => number),
      plus(drawn.at(-1)?.at ?? '', 'P1D'),
      from / each,
    )
    await writeSample(db, story, profile)
    stories.push(story)
  }
  return all.map((ticket) => ({
    ...ticket,
    samples: stories.flatMap(({ state, events }) => (state.tickets.some((one) => one.ticket === ticket.number) ? [events] : [])),
  }))
}

const each = 5

function judged(number: string, tickets: readonly string[], now: Instant, nth: number): SampleStory {
  const named = { tickets: [...tickets], of: undefined, from: undefined, until: undefined }
  const story = new SampleStory({ number, tickets, now, given: nth % 4 === 3 ? named : {} })
  tickets.forEach((ticket, at) => {
    story.later('PT3H')
    if (at === 4 && nth % 2 === 0) story.act(wu, 'excuse-ticket', { ticket, reason: '录音缺失' })
    else story.act(wu, 'judge', { ticket, answers: (nth + at) % 3 === 0 ? bad : good, remark: `第 ${at + 1} 张，客户 139 1234 5678` })
  })
  const [first = ''] = tickets
  if (nth % 3 === 0) story.later('PT20H').act(wu, 'rejudge', { ticket: first, answers: good, reason: '漏看记录' })
  if (nth % 5 === 4) story.act(wu, 'abandon', { reason: '重复' })
  return story
}
