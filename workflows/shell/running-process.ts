import { log } from '@temporalio/workflow'
import { askId } from '../../domain/ask-id.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import { emptyDirectory, systemActor } from '../../domain/people.ts'
import { conflict, type Rejection } from '../../domain/rejection.ts'
import { concernsAnother } from '../common/other-processes.ts'
import { nextDeadline, perform, refusedToTell, settle, wakeAtOf, type Performed } from '../engine.ts'
import { hasEnded, type Ask, type Command, type Draft, type Process, type ProcessState, type Recorded } from '../process.ts'
import { Asks, type FindOut } from './asks.ts'
import { failure, rejected } from './failures.ts'
import { Ledger } from './ledger.ts'
import { isCalendarNews, rowsAheadType, rowsBehindType } from './protocol.ts'
import type { Batch, Carried, OpenAsk, Outcome, ProcessInput, SignalledCommand, StepCall, WakeCall, WokenCommand } from './protocol.ts'
import { Signals } from './signals.ts'

/**
 * A process while its workflow runs: its state and policy, and what it has done, heard and asked. It carries out what it is told and lets
 * time pass; when that happens, and what Temporal hears of it, is for `run-process.ts`.
 */
export class RunningProcess<S extends ProcessState, E extends Draft, P> {
  readonly ledger: Ledger<S, E>
  readonly asks: Asks
  /** What time, the world or another process did is told at once; whoever has told it sets it back. */
  isPressing = false
  readonly #process: Process<S, E, P>
  readonly #input: ProcessInput<S, E, P>
  readonly #signals: Signals
  #state: S
  #policy: P
  #lastAt: Instant
  /** What a validator has worked out, for the handler that follows it at once; on replay there is none. */
  #foreseen: Foreseen<S, E> | undefined

