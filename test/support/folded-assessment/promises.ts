import { workingMs } from '../../../domain/calendar/working-time.ts'
import type { ScoreItem } from '../../../domain/assessment/model.ts'
import { epochMs, type Instant } from '../../../domain/instant.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import { isIn, known, type FoldAsked, type FoldedTicket } from '../folded-figures/facts.ts'
import type { Staff, Uncounted } from './charge.ts'
import { owedAt } from './holders.ts'

/** Promises, kept and broken, and for whom each counts. */

export function ofPromises(ticket: FoldedTicket, clock: string, asked: FoldAsked, staff: Staff): Uncounted[] {
  const events = known(ticket.events, asked)
  const cycles = new Map<number, PromiseState>()
  for (const { promises } of events) for (const promise of promises) if (promise.clock === clock) cycles.set(promise.cycle, promise)
  return [...cycles.values()].flatMap((promise): Uncounted[] => {
    const owing = (instant: Instant) => owedAt(events, instant, clock, asked)
    const decision = events.find(
      (event) => event.type === 'promise-broken' && event.cause === 'retarget' && event.clock === clock && event.cycle === promise.cycle,
    )
    const base = { ticket: ticket.number, personal: true }
    if (promise.state === 'broken' && decision)
      return isIn(decision.occurredAt, asked) ? [{ ...base, ...owing(decision.occurredAt), hit: 'nobody' }] : []
    if (!isIn(promise.dueAt, asked)) return []
    const shown = {
      id: `${ticket.number}/${clock}/${promise.cycle}`,
      ticket: ticket.number,
      clock,
      cycle: promise.cycle,
      at: promise.dueAt,
      keptAt: promise.stoppedAt,
    }
    if (promise.state === 'kept' && promise.stoppedAt !== null) {
      const hold = owing(promise.stoppedAt)
      const act = events.find(({ promises }) =>
        promises.some(
          (one) => one.clock === clock && one.cycle === promise.cycle && one.state === 'kept' && one.stoppedAt === promise.stoppedAt,
        ),
      )
      const own =
        act !== undefined && (hold.holder === null ? (staff.teams[act.actor] ?? []).includes(hold.team) : act.actor === hold.holder)
      const inDoubt =
        act !== undefined &&
        own &&
        promise.recordedLate &&
        act.at > promise.dueAt &&
        epochMs(act.at) - epochMs(act.occurredAt) > 30 * 60_000
      return [
        {
          ...base,
          ...hold,
          hit: true,
          ...(inDoubt && { item: { ...shown, what: 'backdated', recordedAt: act.at, recordedBy: act.actor } }),
        },
      ]
    }
    if (promise.state !== 'broken') return []
    const hold = owing(promise.dueAt)
    const away = staff.absences.some(
      ({ person, absentFrom, absentUntil }) =>
        person === hold.holder && absentFrom <= promise.dueAt && (absentUntil === null || absentUntil > promise.dueAt),
    )
    const deferral = deferralOf(promise, events, asked)
    return [
      {
        ...base,
        ...hold,
        hit: false,
        personal: hold.holder === null || hadHalf(hold.holder, promise, events, asked),
        item: { ...shown, what: 'broken', ...(away && { absent: true }), ...(deferral && { deferral }) },
      },
    ]
  })
}

/** Whether somebody had the ticket for at least half of what was promised: between any two things that happened, it was with one person, and rested or not. */
function hadHalf(
  person: string,
  { clock, cycle, startedAt, dueAt }: PromiseState,
  events: readonly RecordedTicketEvent[],
  asked: FoldAsked,
): boolean {
  const base = events
    .flatMap(({ promises }) => promises.flatMap((one) => (one.clock === clock && one.cycle === cycle ? (one.basis?.timeBase ?? []) : [])))
    .at(-1)
  const pauses = asked.profile.clocks.find(({ id }) => id === clock)?.pauses ?? []
  const turns = [...new Set([startedAt, dueAt, ...events.map(({ occurredAt }) => occurredAt)])]
    .filter((at) => at >= startedAt && at <= dueAt)
    .toSorted()
  let [all, theirs] = [0, 0]
  for (const [at, from] of turns.entries()) {
    const to = turns[at + 1]
    if (to === undefined || isResting(events, from, pauses)) continue
    const length = base === 'working' ? workingMs(asked.calendar, from, to) : epochMs(to) - epochMs(from)
    all += length
    if (owedAt(events, from, clock, asked).holder === person) theirs += length
  }
  return theirs >= all / 2
}

function isResting(events: readonly RecordedTicketEvent[], instant: Instant, pauses: readonly string[]): boolean {
  const waits = events.flatMap((event, at) => {
    if (event.type !== 'waiting-started' || !((pauses.includes('any') && event.for !== 'query') || pauses.includes(event.for))) return []
    const end = events.slice(at + 1).find(({ type }) => type === 'waiting-ended' || type === 'waiting-started')
    return [{ from: event.occurredAt, to: end?.occurredAt ?? null }]
  })
  return waits.some(({ from, to }) => from <= instant && (to === null || to > instant))
}

function deferralOf(promise: PromiseState, events: readonly RecordedTicketEvent[], asked: FoldAsked): ScoreItem['deferral'] {
  if (!asked.profile.clocks.find(({ id }) => id === promise.clock)?.stops.includes('resolved')) return undefined
  const found = events.findLast(
    (event) =>
      event.type === 'deferred' &&
      event.occurredAt >= promise.startedAt &&
      (promise.stoppedAt === null || event.occurredAt <= promise.stoppedAt) &&
      event.newDueAt > promise.dueAt,
  )
  if (found?.type !== 'deferred') return undefined
  const { occurredAt: at, actor: by, cause, reason, newDueAt, late } = found
  return { at, by, cause, reason, newDueAt, late }
}
