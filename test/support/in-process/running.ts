import { setTimeout as sleep } from 'node:timers/promises'
import { askId } from '../../../domain/ask-id.ts'
import type { Instant } from '../../../domain/instant.ts'
import { emptyDirectory, systemActor } from '../../../domain/people.ts'
import type { Rejection } from '../../../domain/rejection.ts'
import { nextDeadline, perform, refusedToTell, settle, wakeAtOf } from '../../../workflows/engine.ts'
import { concernsAnother } from '../../../workflows/common/other-processes.ts'
import { hasEnded, type Ask, type Draft, type Process, type ProcessState, type Recorded, type Reply } from '../../../workflows/process.ts'
import { Ledger } from '../../../workflows/shell/ledger.ts'
import { isCalendarNews } from '../../../workflows/shell/protocol.ts'
import type {
  Batch,
  OpenAsk,
  Outcome,
  ProcessInput,
  StepAnswer,
  StepCall,
  WakeAnswer,
  WakeCall,
  WokenCommand,
} from '../../../workflows/shell/protocol.ts'

/** What a process needs of the world: the time, its rows, and answers to what it asks. */
export interface Surroundings<S extends ProcessState, E extends Draft> {
  now(): Instant
  project(batch: Batch<S, E>): Promise<void>
  findOut(ask: OpenAsk): Promise<Reply>
  /** Hears what is tried again. */
  failed(error: unknown): void
}

export type Outcomes<A> =
  | { readonly kind: 'done'; readonly answer: A }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  | { readonly kind: 'not-running' | 'rows-behind' | 'rows-ahead' | 'nothing-due' }

/**
 * A process that runs in this program instead of a durable workflow: engine and ledger are the product's, and what
 * `workflows/shell/run-process.ts` does with them is done here without Temporal. It does not outlive the program, has no timer of its
 * own, and is always in its first run.
 */
export class Running<S extends ProcessState, E extends Draft, P> {
  readonly #process: Process<S, E, P>
  readonly #id: string
  readonly #around: Surroundings<S, E>
  readonly #ledger: Ledger<S, E>
  /** By the id of the Update. */
  readonly #answers = new Map<string, StepAnswer<S, E> | WakeAnswer<S, E>>()
  readonly #carriedOut = new Set<string>()
  readonly #asks = new Map<Promise<void>, OpenAsk>()
  #answered: { readonly ask: OpenAsk; readonly reply: Reply }[] = []
  #policy: P
  #state: S
  #lastAt: Instant
  #goingOn: Promise<void> = Promise.resolve()
  #isOver = false

  constructor(process: Process<S, E, P>, { id, policy, state, recordedAt, dealings }: ProcessInput<S, E, P>, around: Surroundings<S, E>) {
    this.#process = process
    this.#id = id
    this.#around = around
    this.#policy = policy
    this.#state = state
    this.#lastAt = recordedAt
    this.#ledger = new Ledger<S, E>(state.version)
    this.#askAtStart(dealings)
    this.#goOn()
  }

  step(name: string, call: StepCall): Outcomes<StepAnswer<S, E>> {
    const { requestId, writtenThrough } = call
    const told = this.#answers.get(requestId)
    if (told && 'outcome' in told) return { kind: 'done', answer: told }
    const unfit = this.#unfit(writtenThrough)
    if (unfit) return { kind: unfit }
    const known = this.#ledger.outcomeOf(requestId)
    const performed = known ?? this.#attempt(name, call)
    if ('rejection' in performed) return { kind: 'rejected', rejection: performed.rejection }
    this.#ledger.written(writtenThrough)
    const answer = { outcome: performed, batch: this.batch(writtenThrough) }
    this.#answers.set(requestId, answer)
    this.#goOn()
    return { kind: 'done', answer }
  }

