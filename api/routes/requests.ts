import { headOf } from '../../db/heads.ts'
import { readRequest } from '../../db/requests.ts'
import type { Actor } from '../../domain/people.ts'
import { isCustomerOf, isOnlyCustomer } from '../access/access.ts'
import type { Context } from '../deps.ts'
import type { Hosting } from '../../processes/hosting.ts'
import { problem } from '../problems/problem.ts'
import { actedView } from '../views/step.ts'
import * as operations from '../operations/requests.ts'
import { reads, type App } from './serving.ts'

/** GET /api/requests/{key}: what became of the caller's own POST. */
export function addRequests(app: App, { db, processes }: Context): void {
  reads(app, operations.readRequest, async ({ caller, params, answer }) => {
    const request = await readRequest(db, caller.id, params.key)
    if (!request) throw problem('unknown-request', { key: params.key })
    const { key, route, ticket, createdAt, doneAt, response } = request
    const host = actedOn(route)
    return answer({
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
  })

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
