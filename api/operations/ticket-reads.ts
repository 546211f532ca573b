import { z } from 'zod'
import { paging } from '../http/paging.ts'
import { logEntrySchema } from '../views/ticket-events.ts'
import { outlookSchema } from '../views/ticket-outlook-schemas.ts'
import {
  directionSchema,
  instantAnswer,
  namesSchema,
  numberParam,
  pageOf,
  personAnswer,
  promiseSchema,
  wholeList,
} from '../views/schemas.ts'
import { none, reading } from '../openapi/operation.ts'
import { everyRole, staffRoles } from '../access/roles.ts'

const conversationSchema = z
  .object({
    seq: z.int().min(1).describe('sequence number of the event'),
    type: z.string().describe('type of the event'),
    at: instantAnswer('when it was recorded'),
    occurredAt: instantAnswer('when it took place'),
    channel: z.string().describe('id of the channel'),
    direction: directionSchema,
    reached: z.boolean().describe('whether the customer was spoken to'),
    text: z.string().describe('what was said'),
    by: personAnswer('who spoke with the customer'),
  })
  .meta({ id: 'Conversation', description: 'One conversation with the customer' })
const contactPage = wholeList(conversationSchema, { names: namesSchema }).meta({
  id: 'ConversationList',
  description: 'The communication record',
})
const logPage = pageOf(logEntrySchema, { names: namesSchema }).meta({ id: 'LogPage', description: 'One page of the log' })
const clockList = wholeList(promiseSchema, {}).meta({ id: 'PromiseList', description: 'Every cycle of every clock' })

export const listEvents = reading({
  path: '/api/tickets/{number}/events',
  id: 'listEvents',
  tag: 'Tickets',
  summary: 'The log: what happened, in order',
  description: 'Events, and between them the internal notes (`type` `note`). A customer sees neither notes nor what is internal.',
  roles: everyRole,
  params: numberParam,
  query: z.strictObject(paging),
  answer: { status: 200, description: 'One page, oldest first', schema: logPage },
  problems: [404],
})

export const readOutlook = reading({
  path: '/api/tickets/{number}/outlook',
  id: 'readOutlook',
  tag: 'Tickets',
  summary: 'What happens next, when, and what would prevent it',
  description:
    'Which stage, who has it, what was promised, what happens next if nobody acts and which commands would cancel that (X5). `unwatched`: of what no clock will remind anybody, and what helps; `undelivered`: what the customer was to hear and did not. Both are for staff.',
  roles: everyRole,
  params: numberParam,
  query: none,
  tagged: true,
  answer: { status: 200, description: 'The outlook; `ETag` changes with whatever it says', schema: outlookSchema },
  problems: [404],
})

export const listContacts = reading({
  path: '/api/tickets/{number}/contacts',
  id: 'listContacts',
  tag: 'Tickets',
  summary: 'The communication record: every conversation with the customer',
  roles: staffRoles,
  params: numberParam,
  query: none,
  answer: { status: 200, description: 'In the order they happened', schema: contactPage },
  problems: [404],
})

export const listClocks = reading({
  path: '/api/tickets/{number}/clocks',
  id: 'listClocks',
  tag: 'Tickets',
  summary: 'Promises kept and broken: every cycle of every clock',
  roles: everyRole,
  params: numberParam,
  query: none,
  answer: { status: 200, description: 'In the order they began', schema: clockList },
  problems: [404],
})
