import { createHash } from 'node:crypto'
import { z } from 'zod'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import { directoryOf, findPerson } from '../../db/people.ts'
import { workLeftOut, workOf } from '../../db/work.ts'
import { instantOf } from '../../domain/instant.ts'
import { memberOf } from '../../domain/document/loose.ts'
import { personIdSchema } from '../../domain/people.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { handlerError } from '../../workflows/ticket/assignees.ts'
import { reasonSchema } from '../../workflows/common/inputs.ts'
import { typesOf } from '../../processes/hosting.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { handOver } from '../../workflows/ticket/stages/assignment.ts'
import { leadRoles } from '../access/access.ts'
import { inParallel } from '../../runtime/background.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { requestKey, tellReplayed } from '../http/headers.ts'
import { none, writes, type App } from '../openapi/operation.ts'
import { invalidInput, Problem, problem } from '../problems/problem.ts'
import { step } from '../commands/carry-out.ts'
import { personAnswer } from '../views/schemas.ts'
import { stepView } from '../views/step.ts'

const resultSchema = z
  .object({
    from: personAnswer('who had the work'),
    to: personAnswer('who gets it'),
    items: z
      .array(
        z
          .object({
            number: z.string().describe('number of the ticket'),
            ok: z.boolean().describe('whether it was handed over'),
            version: z.int().min(1).nullable().describe('its version after it; null when it was not'),
            problem: z.string().nullable().describe('code of the problem; null when there was none'),
          })
          .meta({ id: 'HandedOverTicket', description: 'What became of one ticket' }),
      )
      .describe('one for each ticket'),
    left: z
      .object({
        own: z.int().min(0).describe('tickets of which you are the customer: somebody else hands them over'),
        others: z.int().min(0).describe('open processes of other types: each is given to somebody by its own commands'),
      })
      .meta({ id: 'LeftOfHandOver', description: 'How much of the work this cannot hand over' }),
    complete: z
      .boolean()
      .describe('false when something is left: what `left` counts, or tickets that the same request, sent again, may hand over'),
  })
  .meta({ id: 'HandOver', description: 'What became of the work of a person' })

/** As many as one request can move before a browser gives up; the same request again takes the next. */
const mostAtOnce = 200
const atOnce = 8

/** POST /api/people/{id}/hand-over: the ticket command `hand-over` on everything that one person has (X8). */
export function addHandOver(app: App, context: Context): void {
  const { db, clock, once, processes } = context

  writes(
    app,
    {
      method: 'post',
      path: '/api/people/{id}/hand-over',
      id: 'handOverAll',
      tag: 'People',
      summary: "工作交接 · Hand over all of a person's work",
      description:
        'Every open ticket the person has as assignee or representative goes to another. Each ticket is an act of its own, told one by one; the same request again goes on where this one stopped. What it cannot hand over is counted.',
      roles: leadRoles,
      params: z.strictObject({ id: personIdSchema.describe('whose work it is') }),
      query: none,
      body: z.strictObject({ to: personIdSchema.describe('who gets it'), reason: reasonSchema }),
      rest: ({ c, sent }) => receiverErrors(c.req.param('id') ?? '', memberOf(sent, 'to')),
      keyed: true,
      answer: { status: 200, description: 'What became of each ticket', schema: resultSchema },
      problems: [404],
    },
    async ({ c, caller, params, body, raw }) => {
      const key = requestKey(c)
      const from = params.id
      const posted = { caller: caller.id, key, route: `POST /api/people/${from}/hand-over`, ticket: null, body: raw }
      const answer = await once(posted, async (request) => {
        if (!(await findPerson(db, from))) throw problem('unknown-person', { id: from })
        const errors = await receiverErrors(from, body.to)
        if (errors.length > 0) throw invalidInput(errors)
        const result = await moveAll(caller, { from, ...body }, key)
        // What is not finished is not stored: the same key then takes up what is left.
        if (!result.complete) return { status: 200, body: result }
        return inRowsOnce(db, request, now(), async () => ({ status: 200, body: result }))
      })
      tellReplayed(c, answer)
      return c.json(resultSchema.parse(answer.body))
    },
  )

  const now = () => instantOf(clock.now().getTime())
  const others = typesOf(processes).filter((type) => type !== ticket.process.name)

  async function receiverErrors(from: string, to: unknown): Promise<readonly FieldError[]> {
    if (typeof to !== 'string') return []
    if (from === to) return [{ path: 'to', code: 'same-person', params: { person: to } }]
    const error = handlerError('to', to, await directoryOf(db, { people: [to], teams: [] }, now()))
    return error ? [error] : []
  }

  async function moveAll(caller: Caller, input: { readonly from: string; readonly to: string; readonly reason: string }, key: string) {
    const work = await workOf(db, { reader: caller.id, people: [input.from], limit: mostAtOnce })
    const numbers = [...new Set([...work.assigned, ...work.represented].map(({ number }) => number))]
    const items = await inParallel(atOnce, numbers, async (number) => {
      try {
        const answer = await step(context, {
          host: ticket,
          number,
          command: handOver,
          body: input,
          caller,
          key: keyOf(key, number),
          expectedVersion: undefined,
        })
        return { number, ok: true, version: stepView(answer).version, problem: null, again: false }
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        return { number, ok: false, version: null, problem: error.code, again: error.status >= 429 }
      }
    })
    const left = await workLeftOut(db, { reader: caller.id, person: input.from, types: others })
    const all = work.assigned.length < mostAtOnce && work.represented.length < mostAtOnce
    return {
      from: input.from,
      to: input.to,
      items: items.map(({ again: _, ...item }) => item),
      left,
      complete: all && left.own === 0 && left.others === 0 && !items.some(({ again }) => again),
    }
  }
}

/** A key for each ticket, the same each time the request comes. */
function keyOf(key: string, number: string): string {
  return `hand-over:${createHash('sha256')
    .update(JSON.stringify([key, number]))
    .digest('base64url')}`
}
