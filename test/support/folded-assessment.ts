import { workingMs } from '../../domain/calendar/working-time.ts'
import type { ScoreItem, CriterionResult, ScoredSubject } from '../../domain/assessment/model.ts'
import { epochMs, type Instant } from '../../domain/instant.ts'
import type { ProfileAssessment } from '../../domain/profile/assessments.ts'
import type { PromiseState } from '../../workflows/promise.ts'
import type { RecordedTicketEvent } from '../../workflows/ticket/events.ts'
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
} from './folded-figures/facts.ts'

/**
 * What an assessment counts, once more from its definitions: events folded in memory, one ticket and one promise after the other, slowly and without SQL. What the
 * statement of the product gives is held against it.
 */

export interface Staff {
  /** Teams, by person. */
  readonly teams: Readonly<Record<string, readonly string[]>>
  readonly absences: readonly { readonly person: string; readonly absentFrom: Instant; readonly absentUntil: Instant | null }[]
}

export type FoldedSubject = Pick<ScoredSubject, 'kind' | 'id' | 'tickets' | 'results'>

/** One thing that was counted. */
interface Charge {
  readonly criterion: string
  readonly ticket: string
  readonly holder: string | null
  readonly team: string
  readonly hit: boolean | 'nobody' | 'running'
  readonly personal: boolean
  readonly item?: ScoreItem
}

export function foldAssessment(all: readonly FoldedTicket[], asked: FoldAsked, plan: ProfileAssessment, staff: Staff): FoldedSubject[] {
  const ours = all.filter(({ profile, events }) => profile === asked.profile.id && known(events, asked).length > 0)
  const charges = plan.criteria.flatMap((criterion): Charge[] => {
    const { id, figure, clock = '' } = criterion
    switch (figure) {
      case 'attainment':
        return ours.flatMap((ticket) => ofPromises(ticket, clock, asked, staff)).map((charge) => ({ ...charge, criterion: id }))
      case 'resolution-rate':
        return ofSolutions(ours, asked).map((charge) => ({ ...charge, criterion: id }))
      case 'satisfaction':
        return ours.flatMap((ticket) => ofAnswer(ticket, asked)).map((charge) => ({ ...charge, criterion: id }))
    }
  })
  const teams = new Set([...asked.profile.types.flatMap(({ team }) => team ?? []), ...charges.map(({ team }) => team)])
  const people = new Set(charges.flatMap(({ holder }) => holder ?? []))
  return [
    ...[...teams].toSorted().map((id) =>
      subjectOf(
        'team',
        id,
        plan,
        charges.filter(({ team }) => team === id).map((one) => ({ ...one, personal: true })),
      ),
    ),
    ...[...people].toSorted().map((id) =>
      subjectOf(
        'person',
        id,
        plan,
        charges.filter(({ holder }) => holder === id),
      ),
    ),
  ].filter(({ kind }) => plan.of.includes(kind))
}

function subjectOf(kind: FoldedSubject['kind'], id: string, plan: ProfileAssessment, charges: readonly Charge[]): FoldedSubject {
  const counted = charges.filter(({ hit, personal }) => typeof hit === 'boolean' && personal)
  return {
    kind,
    id,
    tickets: new Set(counted.map(({ ticket }) => ticket)).size,
    results: plan.criteria.map((criterion): CriterionResult => {
      const of = (list: readonly Charge[]) => list.filter((one) => one.criterion === criterion.id)
      const toTeam = of(charges).filter(({ hit, personal }) => typeof hit === 'boolean' && !personal).length
      const toNobody = of(charges).filter(({ hit }) => hit === 'nobody').length
      const running = of(charges).filter(({ hit }) => hit === 'running').length
      return {
        criterion: criterion.id,
        n: of(counted).length,
        hits: of(counted).filter(({ hit }) => hit === true).length,
        items: of(counted)
          .flatMap(({ item }) => item ?? [])
          .toSorted((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1)),
        ...(toTeam > 0 && { toTeam }),
        ...(toNobody > 0 && { toNobody }),
        ...(running > 0 && { running }),
      }
    }),
  }
}

type Uncounted = Omit<Charge, 'criterion'>

function ofPromises(ticket: FoldedTicket, clock: string, asked: FoldAsked, staff: Staff): Uncounted[] {
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

interface Hold {
  readonly holder: string | null
  readonly team: string
}

/** Who had the ticket when all of these events had happened. */
function holdAfter(events: readonly RecordedTicketEvent[]): Hold {
  let hold: Hold = { holder: null, team: '' }
  for (const event of events) {
    if (event.type === 'submitted' || event.type === 'assigned') hold = { holder: event.assignee, team: event.team }
    if (event.type === 'released') hold = { ...hold, holder: null }
  }
  return hold
}

function holdAt(events: readonly RecordedTicketEvent[], instant: Instant): Hold {
  return holdAfter(events.filter(({ occurredAt }) => occurredAt <= instant))
}

/** Who owes what that clock measures: of the two places the one that is named first of what the ladder says until it is due. */
function owedAt(events: readonly RecordedTicketEvent[], instant: Instant, clock: string, { profile }: FoldAsked): Hold {
  const hold = holdAt(events, instant)
  const ladder = profile.clocks.find(({ id }) => id === clock)?.ladder ?? []
  for (const { at, to } of ladder) {
    if (!at.startsWith('-') && !/^\+?0+%$|^\+?PT[0HMS]+$/.test(at)) continue
    for (const place of to) {
      if (place === 'handler') return hold
      if (place === 'representative') return { ...hold, holder: representativeAt(events, instant) }
    }
  }
  return hold
}

function representativeAt(events: readonly RecordedTicketEvent[], instant: Instant): string | null {
  let representative: string | null = null
  for (const event of events) {
    if (event.occurredAt > instant) continue
    if (event.type === 'submitted') representative = event.representative
    if (event.type === 'intake-reviewed' || event.type === 'diagnosed') representative ??= event.actor
    if (event.type === 'accepted') representative ??= event.assignee
    if (event.type === 'representative-changed' && event.from === representative) representative = event.to
  }
  return representative
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
    if (event.type !== 'waiting-started' || !(pauses.includes('any') || pauses.includes(event.for))) return []
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

function ofSolutions(tickets: readonly FoldedTicket[], asked: FoldAsked): Uncounted[] {
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

function ofAnswer(ticket: FoldedTicket, asked: FoldAsked): Uncounted[] {
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
