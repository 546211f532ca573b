import { z } from 'zod'
import { uniqueIds } from './document/checks.ts'
import { itemsOf, memberOf, textsOf } from './document/loose.ts'
import { tellOnce, type Mistake } from './document/mistakes.ts'
import type { DocumentResult } from './document/open.ts'
import { readDocument } from './document/read.ts'
import { labelsSchema } from './labels.ts'
import { isColleague, isOnlyCustomer, personIdSchema, roleSchema, teamIdSchema, type Role } from './people.ts'
import { oneLine } from './text.ts'

/** Who works here: the teams and people of an organisation, as a document that an administrator writes. */
const organisationSchema = z.strictObject({
  teams: uniqueIds(
    z.array(
      z.strictObject({
        id: teamIdSchema,
        labels: labelsSchema,
        lead: personIdSchema.nullable().default(null),
        supervisor: personIdSchema.nullable().default(null),
        departmentHead: personIdSchema.nullable().default(null),
      }),
    ),
  ).default([]),
  people: uniqueIds(
    z.array(
      z.strictObject({
        id: personIdSchema,
        name: z.string().overwrite(oneLine).min(1).max(254, { abort: true }),
        email: z.email('must be an address such as wang@example.com').nullable().default(null),
        roles: z.array(roleSchema).min(1),
        /** Somebody who left stays in the records and can do nothing. */
        active: z.boolean().default(true),
        teams: z.array(teamIdSchema).default([]),
        skills: z.array(z.string().overwrite(oneLine).min(1).max(100, { abort: true })).default([]),
      }),
    ),
  ).default([]),
})

export type Organisation = z.output<typeof organisationSchema>

/** Whom and which teams the records know. */
export interface Records {
  readonly people: readonly { readonly id: string; readonly roles: readonly Role[] }[]
  readonly teams: readonly ({ readonly id: string } & Readonly<Record<Place, string | null>>)[]
}

/** Who may be named over a team. */
const places = ['lead', 'supervisor', 'departmentHead'] as const
type Place = (typeof places)[number]

/** Reads the document; what it refers to has to be in it or in the records. */
export function parseOrganisation(text: string, records: Records): DocumentResult<Organisation> {
  return readDocument(text, organisationSchema, { mostPieces: piecesOfPeople }, (document, context) =>
    tellOnce(faultsAcross(document, records), context),
  )
}

/** Some sixty a person, for ten thousand people. Only a command of its own reads it, which holds nobody up. */
const piecesOfPeople = 600_000

interface Fault extends Mistake {
  readonly code: 'nobody-there' | 'no-such-team' | 'customer-holds' | 'machine-holds' | 'customer-belongs' | 'still-holds'
}

/** What the document refers to and neither it nor the records know, and where it gives a customer or a machine a place among colleagues. */
function faultsAcross(document: unknown, records: Records): Fault[] {
  const teams = itemsOf(memberOf(document, 'teams'))
  const people = itemsOf(memberOf(document, 'people'))
  const described = namedIn(teams)
  const untouched = records.teams.filter(({ id }) => !described.includes(id))
  const teamIds = new Set([...untouched.map(({ id }) => id), ...described])
  // What the document says of somebody comes after what the records say.
  const unfit = new Map(
    [...records.people, ...people].flatMap((person): [string, 'customer-holds' | 'machine-holds' | undefined][] => {
      const id = memberOf(person, 'id')
      return typeof id === 'string' ? [[id, whyUnfit(memberOf(person, 'roles'))]] : []
    }),
  )
  return [
    ...teams.flatMap((team, at) =>
      places.flatMap((place): Fault[] => {
        const given = memberOf(team, place)
        if (typeof given !== 'string') return []
        const code = unfit.has(given) ? unfit.get(given) : 'nobody-there'
        return code ? [{ path: ['teams', at, place], code, given }] : []
      }),
    ),
    ...people.flatMap((person, at): Fault[] => {
      const own = textsOf(memberOf(person, 'teams'))
      const id = memberOf(person, 'id')
      const path = ['people', at, 'teams']
      const customer = typeof id === 'string' && areOnlyCustomers(memberOf(person, 'roles')) ? id : undefined
      const held = customer === undefined ? undefined : untouched.find((team) => places.some((place) => team[place] === customer))
      return [
        ...(customer !== undefined && held ? [stillHolds(['people', at, 'roles'], customer, held.id)] : []),
        ...(customer !== undefined && own.length > 0 ? [{ path, code: 'customer-belongs', given: customer } as const] : []),
        ...own
          .filter(([, team]) => !teamIds.has(team))
          .map(([nth, given]): Fault => ({ path: [...path, nth], code: 'no-such-team', given })),
      ]
    }),
  ]
}

/** The records have them over a team of which the document says nothing. */
function stillHolds(path: (string | number)[], given: string, team: string): Fault {
  return { path, code: 'still-holds', given, params: { known: team } }
}

function namedIn(list: readonly unknown[]): string[] {
  return list.map((item) => memberOf(item, 'id')).filter((id) => typeof id === 'string')
}

/** Why nobody of these roles has a place over a team. They may be wrong themselves: a wrong one may be meant for one of those who work here. */
function whyUnfit(given: unknown): 'customer-holds' | 'machine-holds' | undefined {
  const roles = rolesIn(given)
  if (!roles || roles.length === 0) return undefined
  return isOnlyCustomer({ roles }) ? 'customer-holds' : isColleague({ roles }) ? undefined : 'machine-holds'
}

function areOnlyCustomers(given: unknown): boolean {
  return whyUnfit(given) === 'customer-holds'
}

/** The roles, if all of them are some. */
function rolesIn(given: unknown): readonly Role[] | undefined {
  return z.array(roleSchema).safeParse(textsOf(given).map(([, role]) => role)).data
}
