import { z } from '@hono/zod-openapi'
import { addressees } from '../../db/addressees.ts'
import { undeliveredTo } from '../../db/notice-list.ts'
import { namesOf } from '../../db/people.ts'
import { communications, promisesOf, ticketLog } from '../../db/ticket-log.ts'
import { findTicket, type Ticket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import { reachPerson, reachRole, reachTeam, type Addressees } from '../../domain/notices/recipients.ts'
import type { Notice } from '../../workflows/process.ts'
import { unwatched } from '../../workflows/ticket/unwatched.ts'
import { outlook } from '../../workflows/ticket/outlook.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { everyRole, isOnlyCustomer, staffRoles, visible } from '../access.ts'
import type { Caller } from '../auth.ts'
import type { Context } from '../deps.ts'
import { etag } from '../headers.ts'
import { stageLabels } from '../../domain/terms.ts'
import { none, reads, type App } from '../operation.ts'
import { paging } from '../paging.ts'
import { policyOf } from '../policies.ts'
import {
  eventSchema,
  instantAnswer,
  namesSchema,
  numberParam,
  pageOf,
  promiseSchema,
  undeliveredSchema,
  unwatchedSchema,
} from '../views/schemas.ts'
import { eventForCustomer } from '../views/for-customer.ts'
import { clockLabel, promiseView } from '../views/promise.ts'
import { eventView } from '../views/step.ts'
import { undeliveredView } from '../views/undelivered.ts'
import { unwatchedView } from '../views/unwatched.ts'

const labelled = { label: z.string() }
const outlookSchema = z
  .object({
    number: z.string(),
    version: z.int(),
    stage: z.string(),
    stageLabel: z.string(),
    holder: z.string().nullable(),
    waiting: z.object({ for: z.string(), reason: z.string(), since: instantAnswer, until: instantAnswer.nullable() }).nullable(),
    promises: z.array(promiseSchema),
    next: z.array(
      z.object({
        clock: z.string(),
        ...labelled,
        cycle: z.int(),
        level: z.string(),
        dueAt: instantAnswer,
        to: z
          .array(
            z.object({
              kind: z.string(),
              id: z.string().optional(),
              role: z.string().optional(),
              team: z.string().optional(),
              people: z.array(z.string()),
            }),
          )
          .openapi({ description: 'who will hear of it; `people`: whom it would reach as things are now, past empty places and absences' }),
        cancelledBy: z.array(z.string()),
      }),
    ),
    steps: z.array(z.object({ command: z.string(), ...labelled })),
    unwatched: z.array(unwatchedSchema),
    undelivered: z.array(undeliveredSchema),
    names: namesSchema,
  })
  .openapi('Outlook')

const contactLineSchema = z
  .object({
    seq: z.int(),
    type: z.string(),
    at: instantAnswer,
    occurredAt: instantAnswer,
    channel: z.string(),
    direction: z.enum(['outbound', 'inbound']),
    reached: z.boolean(),
    text: z.string(),
    by: z.string(),
  })
  .openapi('Conversation')

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
      answer: { status: 200, description: 'One page, oldest first', schema: pageOf(eventSchema, { names: namesSchema }) },
      problems: [404],
    },
    async ({ c, caller, params, query }) => {
      const ticket = await find(params.number, caller)
      const page = await ticketLog(db, ticket.number, { after: query.cursor, limit: query.limit })
      const entries = page.items.map((entry) =>
        entry.kind === 'event'
          ? { ...eventView(entry), promises: entry.promises.map(({ basis: _, ...promise }) => promise) }
          : {
              seq: null,
              type: 'note',
              at: entry.at,
              occurredAt: entry.at,
              actor: entry.author,
              stage: null,
              text: entry.text,
              id: entry.id,
            },
      )
      const items = isOnlyCustomer(caller) ? entries.flatMap(eventForCustomer) : entries
      return c.json({
        items,
        names: await namesOf(
          db,
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
      answer: { status: 200, description: 'The outlook', schema: outlookSchema },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const ticket = await find(params.number, caller)
      const locale = c.get('locale')
      const policy = await policyOf(context, ticket)
      const view = outlook(ticket.state, policy)
      const undelivered = isOnlyCustomer(caller) ? [] : await undeliveredTo(db, ticket.number)
      const world = await addressees(db, instantOf(context.clock.now().getTime()))
      const next = view.next.map((deadline) => ({
        ...deadline,
        to: deadline.to.map((recipient) => ({ ...recipient, people: peopleOf(world, recipient, ticket.team) })),
      }))
      const profile = await profileOf(ticket)
      c.header('ETag', etag(ticket.version))
      return c.json({
        number: ticket.number,
        version: ticket.version,
        stage: ticket.stage,
        stageLabel: stageLabels[ticket.stage][locale],
        holder: view.holder,
        waiting: view.waiting,
        promises: view.promises.map((promise) => promiseView(promise, profile, locale)),
        next: next.map((deadline) => ({ ...deadline, label: clockLabel(deadline.clock, profile, locale) })),
        steps: [...view.steps, ...(undelivered.length > 0 && !view.steps.includes('contact') ? ['contact'] : [])].map((command) => ({
          command,
          label: ticketProcess.commands.find(({ name }) => name === command)?.labels[locale] ?? command,
        })),
        unwatched: isOnlyCustomer(caller) ? [] : unwatched(ticket.state, policy).map((one) => unwatchedView(one, locale)),
        undelivered: undelivered.map((notice) => undeliveredView(notice, locale)),
        names: await namesOf(
          db,
          [
            ...present(view.holder),
            ...undelivered.flatMap(({ reached }) => reached),
            ...next.flatMap(({ to }) => to.flatMap(({ people }) => people)),
          ],
          locale,
        ),
      })
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
      answer: { status: 200, description: 'In the order they happened', schema: pageOf(contactLineSchema, { names: namesSchema }) },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const ticket = await find(params.number, caller)
      const items = (await communications(db, ticket.number)).map(({ process: _, ...line }) => line)
      return c.json({
        items,
        names: await namesOf(
          db,
          items.map(({ by }) => by),
          c.get('locale'),
        ),
        next: null,
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
      answer: { status: 200, description: 'In the order they began', schema: pageOf(promiseSchema) },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const ticket = await find(params.number, caller)
      const locale = c.get('locale')
      const profile = await profileOf(ticket)
      const items = (await promisesOf(db, ticket.number)).map((promise) => promiseView(promise, profile, locale))
      return c.json({ items, next: null })
    },
  )
}

/** Whom a notice would reach as things are now; of the customer nobody says so here. */
function peopleOf(world: Addressees, recipient: Notice['recipient'], ticketTeam: string): string[] {
  switch (recipient.kind) {
    case 'customer':
      return []
    case 'person':
      return idsOf(reachPerson(world, recipient.id, ticketTeam))
    case 'team':
      return idsOf(reachTeam(world, recipient.id))
    case 'role':
      return idsOf(reachRole(world, recipient.role, recipient.team))
  }
}

function idsOf(reached: { readonly to: readonly { readonly id: string }[] } | null): string[] {
  return reached?.to.map(({ id }) => id) ?? []
}

function present(id: string | null): string[] {
  return id === null ? [] : [id]
}
