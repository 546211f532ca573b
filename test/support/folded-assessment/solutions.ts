import type { ScoreItem } from '../../../domain/assessment/model.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import {
  answerOf,
  isIn,
  isUndoing,
  known,
  last,
  resolution,
  submission,
  submittedIn,
  type FoldAsked,
  type FoldedTicket,
} from '../folded-figures/facts.ts'
import type { Uncounted } from './charge.ts'
import { holdAfter, type Hold } from './holders.ts'

/** Solutions, and what customers say of them, and for whom each counts. */

export function ofSolutions(tickets: readonly FoldedTicket[], asked: FoldAsked): Uncounted[] {
  return submittedIn(tickets, asked).flatMap((ticket): Uncounted[] => {
    const events = known(ticket.events, asked)
    if (['withdrawn', 'merged'].includes(last(events).stage)) return []
    const base = { ticket: ticket.number, personal: true }
    const item = { id: `${ticket.number}/resolution-rate`, ticket: ticket.number }
    const resolved = resolution(ticket, asked)
    if (resolved) return [{ ...base, ...handledBefore(events, resolved), hit: true }]
    const undoing = events.findLast(isUndoing)
    const closing = events.findLast((event) => event.type === 'closed')
    if (closing?.type === 'closed' && closing.silence && closing.seq > (undoing?.seq ?? 0))
      return [{ ...base, ...handledBefore(events, closing), hit: false, item: { ...item, what: 'silence', at: closing.occurredAt } }]
    if (undoing) {
      const what = undoing.type === 'reopened' ? 'reopened' : 'unsolved'
      return [{ ...base, ...handledBefore(events, undoing), hit: false, item: { ...item, what, at: undoing.occurredAt } }]
    }
    const hold = holdAfter(events.filter(({ occurredAt }) => occurredAt < asked.until))
    const states = new Map(events.flatMap(({ promises }) => promises.map(({ clock, cycle, state }) => [`${clock} ${cycle}`, state])))
    if ([...states.values()].includes('broken'))
      return [{ ...base, ...hold, hit: false, item: { ...item, what: 'running', at: submission(ticket).at } }]
    return [{ ...base, ...hold, hit: 'running' }]
  })
}

/** Who had the ticket when its last solution before that word was recorded; without one, before the word. */
function handledBefore(events: readonly RecordedTicketEvent[], word: RecordedTicketEvent): Hold {
  const solution = events.findLast(({ type, seq }) => type === 'completed' && seq < word.seq) ?? word
  return holdAfter(events.filter(({ seq }) => seq < solution.seq))
}

export function ofAnswer(ticket: FoldedTicket, asked: FoldAsked): Uncounted[] {
  const answer = answerOf(ticket, asked)
  if (!answer || !isIn(answer.at, asked)) return []
  const events = known(ticket.events, asked)
  const given = (event: RecordedTicketEvent) => (event.type === 'called-back' || event.type === 'confirmed') && event.satisfaction !== null
  const word = events.findLast((event) => event.type === 'called-back' && given(event)) ?? events.findLast(given)
  if (!word) return []
  const { score, at } = answer
  const item: ScoreItem = { id: `${ticket.number}/satisfaction`, ticket: ticket.number, what: 'dissatisfied', at, score }
  return [{ ticket: ticket.number, personal: true, ...handledBefore(events, word), hit: score >= 4, ...(score < 4 && { item }) }]
}
