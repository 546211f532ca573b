import { knownClocks } from '../../domain/profile/clocks.ts'
import type { Notice, Recorded } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import { deadlineAtFirst } from '../../domain/profile/deadline.ts'
import { newDeadlineNotices } from './new-deadline.ts'
import { helperIn } from './helpers.ts'
import { helpGoesOn, noticesAmongColleagues, toBoth } from './notices-among-colleagues.ts'
import { noticesAmongDepartments } from './notices-among-departments.ts'
import { newestOwed, startPromiseIn } from './clocks.ts'
import { instant, ladderNotices, toCustomer, toPerson, toRole, toTeam } from '../common/recipients.ts'
import { noticesByRules } from '../common/notifications.ts'
import { isSame } from '../common/places.ts'
import type { Deferred, Offered, RecordedTicketEvent, Submitted, TicketEvent } from './events.ts'
import { hoursBetween } from './handed-off.ts'
import { staffedFor } from './milestones.ts'
import { valuesTold, solveBy } from './values-told.ts'
import type { TicketState } from './state.ts'

/** Who hears of what happens to a ticket. Texts are made from the profile's templates when a notice is sent. */
export function ticketNotices(event: RecordedTicketEvent, state: TicketState): Notice[] {
  const usual = usualNotices(event, state)
  const byRules = noticesByRules(event, valuesTold(event, state))
  // Nobody is told the same of one event twice.
  return [...usual, ...byRules].filter(
    ({ kind, recipient }, at, all) => at === all.findIndex((other) => other.kind === kind && isSame(other.recipient, recipient)),
  )
}

function usualNotices(event: RecordedTicketEvent, state: TicketState): Notice[] {
  const { number, team } = state
  switch (event.type) {
    case 'submitted':
      return [
        submission(event, number),
        ...assignment(event, newestOwed(event.promises, event.deadlineClocks ?? deadlineAtFirst)?.dueAt ?? null, number),
        ...queue(event, state),
        ...arrival(event, state),
      ]
    case 'supplemented':
      return [...supply(event, state), ...newDeadlineNotices(event, state)]
    case 'corrected':
    case 'act-recorded':
    case 'customer-tagged':
    case 'reclassified':
      return newDeadlineNotices(event, state)
    case 'intake-reviewed':
      return event.complete
        ? queue(event, state)
        : [toCustomer('information-requested', { number, missing: event.missing.join('\n'), message: event.message ?? '' })]
    case 'diagnosed': {
      const meeting = event.promises.find(({ clock }) => clock === knownClocks.reviewMeeting)
      if (event.reviewMeeting) return [toRole('lead', team, 'review-meeting-needed', { number, ...instant('dueAt', meeting?.dueAt) })]
      return queue(event, state)
    }
    case 'review-meeting-recorded':
      return queue(event, state)
    case 'released':
      return [toTeam(team, 'ticket-queued', { number }), ...helpGoesOn(event, state, team)]
    case 'helper-added':
    case 'helper-removed':
    case 'queried':
    case 'query-answered':
    case 'handed-up':
    case 'intervened':
    case 'intervention-closed':
      return noticesAmongColleagues(event, state)
    case 'handed-off-listed': {
      const hours = hoursBetween(event.silentSince, event.at)
      if (state.assignee === null) return []
      const params = {
        number,
        holder: state.assignee,
        silentSince: event.silentSince,
        ...(hours > 0 && { silence: `PT${hours}H` }),
        ...solveBy(state),
      }
      return toPerson(state.representative, 'handed-off', params)
    }
    case 'coordinated':
    case 'milestone-set':
    case 'milestone-moved':
    case 'milestone-reached':
    case 'milestone-dropped':
      return noticesAmongDepartments(event, state)
    case 'assigned':
      return [...assignedTo(event, state), ...helpGoesOn(event, state, event.assignee ?? event.team)]
    case 'waiting-started':
      return event.asked === undefined ? [] : [toCustomer('information-requested', { number, message: event.asked ?? '' })]
    case 'priority-change-requested':
      return [
        toRole('supervisor', team, 'priority-change-requested', {
          number,
          current: event.current,
          wanted: event.priority,
          reason: event.reason,
          by: event.actor,
        }),
      ]
    case 'priority-change-decided':
      return toPerson(event.requestedBy, 'priority-change-decided', {
        number,
        approved: String(event.approved),
        priority: event.priority,
        comment: event.comment ?? '',
      })
    case 'collaboration-requested':
      return collaboration(event, state)
    case 'progress-updated':
      return [
        ...(event.visibleToCustomer ? [toCustomer('progress', { number, text: event.text })] : []),
        // Whoever wrote it knows it.
        ...(state.representative === event.actor
          ? []
          : toPerson(state.representative, 'progress-reported', { number, text: event.text, by: event.actor })),
        ...(helperIn(state, event.actor) !== undefined && state.assignee !== state.representative
          ? toPerson(state.assignee, 'progress-reported', { number, text: event.text, by: event.actor })
          : []),
      ]
    case 'deferred':
      return deferral(event, state)
    case 'completed':
      return event.next === 'confirmation' ? [toCustomer('confirmation-requested', { number })] : []
    case 'verified':
      if (event.passed) return event.next ? [] : [toCustomer('confirmation-requested', { number })]
      return toPerson(state.assignee, 'verification-failed', { number, remark: event.remark ?? '' })
    case 'resolved':
      return solution(event, state)
    case 'confirmed': {
      if (event.outcome === 'unsolved')
        return toPerson(state.assignee, 'unsolved', { number, remark: event.remark ?? '', ...solveBy(state) })
      const by = calledBackBy(event)
      return [
        // Who closes it knows from the customer's answer that they may.
        ...(state.stage === 'closing' && state.assignee !== event.actor
          ? toPerson(state.assignee, 'closing-due', { number, remark: event.remark ?? '' })
          : []),
        ...(by === undefined
          ? []
          : [toCustomer('callback-appointed', { number, by }), ...toPerson(state.representative, 'callback-due', { number, by })]),
      ]
    }
    case 'task-opened':
      return toPerson(event.owner, 'task-opened', { number, text: event.text })
    case 'closed':
      return event.silence ? [toCustomer('closed-by-silence', { number, reopenableUntil: event.reopenableUntil })] : []
    case 'reopened':
      return [...toBoth(event, state, 'reopened', { number, reason: event.reason, ...solveBy(state) }), ...queue(event, state)]
    case 'withdrawn':
      return [
        ...toBoth(event, state, 'withdrawn', { number, reason: event.reason }),
        ...(state.helpers ?? []).flatMap(({ person }) =>
          person === event.actor || person === state.representative ? [] : toPerson(person, 'withdrawn', { number, reason: event.reason }),
        ),
      ]
    case 'urged':
      return urging(event, state)
    case 'level-reached':
      return ladderNotices(event, number, staffedFor(state, event.clock).assignee)
    case 'calendar-changed':
      return event.moved === 0 ? [] : toPerson(state.assignee, 'promises-moved', { number, count: event.moved })
    default:
      return []
  }
}

