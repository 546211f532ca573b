import type { z } from 'zod'
import { entryOf } from '../../db/customers/entries.ts'
import { findTicket, listTickets, type ListedTicket, type TicketFilters } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { Actor } from '../../domain/people.ts'
import { entriesBeside } from '../contacts/entries-beside.ts'
import { ticketSorts, type TicketSort } from '../../domain/ticket-sorts.ts'
import type { InputError } from '../messages/render.ts'
import { invalidInput } from '../problems/problem.ts'
import { isCustomerOf, isOnlyCustomer, visible } from '../access/access.ts'
import type { Context } from '../deps.ts'
import { refuseUnknownNames, type NamingFilters } from './filters.ts'
import { etag, requestKey, tellReplayed } from '../http/headers.ts'
import { jsonBody } from '../http/input.ts'
import { policyAsCounted } from '../../processes/ticket/policy.ts'
import { register } from '../registration/register.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import { idsIn, summaryFor, ticketFor } from '../views/ticket.ts'
import { undeliveredView } from '../views/ticket-undelivered.ts'
import * as operations from '../operations/tickets.ts'
import { reads, receives, type App } from './serving.ts'

type TicketQuery = z.output<typeof operations.listTickets.query>

/** Whether customers see what a parameter asks for; by what they do not see they cannot find anything either. */
const seenByCustomers: Readonly<Record<keyof TicketQuery, boolean>> = {
  stage: true,
  open: true,
  priority: true,
  type: true,
  profile: true,
  assignee: true,
  representative: true,
  helper: false,
  team: true,
  customer: false,
  entry: false,
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
  const internal = operations.listTickets.query.keyof().options.filter((name) => query[name] !== undefined && !seenByCustomers[name])
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
  const { db, clock, profileOf, workflowPage, lookUp } = context

  receives(app, operations.registerTicket, async ({ c, caller, answer }) => {
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
    return answer(ticket)
  })

  reads(app, operations.listTickets, async ({ c, caller, query, answer }) => {
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
    if (page.items.length === 0 && query.entry !== undefined && !(await entryOf(db, query.entry)))
      throw invalidInput([{ path: 'entry', code: 'unknown-customer', params: { customer: query.entry } }])
    return answer({ ...(await summaries(context, page.items, { caller, locale: c.get('locale') })), next: page.next })
  })

  reads(app, operations.readTicket, async ({ c, caller, params, tagged }) => {
    const ticket = visible(await findTicket(db, params.number), caller, params.number)
    const locale = c.get('locale')
    const [{ entry, suggested }, undelivered, profile, named, actor, policy] = await Promise.all([
      isCustomerOf(ticket, caller) ? { entry: null, suggested: [] } : entriesBeside(context, ticket),
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
      undelivered: undelivered.map((notice) => undeliveredView(notice, profile, locale)),
      workflowPage: workflowPage?.(ticket.number),
      ...{ entry, suggested },
    }
    return tagged(ticket.version, ticketFor(ticket, profile, seen))
  })
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
