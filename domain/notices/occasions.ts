import type { Moment } from '../profile/moments.ts'
import type { NoticeKind } from './kinds.ts'

/**
 * When what a kind of notice says is so (X10): the moments on which a rule of the profile may send it, and by which a clock may have started
 * whose rungs send it. A kind of which this is never said is the product's alone to send: it tells of what no moment brings.
 */

const never: readonly Moment[] = []
/** Processes of other types send it, and have neither moments nor a form. */
const ofOthers = 'of-others'

/** Work is going on, and nobody waits for the customer. */
const atWork: readonly Moment[] = [
  ...([
    'submitted',
    'contacted',
    'customer-answered',
    'waiting-ended',
    'review-called',
    'review-recorded',
    'received',
    'priority-reviewed',
  ] as const),
  ...(['plan-needed', 'accepted', 'planned', 'updated', 'deadline-agreed', 'deferred', 'released', 'returned', 'reopened'] as const),
]

const every: Readonly<Record<NoticeKind, readonly Moment[] | typeof ofOthers>> = {
  'ticket-submitted': ['submitted'],
  'information-requested': ['customer-asked'],
  'information-reminder': ['customer-asked'],
  // What colleagues write to each other on the same moment is not for customers.
  progress: never,
  'still-investigating': atWork,
  deferred: ['deferred'],
  'confirmation-requested': ['confirmation-asked'],
  'confirmation-reminder': ['confirmation-asked'],
  'callback-appointed': never,
  'closed-by-silence': never,
  // Of `resolved` the customer may have said so themselves.
  'ticket-solved': never,
  // It says that the ticket is the reader's.
  'ticket-assigned': never,
  'ticket-queued': ['released'],
  'progress-reported': ['updated'],
  'task-opened': never,
  'collaboration-requested': never,
  'deadline-warning': never,
  'deadline-missed': never,
  'deferral-reported': ['deferred'],
  'priority-change-requested': never,
  'priority-change-decided': never,
  'review-meeting-needed': ['review-called'],
  // `returned` is also that the customer is not satisfied, or the ticket reopened.
  'verification-failed': never,
  unsolved: never,
  reopened: ['reopened'],
  withdrawn: never,
  urged: never,
  'customer-supplied': never,
  'ticket-registered': never,
  'ticket-moved': never,
  'closing-due': never,
  'solved-closing-due': never,
  'callback-due': never,
  'report-ready': ofOthers,
  'report-to-sign': ofOthers,
  'report-late': ofOthers,
  'review-opened': ofOthers,
  'review-invited': ofOthers,
  'action-given': ofOthers,
  'action-changed': ofOthers,
  'action-due': ofOthers,
  'action-overdue': ofOthers,
  'effect-checked': ofOthers,
  'scores-to-confirm': ofOthers,
  'assessment-overdue': ofOthers,
  'objection-to-decide': ofOthers,
  'commendation-to-decide': ofOthers,
  'score-confirmed': ofOthers,
  'objection-decided': ofOthers,
  commended: ofOthers,
  'sample-given': ofOthers,
  'sample-due': ofOthers,
  'sample-late': ofOthers,
  'sample-finding': ofOthers,
  reclassified: never,
  'deadline-changed': never,
  'help-asked': never,
  'help-ended': never,
  'help-goes-on': never,
  'query-asked': never,
  'query-answered': never,
  'handed-up': never,
  'intervention-opened': never,
  'intervention-closed': never,
  'handed-off': never,
  'coordination-recorded': never,
  'milestone-given': never,
  'milestone-moved': never,
  'milestone-dropped': never,
  'milestone-reached': never,
  'promises-moved': never,
}

/** At which moments what the kind says is so; none: only the product knows when. */
export function occasionsOf(kind: NoticeKind): readonly Moment[] {
  const found = every[kind]
  return found === ofOthers ? never : found
}

/** Whether tickets send it, so that it can say what stands in their form. */
export function isOfTickets(kind: NoticeKind): boolean {
  return every[kind] !== ofOthers
}

/** What a rung says of itself: of a promise ahead before it is due, of a missed one from then on. */
export const ladderKinds: Readonly<Record<'ahead' | 'after', NoticeKind>> = { ahead: 'deadline-warning', after: 'deadline-missed' }
