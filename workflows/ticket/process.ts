import { said } from '../../domain/labels.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import type { TicketCommandName } from '../../domain/command-names.ts'
import { ticketDeadlines } from '../../domain/ticket-deadlines.ts'
import { ticketStages } from '../../domain/ticket-stages.ts'
import type { Recorded } from '../process.ts'
import { cyclesAfter } from '../common/cycles.ts'
import { displayed } from '../common/display.ts'
import { factsOf } from '../common/facts.ts'
import { notificationsBy } from '../common/notifications.ts'
import * as calendar from './calendar.ts'
import { ticketPromises } from './clocks.ts'
import * as collaboration from './collaboration.ts'
import * as customerEntry from './customer-entry.ts'
import * as customerTags from './customer-tags.ts'
import { clockDeadlines, clockExpires } from '../common/deadlines.ts'
import * as deferral from './deferral.ts'
import * as dispatching from './dispatch.ts'
import { endingCommands, endsByActIn } from './deadlines.ts'
import * as handingUp from './hand-up.ts'
import * as helping from './helpers.ts'
import * as intervening from './intervention.ts'
import * as coordinating from './coordination.ts'
import * as reaching from './milestones.ts'
import { followed, handedOffDeadlines, listedAsHandedOff, transitions as ofHandedOff } from './handed-off.ts'
import * as asking from './query.ts'
import type { EventType, TicketEvent } from './events.ts'
import { momentsOf } from './moments.ts'
import { isOptional } from '../../domain/profile/stages.ts'
import { sayingNewDeadline } from './new-deadline.ts'
import { ticketNotices } from './notices.ts'
import { ticketDisplay } from './display.ts'
import * as major from './major.ts'
import * as ownActs from './own-acts.ts'
import * as priority from './priority.ts'
import * as ticketRecord from './record.ts'
import * as reclassifying from './reclassify.ts'
import * as related from './related.ts'
import { isLeftOut } from './path.ts'
import { searchAttributes } from './search-attributes.ts'
import { amend } from './amended.ts'
import * as assignment from './stages/assignment.ts'
import * as closing from './stages/closing.ts'
import * as confirmation from './stages/confirmation.ts'
import * as followUp from './stages/follow-up.ts'
import * as handling from './stages/handling.ts'
import * as intake from './stages/intake.ts'
import * as triage from './stages/triage.ts'
import * as verification from './stages/verification.ts'
import type { TicketState } from './state.ts'
import { birth, type Submission } from './submission.ts'
import type { Transitions } from './transitions.ts'
import * as urging from './urging.ts'
import * as waiting from './waiting.ts'

/** What people do to tickets, each with its name and what is sent to it. */
export const peopleCommands = [
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
  priority.confirmPriority,
  priority.requestPriorityChange,
  priority.decidePriorityChange,
  handling.plan,
  handling.updateProgress,
  deferral.defer,
  helping.addHelper,
  helping.removeHelper,
  asking.query,
  asking.answerQuery,
  handingUp.handUp,
  intervening.intervene,
  intervening.closeIntervention,
  coordinating.recordCoordination,
  reaching.reportMilestone,
  reaching.moveMilestone,
  reaching.dropMilestone,
  waiting.wait,
  waiting.resume,
  handling.complete,
  verification.verify,
  confirmation.confirm,
  confirmation.finishTask,
  closing.close,
  followUp.callback,
  followUp.fileArticle,
  followUp.reopen,
  followUp.withdraw,
  collaboration.contact,
  collaboration.note,
  ownActs.recordAct,
  urging.urge,
  major.declareMajor,
  ticketRecord.correct,
  reclassifying.reclassify,
  ticketRecord.reveal,
  customerEntry.linkCustomer,
] as const satisfies readonly { readonly name: TicketCommandName }[]

