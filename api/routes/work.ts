import { directoryOf, listTeams } from '../../db/people.ts'
import { awaitingDecision, processesInHand, reportsToSign, workOf } from '../../db/work.ts'
import { assessmentWork } from '../../processes/assessment/work.ts'
import { hasCommonRoutes, hostOf, typesOf } from '../../processes/hosting.ts'
import { headView, idsIn } from '../views/process.ts'
import type { Head } from '../../db/schema.ts'
import { undeliveredToEach } from '../../db/notice-list.ts'
import { perhapsUnwatched } from '../../db/unwatched.ts'
import { listTickets, type ListedTicket } from '../../db/tickets.ts'
import { openMilestones } from '../../db/milestones.ts'
import { assignmentLedger } from '../../db/process-log.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { roleLabels } from '../../domain/people.ts'
import { decidePriorityChange } from '../../workflows/ticket/priority.ts'
import { unwatched } from '../../workflows/ticket/unwatched.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { refuseUnknownNames } from './filters.ts'
import { allowedCommands } from '../../workflows/engine.ts'
import { signingCommands } from '../../workflows/report/commands.ts'
import { reportProcess } from '../../workflows/report/process.ts'
import { reportReaders } from '../../domain/profile/reports.ts'
import { policyOf } from '../../processes/ticket/policy.ts'
import { problem } from '../problems/problem.ts'
import { undeliveredView } from '../views/ticket-undelivered.ts'
import { unwatchedView } from '../views/ticket-unwatched.ts'
import { idsOfMilestones, milestoneViews } from './milestones.ts'
import { owedActionsOf } from './reviews.ts'
import { summaries } from './tickets.ts'
import * as operations from '../operations/work.ts'
import { reads, type App } from './serving.ts'

