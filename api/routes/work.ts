import { z } from 'zod'
import { directoryOf, listTeams } from '../../db/people.ts'
import { awaitingDecision, processesInHand, workOf } from '../../db/work.ts'
import { hostOf, typesOf } from '../../processes/hosting.ts'
import { headView, idsIn } from '../views/process.ts'
import { headSchema } from '../views/process-schemas.ts'
import { undeliveredToEach } from '../../db/notice-list.ts'
import { perhapsUnwatched } from '../../db/unwatched.ts'
import { listTickets, type ListedTicket } from '../../db/tickets.ts'
import { assignmentLedger } from '../../db/ticket-log.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { roleLabels } from '../../domain/people.ts'
import { decidePriorityChange } from '../../workflows/ticket/priority.ts'
import { unwatched } from '../../workflows/ticket/unwatched.ts'
import { everyRole, staffRoles } from '../access/access.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { refuseUnknownNames } from './filters.ts'
import { none, reads, type App } from '../openapi/operation.ts'
import { paging } from '../http/paging.ts'
import { policyOf } from '../../processes/ticket/policy.ts'
import { instantQuery } from '../http/query.ts'
import { problem } from '../problems/problem.ts'
import {
  instantAnswer,
  ledgerMannerSchema,
  namesSchema,
  pageOf,
  personAnswer,
  roleAnswer,
  ticketPageSchema,
  ticketSummarySchema,
  unwatchedShape,
} from '../views/schemas.ts'
import { undeliveredOfTicketSchema, undeliveredView } from '../views/undelivered.ts'
import { unwatchedView } from '../views/unwatched.ts'
import { summaries } from './tickets.ts'

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

