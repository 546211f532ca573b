import type { Actor } from '../domain/people.ts'
import { Problem } from './problem.ts'

/** Who may see a ticket. */

/** Whether somebody is a customer and nothing else: such a caller sees only the tickets they registered themselves. */
export function isOnlyCustomer(actor: Actor): boolean {
  return actor.roles.every((role) => role === 'customer')
}

/** The ticket, if the caller may see it; for everybody else it is not there: a 403 would tell that the number exists. */
export function visible<T extends { readonly requester: string | null }>(ticket: T | undefined, caller: Actor, number: string): T {
  if (!ticket || (isOnlyCustomer(caller) && ticket.requester !== caller.id)) throw unknownTicket(number)
  return ticket
}

export function unknownTicket(number: string): Problem {
  return new Problem(404, 'unknown-ticket', { number })
}