/** Whoever gets it hears of it, and who had it (T6, S9). */
function assignedTo(event: Recorded<TicketEvent<'assigned'>>, { number, promises }: TicketState): Notice[] {
  // With the problem and what was tried they hear of it by themselves.
  if (event.manner === 'handed-up') return move(event, number)
  if (event.assignee !== null) return [...assignment(event, event.deadline, number), ...move(event, number)]
  // Nobody takes it in or diagnoses it yet: the team it was moved to hears of it as of a new one.
  if (event.stage === 'intake' || event.stage === 'triage') return [registered(event.team, number, promises), ...move(event, number)]
  // Nobody could take it: who leads the team has to see to it.
  return [
    event.manner === 'dispatched'
      ? toRole('lead', event.team, 'ticket-queued', { number })
      : toTeam(event.team, 'ticket-queued', { number }),
    ...move(event, number),
  ]
}

/** The number, and until when work starts (S8, T3). */
function submission(event: Recorded<Submitted & TicketEvent<'submitted'>>, number: string): Notice {
  const { startWithin, promises } = event
  return toCustomer('ticket-submitted', {
    number,
    ...(startWithin && { within: startWithin.within, timeBase: startWithin.timeBase }),
    ...instant('startBy', startPromiseIn(promises)?.dueAt),
  })
}

/** The ticket, and until when it is to be solved (T6). */
function assignment({ assignee, insteadOf }: Given, deadline: string | null, number: string): Notice[] {
  return toPerson(assignee, 'ticket-assigned', { number, ...instant('dueAt', deadline), ...(insteadOf && { insteadOf }) })
}

interface Given {
  readonly assignee: string | null
  /** The absent person whose deputy got it (X8). */
  readonly insteadOf?: string | null
}

/** What nobody at work has registered nobody at work knows of: the team hears of it, with the first deadline. */
function arrival(event: Recorded<TicketEvent<'submitted'>>, { number, team, representative, assignee }: TicketState): Notice[] {
  if (representative !== null || assignee !== null || event.stage === 'assignment') return []
  return [registered(team, number, event.promises)]
}

