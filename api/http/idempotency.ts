import type { Kysely } from 'kysely'
import { bodyHash, type Keys } from '../../db/contact-vault.ts'
import {
  beginRequest,
  findRequest,
  forgetRequest,
  identityOf,
  type BegunRequest,
  type RequestClaim,
  type RequestIdentity,
  type StoredResponse,
} from '../../db/requests.ts'
import type { Database } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Clock } from '../../runtime/clock.ts'
import { alsoTrace } from '../../runtime/trace.ts'
import { Problem, problem } from '../problems/problem.ts'

/** One POST, however often it is sent. */
export interface Posted {
  readonly caller: string
  /** Idempotency-Key, made up when absent. */
  readonly key: string
  /** Method and route: `POST /api/tickets/{number}/claim`. */
  readonly route: string
  readonly ticket: string | null
  /** The JSON as it was sent. */
  readonly body: unknown
  /**
   * That `act` takes effect in a single statement on the rows, which stores its answer and of which only one attempt succeeds.
   * Then there is nothing that a row could be needed for before: whatever happens, there is effect and answer, or neither.
   */
  readonly whole?: boolean
  /** That the key was made up just now: nobody can have used it. */
  readonly unheard?: boolean
  /** Another way to begin it: with something else in the same statement. */
  readonly begin?: (claim: RequestClaim) => Promise<BegunRequest>
}

export interface Answer extends StoredResponse {
  /** Stored by an earlier attempt. */
  readonly replayed: boolean
}

export type Once = (posted: Posted, act: (request: RequestIdentity) => Promise<StoredResponse>) => Promise<Answer>

/**
 * Makes POSTs take effect once. A request is a row before anything happens, unless the row can be made together with the
 * effect; `act` stores its answer with it. A refused request frees its key; one whose outcome is unknown keeps it, and the same key joins it later.
 */
export function createOnce({ db, keys, clock }: { readonly db: Kysely<Database>; readonly keys: Keys; readonly clock: Clock }): Once {
  const underWay = new Map<string, Promise<StoredResponse>>()

  return async (posted, act) => {
    const { caller, key, route, ticket, begin = (claim) => beginRequest(db, claim) } = posted
    const claim = {
      caller,
      key,
      route,
      ticket,
      bodyHash: bodyHash(keys, canonical(posted.body)),
      createdAt: instantOf(clock.now().getTime()),
    }
    const request = posted.whole ? await looked(claim, posted) : await begin(claim)
    alsoTrace({ actId: request.id })
    if (request.state === 'different-body') throw problem('key-reused', { key })
    if (request.state === 'done') return { ...request.response, replayed: true }
    // Twins in this process share one attempt; those elsewhere are told apart from it by the request's id.
    const joined = underWay.get(request.id)
    if (joined) return { ...(await joined), replayed: true }
    const attempt = carryOut(request, act)
    underWay.set(request.id, attempt)
    try {
      return { ...(await attempt), replayed: false }
    } finally {
      underWay.delete(request.id)
    }
  }

  async function looked(claim: RequestClaim, { unheard }: Posted): Promise<BegunRequest> {
    return unheard ? { ...identityOf(claim), state: 'new' } : findRequest(db, claim)
  }

  async function carryOut(request: RequestIdentity, act: (request: RequestIdentity) => Promise<StoredResponse>): Promise<StoredResponse> {
    try {
      return await act(request)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // A row that cannot be removed now stays pending, which the same key may repeat as well.
      const answered = await forgetRequest(db, request.id).catch(() => undefined)
      // Refused because it has taken effect already: this attempt was overtaken by its twin.
      if (answered) return answered
      throw error
    }
  }
}

/** Whether it is certain that the request took no effect and never will. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.tookNoEffect
}

/** The same text for the same JSON value, whatever the order of its members. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
