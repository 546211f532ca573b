import { roles, type Actor, type Role } from '../domain/people.ts'
import { Problem } from './problem.ts'

/** Who may ask for what, and who may see a ticket. */

/** Whoever is signed in, stated like any other choice: an operation without a word about roles is one nobody thought about. */
export const everyRole: readonly Role[] = roles
/** Everybody but customers. */
export const staffRoles: readonly Role[] = roles.filter((role) => role !== 'customer')
/** Who records absences of others and hands their work over. */
export const leadRoles: readonly Role[] = ['supervisor', 'department-lead', 'admin']

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
