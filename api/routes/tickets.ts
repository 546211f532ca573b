import { z } from '@hono/zod-openapi'
import { undeliveredTo } from '../../db/notice-list.ts'
import { namesOf } from '../../db/people.ts'
import { findTicket, listTickets, ticketSorts, type ListedTicket } from '../../db/tickets.ts'
import { instantOf, instantSchema } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { Role } from '../../domain/people.ts'
import { stages } from '../../domain/profile/schema.ts'
import { everyRole, isOnlyCustomer, visible } from '../access.ts'
import { createContactLookup, lookupRoles } from '../contact-lookup.ts'
import type { Context } from '../deps.ts'
import { etag, idempotencyKey } from '../headers.ts'
import { jsonBody } from '../input.ts'
import { none, reads, receives, type App } from '../operation.ts'
import { paging } from '../paging.ts'
import { register, registrationSchema } from '../registration.ts'
import { withStoodInFor } from '../standing-in.ts'
import { summaryForCustomer, ticketForCustomer } from '../views/for-customer.ts'
import { numberParam, registeredSchema, ticketPageSchema, ticketSchema } from '../views/schemas.ts'
import { idsIn, ticketSummary, ticketView } from '../views/ticket.ts'
import { undeliveredView } from '../views/undelivered.ts'

/** Who registers tickets: whoever speaks with customers, the customers themselves, and machines. */
const registrars: readonly Role[] = ['customer', 'agent', 'engineer', 'supervisor', 'admin', 'service']

const ticketQuery = z.strictObject({
  stage: z.enum(stages).optional(),
  open: z.enum(['true', 'false']).optional().openapi({ description: 'still on its way: before follow-up, not withdrawn or merged' }),
  priority: z.string().max(80).optional(),
  type: z.string().max(80).optional(),
  profile: z.string().max(80).optional(),
  assignee: z.string().max(64).optional().openapi({ description: 'id of a person; empty: nobody has it' }),
  representative: z.string().max(64).optional(),
  team: z.string().max(64).optional(),
  customer: z
    .string()
    .min(1)
    .max(254)
    .optional()
    .openapi({
      description: `part of the customer's name, company or account; or, for ${lookupRoles.join(', ')}, their phone or e-mail, whole`,
    }),
  tag: z.string().max(80).optional(),
  overdue: z.enum(['true', 'false']).optional(),
  dueBefore: instantSchema.optional(),
  q: z.string().min(1).max(200).optional().openapi({ description: 'part of the number, title or description' }),
  sort: z.enum(ticketSorts).default('submitted'),
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
      answer: { status: 201, description: 'Registered; `Location` is its address', schema: registeredSchema },
    },
    async ({ c, caller }) => {
      const given = c.req.header('idempotency-key')
      const key = idempotencyKey(given)
      c.header('Idempotency-Key', key)
      const { ticket, replayed } = await register(context, {
        body: await jsonBody(c),
        caller,
        key,
        unheard: given === undefined,
        locale: c.get('locale'),
      })
      c.header('Location', `/api/tickets/${ticket.number}`)
      c.header('ETag', etag(ticket.version))
      if (replayed) c.header('Idempotency-Replayed', 'true')
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
      const { sort, limit, cursor, assignee, customer, overdue, open, ...filters } = query
      const sought = customer === undefined ? undefined : lookUp(customer, caller)
      const page = await listTickets(db, {
        filters: {
          ...filters,
          assignee: assignee === '' ? null : assignee,
          overdue: flag(overdue),
          open: flag(open),
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
      answer: { status: 200, description: 'The ticket; `ETag` is its version', schema: ticketSchema },
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
      c.header('ETag', etag(ticket.version))
      const view = ticketView(ticket, profile, {
        locale,
        caller: actor,
        names,
        undelivered: undelivered.map((notice) => undeliveredView(notice, locale)),
        workflowPage: workflowPage?.(ticket.number),
      })
      return c.json(isOnlyCustomer(caller) ? ticketForCustomer(view) : view)
    },
  )
}

function flag(given: 'true' | 'false' | undefined): boolean | undefined {
  return given === undefined ? undefined : given === 'true'
}

/** Tickets as lists show them, with the names of everybody in them. */
export async function summaries({ db, profileOf }: Context, tickets: readonly ListedTicket[], locale: Locale) {
  const names = await namesOf(db, tickets.flatMap(idsIn), locale)
  const items = await Promise.all(tickets.map(async (ticket) => ticketSummary(ticket, await profileOf(ticket), locale)))
  return { items, names }
}
