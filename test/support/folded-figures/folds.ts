import { epochMs } from '../../../domain/instant.ts'
import { milestonePromised } from '../../../domain/milestones.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import {
  type FoldedTicket,
  type FoldAsked,
  type Times,
  answerOf,
  atOnce,
  between,
  finishedIn,
  happenedIn,
  hourOfWeek,
  isAnswer,
  isIn,
  isResolution,
  isUndoing,
  known,
  last,
  openAtEnd,
  resolution,
  sameClass,
  sameCustomer,
  submission,
  submittedIn,
  sum,
  turnsOf,
  workingDaysOver,
} from './facts.ts'

/** Each figure, from its definition. */

/** One thing that a figure counts or tells apart. */
export interface Thing {
  readonly ticket: FoldedTicket
  readonly hit?: boolean | undefined
  readonly ms?: { readonly elapsed: number; readonly worked: number } | undefined
  readonly mark?: string | undefined
  readonly clock?: string | undefined
  readonly criterion?: string | undefined
}

type Fold = (tickets: readonly FoldedTicket[], asked: FoldAsked) => readonly Thing[]

export const folds: Readonly<Record<string, Fold>> = {
  submitted: (tickets, asked) =>
    submittedIn(tickets, asked).map((ticket) => {
      const stage = last(known(ticket.events, asked)).stage
      return { ticket, mark: stage === 'withdrawn' || stage === 'merged' ? stage : undefined }
    }),

  arrivals: (tickets, asked) =>
    submittedIn(tickets, asked).map((ticket) => ({ ticket, mark: hourOfWeek(submission(ticket).at, asked.profile.zone) })),

  closed: (tickets, asked) =>
    finishedIn(tickets, asked).map(({ ticket, closing }) => ({ ticket, mark: closing.silence ? 'silence' : undefined })),

  deferrals: (tickets, asked) =>
    tickets.flatMap((ticket) =>
      happenedIn(ticket, asked).flatMap((event) => (event.type === 'deferred' ? [{ ticket, mark: event.late ? 'late' : undefined }] : [])),
    ),

  backlog: (tickets, asked) => openAtEnd(tickets, asked).map((ticket) => ({ ticket })),

  ageing: (tickets, asked) =>
    openAtEnd(tickets, asked).map((ticket) => {
      const days = workingDaysOver(asked, submission(ticket).at, asked.until < asked.asOf ? asked.until : asked.asOf)
      return { ticket, mark: days >= 14 ? 'd14' : days >= 7 ? 'd07' : days >= 3 ? 'd03' : days >= 1 ? 'd01' : 'd00' }
    }),

  'response-time': (tickets, asked) =>
    submittedIn(tickets, asked).map((ticket) => {
      const first = submission(ticket)
      if (first.live) return { ticket, mark: 'live' }
      const answers = known(ticket.events, asked)
        .filter((event) => event.actor !== 'system' && isAnswer(event))
        .map(({ occurredAt }) => occurredAt)
      const answer = answers.toSorted()[0]
      return answer === undefined ? { ticket, mark: 'unanswered' } : { ticket, ms: between(asked, first.at, answer) }
    }),

  'handling-time': (tickets, asked) => handled(tickets, asked, ({ gross }) => gross),
  'net-handling-time': (tickets, asked) =>
    handled(tickets, asked, ({ gross, waited }) => ({ elapsed: gross.elapsed - waited.elapsed, worked: gross.worked - waited.worked })),
  'waiting-time': (tickets, asked) => handled(tickets, asked, ({ waited }) => waited),

  'resolution-time': (tickets, asked) =>
    tickets.flatMap((ticket) => {
      const resolved = resolution(ticket, asked)
      return resolved && isIn(resolved.occurredAt, asked)
        ? [{ ticket, ms: between(asked, submission(ticket).at, resolved.occurredAt) }]
        : []
    }),

  'resolution-rate': (tickets, asked) => ofSubmitted(tickets, asked, (ticket) => resolution(ticket, asked) !== undefined),
  'first-contact-resolution': (tickets, asked) => ofSubmitted(tickets, asked, (ticket) => atOnce(ticket, asked)),
  'lasting-first-contact-resolution': (tickets, asked) =>
    ofSubmitted(tickets, asked, (ticket) => {
      const resolved = resolution(ticket, asked)
      if (resolved && epochMs(resolved.occurredAt) + 7 * day > epochMs(asked.asOf)) return 'young'
      const recurs = tickets.some((other) => {
        const since = resolved ? epochMs(submission(other).at) - epochMs(resolved.occurredAt) : 0
        return other !== ticket && since > 0 && since <= 7 * day && sameCustomer(ticket, other) && sameClass(ticket, other, asked)
      })
      return atOnce(ticket, asked) && !recurs
    }),

  'reopen-rate': (tickets, asked) =>
    tickets.flatMap((ticket) => {
      const events = known(ticket.events, asked)
      return events.flatMap((event): Thing[] => {
        if (!isResolution(event) || !isIn(event.occurredAt, asked)) return []
        const after = events.filter(({ seq }) => seq > event.seq)
        if (after.some(({ type }) => type === 'reopened')) return [{ ticket, hit: true }]
        const over = after.some((later) => later.type === 'closed' && later.reopenableUntil <= asked.asOf)
        return [over ? { ticket, hit: false } : { ticket, mark: 'open' }]
      })
    }),

  'repeat-rate': (tickets, asked) =>
    tickets.flatMap((ticket) => {
      const completed = known(ticket.events, asked).findLast(({ type }) => type === 'completed')
      if (!completed || !isIn(completed.occurredAt, asked)) return []
      const earlier = tickets.filter((other) => {
        const before = epochMs(submission(ticket).at) - epochMs(submission(other).at)
        const isBefore = before > 0 || (before === 0 && other.number < ticket.number)
        return isBefore && before <= 30 * day && sameClass(ticket, other, asked)
      })
      const same = earlier.some((other) => sameCustomer(ticket, other))
      return [{ ticket, hit: earlier.length > 0, mark: same ? 'same-customer' : undefined }]
    }),

  satisfaction: (tickets, asked) =>
    tickets.flatMap((ticket) => {
      const answer = answerOf(ticket, asked)
      return answer && isIn(answer.at, asked) ? [{ ticket, hit: answer.score >= 4, mark: String(answer.score) }] : []
    }),

  'response-rate': (tickets, asked) =>
    finishedIn(tickets, asked).map(({ ticket }) => ({ ticket, hit: answerOf(ticket, asked) !== undefined })),

  'judged-quality': (tickets, asked) =>
    judgedIn(tickets, asked).flatMap(({ ticket, targeted, answers }) =>
      answers.flatMap(({ criterion, met }) =>
        met === null ? [] : [{ ticket, criterion, ...(targeted ? { mark: 'targeted' } : { hit: met }) }],
      ),
    ),
  'judged-without-fault': (tickets, asked) =>
    judgedIn(tickets, asked).map(({ ticket, targeted, answers }) => ({
      ticket,
      ...(targeted ? { mark: 'targeted' } : { hit: answers.every(({ met }) => met !== false) }),
    })),

  // What is paused is still due as before: it may leave the time once it goes on.
  attainment: (tickets, asked) =>
    tickets.flatMap((ticket) => {
      const events = known(ticket.events, asked)
      const cycles = new Map<string, PromiseState>()
      for (const { promises } of events) for (const promise of promises) cycles.set(`${promise.clock} ${promise.cycle}`, promise)
      return [...cycles.values()].flatMap((promise): Thing[] => {
        const clock = asked.profile.clocks.find(({ id }) => id === promise.clock)
        if (clock && clock.whenDue !== 'break') return []
        const decided = events.find(
          (event) =>
            event.type === 'promise-broken' && event.cause === 'retarget' && event.clock === promise.clock && event.cycle === promise.cycle,
        )
        if (!isIn(promise.state === 'broken' && decided ? decided.occurredAt : promise.dueAt, asked)) return []
        return [{ ticket, clock: milestonePromised(promise.clock)?.clock ?? promise.clock, ...outcomeOf(promise) }]
      })
    }),
}

