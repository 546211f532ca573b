import { stopProcess, type ProcessIdentity } from '../../runtime/processes.ts'
import type { Part } from '../../cli/launcher/supervise.ts'

/** What a run has started, so that it can stop all of it, by process and no other way. */
export class Parts {
  readonly #running: Running[] = []

  /** Starts a part; returns when it can be used. */
  async start(part: Part): Promise<Running> {
    const started = await part.start()
    const running: Running = {
      name: part.name,
      identity: started.identity,
      stop: async () => {
        this.#running.splice(0, this.#running.length, ...this.#running.filter((other) => other !== running))
        await stopProcess(started.identity, { signal: part.stopSignal, graceMs: part.graceMs })
      },
    }
    this.#running.push(running)
    await part.ready(started)
    return running
  }

  get running(): readonly { readonly name: string; readonly pid: number }[] {
    return this.#running.map(({ name, identity }) => ({ name, pid: identity.pid }))
  }

  /** Stops what still runs, the last started first. */
  async stop(): Promise<void> {
    for (const { stop } of this.#running.toReversed()) await stop()
  }
}

export interface Running {
  readonly name: string
  readonly identity: ProcessIdentity
  stop(): Promise<void>
}
