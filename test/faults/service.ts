import { fileURLToPath } from 'node:url'
import { killNow, startProcess, type StartedProcess } from '../../runtime/processes.ts'
import { builtEntry } from '../support/built.ts'
import { reportSchema, type Order, type Point, type Report } from './points.ts'

/** The API or the worker as a process of its own, to be killed and started again. */
export interface Service {
  /** Where the API listens, once it does; changes with every start. */
  url(): Promise<string>
  /** Starts it anew. What is asked of it meanwhile waits until it is ready. */
  start(): Promise<void>
  /** Prepares the process to die or stop at a point. */
  arm(point: Point): Promise<void>
  /** Resolves when the process stops at the point it was to be held at. */
  holding(): Promise<void>
  /** Lets it go on. */
  release(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
  /** Resolves when the process has ended. */
  ended(): Promise<void>
}

export async function startService(part: 'api' | 'worker', env: NodeJS.ProcessEnv, logFile: string): Promise<Service> {
  let running = started()
  await running
  return {
    url: async () => (await running).url,
    async start() {
      running = stop().then(started)
      await running
    },
    async arm(point) {
      const { hears, tell } = await running
      tell({ arm: point })
      await hears('armed')
    },
    async holding() {
      await (await running).hears('holding')
    },
    async release() {
      const { tell } = await running
      tell({ release: true })
    },
    kill: stop,
    async ended() {
      await (
        await running
      ).exited
    },
  }

  async function started() {
    const entry = builtEntry(`faults-${part}`)
    if (entry === undefined) throw new Error('services are started from what a run of tests has built')
    const process_ = await startProcess({
      command: process.execPath,
      args: [entry],
      env,
      logFile,
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      channel: true,
    })
    const reports = listen(process_)
    const { ready } = await reports.hears('ready')
    return { ...process_, ...reports, url: ready, tell: (order: Order) => process_.child.send(order) }
  }

  async function stop(): Promise<void> {
    // One that never became ready has ended by itself.
    const last = await running.catch(() => undefined)
    if (!last) return
    killNow(last.identity)
    await last.exited
  }

  /** What the process says, each report to whoever waits for its kind; what nobody waits for yet is kept. */
  function listen({ child, exited }: StartedProcess) {
    const heard: Report[] = []
    const waiting = new Set<() => void>()
    let ended: string | undefined
    const stir = () => {
      for (const look of waiting) look()
    }
    child.on('message', (message) => {
      heard.push(reportSchema.parse(message))
      stir()
    })
    void exited.then((how) => (ended = how)).then(stir)
    return {
      hears<K extends KindOf<Report>>(kind: K): Promise<Extract<Report, Record<K, unknown>>> {
        return new Promise((resolve, reject) => {
          const look = () => {
            const at = heard.findIndex((report) => kind in report)
            const found = heard[at]
            if (found && has(found, kind)) {
              heard.splice(at, 1)
              resolve(found)
            } else if (ended !== undefined) reject(new Error(`${part} ended (${ended}) before it was ${kind}; see ${logFile}`))
            else return
            waiting.delete(look)
          }
          waiting.add(look)
          look()
        })
      },
    }
  }
}

type KindOf<R> = R extends unknown ? keyof R : never

function has<K extends KindOf<Report>>(report: Report, kind: K): report is Extract<Report, Record<K, unknown>> {
  return kind in report
}
