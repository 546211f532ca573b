import type { judgingRoles } from '../../domain/profile/samples.ts'
import { forbidden, type Rejection } from '../../domain/rejection.ts'
import { defineCommandOf, type Definition } from '../common/command.ts'
import type { Command, Decision } from '../process.ts'
import type { SampleEvent } from './events.ts'
import { termsOf, type SamplePolicy, type SampleState } from './state.ts'

/** How commands of a sample are defined, and who may give them. */

export type SampleCommand = Command<SampleState, SampleEvent, SamplePolicy>
export type Deciding = Decision<SampleState, SamplePolicy>

export function defineCommand<Given>(definition: Definition<SampleState, SampleEvent, SamplePolicy, Given>): SampleCommand {
  return defineCommandOf(definition, beganAt)
}

export function beganAt({ openedAt }: SampleState): string {
  return openedAt
}

/** Which of them judge, the profile says: {@link notJudging}. */
export const judges = { quality: 'any', management: 'any' } as const satisfies Readonly<Record<(typeof judgingRoles)[number], 'any'>>

/** Why the actor judges nothing there; undefined where they do. */
export function notJudging({ policy, state, act: { actor } }: Deciding): Rejection | undefined {
  const { by } = termsOf(policy, state)
  return by.some((role) => actor.roles.includes(role)) ? undefined : forbidden('wrong-role', { roles: by })
}
