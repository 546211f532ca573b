import type { Kysely } from 'kysely'
import { bringInTickets, type Place } from '../db/customers/bring-in.ts'
import { resealEntries } from '../db/customers/reseal.ts'
import type { Keys } from '../db/contact-vault.ts'
import type { Database } from '../db/schema.ts'
import { instantOf } from '../domain/instant.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import { startRounds } from '../runtime/rounds.ts'

/** Keeps the directory of customers: brings in tickets of which nobody has looked yet whose they are, and seals anew when keys change. */

interface Keeping {
  readonly db: Kysely<Database>
  readonly keys: Keys
  readonly clock: Clock
  readonly log: Logger
}

/** A ticket that was corrected is looked at within that; between two batches others get the processor and the database. */
const everyMs = 1_000
/** A second's work, or less. */
const batchSize = 200
/** Those that no key opens are tried again so often, and so often it is looked whether keys have changed. */
const againMs = 3_600_000

export function startDirectory(keeping: Keeping): { stop(): Promise<void> } {
  const round = createRound(keeping)
  return startRounds(everyMs, round)
}

/** One round. Whatever fails is logged and tried again in the next. */
export function createRound({ db, keys, clock, log }: Keeping): (ending: AbortSignal) => Promise<void> {
  /** Before it are those that no key opens. */
  let after: Place | null = null
  let sealedAfter: string | null = ''
  let againAt = clock.now().getTime() + againMs
  return async (ending) => {
    const nowMs = clock.now().getTime()
    const now = instantOf(nowMs)
    if (nowMs >= againAt) [after, sealedAfter, againAt] = [null, '', nowMs + againMs]
    try {
      const { last, brought, unreadable } = await bringInTickets(db, keys, { after, limit: batchSize, now, stopped: () => ending.aborted })
      if (brought > 0) log.info({ tickets: brought }, 'brought tickets into the directory of customers')
      if (unreadable.length > 0) {
        log.warn({ numbers: unreadable }, 'tickets cannot be brought into the directory: no key of BIHUAN_KEY opens their contact')
        after = last
      }
      if (sealedAfter === null) return
      const resealed = await resealEntries(db, keys, { after: sealedAfter, limit: batchSize, now })
      sealedAfter = resealed.last
      if (resealed.sealed > 0) log.info({ entries: resealed.sealed }, 'sealed entries of the directory anew')
      if (resealed.unreadable.length > 0)
        log.warn({ entries: resealed.unreadable }, 'entries of the directory keep contacts that no key of BIHUAN_KEY opens')
    } catch (err) {
      log.warn({ err }, 'the directory of customers could not be kept; the next round tries again')
    }
  }
}