/** Who I am and what waits for me, for a team, and who got what when. */
export function addWork(app: App, context: Context): void {
  const { db, clock } = context
  /** Those that people meet by the common routes. */
  const otherTypes = typesOf(context.processes.filter(({ desk }) => desk))

  reads(
    app,
    {
      path: '/api/me',
      id: 'readMe',
      tag: 'Work',
      summary: 'Who the token is',
      roles: everyRole,
      params: none,
      query: none,
      answer: { status: 200, description: 'The caller', schema: meSchema },
    },
    async ({ c, caller: { id, name, roles, teams } }) =>
      c.json({ id, name, roles, roleLabels: roles.map((role) => roleLabels[role][c.get('locale')]), teams }),
  )

  reads(
    app,
    {
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
          '`assigned`: open tickets in my hands. `represented`: those whose customer I look after, closed ones too while something is owed. `toDecide`: where another priority was asked for in my teams, for those who decide. Of those in `standsInFor`, who are away, their work is mine too. `unwatched`: of what in all this no clock will remind anybody, and what helps; those who decide see it of all their teams. `undelivered`: what customers of the first two lists have not heard by mail, and who was asked to tell them.',
        schema: z.object({
          assigned: z.array(ticketSummarySchema).describe('open tickets in my hands'),
          represented: z.array(ticketSummarySchema).describe('tickets whose customer I look after'),
          toDecide: z.array(ticketSummarySchema).describe('where another priority waits for a decision'),
          unwatched: z.array(unwatchedTicketSchema).describe('what no clock reminds anybody of'),
          undelivered: z.array(undeliveredOfTicketSchema).describe('what customers have not heard, until somebody has spoken with them'),
          others: z.array(headSchema).describe('open processes of other types in my hands, what is due first, first'),
          standsInFor: z.array(z.string()).describe('the absent people whose work I do: their ids'),
          names: namesSchema,
        }),
      },
    },
    async ({ c, caller, query }) => {
      const standsInFor = await context.stoodInForBy(caller.id)
      const whose = { reader: caller.id, people: [caller.id, ...standsInFor], limit: query.limit }
      const [work, heads, decisions, forgotten] = await Promise.all([
        workOf(db, whose),
        processesInHand(db, { types: otherTypes, ...whose }),
        decisionsOf(caller, standsInFor, query.limit),
        unwatchedBy(caller, standsInFor, c.get('locale'), query.limit),
      ])
      const reader = { caller, locale: c.get('locale') }
      const [undelivered, assigned, represented, toDecide] = await Promise.all([
        undeliveredOf([...work.represented, ...work.assigned], reader.locale),
        summaries(context, work.assigned, reader),
        summaries(context, work.represented, reader),
        summaries(context, decisions, reader),
      ])
      return c.json({
        assigned: assigned.items,
        represented: represented.items,
        toDecide: toDecide.items,
        unwatched: forgotten,
        undelivered,
        others: heads.flatMap((head) => {
          const host = hostOf(context.processes, head.processType)
          return host ? [headView(head, host, reader.locale)] : []
        }),
        standsInFor,
        names: {
          ...(await context.namesOf([...standsInFor, ...heads.flatMap(idsIn), ...undelivered.flatMap(({ told }) => told)], reader.locale)),
          ...assigned.names,
          ...represented.names,
          ...toDecide.names,
        },
      })
    },
  )

  reads(
    app,
    {
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
    },
    async ({ c, caller, params, query }) => {
      const filters = { team: params.team, assignee: null, open: true }
      const [teams, page] = await Promise.all([
        listTeams(db),
        listTickets(db, { filters, sort: 'priority', ...query, now: instantOf(clock.now().getTime()) }),
      ])
      if (page.items.length === 0 && !teams.some(({ id }) => id === params.team)) throw problem('unknown-team', { id: params.team })
      return c.json({ ...(await summaries(context, page.items, { caller, locale: c.get('locale') })), next: page.next })
    },
  )

  reads(
    app,
    {
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
    },
    async ({ c, caller, query }) => {
      const page = await assignmentLedger(db, { ...query, reader: caller.id })
      if (page.items.length === 0) await refuseUnknownNames(db, query)
      const items = page.items.map(({ process, ...line }) => ({ ticket: process, ...line }))
      const ids = items.flatMap(({ assignee, team, previous, by }) => [assignee, team, previous, by]).filter((id) => id !== null)
      return c.json({ items, names: await context.namesOf(ids, c.get('locale')), next: page.next })
    },
  )

  /** Who may decide sees what their teams ask for, and those of deciders for whom they stand in; admins see everything. */
  async function decisionsOf(caller: Caller, standsInFor: readonly string[], limit: number): Promise<ListedTicket[]> {
    if (!decides(caller)) return []
    if (caller.roles.includes('admin')) return awaitingDecision(db, { reader: caller.id, teams: undefined, limit })
    const { people } = await directoryOf(db, { people: standsInFor, teams: [] }, instantOf(clock.now().getTime()))
    const teams = [caller, ...Object.values(people).filter(decides)].flatMap((one) => one.teams)
    return teams.length === 0 ? [] : awaitingDecision(db, { reader: caller.id, teams, limit })
  }

  /** What the customers of those tickets have not heard, each ticket once. */
  async function undeliveredOf(tickets: readonly Pick<ListedTicket, 'number' | 'title'>[], locale: Locale) {
    const each = [...new Map(tickets.map((ticket) => [ticket.number, ticket])).values()]
    const found = await undeliveredToEach(
      db,
      each.map(({ number }) => number),
    )
    return each.flatMap(({ number, title }, at) => (found[at] ?? []).map((one) => ({ number, title, ...undeliveredView(one, locale) })))
  }

  /** What nobody watches of the caller's work, and of their teams' where they decide over it. */
  async function unwatchedBy(caller: Caller, standsInFor: readonly string[], locale: Locale, limit: number) {
    const whose = { people: [caller.id, ...standsInFor], teams: decides(caller) ? caller.teams : [], reader: caller.id }
    const tickets = await perhapsUnwatched(db, whose, { now: instantOf(clock.now().getTime()), most: lookedAt })
    const found = await Promise.all(
      tickets.map(async ({ number, title, state, ...ticket }) => {
        const policy = await policyOf(context, ticket)
        return unwatched(state, policy).map((one) => ({ number, title, ...unwatchedView(one, locale) }))
      }),
    )
    return found.flat().slice(0, limit)
  }
}

/** Nobody reads more; and what has been due longest is looked at first. */
const lookedAt = 200

function decides({ roles }: Pick<Caller, 'roles'>): boolean {
  return roles.some((role) => decidePriorityChange.may[role] !== undefined)
}
