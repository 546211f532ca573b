import { isColleague, isStaff, type Directory, type DirectoryPerson } from '../../domain/people.ts'
import { placesOf } from '../../domain/places.ts'
import type { FieldError, RejectionParams } from '../../domain/rejection.ts'
import { own } from '../../domain/own.ts'
import { standInFor, type StandIn } from '../../domain/standing-in.ts'
import type { Mentioned } from '../act.ts'

/** Who can be given work, be it a ticket or another process, and who can be named in it (T6, X8). */

/** Roles whose holders can have work in hand. */
const handlingRoles = ['agent', 'engineer', 'supervisor'] as const

/** Why a person cannot be given work; undefined when they can, themselves or through whoever stands in for them. */
export function handlerError(path: string, person: string, directory: Directory): FieldError | undefined {
  const found = personIn(directory, person)
  if (found && !canHandle(found)) return cannotHandle(path, person)
  const missing = missingError(path, person, directory)
  if (missing) return missing
  // Histories from before deputies were looked up too say nothing of them: then whoever was named could.
  const { assignee } = receiver(person, directory)
  const receiving = personIn(directory, assignee)
  return receiving && !canHandle(receiving) ? cannotHandle(path, assignee) : undefined
}

/** The directory for what is a customer's: nobody stands in on what is their own. */
export function standingInApart(requester: string | null, { people, teams }: Directory): Directory {
  const apart = (person: DirectoryPerson): DirectoryPerson =>
    requester !== null && person.absence?.deputy === requester ? { ...person, absence: { deputy: null } } : person
  return { people: Object.fromEntries(Object.entries(people).map(([id, person]) => [id, apart(person)])), teams }
}

/** Why nobody is there for a person: unknown, or away and nobody stands in. */
export function missingError(path: string, person: string, directory: Directory): FieldError | undefined {
  const unknown = personError(path, person, directory)
  if (unknown) return unknown
  const { person: standIn, away } = whoIsThere(person, directory)
  if (standIn !== null) return undefined
  const [, ...deputies] = away
  if (deputies.length === 0) return { path, code: 'absent-without-deputy', params: { person } }
  return { path, code: 'deputies-absent', params: { person, deputies } }
}

/** Why a person cannot be named as a colleague: unknown, or a customer and nothing else. */
export function staffError(path: string, person: string, directory: Directory): FieldError | undefined {
  const found = personIn(directory, person)
  if (!found) return personError(path, person, directory)
  return isStaff(found) ? undefined : { path, code: 'not-staff', params: { person } }
}

/**
 * Where an input names somebody whom work cannot go to: the customer whose the process is, who is given none of it even as a colleague; whoever
 * is only a customer; a machine. Judged before a process decides, since histories hold acts of before it was.
 */
export function unfitForWork(
  input: unknown,
  { people: named }: Pick<Mentioned, 'people'>,
  { requester, directory }: { readonly requester: string | null; readonly directory: Directory },
): FieldError[] {
  return named.flatMap((person) => {
    const code = unfitness(person, requester, personIn(directory, person))
    return code ? placesOf(input, person).map((path): FieldError => ({ path, code, params: { person } })) : []
  })
}

function unfitness(person: string, requester: string | null, found: DirectoryPerson | undefined): 'not-staff' | 'machine' | undefined {
  if (person === requester || (found && !isStaff(found))) return 'not-staff'
  return found && !isColleague(found) ? 'machine' : undefined
}

export function isColleagueIn(person: string, directory: Directory): boolean {
  const found = personIn(directory, person)
  return found !== undefined && isColleague(found)
}

/** Why a person cannot be named at all: they are unknown. Customers may be. */
export function personError(path: string, person: string, directory: Directory): FieldError | undefined {
  return personIn(directory, person) ? undefined : { path, code: 'unknown-person', params: { given: person } }
}

/** Who really gets it: the person, or while absent whoever stands in. Only for whom {@link handlerError} finds nothing wrong. */
export function receiver(person: string, directory: Directory): { readonly assignee: string; readonly insteadOf: string | null } {
  const { person: standIn } = whoIsThere(person, directory)
  return standIn === null || standIn === person ? { assignee: person, insteadOf: null } : { assignee: standIn, insteadOf: person }
}

/** Who has it already, and the absent person in whose place. */
export function holding({ assignee, insteadOf }: ReturnType<typeof receiver>): RejectionParams {
  return { person: assignee, ...(insteadOf !== null && { absent: insteadOf }) }
}

function whoIsThere(person: string, directory: Directory): StandIn {
  return standInFor(person, (id) => personIn(directory, id)?.absence?.deputy)
}

/** Whether work may be in somebody's hands. */
export function canHandle({ roles }: Pick<DirectoryPerson, 'roles'>): boolean {
  return handlingRoles.some((role) => roles.includes(role))
}

function cannotHandle(path: string, person: string): FieldError {
  return { path, code: 'cannot-handle', params: { person, roles: handlingRoles } }
}

export function teamError(path: string, team: string, directory: Directory): FieldError | undefined {
  return directory.teams.includes(team) ? undefined : { path, code: 'unknown-team', params: { given: team } }
}

/** Ids come from outside: `constructor` is nobody's. */
function personIn(directory: Directory, id: string): DirectoryPerson | undefined {
  return own(directory.people, id)
}
