import { setTimeout as sleep } from 'node:timers/promises'
import { Trouble } from '../gateway/trouble.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logging.ts'
import { errands as counted } from '../runtime/metrics.ts'
import type { Pace } from './pace.ts'

/** Work on processes that nobody waits for, and that must not be forgotten: it is looked up in the rows until they say that it is done. */
export interface Errands<T extends { readonly number: string }> {
  /** Names the work in figures and in the log. */
  readonly name: 'wake' | 'calendar'
  /** The processes that wait for it, the first to come first; `except` are left out. */
  next(asked: { readonly except: readonly string[]; readonly limit: number }): Promise<readonly T[]>
  /** When its time comes, in milliseconds since the epoch. */
  dueMs(process: T): number
  /** Does it; whether the process went on. Throws a {@link Trouble} where Temporal is away. */
  run(process: T): Promise<boolean>
  readonly lookEveryMs: number
}

interface Running {
  readonly clock: Clock
  readonly log: Logger
  readonly pace: Pace
}

/** So many are taken up at once. */
const batchSize = 200
/** After an attempt that brought nothing: a second, then twice as long each time, at most a minute. */
const firstPauseMs = 1_000
const longestPauseMs = 60_000
/** Who does not answer keeps a place for seconds at each attempt: a hundred of them must leave places for others. */
const longestSilenceMs = 10 * 60_000

/** Runs errands until stopped; `stop` waits for those under way. */
export function startErrands<T extends { readonly number: string }>(errands: Errands<T>, running: Running): { stop(): Promise<void> } {
  const ending = new AbortController()
  const { round, settled } = createErrands(errands, running)
  const rounds = (async () => {
    while (!ending.signal.aborted) {
      const pauseMs = await round(ending.signal).catch((err: unknown) => {
        running.log.warn({ err, errand: errands.name }, 'what waits could not be looked up; the next round tries again')
        return errands.lookEveryMs
      })
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      ending.abort()
      await rounds
      await settled()
    },
  }
}

/**
 * Each round takes up what is due, and says in how many milliseconds to look again. It waits for nobody who does not answer; `settled`
 * does.
 */
export function createErrands<T extends { readonly number: string }>(
  { name, next, dueMs, run, lookEveryMs }: Errands<T>,
  { clock, log, pace }: Running,
): { round(ending: AbortSignal): Promise<number>; settled(): Promise<void> } {
  const underWay = new Map<string, Promise<void>>()
  /** Processes that did not go on, and are left alone for a while. */
  const resting = new Map<string, { readonly until: number; readonly pauseMs: number }>()
  let isAway = false
  let hasRoom = () => {}
  const now = () => clock.now().getTime()

  /** Whether it answered. */
  async function attempt(process: T): Promise<boolean> {
    const { number } = process
    const wentOn = await run(process).catch((err: unknown) => {
      log.warn({ err, number, errand: name }, 'a process did not answer; it is asked again')
      isAway ||= err instanceof Trouble && err.code === 'temporal-away'
      return undefined
    })
    counted.inc({ errand: name, outcome: wentOn === undefined ? 'failed' : wentOn ? 'done' : 'in-vain' })
    if (wentOn) resting.delete(number)
    // One that is as it was must not come first again and again.
    else if (!isAway) {
      const longest = wentOn === undefined ? longestSilenceMs : longestPauseMs
      const pauseMs = Math.min((resting.get(number)?.pauseMs ?? firstPauseMs / 2) * 2, longest)
      resting.set(number, { until: now() + pauseMs, pauseMs })
    }
    return wentOn !== undefined
  }

  function takeUp(process: T, ending: AbortSignal): void {
    const done = pace
      .run(async () => !isAway && !ending.aborted && attempt(process))
      .finally(() => {
        underWay.delete(process.number)
        if (underWay.size <= batchSize / 2) hasRoom()
      })
    underWay.set(process.number, done)
  }

  /** Until half of those under way are done, or for as long as nobody who came meanwhile should wait. */
  async function room(): Promise<void> {
    const halfDone = new Promise<void>((resolve) => (hasRoom = resolve))
    await Promise.race([halfDone, sleep(lookEveryMs)])
  }

  return {
    async round(ending) {
      isAway = false
      // One that is not asked for any more went on by another hand.
      for (const [number, { until }] of resting) if (!underWay.has(number) && until + longestSilenceMs < now()) resting.delete(number)
      const alone = [...resting].filter(([, { until }]) => until > now()).map(([number]) => number)
      const limit = batchSize - underWay.size
      const found = limit > 0 ? await next({ except: [...alone, ...underWay.keys()], limit }) : []
      const due = found.filter((process) => dueMs(process) <= now())
      for (const process of due) takeUp(process, ending)
      if (due.length === limit) {
        await room()
        return isAway ? lookEveryMs : 0
      }
      const coming = found.find((process) => dueMs(process) > now())
      return Math.max(1, Math.min(lookEveryMs, coming ? dueMs(coming) - now() : lookEveryMs))
    },
    async settled() {
      await Promise.all(underWay.values())
    },
  }
}
