import type { Role } from '../../domain/people.ts'
import { forbidden, type Rejection } from '../../domain/rejection.ts'
import { defineCommandOf, type Definition } from '../common/command.ts'
import type { Command, Decision, Permission } from '../process.ts'
import type { ReviewEvent } from './events.ts'
import type { ReviewPolicy, ReviewState } from './state.ts'

/** How commands of a review are defined, and who may give them. */

export type ReviewCommand = Command<ReviewState, ReviewEvent, ReviewPolicy>
export type Deciding = Decision<ReviewState, ReviewPolicy>

export function defineCommand<Given>(definition: Definition<ReviewState, ReviewEvent, ReviewPolicy, Given>): ReviewCommand {
  return defineCommandOf(definition, beganAt)
}

export function beganAt({ openedAt }: ReviewState): string {
  return openedAt
}

/** Those who may lead a review whoever else does. */
export const leadingRoles = ['supervisor', 'department-lead', 'quality', 'management'] as const satisfies readonly Role[]

/** Whoever leads it: colleagues of these roles, and who was appointed. Owners of actions hold `own`, too, and are told apart by {@link notLeading}. */
export const leading = {
  agent: 'own',
  engineer: 'own',
  admin: 'own',
  supervisor: 'any',
  'department-lead': 'any',
  quality: 'any',
  management: 'any',
} as const satisfies Readonly<Partial<Record<Role, Permission>>>

/** Why the actor does not lead it; undefined where they do. The product itself decides nothing here. */
export function notLeading({ state, act: { actor } }: Deciding): Rejection | undefined {
  if (leadingRoles.some((role) => actor.roles.includes(role)) || isOrStandsFor(actor, state.assignee)) return undefined
  return forbidden('not-yours', state.assignee === null ? {} : { holder: state.assignee })
}

/** Whether it is theirs, be it in the place of somebody who is away. */
export function isOrStandsFor({ id, standsInFor = [] }: Deciding['act']['actor'], person: string | null): boolean {
  return person !== null && (id === person || standsInFor.includes(person))
}
