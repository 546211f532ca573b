import { z } from 'zod'
import { headSchema } from '../views/process-schemas.ts'
import { subjectKindSchema } from '../views/assessments.ts'
import { paging } from '../http/paging.ts'
import { instantQuery } from '../http/query.ts'
import { instantAnswer, ledgerMannerSchema, namesSchema, pageOf, personAnswer, roleAnswer } from '../views/schemas.ts'
import { owedMilestoneSchema } from './milestones.ts'
import { owedActionSchema } from '../views/reviews.ts'
import { ticketPageSchema, ticketSummarySchema, unwatchedShape } from '../views/ticket-schemas.ts'
import { undeliveredOfTicketSchema } from '../views/ticket-undelivered.ts'
import { none, reading } from '../openapi/operation.ts'
import { everyRole, staffRoles } from '../access/roles.ts'

const meSchema = z
  .object({
    id: z.string().describe('id of the person'),
    name: z.string().describe('their name'),
    roles: z.array(roleAnswer).describe('what they may do here'),
    roleLabels: z.array(z.string()).describe('what the roles are called, in the same order'),
    teams: z.array(z.string()).describe('ids of their teams'),
  })
  .meta({ id: 'Me', description: 'Who is signed in' })

const assignmentSchema = z
  .object({
    ticket: z.string().describe('number of the ticket'),
    seq: z.int().min(1).describe('sequence number of the event'),
    at: instantAnswer('when'),
    manner: ledgerMannerSchema,
    assignee: personAnswer('who got it').nullable(),
    team: z.string().describe('id of the team whose queue it is in'),
    previous: personAnswer('who had it before').nullable(),
    reason: z.string().nullable().describe('why'),
    by: personAnswer('who assigned it'),
  })
  .meta({ id: 'Assignment', description: 'A line of the assignment ledger' })

const unwatchedTicketSchema = z
  .object({ ...unwatchedShape, number: z.string().describe('number of the ticket'), title: z.string().describe('what it is called') })
  .meta({ id: 'UnwatchedTicket', description: 'A ticket with something of which no clock will remind anybody' })

const assessmentWorkSchema = z
  .object({
    number: z.string().describe('number of the assessment'),
    title: z.string().describe('what it is called, and of which month it is'),
    nextDueAt: instantAnswer('when something about it is due next; null: nothing').nullable(),
    toConfirm: z.int().min(0).describe('how many scores wait for my confirmation'),
    objections: z.int().min(0).describe('how many objections wait for a decision of the management, which I belong to'),
    commendations: z.int().min(0).describe('how many commendations wait for it'),
    own: z
      .array(
        z
          .object({
            kind: subjectKindSchema.describe('whether it is mine, or that of my team'),
            id: z.string().describe('id of me or of the team'),
            objectBy: instantAnswer('until when it can be objected to; null: it was, or is final').nullable(),
          })
          .meta({ id: 'OwnScore', description: 'That a score is confirmed, and where to read it' }),
      )
      .describe('confirmed scores of mine, to be read'),
  })
  .meta({ id: 'AssessmentWork', description: 'What somebody has to do with an assessment' })

export const readMe = reading({
  path: '/api/me',
  id: 'readMe',
  tag: 'Work',
  summary: 'Who the token is',
  roles: everyRole,
  params: none,
  query: none,
  answer: { status: 200, description: 'The caller', schema: meSchema },
})

export const readMyWork = reading({
  path: '/api/me/work',
  id: 'readMyWork',
  tag: 'Work',
  summary: 'What I have to do, due first',
  roles: staffRoles,
  params: none,
  query: z.strictObject({ limit: paging.limit }),
  answer: {
    status: 200,
    description:
      '`assigned`: open tickets in my hands. `represented`: those whose customer I look after, closed ones too while something is owed. `helping`: open tickets in which I help, or have a milestone to reach. `toDecide`: where another priority was asked for in my teams, for those who decide. Of those in `standsInFor`, who are away, their work is mine too. `unwatched`: of what in all this no clock will remind anybody, and what helps; those who decide see it of all their teams. `toSign`: reports to be written, reviewed or approved by me. `actions`: what reviews decided that I see done. `milestones`: what coordination meetings gave to me. `undelivered`: what customers of the first two lists have not heard by mail, and who was asked to tell them.',
    schema: z.object({
      assigned: z.array(ticketSummarySchema).describe('open tickets in my hands'),
      represented: z.array(ticketSummarySchema).describe('tickets whose customer I look after'),
      helping: z.array(ticketSummarySchema).describe('open tickets with which I help'),
      toDecide: z.array(ticketSummarySchema).describe('where another priority waits for a decision'),
      unwatched: z.array(unwatchedTicketSchema).describe('what no clock reminds anybody of'),
      undelivered: z.array(undeliveredOfTicketSchema).describe('what customers have not heard, until somebody has spoken with them'),
      actions: z.array(owedActionSchema).describe('improvement actions of reviews that are mine to see done, the earliest due first'),
      milestones: z.array(owedMilestoneSchema).describe('milestones of departments that are mine to reach, the earliest due first'),
      toSign: z.array(headSchema).describe('reports that wait for a signature which may be mine, what is due first, first'),
      others: z.array(headSchema).describe('open processes of other types in my hands, what is due first, first'),
      assessments: z.array(assessmentWorkSchema).describe('assessments with which I have something to do, newest first'),
      standsInFor: z.array(z.string()).describe('the absent people whose work I do: their ids'),
      names: namesSchema,
    }),
  },
})

export const readQueue = reading({
  path: '/api/queues/{team}',
  id: 'readQueue',
  tag: 'Work',
  summary: "待办工单 · A team's queue",
  description: 'Open tickets that nobody has, most urgent first, then oldest.',
  roles: staffRoles,
  params: z.strictObject({ team: z.string().min(1).max(64).describe('id of the team') }),
  query: z.strictObject(paging),
  answer: { status: 200, description: 'The queue', schema: ticketPageSchema },
  problems: [404],
})

export const listAssignments = reading({
  path: '/api/assignments',
  id: 'listAssignments',
  tag: 'Work',
  summary: '分配记录台账 · The assignment ledger',
  description: 'Time, team and person of every assignment, newest first.',
  roles: staffRoles,
  params: none,
  query: z.strictObject({
    ticket: z.string().max(100).optional().describe('number of a ticket'),
    assignee: z.string().max(64).optional().describe('id of a person'),
    team: z.string().max(64).optional().describe('id of a team'),
    from: instantQuery.optional().describe('from this instant on'),
    until: instantQuery.optional().describe('before this instant'),
    ...paging,
  }),
  answer: { status: 200, description: 'One page', schema: pageOf(assignmentSchema, { names: namesSchema }) },
})
