import { z } from 'zod'
import { entryIdSchema } from '../../domain/customers/entry.ts'
import { ticketSorts } from '../../domain/ticket-sorts.ts'
import type { Role } from '../../domain/people.ts'
import { paging } from '../http/paging.ts'
import { flag, instantQuery } from '../http/query.ts'
import { numberParam, stageSchema } from '../views/schemas.ts'
import { registeredSchema, ticketPageSchema, ticketSchema } from '../views/ticket-schemas.ts'
import { none, reading, receiving } from '../openapi/operation.ts'
import { everyRole, lookupRoles } from '../access/roles.ts'
import { registrationSchema } from './registration.ts'

/** Who registers tickets: whoever speaks with customers, the customers themselves, and machines. */
const registrars: readonly Role[] = ['customer', 'agent', 'engineer', 'supervisor', 'admin', 'service']

const ticketQuery = z.strictObject({
  stage: stageSchema.optional().describe('where the ticket is on its way'),
  open: flag().optional().describe('still on its way: before follow-up, not withdrawn or merged'),
  priority: z.string().max(80).optional().describe('id of a priority'),
  type: z.string().max(80).optional().describe('id of a type'),
  profile: z.string().max(80).optional().describe('id of a profile'),
  assignee: z.string().max(64).optional().describe('id of a person; empty: nobody has it'),
  representative: z.string().max(64).optional().describe('id of a person'),
  helper: z.string().max(64).optional().describe('id of a person who helps, or has a milestone to reach'),
  team: z.string().max(64).optional().describe('id of a team'),
  customer: z
    .string()
    .min(1)
    .max(254)
    .optional()
    .describe(`part of the customer's name, company or account; or, for ${lookupRoles.join(', ')}, their phone or e-mail, whole`),
  entry: entryIdSchema.optional().describe("id of the customer's entry in the directory"),
  tag: z.string().max(80).optional().describe('a tag of the solution, or of the customer by id or label'),
  overdue: flag().optional().describe('something promised is owed since before now; or nothing is'),
  dueBefore: instantQuery.optional().describe('something promised is due before this'),
  q: z.string().min(1).max(200).optional().describe('part of the number, title or description'),
  sort: z
    .enum(ticketSorts)
    .default('submitted')
    .describe('`submitted`: newest first. `nextDue`: what is due first, first. `priority`: most urgent first, then oldest'),
  ...paging,
})

export const registerTicket = receiving({
  method: 'post',
  path: '/api/tickets',
  id: 'registerTicket',
  tag: 'Tickets',
  summary: '登记工单 · Register a ticket',
  description:
    'Everything wrong with the form is told at once. The ticket is on record when this answers, also while the workflow service is away; its promises count from now. A customer registers under their own name and address, and only so many a day (429).',
  roles: registrars,
  params: none,
  query: none,
  content: { 'application/json': registrationSchema },
  keyed: true,
  answer: { status: 201, description: 'Registered; `Location` is its address', schema: registeredSchema, sends: ['Location', 'ETag'] },
  problems: [429],
})

export const listTickets = reading({
  path: '/api/tickets',
  id: 'listTickets',
  tag: 'Tickets',
  summary: 'Find tickets',
  description:
    'A customer finds the tickets they registered themselves, by what they see of them: not by `helper`, `tag`, `customer`, `entry`, `overdue` or `dueBefore`, nor in the order of `nextDue`.',
  roles: everyRole,
  params: none,
  query: ticketQuery,
  answer: { status: 200, description: 'One page', schema: ticketPageSchema },
  problems: [403, 429],
})

export const readTicket = reading({
  path: '/api/tickets/{number}',
  id: 'readTicket',
  tag: 'Tickets',
  summary: 'One ticket',
  description: 'Contact details are masked; `reveal` shows them and is on record.',
  roles: everyRole,
  params: numberParam,
  query: none,
  tagged: true,
  answer: { status: 200, description: 'The ticket; `ETag` begins with its version', schema: ticketSchema },
  problems: [404],
})
