import { z } from 'zod'
import { absencesOf, awayAt } from '../../db/absences.ts'
import { listPeople, listTeams } from '../../db/people.ts'
import { maskEmail } from '../../domain/contact/email.ts'
import { instantOf } from '../../domain/instant.ts'
import { teamIdSchema, type Role } from '../../domain/people.ts'
import { labelsSchema } from '../../domain/labels.ts'
import { deputiesIn, standInFor } from '../../domain/standing-in.ts'
import { staffRoles } from '../access/access.ts'
import type { Context } from '../deps.ts'
import { refuseUnknownNames } from './filters.ts'
import { none, reads, type App } from '../openapi/operation.ts'
import { instantAnswer, personAnswer, roleAnswer, wholeList } from '../views/schemas.ts'

const personSchema = z
  .object({
    id: z.string().describe('their id'),
    name: z.string().describe('their name'),
    email: z.string().nullable().describe("their address at work, masked but for one's own"),
    roles: z.array(roleAnswer).describe('what they may do here'),
    teams: z.array(z.string()).describe('ids of their teams'),
    skills: z.array(z.string()).describe('what they know, for automatic dispatch'),
    absence: z
      .object({
        until: instantAnswer('back from then on; null while nobody knows').nullable(),
        deputy: personAnswer('who was named').nullable(),
        standIn: personAnswer("who gets the person's work now: the deputy, or theirs while they are away too; null: nobody").nullable(),
      })
      .meta({ id: 'PresentAbsence', description: 'That somebody is away now' })
      .nullable()
      .describe('null: they are here'),
  })
  .meta({ id: 'Person', description: 'Somebody who works here' })

const teamSchema = z
  .object({
    id: z.string().describe('its id'),
    label: z.string().describe('what it is called'),
    labels: labelsSchema,
    lead: personAnswer('who leads it').nullable(),
    supervisor: personAnswer('who supervises it').nullable(),
    departmentHead: personAnswer('the head of its department').nullable(),
    members: z.array(z.string()).describe('ids of the people in it'),
  })
  .meta({ id: 'Team', description: 'A team, and whom a breach climbs to' })

/** People and teams (X8). */
export function addPeople(app: App, context: Context): void {
  const { db, clock } = context

  reads(
    app,
    {
      path: '/api/people',
      id: 'listPeople',
      tag: 'People',
      summary: 'Active people who work here, with teams, skills and absence',
      roles: staffRoles,
      params: none,
      query: z.strictObject({
        role: roleAnswer.optional().describe('who holds this role'),
        team: teamIdSchema.optional().describe('who is in this team'),
      }),
      answer: { status: 200, description: 'The people', schema: wholeList(personSchema, {}) },
    },
    async ({ c, caller, query }) => {
      const [people, absent] = await Promise.all([listPeople(db, definedOf(query)), awayAt(db, instantOf(clock.now().getTime()))])
      if (people.length === 0) await refuseUnknownNames(db, query)
      const away = new Map(absent.map((absence) => [absence.person, absence]))
      const deputyOf = deputiesIn(absencesOf(absent))
      const items = people.map(({ id, name, email, roles, teams, skills }) => {
        const absence = away.get(id)
        const standIn = standInFor(id, deputyOf).person
        return {
          id,
          name,
          email: email === null || id === caller.id ? email : maskEmail(email),
          roles,
          teams,
          skills,
          absence: absence ? { until: absence.until, deputy: absence.deputy, standIn } : null,
        }
      })
      return c.json({ items })
    },
  )

  reads(
    app,
    {
      path: '/api/teams',
      id: 'listTeams',
      tag: 'People',
      summary: 'Teams, their members and whom a breach climbs to',
      roles: staffRoles,
      params: none,
      query: none,
      answer: { status: 200, description: 'The teams', schema: wholeList(teamSchema, {}) },
    },
    async ({ c }) => c.json({ items: (await listTeams(db)).map((team) => ({ ...team, label: team.labels[c.get('locale')] })) }),
  )
}

function definedOf({ role, team }: { readonly role?: Role | undefined; readonly team?: string | undefined }) {
  return { ...(role !== undefined && { role }), ...(team !== undefined && { team }) }
}