/** There is a ticket to take in, with what is due first of all that it is owed. */
function registered(team: string, number: string, promises: readonly PromiseState[]): Notice {
  const [first] = promises
    .filter(({ state }) => state === 'running')
    .map(({ dueAt }) => dueAt)
    .toSorted()
  return toTeam(team, 'ticket-registered', { number, ...instant('dueAt', first) })
}

/** The team hears of what comes to be assigned and waits for one of them (S9). */
function queue(event: Pick<Recorded<TicketEvent>, 'stage'> & Offered, { number, team, assignee }: TicketState): Notice[] {
  return event.offered && event.stage === 'assignment' && assignee === null ? [toTeam(team, 'ticket-queued', { number })] : []
}

/** What the customer supplied is waited for: by the handler, before there is one by the representative, else by the team (T2, T4). */
function supply(event: Recorded<TicketEvent<'supplemented'>>, state: TicketState): Notice[] {
  const { number, assignee, representative, team } = state
  const params = { number, supplied: Object.keys(event.fields).join('\n'), text: event.text ?? '', ...solveBy(state) }
  const awaiting = assignee ?? representative
  // Whoever took it down knows it.
  if (awaiting === event.actor) return []
  return awaiting === null ? [toTeam(team, 'customer-supplied', params)] : toPerson(awaiting, 'customer-supplied', params)
}

/** A customer who is not asked whether it is solved is told that it is; whoever calls back and whoever closes it hear that they may. */
function solution(event: Recorded<TicketEvent<'resolved'>>, { number, stage, assignee, representative }: TicketState): Notice[] {
  const by = calledBackBy(event)
  return [
    toCustomer('ticket-solved', { number, ...instant('by', by) }),
    ...(by === undefined ? [] : toPerson(representative, 'callback-due', { number, by })),
    ...(stage === 'closing' && assignee !== event.actor ? toPerson(assignee, 'solved-closing-due', { number }) : []),
  ]
}

/** Until when the customer is called back, where the event promises that. */
function calledBackBy({ promises }: Pick<Recorded<TicketEvent>, 'promises'>): string | undefined {
  return promises.find(({ clock, state }) => clock === knownClocks.callback && state === 'running')?.dueAt
}

/** A department hears what is needed of it and by when, and that starts the collaboration (T7). */
function collaboration(event: Recorded<TicketEvent<'collaboration-requested'>>, { number, team, representative }: TicketState): Notice[] {
  const { type: kind, department, contact, need, finishAt, actor: by } = event
  const params = { number, department, contact, need, by, finishAt }
  if (event.informed === 'contact') return toPerson(contact, kind, params)
  if (event.informed === 'lead') return [toRole('lead', department, kind, params)]
  // Nobody of theirs is known here: whoever gets it is to pass it on.
  const toPassOn = { ...params, toPassOn: 'true' }
  return representative === null ? [toRole('lead', team, kind, toPassOn)] : toPerson(representative, kind, toPassOn)
}

/** Customer and superior are told the reason and the new deadline (T14). */
function deferral(event: Deferred, { number, team }: TicketState): Notice[] {
  const { reason, newDueAt } = event
  return [
    toCustomer('deferred', { number, reason, newDueAt }),
    toRole('supervisor', team, 'deferral-reported', {
      number,
      reason,
      cause: event.cause,
      newDueAt,
      late: String(event.late),
      ...instant('previousDueAt', event.previousDueAt),
    }),
  ]
}

/** Whoever has the ticket hears of it, nobody's tickets are the queue's; the superior hears of it from the third time (X7). */
function urging({ count, actor: by, reason }: Recorded<TicketEvent<'urged'>>, state: TicketState): Notice[] {
  const { number, assignee, team } = state
  const params = { number, count, by, ...(reason !== null && { reason }), ...solveBy(state) }
  return [
    ...(assignee === null ? [toTeam(team, 'urged', params)] : toPerson(assignee, 'urged', params)),
    ...(count >= timesUntilSuperior ? [toRole('supervisor', team, 'urged', params)] : []),
  ]
}

const timesUntilSuperior = 3

/** Whoever had it hears that they need not go on, unless it is their own doing (S10, X8). */
function move({ previous, assignee, team, reason, actor }: Recorded<TicketEvent<'assigned'>>, number: string): Notice[] {
  if (previous === actor || previous === assignee) return []
  return toPerson(previous, 'ticket-moved', { number, to: assignee ?? team, ...(reason !== null && { reason }) })
}