  wake(id: string, { writtenThrough, command }: WakeCall): Outcomes<WakeAnswer<S, E>> {
    const told = this.#answers.get(id)
    if (told && 'events' in told) return { kind: 'done', answer: told }
    const unfit = this.#unfit(writtenThrough)
    if (unfit) return { kind: unfit }
    const next = nextDeadline(this.#process, this.#state, this.#policy)
    const isDue = next !== undefined && next.dueAt <= this.#now()
    const isNews = writtenThrough < this.#state.version || (command !== undefined && !this.#carriedOut.has(command.id))
    if (!isDue && !isNews) return { kind: 'nothing-due' }
    this.#letTimePass('wake')
    const refused = command && this.#once(command)
    this.#ledger.written(writtenThrough)
    const answer = { ...this.batch(writtenThrough), ...(refused && { refused }) }
    this.#answers.set(id, answer)
    this.#goOn()
    return { kind: 'done', answer }
  }

  batch(writtenThrough: number): Batch<S, E> {
    const unwritten = this.#ledger.batch(this.#id, this.#state, writtenThrough)
    return { ...unwritten, wakeAt: wakeAtOf(this.#process, this.#state, this.#policy) }
  }

  /** Resolves when nothing of it goes on any more. */
  async settled(): Promise<void> {
    for (let seen: Promise<void> | undefined; seen !== this.#goingOn || this.#asks.size > 0;) {
      seen = this.#goingOn
      await Promise.all([seen, ...this.#asks.keys()])
    }
  }

  /** Ends it where it stands: whatever it still had to write stays unwritten. */
  abandon(): void {
    this.#isOver = true
  }

  #now(): Instant {
    const read = this.#around.now()
    return read > this.#lastAt ? read : this.#lastAt
  }

  #unfit(writtenThrough: number): 'not-running' | 'rows-ahead' | 'rows-behind' | undefined {
    if (this.#isOver) return 'not-running'
    if (writtenThrough > this.#state.version) return 'rows-ahead'
    return this.#ledger.isOverfull(writtenThrough) ? 'rows-behind' : undefined
  }

  #attempt(name: string, { requestId, actor, directory, expectedVersion, input }: StepCall): Outcome | { readonly rejection: Rejection } {
    const act = { requestId, actor, directory, at: this.#now(), ...(expectedVersion !== undefined && { expectedVersion }) }
    const performed = perform(this.#process, this.#command(name), this.#state, this.#policy, act, input)
    if (!performed.ok) return performed
    const outcome = { requestId, from: performed.from, to: performed.state.version }
    this.#adopt(performed.state, performed.events, outcome)
    return outcome
  }

  #command(name: string) {
    const command = this.#process.commands.find((candidate) => candidate.name === name)
    if (!command) throw new Error(`there is no command ${name}`)
    return command
  }

  /** Carries it out unless it was before; why not, where it is refused: told again, it is judged again. */
  #once(told: WokenCommand): Rejection | undefined {
    const { id, command, input } = told
    if (this.#carriedOut.has(id)) return undefined
    const untold = isCalendarNews(told) ? undefined : refusedToTell(this.#command(command))
    const refused = untold ?? this.#bySystem(id, command, input, 'wake')
    if (!refused) this.#carriedOut.add(id)
    return refused
  }

  /** A command that nobody waits for: one that is refused, because the process has moved on, came too late. */
  #bySystem(requestId: string, name: string, input: unknown, by?: 'wake'): Rejection | undefined {
    const command = this.#command(name)
    const act = { requestId, actor: systemActor, directory: emptyDirectory, at: this.#now() }
    const performed = perform(this.#process, command, this.#state, this.#policy, act, input)
    if (!performed.ok) return performed.rejection
    this.#adopt(performed.state, performed.events, by)
    return undefined
  }

  #letTimePass(by?: 'wake'): void {
    const { state, events } = settle(this.#process, this.#state, this.#policy, this.#now(), 'at')
    this.#adopt(state, events, by)
  }

  #adopt(next: S, events: readonly Recorded<E>[], by?: Outcome | 'wake'): void {
    if (events.length === 0) return
    this.#state = next
    for (const event of events) this.#policy = this.#process.amend(this.#policy, event)
    this.#lastAt = events.at(-1)?.at ?? this.#lastAt
    this.#ledger.add(events, by)
    for (const event of events) this.#ask(event)
  }

  #askAtStart(dealings: readonly OpenAsk[] | undefined): void {
    const asks = this.#process.asks(null, this.#state, this.#policy)
    this.#raise(dealings ? asks.filter((ask) => !concernsAnother(ask)) : asks, this.#state.version)
    for (const ask of dealings ?? []) this.#send(ask)
  }

  #ask(event: Recorded<E>): void {
    const lookups = this.#process.asks(event, this.#state, this.#policy).filter((ask) => !concernsAnother(ask))
    this.#raise([...lookups, ...(event.dealings ?? [])], event.seq)
  }

  #raise(asks: readonly Ask[], seq: number): void {
    for (const ask of asks) this.#send({ ...ask, id: askId(this.#id, seq, ask) })
  }

  #send(ask: OpenAsk): void {
    const findsOut = async () => {
      const reply = await this.#persistently(() => this.#around.findOut(ask))
      this.#asks.delete(underWay)
      if (reply !== undefined) this.#answered.push({ ask, reply })
      this.#goOn()
    }
    const underWay = findsOut()
    this.#asks.set(underWay, ask)
  }

  /** What follows from an act comes after its answer. */
  #goOn(): void {
    this.#goingOn = this.#goingOn.then(() => this.#untilCalm())
  }

  async #untilCalm(): Promise<void> {
    while (!this.#isOver) {
      this.#letTimePass()
      const answered = this.#answered.splice(0)
      for (const { ask, reply } of answered) if (reply) this.#bySystem(ask.id, reply.command, reply.input)
      const isAtEnd = hasEnded(this.#process, this.#state)
      if (isAtEnd) this.#ledger.owe(this.#state.version)
      if (!this.#ledger.owes) {
        this.#isOver = isAtEnd && ![...this.#asks.values()].some(concernsAnother)
        return
      }
      // What was asked at once is answered nearly at once, and then written at once.
      if (answered.length > 0 && this.#asks.size > 0) {
        await Promise.race([Promise.all(this.#asks.keys()), sleep(patienceMs)])
        continue
      }
      const unwritten = this.batch(0)
      await this.#persistently(() => this.#around.project(unwritten))
      this.#ledger.written(unwritten.state.version)
    }
  }

  /** As activities are: tried until it works. Undefined when it is not wanted any more. */
  async #persistently<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let pauseMs = 20; !this.#isOver; pauseMs = Math.min(pauseMs * 2, 1_000)) {
      try {
        return await work()
      } catch (error) {
        this.#around.failed(error)
        await sleep(pauseMs)
      }
    }
    return undefined
  }
}

const patienceMs = 2_000
