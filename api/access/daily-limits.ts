import type { Kysely } from 'kysely'
import { giveBackAllowance, takeAllowance } from '../../db/allowances.ts'
import type { Database } from '../../db/schema.ts'
import { epochMs, instantOf } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { CustomerLimits } from '../../runtime/config.ts'
import { isOnlyCustomer } from './access.ts'
import { Problem, problem } from '../problems/problem.ts'

/** How often a day customers may do what sends mails: register tickets, and act on those they have. */

export interface Limits {
  /** Does it and counts it, if there is room for it today; what is refused does not count. Staff and machines are not counted. @throws Problem 429 */
  readonly within: <T>(actor: Actor, kind: keyof CustomerLimits, work: () => Promise<T>) => Promise<T>
}

export function createLimits({
  db,
  clock,
  customerLimits,
}: {
  readonly db: Kysely<Database>
  readonly clock: Clock
  readonly customerLimits: CustomerLimits
}): Limits {
  return {
    async within(actor, kind, work) {
      // Whoever works here, and whatever serves them, may have a thousand customers on the line.
      if (!isOnlyCustomer(actor)) return work()
      const allowance = { caller: actor.id, kind, most: customerLimits[kind] }
      const now = clock.now().getTime()
      const again = await takeAllowance(db, allowance, instantOf(now))
      if (again !== null) {
        const seconds = Math.max(1, Math.ceil((epochMs(again) - now) / 1_000))
        throw problem('daily-limit', { limit: allowance.most, again, seconds })
      }
      try {
        return await work()
      } catch (error) {
        if (error instanceof Problem && error.tookNoEffect) await giveBackAllowance(db, allowance)
        throw error
      }
    },
  }
}
