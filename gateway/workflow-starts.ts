import { headOf } from '../db/heads.ts'
import { markWorkflowsStarted, type UnstartedProcess } from '../db/started-workflows.ts'
import type { ProcessIntake } from '../db/write-intakes.ts'
import { instantOf } from '../domain/instant.ts'
import { createBackground } from '../runtime/background.ts'
import { beginWorkflow, type Reach } from './reach.ts'

/** Starting the workflows of new processes: soon after the answer, or at once for a command that comes before that. */
export interface Starts {
  /** Starts it behind the answers. Nobody waits; what fails, or is too much at once, is left to the process's first command or the sweeper. */
  soon(taken: TakenIn, policy: unknown): void
  /** Starts it now, joins the start that is under way, or knows that it was started; `again` asks Temporal all the same. */
  now(process: UnstartedProcess, deadlineMs: number, again: boolean): Promise<void>
  /** Takes a registration in. Starts give way to it for a while. */
  behind<T>(registration: () => Promise<T>): Promise<T>
  /** Resolves when everything begun has ended. */
  settled(): Promise<void>
  /** The same, beginning no more: what waits for its turn is left to the sweeper, whose record is the rows. */
  stop(): Promise<void>
}

/** What was written of a new process, as far as starting it goes. */
export interface TakenIn extends Pick<ProcessIntake, 'number' | 'form' | 'state' | 'event'> {
  readonly of: { readonly process: { readonly name: string } }
}

export function createStarts(reach: Reach, onError: (error: unknown) => void): Starts {
  const background = createBackground(startsAtOnce, onError)
  const marks = createMarks(reach, onError)
  const calm = createCalm()
  const underWay = new Map<string, Promise<void>>()
  /** New processes that wait for their turn. */
  const waiting = new Set<string>()
  let queued = 0
  let isStopping = false

  async function begin(process: UnstartedProcess, deadlineMs: number, policy?: unknown): Promise<void> {
    await beginWorkflow(reach, process, deadlineMs, policy)
    marks.add(process)
  }

  function joined(process: UnstartedProcess, deadlineMs: number, policy?: unknown): Promise<void> {
    const other = underWay.get(process.number)
    if (other) return other
    waiting.delete(process.number)
    const start = begin(process, deadlineMs, policy).finally(() => underWay.delete(process.number))
    underWay.set(process.number, start)
    return start
  }

  async function settled(): Promise<void> {
    await background.drain()
    await marks.written()
  }

  return {
    now: async (process, deadlineMs, again) => (marks.has(process.number) && !again ? undefined : joined(process, deadlineMs)),
    soon({ of, number, form, state, event }, policy) {
      if (isStopping || queued >= mostQueued) return
      const { profile, profileVersion } = form
      const { name: processType } = of.process
      const process = { number, processType, profile, profileVersion, startedAt: event.at, version: state.version, state }
      const since = performance.now()
      waiting.add(number)
      queued += 1
      background.run(async () => {
        queued -= 1
        if (isStopping) return
        await calm.comes(since + givesWayMs - performance.now())
        // A command that came first has started it.
        if (!waiting.delete(number)) return
        if (performance.now() - since < freshMs) return joined(process, unhurriedMs, policy)
        const read = await headOf(reach.db, number)
        if (read && read.workflowStartedAt === null) await joined(read, unhurriedMs)
      })
    },
    behind: (registration) => calm.disturbedBy(registration),
    settled,
    async stop() {
      isStopping = true
      await settled()
    },
  }
}

/**
 * Notes in the rows which workflows run: some time after, many at once, and not where a command has come meanwhile, whose
 * events note it too. Until then this process remembers; another one that asks Temporal to start them again hears that they run.
 */
function createMarks({ db, clock, processes }: Reach, onError: (error: unknown) => void) {
  /** Types by numbers. */
  const started = new Map<string, string>()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  async function noted(marked: readonly (readonly [number: string, type: string])[]): Promise<void> {
    const at = instantOf(clock.now().getTime())
    for (const host of processes) {
      const numbers = marked.filter(([, type]) => type === host.process.name).map(([number]) => number)
      if (numbers.length > 0) await markWorkflowsStarted(db, host, numbers, at)
    }
  }

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const marked = [...started]
    if (marked.length === 0) return
    writing = writing
      .then(() => noted(marked))
      .catch(onError)
      .finally(() => marked.forEach(([number]) => started.delete(number)))
  }

  return {
    has: (number: string) => started.has(number),
    add({ number, processType }: UnstartedProcess): void {
      started.set(number, processType)
      timer ??= setTimeout(write, marksEveryMs)
    },
    async written(): Promise<void> {
      write()
      await writing
    },
  }
}

/** Knows when no registration is under way. */
function createCalm() {
  let underWay = 0
  const waiting: (() => void)[] = []
  return {
    async disturbedBy<T>(work: () => Promise<T>): Promise<T> {
      underWay += 1
      try {
        return await work()
      } finally {
        underWay -= 1
        if (underWay === 0) for (const go of waiting.splice(0)) go()
      }
    },
    /** Resolves when there is calm, or after so long. */
    async comes(mostMs: number): Promise<void> {
      if (underWay === 0 || mostMs <= 0) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, mostMs)
        waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    },
  }
}

/** A burst of registrations is to be answered first: more starts at once would only take the machine away from it. */
const startsAtOnce = 2
/** Each keeps a state and a policy in memory. More wait only while Temporal is away, and then the sweeper starts them as soon as it is back. */
const mostQueued = 300
/** Somebody waits for each registration, and for no start; but a burst that does not end must not keep workflows from starting. */
const givesWayMs = 1_000
/** After waiting so long, because Temporal was away, the sweeper may have started it, and the process have gone on or ended. */
const freshMs = 5_000
/** Well below the five seconds after which the sweeper starts what is not noted as started. */
const marksEveryMs = 500
/** So long the server may take where nobody waits. */
const unhurriedMs = 10_000
