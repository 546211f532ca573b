import { z } from 'zod'
import { findProcess, headOf, listHeads } from '../../db/heads.ts'
import type { Head } from '../../db/schema.ts'
import { promisesOf, ticketLog } from '../../db/ticket-log.ts'
import { instantOf } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Desk, Hosting } from '../../processes/hosting.ts'
import { allowedCommands, inOrder } from '../../workflows/engine.ts'
import { wordSchema } from '../../workflows/common/inputs.ts'
import { actorOn, everyRole, isCustomerOf, isOnlyCustomer, staffRoles, visible, visibleToStaff } from '../access/access.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import { etag, requestKey, taggedAnswer, tellReplayed } from '../http/headers.ts'
import { paging } from '../http/paging.ts'
import { flag } from '../http/query.ts'
import { pascal } from '../openapi/names.ts'
import { none, reads, writes, type App } from '../openapi/operation.ts'
import { open } from '../registration/open.ts'
import {
  headPageSchema,
  openedSchema,
  processClocksSchema,
  processLogSchema,
  processOutlookSchema,
  processSchema,
} from '../views/process-schemas.ts'
import { cycleView } from '../views/promise.ts'
import { headForCustomer, headView, idsIn } from '../views/process.ts'
import { numberParam } from '../views/schemas.ts'
import { eventView } from '../views/step.ts'

/** The routes of process types that have none of their own: opening, finding and reading them. */
export function addProcesses(app: App, context: Context): void {
  for (const host of context.processes) if (host.desk) addProcessesOf(host, host.desk, app, context)
}

