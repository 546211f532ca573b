import { z } from 'zod'
import { colleagues, nobody } from '../../db/addressees.ts'
import { communications, promisesOf, ticketLog } from '../../db/ticket-log.ts'
import { findTicket, type Ticket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import { everyRole, isCustomerOf, staffRoles, visible, visibleToStaff } from '../access/access.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { taggedAnswer } from '../http/headers.ts'
import { none, reads, type App } from '../openapi/operation.ts'
import { paging } from '../http/paging.ts'
import { policyOf } from '../../processes/ticket/policy.ts'
import { logEntrySchema } from '../views/events.ts'
import { outlookSchema } from '../views/outlook-schemas.ts'
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
import { eventForCustomer, shownFields } from '../views/for-customer.ts'
import { idsInOutlook, outlookFor } from '../views/outlook.ts'
import { cycleView, promisesFor } from '../views/promise.ts'
import { eventView } from '../views/step.ts'

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

/** What there is to read about one ticket beside the ticket itself. */
export function addTicketReads(app: App, context: Context): void {
  const { db, profileOf } = context
  const find = async (number: string, caller: Caller): Promise<Ticket> => visible(await findTicket(db, number), caller, number)

  reads(
    app,
    {
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
    },
    async ({ c, caller, params, query }) => {
      const ticket = await find(params.number, caller)
      const page = await ticketLog(db, ticket.number, { after: query.cursor, limit: query.limit })
      const entries = page.items.map((entry) =>
        entry.kind === 'event'
          ? { ...eventView(entry), promises: entry.promises.map(cycleView) }
          : {
              type: entry.type,
              id: entry.id,
              at: entry.at,
              occurredAt: entry.at,
              actor: entry.author,
              text: entry.text,
            },
      )
      const shown = isCustomerOf(ticket, caller) ? shownFields(await profileOf(ticket), ticket.type) : undefined
      const items = shown ? entries.flatMap((entry) => ('seq' in entry ? eventForCustomer(entry, ticket.requester, shown) : [])) : entries
      return c.json({
        items,
        names: await context.namesOf(
          items.flatMap((item) =>
            'actingFor' in item && typeof item.actingFor === 'string' ? [item.actor, item.actingFor] : [item.actor],
          ),
          c.get('locale'),
        ),
        next: page.next,
      })
    },
  )

  reads(
    app,
    {
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
    },
    async ({ c, caller, params }) => {
      const ticket = await find(params.number, caller)
      const locale = c.get('locale')
      // Whom notices reach among us, and which did not, is nothing that customers see.
      const asCustomer = isCustomerOf(ticket, caller)
      const [policy, profile, undelivered, world] = await Promise.all([
        policyOf(context, ticket),
        profileOf(ticket),
        asCustomer ? [] : context.undeliveredTo(ticket.number),
        asCustomer ? nobody : colleagues(db, instantOf(context.clock.now().getTime())),
      ])
      const view = outlookFor(ticket, { policy, profile, world, undelivered, locale, caller })
      return taggedAnswer(c, ticket.version, { ...view, names: await context.namesOf(idsInOutlook(view), locale) })
    },
  )

  reads(
    app,
    {
      path: '/api/tickets/{number}/contacts',
      id: 'listContacts',
      tag: 'Tickets',
      summary: 'The communication record: every conversation with the customer',
      roles: staffRoles,
      params: numberParam,
      query: none,
      answer: { status: 200, description: 'In the order they happened', schema: contactPage },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const ticket = visibleToStaff(await findTicket(db, params.number), caller, params.number)
      const items = (await communications(db, ticket.number)).map(({ process: _, ...line }) => line)
      return c.json({
        items,
        names: await context.namesOf(
          items.map(({ by }) => by),
          c.get('locale'),
        ),
      })
    },
  )

  reads(
    app,
    {
      path: '/api/tickets/{number}/clocks',
      id: 'listClocks',
      tag: 'Tickets',
      summary: 'Promises kept and broken: every cycle of every clock',
      roles: everyRole,
      params: numberParam,
      query: none,
      answer: { status: 200, description: 'In the order they began', schema: clockList },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const ticket = await find(params.number, caller)
      const locale = c.get('locale')
      const profile = await profileOf(ticket)
      const items = promisesFor(await promisesOf(db, ticket.number), profile, { locale, asCustomer: isCustomerOf(ticket, caller) })
      return c.json({ items })
    },
  )
}
