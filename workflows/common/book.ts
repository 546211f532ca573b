import type { Entry, ProcessState } from '../process.ts'
import type { PromiseState, Unpromised } from '../promise.ts'
import { isOwed } from './promises.ts'
import { latest, withPromises } from './cycles.ts'

/** The promises of a process while an event is being worked out. */
export class Book {
  readonly #before: readonly PromiseState[]
  readonly #earlier: readonly PromiseState[]
  readonly #written = new Map<string, PromiseState>()
  readonly #unpromised: Map<string, Unpromised>
  #unpromisedChanged = false

  constructor({ promises, earlier = [], unpromised = [] }: Pick<ProcessState, 'promises' | 'earlier' | 'unpromised'>) {
    this.#before = promises
    this.#earlier = earlier
    this.#unpromised = new Map(unpromised.map((one) => [one.clock, one]))
  }

  latest(clock: string): PromiseState | undefined {
    let newest = latest(this.#before, clock)
    for (const promise of this.#written.values()) if (promise.clock === clock && promise.cycle >= (newest?.cycle ?? 0)) newest = promise
    return newest
  }

  /** The cycle in which something took place: the newest, else the one before it. */
  cycleAt(clock: string, instant: string): PromiseState | undefined {
    const newest = this.latest(clock)
    if (newest === undefined || instant >= newest.startedAt) return newest
    const before = this.#earlier.find((promise) => promise.clock === clock)
    return before !== undefined && instant >= before.startedAt ? before : undefined
  }

  put(promise: PromiseState): void {
    if (!this.#before.includes(promise) && !this.#earlier.includes(promise)) this.#written.set(`${promise.clock} ${promise.cycle}`, promise)
  }

  /** Of every clock the newest cycle, if something is owed by it. */
  owed(): PromiseState[] {
    return withPromises(this.#before, [...this.#written.values()]).filter(isOwed)
  }

  /** The clock that runs without a promise. */
  unpromised(clock: string): Unpromised | undefined {
    return this.#unpromised.get(clock)
  }

  /** Everything that runs without a promise. */
  allUnpromised(): readonly Unpromised[] {
    return [...this.#unpromised.values()]
  }

  /** It runs without a promise from now on. */
  begin(clock: Unpromised): void {
    this.#unpromised.set(clock.clock, clock)
    this.#unpromisedChanged = true
  }

  /** It no longer does. */
  forget(clock: string): void {
    if (this.#unpromised.delete(clock)) this.#unpromisedChanged = true
  }

  changed(): Pick<Entry, 'promises' | 'unpromised'> {
    return { promises: [...this.#written.values()], ...(this.#unpromisedChanged && { unpromised: [...this.#unpromised.values()] }) }
  }
}
