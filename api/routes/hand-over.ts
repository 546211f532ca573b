import { createHash } from 'node:crypto'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import { directoryOf, findPerson } from '../../db/people.ts'
import type { Head } from '../../db/schema.ts'
import { processesInHand, workLeftOut } from '../../db/work.ts'
import { instantOf } from '../../domain/instant.ts'
import { memberOf } from '../../domain/document/loose.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { handlerError } from '../../workflows/common/assignees.ts'
import type { HandOver } from '../../workflows/common/hand-over.ts'
import { inParallel } from '../../runtime/background.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { requestKey } from '../http/headers.ts'
import { invalidInput, Problem, problem } from '../problems/problem.ts'
import { step } from '../commands/carry-out.ts'
import { stepView } from '../views/step.ts'
import * as operations from '../operations/hand-over.ts'
import { writes, type App } from './serving.ts'

/** As many as one request can move before a browser gives up; the same request again takes the next. */
const mostAtOnce = 200
const atOnce = 8

/** POST /api/people/{id}/hand-over: everything that one person has goes to another, each process by its type's own command (X8). */
export function addHandOver(app: App, context: Context): void {
  const { db, clock, once, processes } = context
  /** Of each type that a command hands over, by its name: how one goes. */
  const movers = new Map(
    processes.flatMap((host) => {
      const { process, handOver: command } = host
      return command ? [[process.name, { host, command }] as const] : []
    }),
  )
  const movable = [...movers.keys()]

  writes(
    app,
    operations.handOverAll,
    async ({ c, caller, params, body, raw, stored }) => {
      const key = requestKey(c)
      const from = params.id
      const posted = { caller: caller.id, key, route: `POST /api/people/${from}/hand-over`, ticket: null, body: raw }
      const done = await once(posted, async (request) => {
        if (!(await findPerson(db, from))) throw problem('unknown-person', { id: from })
        const errors = await receiverErrors(from, body.to)
        if (errors.length > 0) throw invalidInput(errors)
        const result = await moveAll(caller, { from, ...body }, key)
        // What is not finished is not stored: the same key then takes up what is left.
        if (!result.complete) return { status: 200, body: result }
        return inRowsOnce(db, request, now(), async () => ({ status: 200, body: result }))
      })
      return stored(done)
    },
    ({ params, sent }) => receiverErrors(params.id, memberOf(sent, 'to')),
  )

  const now = () => instantOf(clock.now().getTime())

  async function receiverErrors(from: string, to: unknown): Promise<readonly FieldError[]> {
    if (typeof to !== 'string') return []
    if (from === to) return [{ path: 'to', code: 'same-person', params: { person: to } }]
    const error = handlerError('to', to, await directoryOf(db, { people: [to], teams: [] }, now()))
    return error ? [error] : []
  }

  async function moveAll(caller: Caller, input: HandOver, key: string) {
    const work = await processesInHand(db, { types: movable, reader: caller.id, people: [input.from], limit: mostAtOnce })
    const items = await inParallel(atOnce, work, (head) => move(caller, head, input, key))
    const left = await workLeftOut(db, { reader: caller.id, person: input.from, movable })
    return {
      from: input.from,
      to: input.to,
      items: items.map(({ again: _, ...item }) => item),
      left,
      complete: work.length < mostAtOnce && left.own === 0 && left.others === 0 && !items.some(({ again }) => again),
    }
  }

  async function move(caller: Caller, { number, processType }: Head, body: HandOver, key: string) {
    const mover = movers.get(processType)
    if (!mover) throw new Error(`nobody asked for ${number}, which is a ${processType}`)
    try {
      const act = { ...mover, number, body, caller, key: keyOf(key, number), expectedVersion: undefined }
      return { number, ok: true, version: stepView(await step(context, act)).version, problem: null, again: false }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return { number, ok: false, version: null, problem: error.code, again: error.status >= 429 }
    }
  }
}

/** A key for each process, the same each time the request comes. */
function keyOf(key: string, number: string): string {
  return `hand-over:${createHash('sha256')
    .update(JSON.stringify([key, number]))
    .digest('base64url')}`
}
