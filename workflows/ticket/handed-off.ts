import type { Instant } from '../../domain/instant.ts'
import { nextTimeOfDay } from '../../domain/calendar/next-time-of-day.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { Deadline } from '../process.ts'
import type { TicketEvent } from './events.ts'
import { helperIn } from './helpers.ts'
import { hasMilestone } from './milestones.ts'
import type { RecordedTicketEvent } from './events.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 定期查看: whoever keeps in touch with the customer hears at set times which of their tickets others have in hand, and how long these have been silent (R10). */

const stages: readonly string[] = ['assignment', 'handling', 'verification']

/** When it stands in the next digest; nothing while nobody has it whom its representative has to follow. */
export function handedOffDeadlines(state: TicketState, { handedOff, calendar }: Pick<Policy, 'handedOff' | 'calendar'>): Deadline[] {
  const { stage, assignee, representative, handedOffAt } = state
  if (handedOff === undefined || handedOffAt === undefined || representative === null || assignee === null) return []
  if (assignee === representative || !stages.includes(stage)) return []
  const dueAt = nextTimeOfDay(handedOffAt, handedOff.at, calendar.calendar)
  if (dueAt === undefined) return []
  return [{ clock: 'handed-off', cycle: 0, level: 'digest', dueAt, to: [{ kind: 'person', id: representative }], cancelledBy: [] }]
}

/** It is told. After an outage once, however often it would have been. */
export function listedAsHandedOff({ handedOffAt, workedAt, submittedAt }: TicketState): TicketEvent<'handed-off-listed'> {
  return { type: 'handed-off-listed', silentSince: workedAt ?? handedOffAt ?? submittedAt }
}

/** What an event says of who works on it: since when somebody else has it, and when they last did something. */
export function followed(before: TicketState, after: TicketState, { actor, at }: RecordedTicketEvent): Partial<TicketState> {
  const { assignee } = after
  if (assignee === null) return {}
  if (before.assignee !== assignee || before.representative !== after.representative) return { handedOffAt: at, workedAt: at }
  const isTheirs = actor === assignee || helperIn(after, actor) !== undefined || hasMilestone(before, { id: actor })
  return isTheirs ? { workedAt: at } : {}
}

export const transitions: Transitions<'handed-off-listed'> = {
  'handed-off-listed': (_, { at }) => ({ handedOffAt: at }),
}

/** Whole hours from one instant to another. */
export function hoursBetween(from: Instant, to: Instant): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 3_600_000)
}
