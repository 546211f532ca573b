import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { Problem } from '../api/problem.ts'
import type { Database } from '../db/schema.ts'
import { ticketsToWake, type TicketToWake } from '../db/wakes.ts'
import { epochMs } from '../domain/instant.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import type { Pace } from './pace.ts'

interface Waking {
  readonly db: Kysely<Database>
  readonly clock: Clock
  readonly log: Logger
  readonly pace: Pace
  /** Lets time pass on a ticket, and writes what came of it; whether it went on. Throws a {@link Problem} where Temporal is away. */
  wake(ticket: TicketToWake): Promise<boolean>
}

/** How late, at most, a deadline is found that has come nearer since the rows were last looked at. */
const lookEveryMs = 1_000
/** So many are looked up at once; whoever falls due first is woken first. */
const batchSize = 200
/** After a wake that brought nothing: a second, then twice as long each time, at most a minute. */
const firstPauseMs = 1_000
const longestPauseMs = 60_000

/**
 * Wakes tickets when something falls due, by what the rows say and at a pace that people's acts go before. Their own timers ring
 * later and are for the day that nobody does this. Runs in every worker: two that wake the same ticket join the same wake.
 */
export function startWaker(waking: Waking): { stop(): Promise<void> } {
  const ending = new AbortController()
  const round = createWaker(waking)
  const running = (async () => {
    while (!ending.signal.aborted) {
      const pauseMs = await round(ending.signal).catch((err: unknown) => {
        waking.log.warn({ err }, 'the tickets to wake could not be looked up; the next round tries again')
        return lookEveryMs
      })
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      ending.abort()
      await running
    },
  }
}

/** Each call is a round: wakes whoever is due, and says for how many milliseconds nobody else will be. */
export function createWaker({ db, clock, log, pace, wake }: Waking): (ending: AbortSignal) => Promise<number> {
  /** Tickets that were woken in vain, and are left alone for a while. */
  const resting = new Map<string, { readonly until: number; readonly pauseMs: number }>()
  const now = () => clock.now().getTime()

  /** Whether Temporal was there to be asked. */
  async function attempt(ticket: TicketToWake): Promise<boolean> {
    const { number } = ticket
    try {
      if (await wake(ticket)) {
        resting.delete(number)
        return true
      }
    } catch (err) {
      log.warn({ err, number }, 'a ticket could not be woken; it is tried again')
      if (err instanceof Problem && err.code === 'temporal-away') return false
    }
    // One that is as it was must not come first again and again.
    const pauseMs = Math.min((resting.get(number)?.pauseMs ?? firstPauseMs / 2) * 2, longestPauseMs)
    resting.set(number, { until: now() + pauseMs, pauseMs })
    return true
  }

  return async (ending) => {
    for (const [number, { until, pauseMs }] of resting) if (until + pauseMs < now()) resting.delete(number)
    const except = [...resting].filter(([, { until }]) => until > now()).map(([number]) => number)
    const next = await ticketsToWake(db, { except, limit: batchSize })
    const due = next.filter(({ wakeAt }) => epochMs(wakeAt) <= now())
    let isThere = true
    const attempts = due.map((ticket) =>
      pace.run(async () => {
        if (isThere && !ending.aborted) isThere = await attempt(ticket)
      }),
    )
    await Promise.all(attempts)
    if (!isThere) return lookEveryMs
    if (due.length === batchSize) return 0
    const coming = next.find(({ wakeAt }) => epochMs(wakeAt) > now())
    return Math.max(1, Math.min(lookEveryMs, coming ? epochMs(coming.wakeAt) - now() : lookEveryMs))
  }
}
