import { z } from 'zod'
import { teamIdSchema } from '../../domain/people.ts'
import { labelsSchema } from '../../domain/labels.ts'
import { instantAnswer, personAnswer, roleAnswer, wholeList } from '../views/schemas.ts'
import { none, reading } from '../openapi/operation.ts'
import { staffRoles } from '../access/roles.ts'

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

export const listPeople = reading({
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
})

export const listTeams = reading({
  path: '/api/teams',
  id: 'listTeams',
  tag: 'People',
  summary: 'Teams, their members and whom a breach climbs to',
  roles: staffRoles,
  params: none,
  query: none,
  answer: { status: 200, description: 'The teams', schema: wholeList(teamSchema, {}) },
})