function addProcessesOf(host: Hosting, desk: Desk, app: App, context: Context): void {
  const { db } = context
  const { process, plural } = host
  const tag = pascal(plural)
  const one = pascal(process.name)
  const root = `/api/${plural}`

  writes(
    app,
    {
      method: 'post',
      path: root,
      id: `open${one}`,
      tag,
      summary: `${desk.labels['zh-CN']} · Open a ${desk.labels.en}`,
      roles: desk.opens,
      params: none,
      query: none,
      body: z.strictObject({
        profile: labelled(wordSchema.describe('id of an installed profile'), said('流程配置', '流程配置', 'Profile'), { from: 'profiles' }),
        ...process.birth.input.shape,
      }),
      keyed: true,
      answer: { status: 201, description: 'Opened; `Location` is its address', schema: openedSchema, sends: ['Location', 'ETag'] },
      problems: [404],
    },
    async ({ c, caller, body, raw }) => {
      const { profile, ...input } = body
      const answer = await open(context, { host, desk, profile, input, caller, key: requestKey(c), body: raw })
      const opened = openedSchema.parse(answer.body)
      c.header('Location', `${root}/${opened.number}`)
      c.header('ETag', etag(opened.version))
      tellReplayed(c, answer)
      return c.json(opened, 201)
    },
  )

  reads(
    app,
    {
      path: root,
      id: `list${tag}`,
      tag,
      summary: `Find ${plural}`,
      roles: everyRole,
      params: none,
      query: z.strictObject({
        open: flag().optional().describe('still on its way'),
        parent: z.string().max(100).optional().describe('number of the process it belongs to'),
        assignee: z.string().max(64).optional().describe('id of a person'),
        team: z.string().max(64).optional().describe('id of a team'),
        ...paging,
      }),
      answer: { status: 200, description: 'One page, newest first', schema: headPageSchema },
    },
    async ({ c, caller, query: { limit, cursor, ...filters } }) => {
      const whose = isOnlyCustomer(caller) ? { requester: caller.id } : {}
      const page = await listHeads(db, { filters: { ...filters, ...whose, processType: process.name }, limit, cursor })
      const locale = c.get('locale')
      const items = page.items.map((head) => (isCustomerOf(head, caller) ? headForCustomer : headView)(head, host, locale))
      const seen = page.items.filter((head) => !isCustomerOf(head, caller))
      return c.json({ items, names: await context.namesOf(seen.flatMap(idsIn), locale), next: page.next })
    },
  )

  reads(
    app,
    {
      path: `${root}/{number}`,
      id: `read${one}`,
      tag,
      summary: `One ${desk.labels.en}`,
      roles: everyRole,
      params: numberParam,
      query: none,
      tagged: true,
      answer: { status: 200, description: 'It; `ETag` begins with its version', schema: processSchema(process.name, desk) },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const head = visible(await headOf(db, params.number, process.name), caller, params.number)
      const locale = c.get('locale')
      const asCustomer = isCustomerOf(head, caller)
      const own = await findProcess(db, host.table.name, head.number, asCustomer ? desk.shownToCustomers : Object.keys(desk.shown))
      return taggedAnswer(c, head.version, {
        ...(asCustomer ? headForCustomer : headView)(head, host, locale),
        ...own,
        promises: asCustomer ? [] : head.state.promises.map(cycleView),
        allowed: await allowed(head, caller),
        names: asCustomer ? {} : await context.namesOf(idsIn(head), locale),
      })
    },
  )

  reads(
    app,
    {
      path: `${root}/{number}/events`,
      id: `list${one}Events`,
      tag,
      summary: 'The log: what happened, in order',
      roles: staffRoles,
      params: numberParam,
      query: z.strictObject(paging),
      answer: { status: 200, description: 'One page, oldest first', schema: processLogSchema },
      problems: [404],
    },
    async ({ c, caller, params, query }) => {
      const { number } = await forStaff(params.number, caller)
      const page = await ticketLog(db, number, { after: query.cursor, limit: query.limit })
      const items = page.items.map((entry) =>
        entry.kind === 'event'
          ? { ...eventView(entry), promises: entry.promises.map(cycleView) }
          : { type: entry.type, id: entry.id, at: entry.at, occurredAt: entry.at, actor: entry.author, text: entry.text },
      )
      const names = await context.namesOf(
        items.map(({ actor }) => actor),
        c.get('locale'),
      )
      return c.json({ items, names, next: page.next })
    },
  )

  reads(
    app,
    {
      path: `${root}/{number}/clocks`,
      id: `list${one}Clocks`,
      tag,
      summary: 'Promises kept and broken: every cycle of every clock',
      roles: staffRoles,
      params: numberParam,
      query: none,
      answer: { status: 200, description: 'In the order they began', schema: processClocksSchema },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const { number } = await forStaff(params.number, caller)
      return c.json({ items: (await promisesOf(db, number)).map(cycleView) })
    },
  )

  reads(
    app,
    {
      path: `${root}/{number}/outlook`,
      id: `read${one}Outlook`,
      tag,
      summary: 'What happens next, when, and what would prevent it',
      roles: staffRoles,
      params: numberParam,
      query: none,
      tagged: true,
      answer: { status: 200, description: 'The outlook', schema: processOutlookSchema },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const head = await forStaff(params.number, caller)
      const { number, version, stage, state } = head
      const next = inOrder(process.deadlines(state, await host.policyOf(context, head)))
      return taggedAnswer(c, version, {
        number,
        version,
        stage,
        holder: process.holder(state),
        next: next.map(({ clock, cycle, level, dueAt, cancelledBy }) => ({ clock, cycle, level, dueAt, cancelledBy })),
      })
    },
  )

  async function forStaff(number: string, caller: Caller): Promise<Head> {
    return visibleToStaff(await headOf(db, number, process.name), caller, number)
  }

  /** Commands that the caller may give now. */
  async function allowed(head: Head, caller: Caller): Promise<string[]> {
    const actor = actorOn(head, await withStoodInFor(context, caller, head.assignee))
    const at = instantOf(context.clock.now().getTime())
    return allowedCommands(process, head.state, await host.policyOf(context, head), { actor, at })
  }
}