/** A ticket's life 工单: from intake to archiving, as one pure process. */
export const ticketProcess = displayed<TicketState, TicketEvent, Policy, Submission>(ticketDisplay, {
  name: 'ticket',
  labels: said('工单', '工單', 'ticket'),
  several: { labels: said('工单', '工單', 'tickets'), counted: said('{count} 个工单', '{count} 張工單', '{count} tickets') },
  commands: [...peopleCommands, calendar.changeCalendar, dispatching.dispatch, customerTags.tagCustomer, related.noteRelated],
  apply(state, event) {
    const after = { ...state, ...transition(state, event) }
    return { ...after, ...followed(state, after, event), ...cyclesAfter(state, event), version: event.seq }
  },
  promises: ticketPromises,
  owns: (state, actor, as) => actor.id === (as === 'customer' ? state.requester : state.assignee),
  helps: (state, actor) => helping.helperIn(state, actor.id) !== undefined || reaching.hasMilestone(state, actor),
  passesOver: (stage, state, policy) => isOptional(stage) && isLeftOut(stage, policy, factsOf(state)),
  holder: (state) => state.assignee,
  deadlines: (state, policy) => [
    ...clockDeadlines(state, policy, (clock) => endingNow(clock, state, policy), reaching.staffedFor),
    ...waiting.waitingDeadlines(state),
    ...handedOffDeadlines(state, policy),
    ...followUp.archivingDeadlines(state),
  ],
  expire(state, deadline, policy) {
    switch (deadline.clock) {
      case 'waiting':
        return waiting.endOfWaiting(state)
      case 'handed-off':
        return [listedAsHandedOff(state)]
      case 'reopening':
        return [{ type: 'archived' }]
      default:
        return clockExpires(reaching.staffedFor(state, deadline.clock), deadline, policy, () => [
          // Under the first reckoning (ADR 38) it counted as an answer.
          ...waiting.endOfWaiting(state, policy.reckoning !== undefined),
          closing.bySilence(state, policy, deadline.dueAt),
        ])
    }
  },
  amend,
  saying: (event, after, policy, before) => sayingNewDeadline(assignment.sayingDeadline(event, after, policy), { before, after, policy }),
  searchAttributes,
  notices: ticketNotices,
  notifications: (before, after, event, { notificationRules: rules = [] }) =>
    rules.length === 0
      ? []
      : notificationsBy(rules, { moments: momentsOf(before, after, event), facts: factsOf(after), actor: event.actor }, after),
  asks: (event, state, policy) => [
    ...dispatching.asks(event, state, policy),
    ...customerTags.asks(event, state, policy),
    ...major.asks(event, state, policy),
  ],
  rests: ({ stage, waiting }) => stage === 'follow-up' || waiting !== null,
  stages: ticketStages,
  clocks: ticketDeadlines,
  birth,
})

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
  ...ownActs.transitions,
  ...ticketRecord.transitions,
  ...reclassifying.transitions,
  ...priority.transitions,
  ...deferral.transitions,
  ...helping.transitions,
  ...asking.transitions,
  ...handingUp.transitions,
  ...intervening.transitions,
  ...coordinating.transitions,
  ...reaching.transitions,
  ...ofHandedOff,
  ...urging.transitions,
  ...major.transitions,
  ...calendar.transitions,
  ...customerTags.transitions,
  ...customerEntry.transitions,
  ...related.transitions,
  'promise-broken': () => ({}),
  'promise-lapsed': () => ({}),
  'level-reached': () => ({}),
}

function transition<T extends EventType>(state: TicketState, event: { [K in T]: Recorded<TicketEvent<K>> }[T]): Partial<TicketState> {
  return transitions[event.type](state, event)
}

const stagesOf = new Map(ticketProcess.commands.map(({ name, stages }) => [name, stages]))

/** Of the commands by which a clock would stop, those that the stage allows. */
function endingNow(clock: PolicyClock, state: TicketState, policy: Policy): string[] {
  const { stage } = state
  return endingCommands(clock, state, policy).filter(
    (name) => stagesOf.get(name)?.includes(stage) && (name !== ownActs.recordAct.name || endsByActIn(stage, clock, policy)),
  )
}
