import { findProcess, headOf, listHeads, type HeadFilters } from '../../db/heads.ts'
import type { Head } from '../../db/schema.ts'
import { promisesOf, processLog } from '../../db/process-log.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { forbidden } from '../../domain/rejection.ts'
import { hasCommonRoutes, type MetCommonly } from '../../processes/hosting.ts'
import { alsoTrace } from '../../runtime/trace.ts'
import { allowedCommands } from '../../workflows/engine.ts'
import type { ClockName } from '../../workflows/process.ts'
import { actorOn, isCustomerOf, isOnlyCustomer, mayBeNamed, visible, visibleToStaff } from '../access/access.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import { etag, requestKey, tellReplayed } from '../http/headers.ts'
import { open } from '../registration/open.ts'
import { invalidInput, rejected } from '../problems/problem.ts'
import { refuseUnknownNames } from './filters.ts'
import { processOperations } from '../operations/processes.ts'
import { idsInProcessOutlook, processOutlookView } from '../views/process-outlook.ts'
import { promiseView, type Cycle } from '../views/promise.ts'
import { idsInLog, logView, withoutMembers } from '../views/log.ts'
import { headForCustomer, headView, idsIn } from '../views/process.ts'
import { reads, writes, type App } from './serving.ts'

/** The routes of process types that have none of their own: opening, finding and reading them. */
export function addProcesses(app: App, context: Context): void {
  for (const host of context.processes.filter(hasCommonRoutes)) addProcessesOf(host, app, context)
}

function addProcessesOf(host: MetCommonly, app: App, context: Context): void {
  const { db } = context
  const { process, desk } = host
  const operations = processOperations(host)

  writes(app, operations.open, async ({ c, caller, body, raw, answer }) => {
    const { profile, ...input } = body
    const done = await open(context, { host, profile, input, caller, key: requestKey(c), body: raw })
    const opened = operations.open.answer.schema.parse(done.body)
    alsoTrace({ number: opened.number })
    c.header('Location', `${operations.open.path}/${opened.number}`)
    c.header('ETag', etag(opened.version))
    tellReplayed(c, done)
    return answer(opened)
  })

  reads(app, operations.list, async ({ c, caller, query: { limit, cursor, ...filters }, answer }) => {
    const { seenBy } = desk
    if (seenBy && !isOnlyCustomer(caller) && !seenBy.some((role) => caller.roles.includes(role)))
      throw rejected(forbidden('wrong-role', { roles: seenBy }))
    const whose = ownership(filters, caller)
    const page = await listHeads(db, { filters: { ...filters, ...whose, processType: process.name }, limit, cursor })
    // A customer is not told whom and what there is.
    if (page.items.length === 0 && !isOnlyCustomer(caller))
      await refuseUnknownNames(db, filters, (head) => mayBeNamed(context.processes, head, caller))
    const locale = c.get('locale')
    const items = await Promise.all(
      page.items.map(async (head) => (isCustomerOf(head, caller) ? headForCustomer : headView)(head, await showing(head, locale))),
    )
    const seen = page.items.filter((head) => !isCustomerOf(head, caller))
    return answer({ items, names: await context.namesOf(seen.flatMap(idsIn), locale), next: page.next })
  })

  reads(app, operations.read, async ({ c, caller, params, tagged }) => {
    const head = visible(await headOf(db, params.number, process.name), caller, params.number, desk)
    const locale = c.get('locale')
    const asCustomer = isCustomerOf(head, caller)
    const own = await findProcess(db, host.table.name, head.number, asCustomer ? desk.shownToCustomers : Object.keys(desk.shown))
    return tagged(head.version, {
      ...(asCustomer ? headForCustomer : headView)(head, await showing(head, locale)),
      ...own,
      promises: asCustomer ? [] : await promised(head, head.state.promises, locale),
      allowed: await allowed(head, caller),
      names: asCustomer ? {} : await context.namesOf(idsIn(head), locale),
    })
  })

  reads(app, operations.log, async ({ c, caller, params, query, answer }) => {
    const { number } = await forStaff(params.number, caller)
    const page = await processLog(db, number, { after: query.cursor, limit: query.limit })
    const items = page.items.map((entry) => logView(withoutMembers(entry, desk.notLogged)))
    return answer({ items, names: await context.namesOf(idsInLog(items), c.get('locale')), next: page.next })
  })

  reads(app, operations.clocks, async ({ c, caller, params, answer }) => {
    const head = await forStaff(params.number, caller)
    return answer({ items: await promised(head, await promisesOf(db, head.number), c.get('locale')) })
  })

  reads(app, operations.outlook, async ({ c, caller, params, tagged }) => {
    const head = await forStaff(params.number, caller)
    const locale = c.get('locale')
    const [policy, clocks] = await Promise.all([host.policyOf(context, head), clocksOf(head)])
    const view = processOutlookView(head, host, { policy, clocks, locale })
    return tagged(view.version, { ...view, names: await context.namesOf(idsInProcessOutlook(view), locale) })
  })

  async function forStaff(number: string, caller: Caller): Promise<Head> {
    return visibleToStaff(await headOf(db, number, process.name), caller, number, desk)
  }

  async function showing(head: Head, locale: Locale) {
    return { host, profile: await context.profileOf(head), locale }
  }

  async function promised(head: Head, promises: readonly Cycle[], locale: Locale) {
    const clocks = await clocksOf(head)
    return promises.map((promise) => promiseView(promise, clocks, locale))
  }

  /** What its clocks are called: by its type, or by its profile. */
  async function clocksOf(head: Head): Promise<readonly ClockName[]> {
    return [...(process.clocks ?? []), ...(await context.profileOf(head)).clocks]
  }

  /** Commands that the caller may give now. */
  async function allowed(head: Head, caller: Caller): Promise<string[]> {
    const actor = actorOn(head, await withStoodInFor(context, caller, head.assignee))
    const at = instantOf(context.clock.now().getTime())
    return allowedCommands(process, head.state, await host.policyOf(context, head), { actor, at })
  }
}

/** Whose processes a list may hold. Customers see of theirs neither who has them nor which team: by that they cannot find anything either. */
function ownership(filters: Pick<HeadFilters, 'assignee' | 'team'>, caller: Caller): Pick<HeadFilters, 'requester' | 'notOf'> {
  const internal = (['assignee', 'team'] as const).filter((name) => filters[name] !== undefined)
  if (!isOnlyCustomer(caller)) return internal.length > 0 ? { notOf: caller.id } : {}
  if (internal.length > 0) throw invalidInput(internal.map((path) => ({ path, code: 'staff-only' })))
  return { requester: caller.id }
}
