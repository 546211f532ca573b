import { isOnlyCustomer, isStaff, type Actor, type Role } from '../../domain/people.ts'
import { forbidden } from '../../domain/rejection.ts'
import { staffRoles } from './roles.ts'
import { hostOf, type Registry } from '../../processes/hosting.ts'
import { Problem, rejected } from '../problems/problem.ts'

/** Who may see a process, whatever its type. */

/** Such a caller sees only what they registered themselves. */
export { isOnlyCustomer }

/** What of a process says whose it is. */
interface Owned {
  readonly requester: string | null
}

/** Whether the caller meets it as its customer: customers do, and so do staff whose own it is. */
export function isCustomerOf({ requester }: Owned, caller: Actor): boolean {
  return !isStaff(caller) || requester === caller.id
}

/** The caller, as far as that process goes: its customer is that and nothing else there, whatever they are elsewhere. */
export function actorOn(process: Owned, actor: Actor): Actor {
  return isCustomerOf(process, actor) ? { id: actor.id, roles: ['customer'], teams: [] } : actor
}

/** The process, if the caller may see it; for everybody else it is not there: a 403 would tell that the number exists. */
export function visible<T extends Owned>(process: T | undefined, caller: Actor, number: string, type: Seen = {}): T {
  if (!process || !mayBeSeen(process, caller) || !maySeeType(type, process, caller)) throw unknownProcess(number)
  return process
}

/** Whether the caller may know that there is such a process. */
export function mayBeSeen({ requester }: Owned, caller: Actor): boolean {
  return isStaff(caller) || requester === caller.id
}

/** Whether the caller may know that there is such a process, of whatever type it is: what they may not see is not there where they name it. */
export function mayBeNamed(processes: Registry, process: Owned & { readonly processType: string }, caller: Actor): boolean {
  return mayBeSeen(process, caller) && maySeeType(hostOf(processes, process.processType)?.desk ?? {}, process, caller)
}

/** Who, of those who work here, may see processes of a type. */
export interface Seen {
  /** Absent: whoever works here. */
  readonly seenBy?: readonly Role[]
  /** Reading is for those roles alone, which its operations say; who acts is judged by the command. */
  readonly confidential?: true
}

/** {@link visible} to somebody who may give one of its commands: of a confidential type that is told by the command, and by nothing else. */
export function visibleToAct<T extends Owned>(process: T | undefined, caller: Actor, number: string, type: Seen = {}): T {
  return visible(process, caller, number, type.confidential ? {} : type)
}

/** Whether the caller may see processes of the type, as one of those who work here. What is their own as a customer they may see. */
function maySeeType({ seenBy }: Seen, process: Owned, caller: Actor): boolean {
  return seenBy === undefined || isCustomerOf(process, caller) || seenBy.some((role) => caller.roles.includes(role))
}

/** {@link visible} as staff see it: to its own customer that part of it is closed, be they staff or not. */
export function visibleToStaff<T extends Owned>(process: T | undefined, caller: Actor, number: string, type: Seen = {}): T {
  const seen = visible(process, caller, number, type)
  if (isCustomerOf(seen, caller)) throw rejected(forbidden('wrong-role', { roles: staffRoles }))
  return seen
}

export function unknownProcess(number: string): Problem {
  return new Problem(404, 'unknown-ticket', { number })
}
