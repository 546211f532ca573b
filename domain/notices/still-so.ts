import type { Instant } from '../instant.ts'
import { knownClocks } from '../profile/clocks.ts'
import { waitIn, type Moment } from '../profile/moments.ts'
import { stageOf } from '../stages.ts'
import { ticketStages } from '../ticket-stages.ts'
import { own } from '../own.ts'
import { isCustomKind, type AnyNoticeKind } from './custom.ts'
import type { NoticeKind } from './kinds.ts'
import type { NoticeParams } from './render.ts'

/**
 * Whether what a notice says or asks is still so. Quiet hours, digests and a mail server that is away keep notices for hours, and a
 * customer who is asked for what they have sent long since, or somebody for whom a ticket is no more, would be told what is not true.
 */

/** What of a ticket decides it, as it is now. */
export interface TicketNow {
  readonly stage: string
  readonly assignee: string | null
  readonly representative: string | null
  readonly waiting: { readonly for: string } | null
  readonly reviewMeetingNeeded: boolean
  readonly priorityChange: { readonly id: number } | null
  readonly helpers?: readonly { readonly person: string }[]
  readonly query?: { readonly id: number } | null
  readonly intervention?: { readonly id: number } | null
  readonly milestones?: readonly { readonly what: string; readonly owner: string; readonly state: string }[]
  readonly tasks: readonly { readonly id: number }[]
  readonly promises: readonly {
    readonly clock: string
    readonly state: string
    readonly dueAt: Instant
    readonly stoppedAt: Instant | null
  }[]
}

export interface Waited {
  /** Of the event that it tells of. */
  readonly seq: number
  readonly recipientId: string | null
  readonly params: NoticeParams
}

export function isStillSo(kind: AnyNoticeKind, notice: Waited, ticket: TicketNow, now: Instant): boolean {
  const { on, as } = notice.params
  // What a rule of the profile has told depends on the moment, whatever its words.
  if (typeof on === 'string')
    return ticket.stage !== 'withdrawn' && isStillThere(as, notice, ticket) && isStillSoOn(on, notice, ticket, now)
  return (isCustomKind(kind) ? isOwed : own(stillSo, kind))?.(ticket, notice, now) ?? true
}

function isStillSoOn(on: string, notice: Waited, ticket: TicketNow, now: Instant): boolean {
  const wait = waitIn(on)
  if (wait?.phase === 'waiting-started') return ticket.waiting?.for === wait.reason
  return own(stillSoOn, on)?.(ticket, notice, now) ?? true
}

/** Whether the reader is still who they were told as. */
function isStillThere(as: NoticeParams[string] | undefined, { recipientId }: Waited, { assignee, representative }: TicketNow): boolean {
  if (as === 'handler') return assignee === recipientId
  return as !== 'representative' || representative === recipientId
}

type Question = (ticket: TicketNow, notice: Waited, now: Instant) => boolean

const waitsForCustomer: Question = ({ waiting }) => waiting?.for === 'customer'
const asksForConfirmation: Question = ({ stage }) => stage === 'confirmation'
const goesOn: Question = ({ stage }) => isOpen(stage)
const isTheirs: Question = ({ assignee, stage }, { recipientId }) => assignee === recipientId && stage !== 'withdrawn'
/** Of what a rung says in words of the profile's own. */
const isOwed: Question = ({ promises }, { params }) =>
  promises.some(({ clock, dueAt, stoppedAt }) => clock === params['clock'] && dueAt === params['dueAt'] && stoppedAt === null)
const callbackIsOwed: Question = ({ promises }) =>
  promises.some(({ clock, stoppedAt }) => clock === knownClocks.callback && stoppedAt === null)

function isOpen(stage: string): boolean {
  return stageOf(ticketStages, stage)?.is === 'open'
}

/** Moments that are not here have happened, which stays so. */
const stillSoOn: Partial<Readonly<Record<string, Question>>> = {
  'review-called': ({ reviewMeetingNeeded }) => reviewMeetingNeeded,
  'plan-needed': goesOn,
  deferred: goesOn,
  released: (ticket, notice, now) => ticket.assignee === null && goesOn(ticket, notice, now),
  'confirmation-asked': asksForConfirmation,
} satisfies Partial<Readonly<Record<Moment, Question>>>

/** Kinds that are not here tell what happened, which stays so. */
const stillSo: Partial<Readonly<Record<NoticeKind, Question>>> = {
  'information-requested': waitsForCustomer,
  'information-reminder': waitsForCustomer,
  'confirmation-requested': asksForConfirmation,
  'confirmation-reminder': asksForConfirmation,
  'still-investigating': goesOn,
  'ticket-solved': ({ stage }) => stage === 'closing' || !isOpen(stage),
  deferred: goesOn,
  'callback-appointed': callbackIsOwed,
  'callback-due': callbackIsOwed,
  'ticket-registered': ({ stage, assignee }) => assignee === null && (stage === 'intake' || stage === 'triage'),
  'ticket-queued': ({ stage, assignee }) => stage === 'assignment' && assignee === null,
  'ticket-assigned': isTheirs,
  'verification-failed': isTheirs,
  unsolved: isTheirs,
  reopened: ({ assignee, representative, stage }, { recipientId }) =>
    (assignee === recipientId || representative === recipientId) && stage !== 'withdrawn',
  'closing-due': ({ stage }) => stage === 'closing',
  'solved-closing-due': ({ stage }) => stage === 'closing',
  urged: goesOn,
  'customer-supplied': goesOn,
  'collaboration-requested': goesOn,
  'help-asked': ({ helpers = [], stage }, { recipientId }) => helpers.some(({ person }) => person === recipientId) && stage !== 'withdrawn',
  'query-asked': ({ query }, { seq }) => query?.id === seq,
  'query-answered': isTheirs,
  'handed-up': ({ assignee, stage }, { recipientId }) =>
    stage !== 'withdrawn' && (assignee === recipientId || (assignee === null && stage === 'assignment')),
  'intervention-opened': ({ intervention }, { seq }) => intervention?.id === seq,
  'handed-off': ({ assignee, representative, stage }, { recipientId }) =>
    isOpen(stage) && representative === recipientId && assignee !== null && assignee !== recipientId,
  'coordination-recorded': goesOn,
  'milestone-given': ({ milestones = [], stage }, { recipientId, params }) =>
    isOpen(stage) && milestones.some(({ what, owner, state }) => state === 'open' && owner === recipientId && what === params['what']),
  'task-opened': ({ tasks }, { seq }) => tasks.some(({ id }) => id === seq),
  'priority-change-requested': ({ priorityChange }, { seq }) => priorityChange?.id === seq,
  'review-meeting-needed': ({ reviewMeetingNeeded }) => reviewMeetingNeeded,
  // The breach is told by itself.
  'deadline-warning': ({ promises }, { params }, now) =>
    promises.some(
      ({ clock, dueAt, stoppedAt }) => clock === params['clock'] && dueAt === params['dueAt'] && stoppedAt === null && dueAt > now,
    ),
}
