import { z } from 'zod'
import { uniqueIds } from './document/checks.ts'
import { readDocument, type DocumentError, type DocumentResult } from './document/read.ts'
import { labelsSchema } from './labels.ts'
import { isStaff, personIdSchema, roleSchema, teamIdSchema, type Role } from './people.ts'
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

export function parseOrganisation(text: string): DocumentResult<Organisation> {
  return readDocument(text, organisationSchema, { mostPieces: piecesOfPeople })
}

/** Some sixty a person, for ten thousand people. Only a command of its own reads it, which holds nobody up. */
const piecesOfPeople = 600_000

interface KnownPerson {
  readonly id: string
  readonly roles: readonly Role[]
}

/** What the document refers to and neither it nor the records know, and where it gives a customer a place among colleagues. */
export function unknownReferences(
  { teams, people }: Organisation,
  known: { readonly people: readonly KnownPerson[]; readonly teams: readonly string[] },
): DocumentError[] {
  // What the document says of somebody comes after what the records say.
  const somebody = new Map([...known.people, ...people].map((person) => [person.id, person]))
  const some = new Set([...known.teams, ...teams.map(({ id }) => id)])
  return [
    ...teams.flatMap((team, at) =>
      (['lead', 'supervisor', 'departmentHead'] as const).flatMap((place) => {
        const person = team[place]
        const holder = person === null ? undefined : somebody.get(person)
        const path = `teams[${at}].${place}`
        if (person !== null && !holder) return [{ path, reason: `there is nobody with the id "${person}"; add them under people` }]
        if (holder && !isStaff(holder)) return [{ path, reason: `"${holder.id}" is a customer; name somebody who works here` }]
        return []
      }),
    ),
    ...people.flatMap((person, at) =>
      person.teams.length > 0 && !isStaff(person)
        ? [{ path: `people[${at}].teams`, reason: `"${person.id}" is a customer, and customers belong to no team; leave the teams out` }]
        : [],
    ),
    ...people.flatMap((person, at) =>
      person.teams.flatMap((team, place) =>
        some.has(team)
          ? []
          : [{ path: `people[${at}].teams[${place}]`, reason: `there is no team with the id "${team}"; add it under teams` }],
      ),
    ),
  ]
}
