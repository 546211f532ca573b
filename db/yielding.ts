import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely, KyselyPlugin, QueryId } from 'kysely'

/** Who acts is not to notice that a report is made, however long one question takes. */
const longestRest = 1_000

/**
 * The database for work that nobody waits for: after each statement it rests for as long as the statement took, at most a second, so that
 * the processor is there for those who act meanwhile, for half of the time at least. The work takes twice as long.
 */
export function yielding<DB>(db: Kysely<DB>): Kysely<DB> {
  return db.withPlugin(new Yielding())
}

class Yielding implements KyselyPlugin {
  readonly #begun = new WeakMap<QueryId, number>()

  transformQuery({ queryId, node }: Parameters<KyselyPlugin['transformQuery']>[0]) {
    this.#begun.set(queryId, performance.now())
    return node
  }

  async transformResult({ queryId, result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    const begun = this.#begun.get(queryId)
    if (begun !== undefined) await sleep(Math.min(performance.now() - begun, longestRest))
    return result
  }
}
