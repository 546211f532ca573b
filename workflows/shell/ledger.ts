import type { Batch, Carried, Outcome } from './protocol.ts'
import type { Draft, ProcessState, Recorded } from '../process.ts'

/**
 * What a process keeps for the rows: events that may not be written yet, and what became of recent requests. A request
 * that comes again is found here even when Temporal, after a continue-as-new, has forgotten its Update.
 */
export class Ledger<S extends ProcessState, E extends Draft> {
  #unwritten: readonly Recorded<E>[]
  #writtenThrough: number
  #owedThrough: number
  #outcomes: readonly Outcome[]

  constructor(version: number, carried?: Carried<E>) {
    this.#unwritten = carried?.unwritten ?? []
    this.#writtenThrough = carried?.writtenThrough ?? version
    this.#owedThrough = carried?.owedThrough ?? version
    this.#outcomes = carried?.outcomes ?? []
  }

  /** Events were recorded: those of a request and those of a wake are written by whoever gets the answer, the others by an activity. */
  add(events: readonly Recorded<E>[], by: Outcome | 'wake' | undefined): void {
    this.#unwritten = [...this.#unwritten, ...events]
    if (by === undefined) this.owe(events.at(-1)?.seq ?? 0)
    // Whatever their number, requests whose rows may be missing are remembered: somebody may have to finish them.
    else if (by !== 'wake')
      this.#outcomes = [...this.#outcomes, by].filter(
        ({ to }, at, all) => to > this.#writtenThrough || at >= all.length - rememberedRequests,
      )
  }

  /** The rows hold everything up to this version. */
  written(through: number): void {
    if (through <= this.#writtenThrough) return
    this.#writtenThrough = through
    this.#unwritten = this.#unwritten.filter(({ seq }) => seq > through)
  }

  /** So far everything must be written by an activity; at the end of the workflow that is everything. */
  owe(through: number): void {
    this.#owedThrough = Math.max(this.#owedThrough, through)
  }

  get owes(): boolean {
    return this.#owedThrough > this.#writtenThrough
  }

  /** Whether rows that reach so far lack so much that another answer might not fit into a message. */
  isOverfull(writtenThrough: number): boolean {
    return JSON.stringify(this.#unwritten.filter(({ seq }) => seq > writtenThrough)).length > mostUnwritten
  }

  outcomeOf(requestId: string): Outcome | undefined {
    return this.#outcomes.find((outcome) => outcome.requestId === requestId)
  }

  batch(id: string, state: S, writtenThrough: number): Batch<S, E> {
    return {
      id,
      state,
      events: this.#unwritten.filter(({ seq }) => seq > writtenThrough),
      outcomes: this.#outcomes.filter(({ to }) => to > Math.max(writtenThrough, this.#writtenThrough)),
    }
  }

  carry(): Omit<Carried<E>, 'signals' | 'asks'> {
    return { unwritten: this.#unwritten, writtenThrough: this.#writtenThrough, owedThrough: this.#owedThrough, outcomes: this.#outcomes }
  }
}

/** A gateway retries for seconds, a client for minutes; a ticket sees a few commands an hour. */
const rememberedRequests = 100

/** Characters, of up to three bytes, with room for one more act: Temporal takes messages of 2 MB, and an answer beyond that would stop the process. */
const mostUnwritten = 400_000
