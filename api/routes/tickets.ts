import { z } from 'zod'
import { undeliveredTo } from '../../db/notice-list.ts'
import { namesOf } from '../../db/people.ts'
import { findTicket, listTickets, ticketSorts, type ListedTicket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { Role } from '../../domain/people.ts'
import { everyRole, isOnlyCustomer, visible } from '../access.ts'
import { createContactLookup, lookupRoles } from '../contact-lookup.ts'
import type { Context } from '../deps.ts'
import { etag, requestKey, taggedAnswer, tellReplayed } from '../headers.ts'
import { jsonBody } from '../input.ts'
import { none, reads, receives, type App } from '../operation.ts'
import { paging } from '../paging.ts'
import { flag, instantQuery } from '../query.ts'
import { register, registrationSchema } from '../registration.ts'
import { withStoodInFor } from '../standing-in.ts'
import { summaryForCustomer, ticketForCustomer } from '../views/for-customer.ts'
import { numberParam, registeredSchema, stageSchema, ticketPageSchema, ticketSchema } from '../views/schemas.ts'
import { idsIn, ticketSummary, ticketView } from '../views/ticket.ts'
import { undeliveredView } from '../views/undelivered.ts'

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
  team: z.string().max(64).optional().describe('id of a team'),
  customer: z
    .string()
    .min(1)
    .max(254)
    .optional()
    .describe(`part of the customer's name, company or account; or, for ${lookupRoles.join(', ')}, their phone or e-mail, whole`),
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

/** Registering, finding and reading tickets. */
export function addTickets(app: App, context: Context): void {
  const { db, clock, profileOf, workflowPage } = context
  const lookUp = createContactLookup(context)

  receives(
    app,
    {
      method: 'post',
      path: '/api/tickets',
      id: 'registerTicket',
      tag: 'Tickets',
      summary: '登记工单 · Register a ticket',
      description:
        'Everything wrong with the form is told at once. The ticket is on record when this answers, also while the workflow service is away; its promises count from now.',
      roles: registrars,
      params: none,
      query: none,
      content: { 'application/json': registrationSchema },
      keyed: true,
      answer: { status: 201, description: 'Registered; `Location` is its address', schema: registeredSchema, sends: ['Location', 'ETag'] },
    },
    async ({ c, caller }) => {
      const given = c.req.header('idempotency-key')
      const key = requestKey(c)
      const { ticket, replayed } = await register(context, {
        body: await jsonBody(c),
        caller,
        key,
        unheard: given === undefined,
        locale: c.get('locale'),
      })
      c.header('Location', `/api/tickets/${ticket.number}`)
      c.header('ETag', etag(ticket.version))
      tellReplayed(c, { replayed })
      return c.json(ticket, 201)
    },
  )

  reads(
    app,
    {
      path: '/api/tickets',
      id: 'listTickets',
      tag: 'Tickets',
      summary: 'Find tickets',
      description: 'A customer finds the tickets they registered themselves.',
      roles: everyRole,
      params: none,
      query: ticketQuery,
      answer: { status: 200, description: 'One page', schema: ticketPageSchema },
    },
    async ({ c, caller, query }) => {
      const { sort, limit, cursor, assignee, customer, ...filters } = query
      const sought = customer === undefined ? undefined : lookUp(customer, caller)
      const page = await listTickets(db, {
        filters: {
          ...filters,
          assignee: assignee === '' ? null : assignee,
          requester: isOnlyCustomer(caller) ? caller.id : undefined,
          customer: sought,
        },
        sort,
        cursor,
        limit,
        now: instantOf(clock.now().getTime()),
      })
      sought?.found(page.items.length)
      const { items, names } = await summaries(context, page.items, c.get('locale'))
      return c.json({ items: isOnlyCustomer(caller) ? items.map(summaryForCustomer) : items, names, next: page.next })
    },
  )

  reads(
    app,
    {
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
    },
    async ({ c, caller, params }) => {
      const ticket = visible(await findTicket(db, params.number), caller, params.number)
      const locale = c.get('locale')
      const undelivered = isOnlyCustomer(caller) ? [] : await undeliveredTo(db, ticket.number)
      const [profile, names, actor] = await Promise.all([
        profileOf(ticket),
        namesOf(db, [...idsIn(ticket), ...undelivered.flatMap(({ reached }) => reached)], locale),
        withStoodInFor(context, caller, ticket.assignee),
      ])
      const view = ticketView(ticket, profile, {
        locale,
        caller: actor,
        names,
        undelivered: undelivered.map((notice) => undeliveredView(notice, locale)),
        workflowPage: workflowPage?.(ticket.number),
      })
      return taggedAnswer(c, ticket.version, isOnlyCustomer(caller) ? ticketForCustomer(view) : view)
    },
  )
}

/** Tickets as lists show them, with the names of everybody in them. */
export async function summaries({ db, profileOf }: Context, tickets: readonly ListedTicket[], locale: Locale) {
  const names = await namesOf(db, tickets.flatMap(idsIn), locale)
  const items = await Promise.all(tickets.map(async (ticket) => ticketSummary(ticket, await profileOf(ticket), locale)))
  return { items, names }
}
