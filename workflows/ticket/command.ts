import type { Policy } from '../../domain/profile/policy.ts'
import { defineCommandOf, type Definition, type Known } from '../common/command.ts'
import type { Command, Decision } from '../process.ts'
import type { TicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

export type TicketCommand = Command<TicketState, TicketEvent, Policy>
export type TicketDecision = Decision<TicketState, Policy>

/** Defines a command of the ticket. */
export function defineCommand<Given, Name extends string, Sent>(
  definition: Definition<TicketState, TicketEvent, Policy, Given, Name, Sent>,
): TicketCommand & Known<Name, Sent> {
  return defineCommandOf(definition, ({ submittedAt }) => submittedAt)
}
