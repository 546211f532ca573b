import { z } from 'zod'
import { readRequest } from '../../db/requests.ts'
import { findTicket } from '../../db/tickets.ts'
import type { Actor } from '../../domain/people.ts'
import { everyRole, isCustomerOf, isOnlyCustomer } from '../access/access.ts'
import type { Context } from '../deps.ts'
import { none, reads, type App } from '../openapi/operation.ts'
import { problem } from '../problems/problem.ts'
import { instantAnswer } from '../views/schemas.ts'
import { stepView } from '../views/step.ts'

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
export function addRequests(app: App, { db }: Context): void {
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
      return c.json({
        key,
        route,
        ticket,
        status: response ? 'done' : 'pending',
        createdAt,
        doneAt,
        response: response && {
          status: response.status,
          body: route.startsWith('POST /api/tickets/{number}/')
            ? stepView({ body: response.body, customer: await customerIn(ticket, caller) })
            : response.body,
        },
      })
    },
  )

  /** The caller, if the ticket acted on is theirs as a customer. */
  async function customerIn(number: string | null, caller: Actor): Promise<string | null> {
    const ticket = number === null || isOnlyCustomer(caller) ? undefined : await findTicket(db, number)
    return isOnlyCustomer(caller) || (ticket && isCustomerOf(ticket, caller)) ? caller.id : null
  }
}
