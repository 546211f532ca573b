import type { Labels, Locale } from '../domain/labels.ts'
import type { Addressee, Addressees } from '../domain/notices/recipients.ts'
import type { Actor, Directory, Role } from '../domain/people.ts'
import { systemActor } from '../domain/people.ts'
import { own } from '../domain/own.ts'
import type { RolesNamed } from '../domain/profile/roles.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { placeLabel, places, type Place } from './asked.ts'

/** The imagined people of a rehearsal: one in each place, everybody there, all of them in every team that the profile names. */

const rolesOf: Readonly<Record<Place, readonly Role[]>> = {
  representative: ['agent'],
  handler: ['engineer'],
  colleague: ['engineer'],
  lead: ['supervisor'],
  supervisor: ['supervisor'],
  'department-head': ['department-lead'],
  quality: ['quality'],
  admin: ['admin'],
  customer: ['customer'],
  service: ['service'],
  system: [],
}

/** Whoever works on tickets, by whom a team is asked. */
const members: readonly Place[] = ['representative', 'handler', 'colleague']

/** Who acts in that place as the ticket stands: it may have got into other hands. */
export function actorOf(
  place: Place,
  state: Pick<TicketState, 'assignee' | 'representative'> | undefined,
  teams: readonly string[],
): Actor {
  if (place === 'system') return systemActor
  const holder = place === 'handler' ? state?.assignee : place === 'representative' ? state?.representative : undefined
  const who = placeOf(holder ?? place) ?? place
  return { id: who, roles: rolesOf[who], teams: who === 'customer' || who === 'service' ? [] : teams }
}

/** Everybody, as an act is told of them. */
export function directoryOf(teams: readonly string[]): Directory {
  const people = places.filter((place) => place !== 'system')
  return { people: Object.fromEntries(people.map((place) => [place, { roles: rolesOf[place], teams }])), teams }
}

/** Everybody, as notices reach them, by the words of the profile. `labels`: what teams are called, where that is known. */
export function addresseesOf(
  teams: readonly string[],
  {
    profile,
    language,
    labels = {},
  }: { readonly profile: RolesNamed; readonly language: Locale; readonly labels?: Readonly<Record<string, Labels>> },
): Addressees {
  const people = places.flatMap((place): [string, Addressee][] =>
    place === 'system'
      ? []
      : [
          [
            place,
            {
              id: place,
              name: placeLabel(profile, place)[language],
              email: `${place}@example.com`,
              roles: rolesOf[place],
              active: true,
              absent: false,
              deputy: null,
              preferences: {},
            },
          ],
        ],
  )
  return {
    people: new Map(people),
    teams: new Map(
      teams.map((id) => [
        id,
        {
          id,
          labels: own(labels, id) ?? { 'zh-CN': id, 'zh-TW': id, en: id },
          lead: 'lead',
          supervisor: 'supervisor',
          departmentHead: 'department-head',
          members,
        },
      ]),
    ),
  }
}

export function placeOf(id: string): Place | undefined {
  return places.find((place) => place === id)
}
