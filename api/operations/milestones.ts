import { z } from 'zod'
import { staffRoles } from '../access/roles.ts'
import { paging } from '../http/paging.ts'
import { instantQuery } from '../http/query.ts'
import { none, reading } from '../openapi/operation.ts'
import { instantAnswer, namesSchema, pageOf, personAnswer } from '../views/schemas.ts'

export const owedMilestoneSchema = z
  .object({
    ticket: z.string().describe('number of the ticket'),
    title: z.string().describe('what the ticket is about'),
    milestone: z.int().min(1).describe('number of the milestone, within the ticket'),
    department: z.string().describe('id of the team whose it is'),
    what: z.string().describe('what is to be reached'),
    owner: personAnswer('who sees that it is reached'),
    dueAt: instantAnswer('until when'),
    overdue: z.boolean().describe('it is late'),
  })
  .meta({ id: 'OwedMilestone', description: 'A milestone that a coordination meeting gave to a department, and that is not reached yet' })

export const listMilestones = reading({
  path: '/api/milestones',
  id: 'listMilestones',
  tag: 'Work',
  summary: '部门里程碑 · What departments have to reach, the earliest due first',
  description: 'Open milestones of tickets that are not solved yet.',
  roles: staffRoles,
  params: none,
  query: z.strictObject({
    team: z.string().min(1).max(64).optional().describe('id of the department'),
    owner: z.string().min(1).max(64).optional().describe('id of a person; `me` for yourself'),
    ticket: z.string().max(100).optional().describe('number of a ticket'),
    dueBefore: instantQuery.optional().describe('due before this instant'),
    ...paging,
  }),
  answer: { status: 200, description: 'One page', schema: pageOf(owedMilestoneSchema, { names: namesSchema }) },
})
