import { z } from 'zod'
import { headOf } from '../../db/heads.ts'
import { readRequest } from '../../db/requests.ts'
import type { Actor } from '../../domain/people.ts'
import { everyRole, isCustomerOf, isOnlyCustomer } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Hosting } from '../../processes/hosting.ts'
import { none, reads, type App } from '../openapi/operation.ts'
import { problem } from '../problems/problem.ts'
import { instantAnswer } from '../views/schemas.ts'
import { actedView } from '../views/step.ts'

const requestSchema = z
  .object({
    key: z.string().describe('its Idempotency-Key'),
    route: z.string().describe('method and path'),
    ticket: z.string().nullable().describe('number of the ticket it was an act on'),
    status: z.enum(['pending', 'done']).meta({ id: 'RequestStatus', description: '`pending`: its outcome is not known yet' }),
    createdAt: instantAnswer('when it came'),
    doneAt: instantAnswer('when it took effect').nullable(),
    response: z
      .object({
        status: z.int().min(200).max(299).describe('status of the answer'),
        body: z.record(z.string(), z.unknown()).describe('the answer, as the operation describes it'),
      })
      .meta({ id: 'StoredAnswer', description: 'The answer to a request' })
      .nullable()
      .describe('null while it is pending'),
  })
  .meta({ id: 'PostedRequest', description: 'A POST with its key' })

/** GET /api/requests/{key}: what became of the caller's own POST. */
export function addRequests(app: App, { db, processes }: Context): void {
  reads(
    app,
    {
      path: '/api/requests/{key}',
      id: 'readRequest',
      tag: 'Requests',
      summary: 'What became of a POST',
      description: "Of the caller's own requests only. `pending`: its outcome is not known yet; the same POST with the same key joins it.",
      roles: everyRole,
      params: z.strictObject({ key: z.string().min(1).max(200).describe('the Idempotency-Key') }),
      query: none,
      answer: { status: 200, description: 'The request and, once done, its answer', schema: requestSchema },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const request = await readRequest(db, caller.id, params.key)
      if (!request) throw problem('unknown-request', { key: params.key })
      const { key, route, ticket, createdAt, doneAt, response } = request
      const host = actedOn(route)
      return c.json({
        key,
        route,
        ticket,
        status: response ? 'done' : 'pending',
        createdAt,
        doneAt,
        response: response && {
          status: response.status,
          body: host ? actedView(host, { body: response.body, customer: await customerIn(ticket, caller) }) : response.body,
        },
      })
    },
  )

  /** The type of the process that a request acted on; undefined where it was no such act. */
  function actedOn(route: string): Hosting | undefined {
    return processes.find(({ plural }) => route.startsWith(`POST /api/${plural}/{number}/`))
  }

  /** The caller, if what was acted on is theirs as a customer. */
  async function customerIn(number: string | null, caller: Actor): Promise<string | null> {
    const head = number === null || isOnlyCustomer(caller) ? undefined : await headOf(db, number)
    return isOnlyCustomer(caller) || (head && isCustomerOf(head, caller)) ? caller.id : null
  }
}