/** The last word of each sample on each ticket, of those that were judged in the time; of samples that were not abandoned. */
function judgedIn(tickets: readonly FoldedTicket[], asked: FoldAsked) {
  return tickets.flatMap((ticket) =>
    (ticket.samples ?? []).flatMap((sample) => {
      const events = sample.filter(({ at }) => at <= asked.asOf)
      const [first] = events
      if (first?.type !== 'opened' || events.some(({ type }) => type === 'abandoned')) return []
      const word = events.findLast((event) => 'ticket' in event && event.ticket === ticket.number)
      if (word?.type !== 'judged' && word?.type !== 'rejudged') return []
      if (!isIn(word.judgedAt, asked)) return []
      return [{ ticket, targeted: first.manner === 'targeted', answers: word.answers }]
    }),
  )
}

function outcomeOf(promise: PromiseState): Pick<Thing, 'hit' | 'mark'> {
  switch (promise.state) {
    case 'kept':
      return { hit: true }
    case 'broken':
      return { hit: false, mark: 'broken' }
    case 'cancelled': {
      const length = epochMs(promise.dueAt) - epochMs(promise.startedAt)
      const used = promise.stoppedAt === null ? 0 : epochMs(promise.stoppedAt) - epochMs(promise.startedAt)
      return { mark: used > length * 0.75 ? 'cancelled-late' : 'cancelled' }
    }
    default:
      return { mark: 'running' }
  }
}

function handled(
  tickets: readonly FoldedTicket[],
  asked: FoldAsked,
  choose: (times: { readonly gross: Times; readonly waited: Times }) => Times,
): readonly Thing[] {
  return finishedIn(tickets, asked).flatMap(({ ticket }) => {
    const turns = turnsOf(known(ticket.events, asked))
    if (turns.length === 0) return []
    const gross = sum(turns.map(({ from, to }) => between(asked, from, to)))
    const waited = sum(
      turns.flatMap(({ from, to, waits }) =>
        waits.map((wait) => between(asked, wait.from > from ? wait.from : from, wait.to < to ? wait.to : to)),
      ),
    )
    return [{ ticket, ms: choose({ gross, waited }) }]
  })
}

function ofSubmitted(
  tickets: readonly FoldedTicket[],
  asked: FoldAsked,
  hit: (ticket: FoldedTicket) => boolean | 'young',
): readonly Thing[] {
  return submittedIn(tickets, asked).flatMap((ticket): Thing[] => {
    const events = known(ticket.events, asked)
    if (['withdrawn', 'merged'].includes(last(events).stage)) return []
    const is = hit(ticket)
    if (is === 'young') return [{ ticket, mark: 'young' }]
    const resolved = resolution(ticket, asked)
    const closing = events.findLast((event) => event.type === 'closed')
    const silent = closing?.type === 'closed' && closing.silence && !events.some((event) => event.seq > closing.seq && isUndoing(event))
    return [{ ticket, hit: is, mark: resolved ? undefined : silent ? 'silence' : 'running' }]
  })
}

const day = 86_400_000
