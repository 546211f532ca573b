import { ladderRoles, type LadderRole, type Team } from '../people.ts'
import type { Profile } from './schema.ts'
import type { Warning } from './warnings.ts'

/** What a profile names that is not there, or where nobody is, in the organisation that is to run it (X13). */

/** Who and what is there. */
export interface Installation {
  /** Ids of the working calendars. */
  readonly calendars: readonly string[]
  readonly teams: readonly Team[]
  /** Active people who work here. */
  readonly people: readonly { readonly id: string; readonly roles: readonly string[]; readonly email: string | null }[]
  /** Other versions of the profile that are still to come, as far as they are known. */
  readonly announced?: readonly AnnouncedVersion[]
}

export interface AnnouncedVersion {
  readonly version: number
  /** A day, as documents write it. */
  readonly effectiveFrom: string
}

export function installationWarnings(profile: Profile, { calendars, teams, people, announced = [] }: Installation): Warning[] {
  const reached = new Set(people.flatMap(({ id, email }) => (email === null ? [] : [id])))
  const admins = people.filter(({ id, roles }) => roles.includes('admin') && reached.has(id))
  const named = teamsIn(profile)
  const ofTeams = named.flatMap(({ id, path }): Warning[] => {
    const team = teams.find((one) => one.id === id)
    if (!team) return [{ code: 'team-missing', path, params: { given: id, known: teams.map((one) => one.id) } }]
    return [
      ...(team.members.some((member) => reached.has(member))
        ? []
        : [{ code: 'team-without-people' as const, path, params: { given: id } }]),
      ...emptyPlaces(team, path, profile, reached),
    ]
  })
  return [
    ...(calendars.includes(profile.calendar)
      ? []
      : [{ code: 'calendar-missing' as const, path: ['calendar'], params: { given: profile.calendar, known: calendars } }]),
    ...ofTeams,
    ...announced.flatMap((other) => neverInForce(other, profile)),
    ...(admins.length > 0 ? [] : [{ code: 'nobody-at-last' as const, path: ['clocks'], params: {} }]),
  ]
}

/** An announced version that this one comes before (X1): of those whose day has come the highest counts. */
function neverInForce({ version, effectiveFrom }: AnnouncedVersion, profile: Profile): Warning[] {
  if (version >= profile.version || effectiveFrom < profile.document.effectiveFrom) return []
  const params = { given: String(version), at: effectiveFrom, nearest: String(profile.version + 1) }
  return [{ code: 'announced-ended', path: ['version'], params }]
}

/** Every team that tickets are sent to, where it is named first. */
function teamsIn({ types, routing = [] }: Profile): { readonly id: string; readonly path: Warning['path'] }[] {
  const named = [
    ...types.flatMap(({ team }, at) => (team === undefined ? [] : [{ id: team, path: ['types', at, 'team'] }])),
    ...routing.map(({ team }, at) => ({ id: team, path: ['routing', at, 'team'] })),
  ]
  return named.filter(({ id }, at) => named.findIndex((one) => one.id === id) === at)
}

/** Places over the team to which ladders speak, and where nobody is who can be reached. */
function emptyPlaces(team: Team, path: Warning['path'], { clocks }: Profile, reached: ReadonlySet<string>): Warning[] {
  const spoken = new Set(clocks.flatMap(({ ladder }) => ladder.flatMap(({ to }) => to)))
  const holds = (place: Place) => {
    const holder = team[places[place]]
    return holder !== null && reached.has(holder)
  }
  return placeNames.flatMap((place, at): Warning[] => {
    if (!spoken.has(place) || holds(place)) return []
    const instead = placeNames.slice(at + 1).find(holds) ?? 'admin'
    return [{ code: 'place-empty', path, params: { given: team.id, place, instead } }]
  })
}

const places = { lead: 'lead', supervisor: 'supervisor', 'department-head': 'departmentHead' } as const satisfies Readonly<
  Record<Exclude<LadderRole, 'admin'>, keyof Team>
>
type Place = keyof typeof places
const placeNames = ladderRoles.filter((role): role is Place => role !== 'admin')
