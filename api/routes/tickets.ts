import { z } from 'zod'
import { findTicket, listTickets, ticketSorts, type ListedTicket, type TicketFilters, type TicketSort } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { Actor, Role } from '../../domain/people.ts'
import { everyRole, isCustomerOf, isOnlyCustomer, visible } from '../access/access.ts'
import { createContactLookup, lookupRoles } from '../contacts/lookup.ts'
import type { Context } from '../deps.ts'
import { refuseUnknownNames, type NamingFilters } from './filters.ts'
import { etag, requestKey, taggedAnswer, tellReplayed } from '../http/headers.ts'
import { jsonBody } from '../http/input.ts'
import type { InputError } from '../messages/render.ts'
import { none, reads, receives, type App } from '../openapi/operation.ts'
import { paging } from '../http/paging.ts'
import { policyAsCounted } from '../../processes/ticket/policy.ts'
import { invalidInput } from '../problems/problem.ts'
import { flag, instantQuery } from '../http/query.ts'
import { register } from '../registration/register.ts'
import { registrationSchema } from '../registration/form.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import { numberParam, registeredSchema, stageSchema, ticketPageSchema, ticketSchema } from '../views/schemas.ts'
import { idsIn, summaryFor, ticketFor } from '../views/ticket.ts'
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

type TicketQuery = z.output<typeof ticketQuery>

/** Whether customers see what a parameter asks for; by what they do not see they cannot find anything either. */
const seenByCustomers: Readonly<Record<keyof TicketQuery, boolean>> = {
  stage: true,
  open: true,
  priority: true,
  type: true,
  profile: true,
  assignee: true,
  representative: true,
  team: true,
  customer: false,
  tag: false,
  overdue: false,
  dueBefore: false,
  q: true,
  sort: true,
  limit: true,
  cursor: true,
}
/** Orders that tell of promises which customers do not see. */
const staffSorts: readonly TicketSort[] = ['nextDue']

/** Whose tickets a list may hold: a customer's own, or everybody's; where it asks for what is internal, staff find none of which they are the customer. */
function ownership(query: TicketQuery, caller: Actor): Pick<TicketFilters, 'requester' | 'notOf'> {
  const internal = ticketQuery.keyof().options.filter((name) => query[name] !== undefined && !seenByCustomers[name])
  const sorted = staffSorts.includes(query.sort)
  if (!isOnlyCustomer(caller)) return internal.length > 0 || sorted ? { notOf: caller.id } : {}
  const errors = internal.map((path): InputError => ({ path, code: 'staff-only' }))
  const choices = ticketSorts.filter((sort) => !staffSorts.includes(sort))
  if (sorted) errors.push({ path: 'sort', code: 'not-a-choice', params: { choices } })
  if (errors.length > 0) throw invalidInput(errors)
  return { requester: caller.id }
}

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
        'Everything wrong with the form is told at once. The ticket is on record when this answers, also while the workflow service is away; its promises count from now. A customer registers under their own name and address, and only so many a day (429).',
      roles: registrars,
      params: none,
      query: none,
      content: { 'application/json': registrationSchema },
      keyed: true,
      answer: { status: 201, description: 'Registered; `Location` is its address', schema: registeredSchema, sends: ['Location', 'ETag'] },
      problems: [429],
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
      description:
        'A customer finds the tickets they registered themselves, by what they see of them: not by `tag`, `customer`, `overdue` or `dueBefore`, nor in the order of `nextDue`.',
      roles: everyRole,
      params: none,
      query: ticketQuery,
      answer: { status: 200, description: 'One page', schema: ticketPageSchema },
      problems: [403, 429],
    },
    async ({ c, caller, query }) => {
      const { sort, limit, cursor, assignee, customer, ...filters } = query
      const whose = ownership(query, caller)
      const sought = customer === undefined ? undefined : lookUp(customer, caller)
      const page = await listTickets(db, {
        filters: {
          ...filters,
          assignee: assignee === '' ? null : assignee,
          ...whose,
          customer: sought,
        },
        sort,
        cursor,
        limit,
        now: instantOf(clock.now().getTime()),
      })
      sought?.found(page.items.length)
      // Whom and which teams there are is not for customers to try out.
      if (page.items.length === 0) await refuseUnknownNames(db, isOnlyCustomer(caller) ? wordsOf(query) : query)
      return c.json({ ...(await summaries(context, page.items, { caller, locale: c.get('locale') })), next: page.next })
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
      const [undelivered, profile, named, actor, policy] = await Promise.all([
        isCustomerOf(ticket, caller) ? [] : context.undeliveredTo(ticket.number),
        profileOf(ticket),
        context.namesOf(idsIn(ticket, caller), locale),
        withStoodInFor(context, caller, ticket.assignee),
        policyAsCounted(context, { ...ticket, type: ticket.state.type }, ticket.state.calendar),
      ])
      const told = undelivered.flatMap(({ reached }) => reached)
      const names = told.length === 0 ? named : { ...named, ...(await context.namesOf(told, locale)) }
      const seen = {
        locale,
        caller: actor,
        names,
        policy,
        now: instantOf(clock.now().getTime()),
        undelivered: undelivered.map((notice) => undeliveredView(notice, locale)),
        workflowPage: workflowPage?.(ticket.number),
      }
      return taggedAnswer(c, ticket.version, ticketFor(ticket, profile, seen))
    },
  )
}

/** The filters that name words of a profile. */
function wordsOf({ profile, type, priority }: NamingFilters): NamingFilters {
  return { profile, type, priority }
}

/** Tickets as lists show them to this caller, with the names of everybody in them. */
export async function summaries(
  { namesOf, profileOf }: Pick<Context, 'namesOf' | 'profileOf'>,
  tickets: readonly ListedTicket[],
  reader: Reader,
) {
  const shown = await Promise.all(
    tickets.map(async (ticket) => ({ summary: summaryFor(ticket, await profileOf(ticket), reader), ids: idsIn(ticket, reader.caller) })),
  )
  const names = await namesOf(
    shown.flatMap(({ ids }) => ids),
    reader.locale,
  )
  return { items: shown.map(({ summary }) => summary), names }
}

interface Reader {
  readonly caller: Actor
  readonly locale: Locale
}
