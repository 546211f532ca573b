import type { Instant } from '../../domain/instant.ts'
import type { Moment } from '../../domain/profile/moments.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { brokenByChange } from '../common/retargeting.ts'
import type { TicketEvent } from './events.ts'
import { momentsOf } from './moments.ts'
import type { TicketState } from './state.ts'

/**
 * An event that changes facts, with the promises that it puts into the past (S12, X10): the `changes` are what it makes of the ticket, as far as
 * conditions and moments look at it. What it ends itself, kept or cancelled, is not broken by it.
 */
export function withBroken(
  event: TicketEvent,
  state: TicketState,
  changes: Partial<TicketState>,
  { policy, at }: { readonly policy: Policy; readonly at: Instant },
): TicketEvent[] {
  const moments = policy.reckoning === 3 ? momentsOf(state, { ...state, ...changes }, event) : momentsBefore(event)
  return [event, ...brokenByChange(state, changes, policy, at, moments)]
}

/** The moments that were looked at under the reckonings of before (ADR 38). */
function momentsBefore(event: TicketEvent): readonly Moment[] {
  return event.type === 'review-meeting-recorded' ? ['review-recorded'] : []
}
