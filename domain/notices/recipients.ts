import { isStaff, type LadderRole, type Role, type Team } from '../people.ts'
import { standInFor } from '../standing-in.ts'
import type { Preferences } from './preferences.ts'

/**
 * Whom a notice reaches (X8). Somebody absent has a deputy; whoever cannot be reached has somebody above them, and in the
 * end there are the admins: a notice for staff is lost only when nobody at all has an address. Pure.
 */

/** Everybody a notice may be for, and where it goes instead, as of one instant. */
export interface Addressees {
  readonly people: ReadonlyMap<string, Addressee>
  readonly teams: ReadonlyMap<string, Team>
}

export interface Addressee {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly roles: readonly Role[]
  readonly active: boolean
  readonly absent: boolean
  /** Who stands in while they are absent; null when nobody active was named. */
  readonly deputy: string | null
  readonly preferences: Preferences
}

export interface Reached {
  /** At least one, each with an address. */
  readonly to: readonly Addressee[]
  /** Set when it is not whom it was meant for. */
  readonly instead: Instead | null
}

export type Instead =
  | { readonly kind: 'deputy'; readonly of: string }
  /** It climbed: nobody there, or nobody who can be reached. */
  | { readonly kind: 'climbed'; readonly person: string }
  | { readonly kind: 'climbed'; readonly team: string; readonly role: LadderRole | null }

/** The same people as if those had no address. */
export function passingOver(world: Addressees, ids: readonly string[]): Addressees {
  if (ids.length === 0) return world
  return {
    ...world,
    people: new Map([...world.people].map(([id, person]) => [id, ids.includes(id) ? { ...person, email: null } : person])),
  }
}

/** Everybody but the customer of the ticket that is spoken of: staff whose own it is hear of it as customers, and nothing beside. */
export function colleaguesOn({ requester }: { readonly requester: string | null }, world: Addressees): Addressees {
  if (requester === null || !world.people.has(requester)) return world
  return { ...world, people: new Map([...world.people].filter(([id]) => id !== requester)) }
}

/** The person, their deputy, or whoever is above them. `team` is the ticket's, for people of several teams or none. */
export function reachPerson(world: Addressees, id: string, team: string): Reached | null {
  return reachNobodyElse(world, id) ?? climbed(world, teamOf(world, id, team), 0, { kind: 'climbed', person: id })
}

/** The person or their deputy, and nobody else. */
export function reachNobodyElse(world: Addressees, id: string): Reached | null {
  const found = standIn(world, id)
  return found ? { to: [found], instead: found.id === id ? null : { kind: 'deputy', of: id } } : null
}

/** The person, away or not: what is theirs alone waits in their own mailbox. */
export function reachThemselves({ people }: Addressees, id: string): Reached | null {
  const person = people.get(id)
  return person && hasAddress(person) ? { to: [person], instead: null } : null
}

/** Every active member; whoever is above them when none is there. */
export function reachTeam(world: Addressees, id: string): Reached | null {
  const team = world.teams.get(id)
  const members = (team?.members ?? []).flatMap((member) => world.people.get(member) ?? []).filter(hasAddress)
  if (members.some(isThere)) return { to: members, instead: null }
  return climbed(world, team, 0, { kind: 'climbed', team: id, role: null })
}

/** Whoever holds that place over the team, or a higher one. */
export function reachRole(world: Addressees, role: LadderRole, id: string): Reached | null {
  if (role === 'admin') return admins(world, null)
  const team = world.teams.get(id)
  const holder = team?.[places[role]] ?? null
  const found = holder === null ? undefined : standIn(world, holder)
  if (found) return { to: [found], instead: holder === null || found.id === holder ? null : { kind: 'deputy', of: holder } }
  return climbed(world, team, rungs.indexOf(role) + 1, { kind: 'climbed', team: id, role })
}

/** To whom a notice is addressed. */
type Recipient =
  | { readonly kind: 'customer' }
  | { readonly kind: 'person' | 'team'; readonly id: string }
  | { readonly kind: 'role'; readonly role: LadderRole; readonly team: string }

/** Who that is, as the row of a notice says it: `supervisor@tech-support` for a place over a team. */
export function recipientId(recipient: Recipient): string | null {
  if (recipient.kind === 'customer') return null
  return recipient.kind === 'role' ? `${recipient.role}@${recipient.team}` : recipient.id
}

/** The place over a team that {@link recipientId} names. */
export function roleOf(id: string): { readonly role: LadderRole; readonly team: string } | undefined {
  const at = id.indexOf('@')
  const role = [...rungs, 'admin' as const].find((candidate) => candidate === id.slice(0, at))
  return role && { role, team: id.slice(at + 1) }
}

const rungs = ['lead', 'supervisor', 'department-head'] as const
const places = { lead: 'lead', supervisor: 'supervisor', 'department-head': 'departmentHead' } as const satisfies Record<
  (typeof rungs)[number],
  keyof Team
>

function climbed(world: Addressees, team: Team | undefined, from: number, instead: Instead): Reached | null {
  for (const rung of rungs.slice(from)) {
    const holder = team?.[places[rung]] ?? null
    const found = holder === null ? undefined : standIn(world, holder)
    if (found) return { to: [found], instead }
  }
  return admins(world, instead)
}

/** All of them, so that one reads it; the ones who are away only when all are. */
function admins(world: Addressees, instead: Instead | null): Reached | null {
  const all = [...world.people.values()].filter((person) => person.roles.includes('admin') && hasAddress(person))
  const there = all.filter(isThere)
  const to = (there.length > 0 ? there : all).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return to.length === 0 ? null : { to, instead }
}

/** The person, or whoever stands in for them, if a mail reaches them there. */
function standIn({ people }: Addressees, id: string): Addressee | undefined {
  const { person } = standInFor(id, (asked) => {
    const found = people.get(asked)
    // Somebody who has left has nobody who stands in for them.
    return found?.active === true && found.absent ? found.deputy : undefined
  })
  const found = person === null ? undefined : people.get(person)
  return found && hasAddress(found) ? found : undefined
}

/** The team whose ladder is theirs: the ticket's where they belong to it or to none. */
function teamOf({ teams }: Addressees, person: string, ticketTeam: string): Team | undefined {
  const ofTicket = teams.get(ticketTeam)
  if (ofTicket?.members.includes(person)) return ofTicket
  return [...teams.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).find(({ members }) => members.includes(person)) ?? ofTicket
}

function hasAddress({ active, email, roles }: Addressee): boolean {
  return active && isStaff({ roles }) && email !== null && email.includes('@')
}

function isThere({ absent }: Addressee): boolean {
  return !absent
}
