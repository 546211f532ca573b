import { z } from '@hono/zod-openapi'
import { absencesOf, awayAt } from '../../db/absences.ts'
import { listPeople, listTeams } from '../../db/people.ts'
import { maskEmail } from '../../domain/contact/email.ts'
import { instantOf } from '../../domain/instant.ts'
import { roleSchema, teamIdSchema, type Role } from '../../domain/people.ts'
import { deputiesIn, standInFor } from '../../domain/standing-in.ts'
import { staffRoles } from '../access.ts'
import type { Context } from '../deps.ts'
import { none, reads, type App } from '../operation.ts'
import { instantAnswer, pageOf } from '../views/schemas.ts'

const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().openapi({ description: "masked, but for one's own", example: 'wa***@example.com' }),
    roles: z.array(z.string()),
    teams: z.array(z.string()),
    skills: z.array(z.string()),
    absence: z
      .object({
        until: instantAnswer.nullable(),
        deputy: z.string().nullable().describe('who was named'),
        standIn: z
          .string()
          .nullable()
          .describe("who gets the person's work now: the deputy, or theirs while they are away too; null: nobody"),
      })
      .nullable(),
  })
  .openapi('Person')

const teamSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    labels: z.record(z.string(), z.string()),
    lead: z.string().nullable(),
    supervisor: z.string().nullable(),
    departmentHead: z.string().nullable(),
    members: z.array(z.string()),
  })
  .openapi('Team')

/** People and teams (X8). */
export function addPeople(app: App, context: Context): void {
  const { db, clock } = context

  reads(
    app,
    {
      path: '/api/people',
      id: 'listPeople',
      tag: 'People',
      summary: 'Active people, with teams, skills and absence',
      roles: staffRoles,
      params: none,
      query: z.strictObject({ role: roleSchema.optional(), team: teamIdSchema.optional() }),
      answer: { status: 200, description: 'The people', schema: pageOf(personSchema) },
    },
    async ({ c, caller, query }) => {
      const [people, absent] = await Promise.all([listPeople(db, definedOf(query)), awayAt(db, instantOf(clock.now().getTime()))])
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
      return c.json({ items, next: null })
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
      answer: { status: 200, description: 'The teams', schema: pageOf(teamSchema) },
    },
    async ({ c }) => c.json({ items: (await listTeams(db)).map((team) => ({ ...team, label: team.labels[c.get('locale')] })), next: null }),
  )
}

function definedOf({ role, team }: { readonly role?: Role | undefined; readonly team?: string | undefined }) {
  return { ...(role !== undefined && { role }), ...(team !== undefined && { team }) }
}
