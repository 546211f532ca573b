import type { Directory, DirectoryPerson } from '../../domain/people.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { own } from '../../domain/own.ts'

/** Who can be given a ticket (T6, X8). */

/** Roles whose holders can have a ticket in hand. */
const handlingRoles = ['agent', 'engineer', 'supervisor'] as const

/** Why a person cannot be given a ticket; undefined when they can, themselves or through their deputy. */
export function handlerError(path: string, person: string, directory: Directory): FieldError | undefined {
  const found = personIn(directory, person)
  if (!found) return { path, code: 'unknown-person', params: { person } }
  if (!handlingRoles.some((role) => found.roles.includes(role)))
    return { path, code: 'cannot-handle', params: { person, roles: handlingRoles } }
  if (found.absence?.deputy === null) return { path, code: 'absent-without-deputy', params: { person } }
  return undefined
}

/** Who really gets it: the person, or while absent their deputy (one step: a deputy's own absence is the deputy's to hand over). */
export function receiver(person: string, directory: Directory): { readonly assignee: string; readonly insteadOf: string | null } {
  const deputy = personIn(directory, person)?.absence?.deputy
  return deputy ? { assignee: deputy, insteadOf: person } : { assignee: person, insteadOf: null }
}

export function teamError(path: string, team: string, directory: Directory): FieldError | undefined {
  return directory.teams.includes(team) ? undefined : { path, code: 'unknown-team', params: { team } }
}

/** Ids come from outside: `constructor` is nobody's. */
function personIn(directory: Directory, id: string): DirectoryPerson | undefined {
  return own(directory.people, id)
}