/** Who I am and what waits for me, for a team, and who got what when. */
export function addWork(app: App, context: Context): void {
  const { db, clock } = context
  const otherTypes = typesOf(context.processes.filter(hasCommonRoutes))

  reads(app, operations.readMe, async ({ c, caller: { id, name, roles, teams }, answer }) =>
    answer({ id, name, roles, roleLabels: roles.map((role) => roleLabels[role][c.get('locale')]), teams }),
  )

  reads(app, operations.readMyWork, async ({ c, caller, query, answer }) => {
    const standsInFor = await context.stoodInForBy(caller.id)
    const whose = { reader: caller.id, people: [caller.id, ...standsInFor], limit: query.limit }
    const [work, heads, signable, { items: actions }, milestones, decisions, forgotten, assessments] = await Promise.all([
      workOf(db, whose),
      processesInHand(db, { types: otherTypes, ...whose }),
      toSignBy(caller, query.limit),
      owedActionsOf(context, { owners: whose.people, limit: query.limit }),
      openMilestones(db, { owners: whose.people, reader: caller.id, limit: query.limit }),
      decisionsOf(caller, standsInFor, query.limit),
      unwatchedBy(caller, standsInFor, c.get('locale'), query.limit),
      assessmentWork(db, caller, instantOf(clock.now().getTime())),
    ])
    const reader = { caller, locale: c.get('locale') }
    const [undelivered, assigned, represented, helping, toDecide] = await Promise.all([
      undeliveredOf([...work.represented, ...work.assigned], reader.locale),
      summaries(context, work.assigned, reader),
      summaries(context, work.represented, reader),
      summaries(context, work.helping, reader),
      summaries(context, decisions, reader),
    ])
    return answer({
      assigned: assigned.items,
      represented: represented.items,
      helping: helping.items,
      toDecide: toDecide.items,
      unwatched: forgotten,
      undelivered,
      actions,
      milestones: milestoneViews(milestones.items, instantOf(clock.now().getTime())),
      toSign: (await Promise.all(signable.map((head) => otherWork(head, reader.locale)))).flat(),
      others: (await Promise.all(heads.map((head) => otherWork(head, reader.locale)))).flat(),
      assessments: assessments.map(({ title, own, ...one }) => ({ ...one, title: title[reader.locale], own: [...own] })),
      standsInFor,
      names: {
        ...(await context.namesOf(
          [
            ...standsInFor,
            ...actions.map(({ owner }) => owner),
            ...idsOfMilestones(milestones.items),
            ...[...heads, ...signable].flatMap(idsIn),
            ...undelivered.flatMap(({ told }) => told),
          ],
          reader.locale,
        )),
        ...assigned.names,
        ...represented.names,
        ...helping.names,
        ...toDecide.names,
      },
    })
  })

  reads(app, operations.readQueue, async ({ c, caller, params, query, answer }) => {
    const filters = { team: params.team, assignee: null, open: true }
    const [teams, page] = await Promise.all([
      listTeams(db),
      listTickets(db, { filters, sort: 'priority', ...query, now: instantOf(clock.now().getTime()) }),
    ])
    if (page.items.length === 0 && !teams.some(({ id }) => id === params.team)) throw problem('unknown-team', { id: params.team })
    return answer({ ...(await summaries(context, page.items, { caller, locale: c.get('locale') })), next: page.next })
  })

  reads(app, operations.listAssignments, async ({ c, caller, query, answer }) => {
    const page = await assignmentLedger(db, { ...query, reader: caller.id })
    if (page.items.length === 0) await refuseUnknownNames(db, query)
    const items = page.items.map(({ process, ...line }) => ({ ticket: process, ...line }))
    const ids = items.flatMap(({ assignee, team, previous, by }) => [assignee, team, previous, by]).filter((id) => id !== null)
    return answer({ items, names: await context.namesOf(ids, c.get('locale')), next: page.next })
  })

  /** A process of another type than tickets; none where only a newer release knows its type. */
  /** Reports whose next signature may be the caller's. */
  async function toSignBy(caller: Caller, limit: number): Promise<Head[]> {
    const host = hostOf(context.processes, reportProcess.name)
    if (!host || !reportReaders.some((role) => caller.roles.includes(role))) return []
    const at = instantOf(clock.now().getTime())
    const waiting = await Promise.all(
      (await reportsToSign(db)).map(async (head) => {
        const allowed = allowedCommands(host.process, head.state, await host.policyOf(context, head), { actor: caller, at })
        return allowed.some((name) => signingCommands.includes(name)) ? [head] : []
      }),
    )
    return waiting.flat().slice(0, limit)
  }

  async function otherWork(head: Head, locale: Locale) {
    const host = hostOf(context.processes, head.processType)
    return host ? [headView(head, { host, profile: await context.profileOf(head), locale })] : []
  }

  /** Who may decide sees what their teams ask for, and those of deciders for whom they stand in; admins see everything. */
  async function decisionsOf(caller: Caller, standsInFor: readonly string[], limit: number): Promise<ListedTicket[]> {
    if (!decides(caller)) return []
    if (caller.roles.includes('admin')) return awaitingDecision(db, { reader: caller.id, teams: undefined, limit })
    const { people } = await directoryOf(db, { people: standsInFor, teams: [] }, instantOf(clock.now().getTime()))
    const teams = [caller, ...Object.values(people).filter(decides)].flatMap((one) => one.teams)
    return teams.length === 0 ? [] : awaitingDecision(db, { reader: caller.id, teams, limit })
  }

  /** What the customers of those tickets have not heard, each ticket once. */
  async function undeliveredOf(tickets: readonly Pick<ListedTicket, 'number' | 'title' | 'profile' | 'profileVersion'>[], locale: Locale) {
    const each = [...new Map(tickets.map((ticket) => [ticket.number, ticket])).values()]
    const found = await undeliveredToEach(
      db,
      each.map(({ number }) => number),
    )
    const told = await Promise.all(
      each.map(async (ticket, at) => {
        const some = found[at] ?? []
        if (some.length === 0) return []
        const profile = await context.profileOf(ticket)
        return some.map((one) => ({ number: ticket.number, title: ticket.title, ...undeliveredView(one, profile, locale) }))
      }),
    )
    return told.flat()
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
