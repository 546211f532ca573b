import { log } from '@temporalio/workflow'
import { concernsAnother } from '../common/other-processes.ts'
import type { Reply } from '../process.ts'
import type { OpenAsk } from './protocol.ts'

/** Finds the answer out in the world; an activity, of which `summary` says what it is for. */
export type FindOut = (ask: OpenAsk, summary: string) => Promise<Reply>

export interface Answered {
  readonly ask: OpenAsk
  readonly reply: Reply
}

/**
 * What a process has asked of the world. An ask is open until its answer was taken to be carried out: whatever is open
 * goes along into the next run, which asks again what this one had under way; what was taken is never asked again.
 */
export class Asks {
  readonly #findOut: (ask: OpenAsk) => Promise<Reply>
  #open: readonly OpenAsk[]
  #answered: readonly Answered[] = []
  /** Since when, in milliseconds of the workflow's time, by id. */
  readonly #underWay = new Map<string, number>()

  constructor(findOut: (ask: OpenAsk) => Promise<Reply>, open: readonly OpenAsk[]) {
    this.#findOut = findOut
    this.#open = open
  }

  raise(asks: readonly OpenAsk[]): void {
    this.#open = [...this.#open, ...asks]
  }

  /** Whether some can be sent. */
  get areWaiting(): boolean {
    return this.#next().length > 0
  }

  /** When one of those that find no place may be sent although nobody answers; undefined: none waits for a place. */
  get placeComesAt(): number | undefined {
    const inTheWay = this.#inTheWay()
    return inTheWay.length >= asksAtOnce && this.#unsent().length > 0 ? Math.min(...inTheWay) + inTheWayMs : undefined
  }

  /** Whether some of those open have to be done even if the process has ended. */
  get concernOthers(): boolean {
    return this.#open.some(concernsAnother)
  }

  get areUnderWay(): boolean {
    return this.#underWay.size > 0
  }

  get areAnswered(): boolean {
    return this.#answered.length > 0
  }

  /** Sends what waits, without waiting for an answer: it changes nothing until it is taken. */
  send(): void {
    for (const ask of this.#next()) {
      this.#underWay.set(ask.id, Date.now())
      void this.#findOut(ask).then(
        (reply) => this.#hear(ask, reply),
        (error: unknown) => {
          // Tried for ever, it fails only by an operator's hand: then the process goes on without an answer.
          log.warn('ask was given up', { id: ask.id, error })
          this.#hear(ask, null)
        },
      )
    }
  }

  /** The answers that have come, each given out once. */
  take(): readonly Answered[] {
    const taken = this.#answered
    this.#answered = []
    this.#open = this.#open.filter(({ id }) => !taken.some(({ ask }) => ask.id === id))
    return taken
  }

  carry(): { readonly asks?: readonly OpenAsk[] } {
    return this.#open.length === 0 ? {} : { asks: this.#open }
  }

  #next(): readonly OpenAsk[] {
    return this.#unsent().slice(0, Math.max(0, asksAtOnce - this.#inTheWay().length))
  }

  #unsent(): readonly OpenAsk[] {
    return this.#open.filter(({ id }) => !this.#underWay.has(id) && !this.#answered.some(({ ask }) => ask.id === id))
  }

  /** Since when those are under way that take a place. */
  #inTheWay(): readonly number[] {
    return [...this.#underWay.values()].filter((since) => Date.now() < since + inTheWayMs)
  }

  #hear(ask: OpenAsk, reply: Reply): void {
    this.#underWay.delete(ask.id)
    this.#answered = [...this.#answered, { ask, reply }]
  }
}

/** A ticket asks two things at its birth and one at a time later; more at once would only be a mistake's flood. */
const asksAtOnce = 4
/** One that is not answered so long may never be: it is tried on, and the others no longer wait for its place. */
const inTheWayMs = 10_000
