import type { Instant } from '../../domain/instant.ts'
import { customParams } from '../../domain/notices/moment-values.ts'
import { isCustomKind } from '../../domain/notices/custom.ts'
import { noticeKinds } from '../../domain/notices/kinds.ts'
import type { LadderRole } from '../../domain/people.ts'
import type { LevelReached } from './clock-events.ts'
import type { Notice, Recorded } from '../process.ts'

/** To whom notices go. */

export function toCustomer(kind: string, params: Notice['params']): Notice {
  return { kind, recipient: { kind: 'customer' }, params }
}

export function toPerson(id: string | null, kind: string, params: Notice['params']): Notice[] {
  return id === null ? [] : [{ kind, recipient: { kind: 'person', id }, params }]
}

export function toTeam(id: string, kind: string, params: Notice['params']): Notice {
  return { kind, recipient: { kind: 'team', id }, params }
}

export function toRole(role: LadderRole, team: string, kind: string, params: Notice['params']): Notice {
  return { kind, recipient: { kind: 'role', role, team }, params }
}

/** A parameter of a notice, left out where there is no such instant. */
export function instant(name: string, value: string | null | undefined): Notice['params'] {
  return value === null || value === undefined ? {} : { [name]: value }
}

/**
 * Whether a rung speaks too late to be heard: after an outage a warning that comes too late to help is not sent, and of a rung that repeats only the
 * latest is. What was due meanwhile is on record, but nobody is flooded.
 */
export function isTooLate({
  at,
  dueAt,
  warning,
  again,
}: Pick<LevelReached, 'dueAt' | 'warning' | 'again'> & { readonly at: Instant }): boolean {
  return (warning && at >= dueAt) || (again !== null && again <= at)
}

/** A rung of the ladder speaks, unless it is {@link isTooLate}. */
export function ladderNotices(
  event: Recorded<LevelReached & { readonly type: 'level-reached' }>,
  number: string,
  assignee: string | null,
): Notice[] {
  if (isTooLate(event)) return []
  const { clock, dueAt, notice } = event
  const params = isCustomKind(notice) ? customParams : noticeKinds[notice].params
  return event.to.map((recipient) => ({
    kind: notice,
    recipient,
    params:
      recipient.kind === 'customer'
        ? customerParams({ params }, event, number)
        : { number, clock, dueAt, level: heightOf(recipient, assignee) },
  }))
}

/** Customers are told when it is due, and what is due, where the kind has words for that; the ticket's kinds have none. */
export function customerParams(
  { params }: { readonly params: Readonly<Record<string, unknown>> },
  { clock, dueAt }: Pick<LevelReached, 'clock' | 'dueAt'>,
  number: string,
): Notice['params'] {
  return { number, ...('clock' in params && { clock }), ...('dueAt' in params && { dueAt }) }
}

/** How high the word has climbed. */
function heightOf(recipient: Notice['recipient'], assignee: string | null): string {
  if (recipient.kind === 'role') return recipient.role
  return recipient.kind === 'person' ? (recipient.id === assignee ? 'handler' : 'representative') : recipient.kind
}
