import { readRequest } from '../../db/requests.ts'
import { findTicket } from '../../db/tickets.ts'
import type { Actor } from '../../domain/people.ts'
import { isCustomerOf, isOnlyCustomer } from '../access/access.ts'
import type { Context } from '../deps.ts'
import { problem } from '../problems/problem.ts'
import { stepView } from '../views/step.ts'
import * as operations from '../operations/requests.ts'
import { reads, type App } from './serving.ts'

/** GET /api/requests/{key}: what became of the caller's own POST. */
export function addRequests(app: App, { db }: Context): void {
  reads(app, operations.readRequest, async ({ caller, params, answer }) => {
    const request = await readRequest(db, caller.id, params.key)
    if (!request) throw problem('unknown-request', { key: params.key })
    const { key, route, ticket, createdAt, doneAt, response } = request
    return answer({
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
  })

  /** The caller, if the ticket acted on is theirs as a customer. */
  async function customerIn(number: string | null, caller: Actor): Promise<string | null> {
    const ticket = number === null || isOnlyCustomer(caller) ? undefined : await findTicket(db, number)
    return isOnlyCustomer(caller) || (ticket && isCustomerOf(ticket, caller)) ? caller.id : null
  }
}
