import type { Policy } from '../../domain/profile/policy.ts'
import type { Deadline, Process, Recorded } from '../process.ts'
import { breakPromise } from './clocks.ts'
import * as collaboration from './collaboration.ts'
import * as customerTags from './customer-tags.ts'
import * as dispatching from './dispatch.ts'
import type { EventType, TicketEvent } from './events.ts'
import { ticketNotices } from './notices.ts'
import * as ticketRecord from './record.ts'
import * as assignment from './stages/assignment.ts'
import * as closing from './stages/closing.ts'
import * as confirmation from './stages/confirmation.ts'
import * as followUp from './stages/follow-up.ts'
import * as handling from './stages/handling.ts'
import * as intake from './stages/intake.ts'
import * as triage from './stages/triage.ts'
import * as verification from './stages/verification.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'
import * as waiting from './waiting.ts'

/** A ticket's life 工单: from intake to archiving, as one pure process. */
export const ticketProcess: Process<TicketState, TicketEvent, Policy> = {
  name: 'ticket',
  commands: [
    intake.supplement,
    intake.reviewIntake,
    triage.diagnose,
    triage.recordReviewMeeting,
    assignment.assign,
    assignment.claim,
    assignment.release,
    assignment.reassign,
    assignment.handOver,
    assignment.accept,
    handling.plan,
    handling.updateProgress,
    waiting.wait,
    waiting.resume,
    handling.complete,
    verification.verify,
    confirmation.confirm,
    confirmation.finishTask,
    closing.close,
    followUp.callback,
    followUp.reopen,
    followUp.withdraw,
    collaboration.contact,
    collaboration.note,
    ticketRecord.correct,
    ticketRecord.reveal,
    dispatching.dispatch,
    customerTags.tagCustomer,
  ],
  apply: (state, event) => ({ ...state, ...transition(state, event), version: event.seq }),
  owns: (state, actor, as) => actor.id === (as === 'customer' ? state.requester : state.assignee),
  holder: (state) => state.assignee,
  deadlines: (state) => [...promiseDeadlines(state), ...waiting.waitingDeadlines(state), ...followUp.archivingDeadlines(state)],
  expire: (state, deadline) => passed(state, deadline),
  notices: ticketNotices,
  children: () => [],
  asks: (event, state, policy) => [...dispatching.asks(event, state, policy), ...customerTags.asks(event, state, policy)],
  ended: ({ stage }) => stage === 'archived' || stage === 'withdrawn' || stage === 'merged',
}

const transitions: Transitions<EventType> = {
  ...intake.transitions,
  ...triage.transitions,
  ...assignment.transitions,
  ...handling.transitions,
  ...waiting.transitions,
  ...verification.transitions,
  ...confirmation.transitions,
  ...closing.transitions,
  ...followUp.transitions,
  ...collaboration.transitions,
  ...ticketRecord.transitions,
  ...customerTags.transitions,
  'promise-broken': (state, event) => ({ promises: breakPromise(state.promises, event.clock) }),
}

function transition<T extends EventType>(state: TicketState, event: { [K in T]: Recorded<TicketEvent<K>> }[T]): Partial<TicketState> {
  return transitions[event.type](state, event)
}

/** Which commands fulfil a promise, and so prevent its breach. */
const fulfilledBy: Readonly<Record<string, readonly string[]>> = { callback: ['callback', 'reopen'] }

function promiseDeadlines(state: TicketState): Deadline[] {
  return state.promises
    .filter((promise) => promise.state === 'running')
    .map(({ clock, cycle, dueAt }) => ({ clock, cycle, level: 'due', dueAt, cancelledBy: fulfilledBy[clock] ?? [] }))
}

function passed(state: TicketState, deadline: Deadline): TicketEvent[] {
  switch (deadline.clock) {
    case 'waiting':
      return waiting.endOfWaiting(state)
    case 'reopening':
      return [{ type: 'archived' }]
    default:
      return [{ type: 'promise-broken', clock: deadline.clock, cycle: deadline.cycle, dueAt: deadline.dueAt }]
  }
}
