import { setTimeout as sleep } from 'node:timers/promises'
import { killNow, stopProcess, type ProcessIdentity, type StartedProcess } from '../../runtime/processes.ts'

/** One of the things that a launcher keeps running. */
export type Part = {
  name: string
  start(): Promise<StartedProcess>
  /** Returns when it can be used; throws when it ended instead. */
  ready(started: StartedProcess): Promise<void>
  stopSignal: NodeJS.Signals
  /** Milliseconds it may take to stop before it is killed. */
  graceMs: number
  /** Whether it is made of our sources, and not a server that came along. */
  ofSources?: boolean
}

export type Supervised = {
  /** Settles with the first start: when it can be used, or with the reason why it could not be started. */
  ready: Promise<void>
  /** Ends it and starts it at once, whether it runs, is starting or waits to be started again. Returns without waiting. */
  restart(why: string): void
  /** Asks it to stop, waits its grace, kills it; afterwards it stays stopped. Works at any time. */
  stop(): Promise<void>
  kill(): void
}

/** Hears of every start and end of the part's process, before anything else can happen. */
export type Watcher = { note(name: string, process: ProcessIdentity | undefined): void; say(message: string): void }

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** One that ran this long was healthy: its next end is a new trouble, not the old one again. */
const HEALTHY_AFTER_MS = 60_000

/** Starts a part and, once it was ready, starts it again whenever it ends, after a pause that doubles. */
export function supervise(part: Part, { note, say }: Watcher): Supervised {
  const stopping = new AbortController()
  let current: StartedProcess | undefined
  /** Why it is to be started anew, until it is. */
  let reason: string | undefined
  let hurry = new AbortController()

  const ready = start()
  // Who waits for `ready` hears of a failed start; here it only means that there is nothing to keep running.
  const over = ready.then(keepRunning, () => undefined)
  return {
    ready,
    restart(why) {
      reason = why
      hurry.abort()
      // Before its first start has succeeded there is nothing to keep running.
      void ready.then(stopForRestart, () => undefined)
    },
    async stop() {
      stopping.abort()
      await stopCurrent()
      // A start that hangs must not keep the others from being stopped.
      await Promise.race([over, sleep(part.graceMs, undefined, { ref: false })])
    },
    kill() {
      stopping.abort()
      if (current) killNow(current.identity)
    },
  }

  async function start(): Promise<void> {
    current = await part.start()
    note(part.name, current.identity)
    if (stopping.signal.aborted || reason !== undefined) await stopCurrent()
    await part.ready(current)
  }

  async function stopForRestart(): Promise<void> {
    if (reason !== undefined && !stopping.signal.aborted) await stopCurrent()
  }

  async function stopCurrent(): Promise<void> {
    const stopped = current
    if (!stopped) return
    await stopProcess(stopped.identity, { signal: part.stopSignal, graceMs: part.graceMs })
    // By then it may have been started anew, and that one is not to be forgotten.
    if (current === stopped) note(part.name, undefined)
  }

  async function keepRunning(): Promise<void> {
    let pause = FIRST_PAUSE_MS
    for (;;) {
      const startedAt = Date.now()
      const end = await current?.exited
      if (stopping.signal.aborted) return
      note(part.name, undefined)
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) pause = FIRST_PAUSE_MS
      if (reason === undefined) {
        say(`${part.name} ended (${end}); starting it again in ${pause / 1000} s.`)
        await sleep(pause, undefined, { signal: AbortSignal.any([stopping.signal, hurry.signal]) }).catch(() => undefined)
        if (stopping.signal.aborted) return
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
      if (reason !== undefined) {
        say(`${part.name} is started anew: ${reason}.`)
        reason = undefined
        hurry = new AbortController()
        pause = FIRST_PAUSE_MS
      }
      await start().then(
        () => say(`${part.name} runs again.`),
        (error: unknown) => {
          // Ended for being started anew: that is told by the next start.
          if (reason === undefined) say(error instanceof Error ? error.message : String(error))
        },
      )
    }
  }
}