  constructor(process: Process<S, E, P>, input: ProcessInput<S, E, P>, findOut: FindOut) {
    const { state, policy, recordedAt, carried } = input
    this.#process = process
    this.#input = input
    this.#state = state
    this.#policy = policy
    this.#lastAt = recordedAt
    this.ledger = new Ledger<S, E>(state.version, carried)
    this.#signals = new Signals(carried?.signals)
    this.asks = new Asks(
      (ask) => findOut(ask, process.summary({ kind: 'ask', ask }, this.#policy)),
      carried ? (carried.asks ?? []) : this.#askedAtStart(),
    )
  }

  get state(): S {
    return this.#state
  }

  get policy(): P {
    return this.#policy
  }

  /** When the last event was recorded. */
  get lastAt(): Instant {
    return this.#lastAt
  }

  /** What goes along into the next run. */
  carry(): Carried<E> {
    return { ...this.ledger.carry(), ...this.asks.carry(), signals: this.#signals.carry() }
  }

  /** Everything that the rows lack; its reader learns when to wake the process. */
  batch(writtenThrough: number): Batch<S, E> {
    const unwritten = this.ledger.batch(this.#input.id, this.#state, writtenThrough)
    return this.#input.woken ? { ...unwritten, wakeAt: wakeAtOf(this.#process, this.#state, this.#policy) } : unwritten
  }

  checkRows({ writtenThrough }: { readonly writtenThrough: number }): void {
    const { version } = this.#state
    // Going on would number new events like those the rows hold already, and lose them.
    if (writtenThrough > version) throw failure(rowsAheadType, `the rows reach event ${writtenThrough}, the process ${version}`)
    if (this.ledger.isOverfull(writtenThrough)) throw failure(rowsBehindType, `the rows reach event ${writtenThrough} only`)
  }

  isNews({ writtenThrough, command }: WakeCall): boolean {
    const next = nextDeadline(this.#process, this.#state, this.#policy)
    if (next && next.dueAt <= this.#now()) return true
    return writtenThrough < this.#state.version || (command !== undefined && !this.#signals.knows(command.id))
  }

  /** Works out what the command would do, and changes nothing: the engine works on values. Throws what refuses the Update. */
  foresee(command: Command<S, E, P>, call: StepCall): void {
    this.#foreseen = { requestId: call.requestId, before: this.#state, at: this.#now(), performed: this.#attempt(command, call) }
  }

  carryOut(command: Command<S, E, P>, call: StepCall): Outcome {
    const { requestId } = call
    const foreseen = this.#foreseen
    const isSo = foreseen?.requestId === requestId && foreseen.before === this.#state && foreseen.at === this.#now()
    this.#foreseen = undefined
    const performed = isSo ? foreseen.performed : this.#attempt(command, call)
    const done = { requestId, from: performed.from, to: performed.state.version }
    this.#adopt(performed.state, performed.events, done)
    return done
  }

  /** Whatever has fallen due by now takes effect. */
  letTimePass(by?: 'wake'): void {
    const settled = settle(this.#process, this.#state, this.#policy, this.#now(), 'at')
    this.isPressing ||= settled.events.length > 0
    this.#adopt(settled.state, settled.events, by)
  }

  /** What comes with a wake is carried out unless it was before; why not, where it is refused. Who hears of that may tell it again. */
  hear(told: WokenCommand): Rejection | undefined {
    const { id, command, input } = told
    if (this.#signals.knows(id)) return undefined
    const refused = this.#untold(told) ?? this.#bySystem(id, command, input, 'wake')
    if (!refused) this.#signals.remember(id)
    return refused
  }

  /** A command by a signal, which only histories have: carried out unless it was before. */
  obey({ id, command, input }: SignalledCommand): void {
    if (this.#signals.knows(id)) return
    this.#bySystem(id, command, input)
    this.#signals.remember(id)
  }

  /** Carries out what the world answered; whether there was anything. */
  carryOutAnswers(): boolean {
    const answers = this.asks.take()
    for (const { ask, reply } of answers) if (reply) this.#bySystem(ask.id, reply.command, reply.input)
    return answers.length > 0
  }

  /** Time as the process records it: never before what is already on record, whatever the hosts' clocks say. */
  #now(): Instant {
    const read = instantOf(Date.now())
    return read > this.#lastAt ? read : this.#lastAt
  }

  #attempt(command: Command<S, E, P>, { requestId, actor, directory, expectedVersion, input }: StepCall) {
    const act = { requestId, actor, directory, at: this.#now(), ...(expectedVersion === undefined ? {} : { expectedVersion }) }
    const performed = perform(this.#process, command, this.#state, this.#policy, act, input)
    if (!performed.ok) throw rejected(performed.rejection)
    return performed
  }

  /** A command that nobody waits for: one that is refused, because the process has moved on, is only logged. */
  #bySystem(requestId: string, name: string, given: unknown, by?: 'wake'): Rejection | undefined {
    const command = this.#named(name)
    // A line of the log is written by whoever gives the command, and nobody here makes its input ready.
    if (!command || command.kind === 'log' || command.prepared) {
      log.warn('there is no such command', { actId: requestId, command: name })
      return conflict('wrong-stage', { command: name, stage: this.#state.stage, stages: [] })
    }
    const act = { requestId, actor: systemActor, directory: emptyDirectory, at: this.#now() }
    const performed = perform(this.#process, command, this.#state, this.#policy, act, given)
    if (!performed.ok) {
      log.warn('command by the system refused', { actId: requestId, command: name, code: performed.rejection.code })
      return performed.rejection
    }
    this.isPressing = true
    this.#adopt(performed.state, performed.events, by)
    return undefined
  }

  #untold(told: WokenCommand): Rejection | undefined {
    const command = this.#named(told.command)
    return command && !isCalendarNews(told) ? refusedToTell(command) : undefined
  }

  #named(name: string): Command<S, E, P> | undefined {
    return this.#process.commands.find((candidate) => candidate.name === name)
  }

  #adopt(next: S, events: readonly Recorded<E>[], by?: Outcome | 'wake'): void {
    if (events.length === 0) return
    this.#state = next
    for (const event of events) this.#policy = this.#process.amend(this.#policy, event)
    this.#lastAt = events.at(-1)?.at ?? this.#lastAt
    this.ledger.add(events, by)
    this.asks.raise(events.flatMap((event) => this.#askedBy(event)))
  }

  /** Started again from its rows it looks things up anew; what it has to do with others the rows know. */
  #askedAtStart(): OpenAsk[] {
    const { dealings } = this.#input
    const { version } = this.#state
    const asks = this.#process.asks(null, this.#state, this.#policy)
    if (!dealings) return this.#identified(asks, version)
    const lookups = hasEnded(this.#process, this.#state) ? [] : asks.filter((ask) => !concernsAnother(ask))
    return [...this.#identified(lookups, version), ...dealings]
  }

  #askedBy(event: Recorded<E>): OpenAsk[] {
    const lookups = this.#process.asks(event, this.#state, this.#policy).filter((ask) => !concernsAnother(ask))
    return this.#identified([...lookups, ...(event.dealings ?? [])], event.seq)
  }

  #identified(asks: readonly Ask[], seq: number): OpenAsk[] {
    return asks.map((ask) => ({ ...ask, id: askId(this.#input.id, seq, ask) }))
  }
}

interface Foreseen<S extends ProcessState, E extends Draft> {
  readonly requestId: string
  readonly before: S
  readonly at: Instant
  readonly performed: Extract<Performed<S, E>, { readonly ok: true }>
}
