import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import { z } from 'zod'
import { epochMs, instantOf, type Instant } from '../../domain/instant.ts'
import { emptyDirectory, systemActor } from '../../domain/people.ts'
import { conflict, type Rejection } from '../../domain/rejection.ts'
import { nextDeadline, perform, refusedToTell, settle, wakeAtOf, type Performed } from '../engine.ts'
import { hasEnded, isForPeople, type Ask, type Command, type Draft, type Process, type ProcessState, type Recorded } from '../process.ts'
import { Alarm } from './alarm.ts'
import { Asks, type FindOut } from './asks.ts'
import { detailsFrom } from './current-details.ts'
import { failure, rejected } from './failures.ts'
import { Ledger } from './ledger.ts'
import { secondStringMs } from './second-string.ts'
import { Signals } from './signals.ts'
import { PublishedAttributes } from './published-attributes.ts'
import {
  batchQuery,
  commandSignal,
  nothingDueType,
  rowsAheadType,
  rowsBehindType,
  signalledCommandSchema,
  wakeUpdate,
  type Batch,
  type OpenAsk,
  type Outcome,
  type ProcessInput,
  type SignalledCommand,
  type StepAnswer,
  type StepCall,
  type WakeAnswer,
  type WakeCall,
} from './protocol.ts'

/**
 * Binds a process to Temporal: its commands become Updates, its deadlines one timer, its time-born events an activity
 * (`project`), what it asks of the world another (`findOut`), and where it stands becomes search attributes and details for
 * the Temporal UI. This is the only place that knows both.
 */
export async function runProcess<S extends ProcessState, E extends Draft, P>(
  process: Process<S, E, P>,
  input: ProcessInput<S, E, P>,
  project: (batch: Batch<S, E>, summary: string) => Promise<void>,
  findOut: FindOut,
): Promise<void> {
  const { id } = input
  let { policy, state } = input
  let lastAt: Instant = input.recordedAt
  let updatesThisRun = 0
  let runIsLong = false
  const ledger = new Ledger<S, E>(state.version, input.carried)
  const signals = new Signals(input.carried?.signals)
  // What a validator has worked out, for the handler that follows it at once; on replay there is none.
  let foreseen: Foreseen<S, E> | undefined
  const alarm = new Alarm()
  const ringsLateMs = input.woken ? secondStringMs(id) : 0
  // What time, the world or another process did is told at once.
  let isPressing = false
  let keptUpAt = Date.now()
  const published = new PublishedAttributes(process.searchAttributes.filter(({ name }) => input.searchAttributes?.includes(name)))
  const asks = new Asks(
    (ask) => findOut(ask, process.summary({ kind: 'ask', ask }, policy)),
    input.carried ? (input.carried.asks ?? []) : askedBy(null),
  )

  for (const command of process.commands) {
    if (command.kind === 'log' || !isForPeople(command)) continue
    setHandler(defineUpdate<StepAnswer<S, E>, [StepCall]>(command.name), (call) => named(call, command, () => step(command, call)), {
      // Refusing here, before the handler, leaves no trace in history. Nothing may change here, and nothing does: the engine works on values.
      validator: (call: StepCall) => {
        checkRows(call)
        if (!ledger.outcomeOf(call.requestId))
          foreseen = { requestId: call.requestId, before: state, at: now(), performed: named(call, command, () => attempt(command, call)) }
      },
      description: command.summary,
    })
  }
  setHandler(defineUpdate<WakeAnswer<S, E>, [WakeCall]>(wakeUpdate), woken, {
    validator: (call: WakeCall) => {
      checkRows(call)
      if (!isNews(call)) throw failure(nothingDueType, 'nothing is due')
    },
    description: 'Lets time pass: what has fallen due by now takes effect.',
  })
  setHandler(defineQuery<Batch<S, E>, [number]>(batchQuery), batch)
  setHandler(defineSignal<[unknown]>(commandSignal), signalled)

  detailsFrom(() => process.details(state, policy))

  // A process ends by its own commands only: cancelling its workflow would forget what was promised.
  await CancellationScope.nonCancellable(untilEnded)

  async function untilEnded(): Promise<void> {
    for (;;) {
      // An answer always comes before what follows from it: otherwise the order of the two in history would depend on
      // whether the worker still had the workflow in memory, and the history of one that had not would never replay.
      if (!allHandlersFinished()) await condition(allHandlersFinished)
      measureRun()
      const settled = settle(process, state, policy, now(), 'at')
      adopt(settled.state, settled.events)
      const answered = carryOutAnswers()
      isPressing ||= settled.events.length > 0
      if (hasEnded(process, state)) ledger.owe(state.version)
      if (ledger.owes) {
        if (answered && asks.areUnderWay) {
          // What was asked at once is answered nearly at once, and then written at once.
          await condition(() => !asks.areUnderWay, patienceMs)
          continue
        }
        // The rows may be away for long; what is seen in Temporal does not wait for them.
        published.publish(state, policy)
        const unwritten = batch(0)
        await project(unwritten, process.summary({ kind: 'write' }, policy))
        ledger.written(unwritten.state.version)
        continue
      }
      // What it still has to open or to tell is not forgotten with it.
      if (hasEnded(process, state) && !asks.concernOthers) break
      if (runIsLong) {
        // An answer that came in between would make the server refuse the new run, and the Updates accepted with it.
        if (asks.areUnderWay) await condition(() => !asks.areUnderWay, patienceMs)
        // Without this wait, Updates of parallel clients that have changed the state would lose their answers.
        await condition(allHandlersFinished)
        // What they may have asked for meanwhile is not carried over, nor is an answer that has just come.
        if (!asks.areAnswered) await continueInNewRun()
        continue
      }
      if (asks.areWaiting) {
        await condition(allHandlersFinished)
        asks.send()
      }
      const seen = state
      keepUp()
      // Waiting for the answer here as well saves most acts a second wait, which costs a fifth of what the sandbox does for one.
      await condition(() => allHandlersFinished() && (state !== seen || alarm.hasRung || asks.areAnswered || runIsLong))
    }
    await condition(allHandlersFinished)
    published.publish(state, policy)
  }

  /**
   * Sets the alarm for what comes next, and tells the search attributes. Both cost the server more than the act they follow,
   * so people who act quickly one after another wait for the last of them, though never longer than `calmMs`. Only what
   * history holds leads here: a refused act leaves no trace, and what followed from it would make a history that never replays.
   */
  function keepUp(): void {
    const now = Date.now()
    const next = nextDeadline(process, state, policy)
    const dueAt = next && epochMs(next.dueAt)
    const forNext = () => process.summary(next ? { kind: 'sleep', until: next } : { kind: 'show' }, policy)
    const calmAt = keptUpAt + calmMs
    alarm.heard()
    if (isPressing || now >= calmAt || process.rests(state)) {
      published.publish(state, policy)
      alarm.set(dueAt, forNext, ringsLateMs)
      isPressing = false
      keptUpAt = now
      return
    }
    const wakesWhenCalm = published.differs(state, policy) || alarm.at === calmAt
    if (wakesWhenCalm && (dueAt === undefined || calmAt < dueAt)) alarm.set(calmAt, () => process.summary({ kind: 'show' }, policy))
    else alarm.set(dueAt, forNext, ringsLateMs)
  }

  async function continueInNewRun(): Promise<void> {
    published.publish(state, policy)
    const carried = { ...ledger.carry(), ...asks.carry(), signals: signals.carry() }
    const { searchAttributes, woken: isWoken } = input
    await continueAsNew<(next: ProcessInput<S, E, P>) => Promise<void>>({
      id,
      policy,
      state,
      recordedAt: lastAt,
      ...(searchAttributes && { searchAttributes }),
      ...(isWoken && { woken: isWoken }),
      carried,
    })
  }

  /** Time as the process records it: never before what is already on record, whatever the hosts' clocks say. */
  function now(): Instant {
    const read = instantOf(Date.now())
    return read > lastAt ? read : lastAt
  }

  function attempt(command: Command<S, E, P>, call: Omit<StepCall, 'writtenThrough'>) {
    const { requestId, actor, directory, expectedVersion } = call
    const act = { requestId, actor, directory, at: now(), ...(expectedVersion === undefined ? {} : { expectedVersion }) }
    const performed = perform(process, command, state, policy, act, call.input)
    if (!performed.ok) throw rejected(performed.rejection)
    return performed
  }

  /** What no rule foresaw is a mistake of ours: the log says which act met it. */
  function named<T>({ requestId: actId }: StepCall, { name }: Command<S, E, P>, work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) log.error('a command failed', { actId, command: name, error })
      throw error
    }
  }

  function step(command: Command<S, E, P>, call: StepCall): StepAnswer<S, E> {
    updatesThisRun += 1
    measureRun()
    const outcome = ledger.outcomeOf(call.requestId) ?? carryOut()
    ledger.written(call.writtenThrough)
    return { outcome, batch: batch(call.writtenThrough) }

    function carryOut(): Outcome {
      const { requestId } = call
      const known = foreseen?.requestId === requestId && foreseen.before === state && foreseen.at === now() ? foreseen.performed : undefined
      foreseen = undefined
      const performed = known ?? attempt(command, call)
      const done = { requestId, from: performed.from, to: performed.state.version }
      adopt(performed.state, performed.events, done)
      return done
    }
  }

  /** Everything that the rows lack; its reader learns when to wake the process. */
  function batch(writtenThrough: number): Batch<S, E> {
    const unwritten = ledger.batch(id, state, writtenThrough)
    return input.woken ? { ...unwritten, wakeAt: wakeAtOf(process, state, policy) } : unwritten
  }

  function checkRows({ writtenThrough }: { readonly writtenThrough: number }): void {
    // Going on would number new events like those the rows hold already, and lose them.
    if (writtenThrough > state.version) throw failure(rowsAheadType, `the rows reach event ${writtenThrough}, the process ${state.version}`)
    if (ledger.isOverfull(writtenThrough)) throw failure(rowsBehindType, `the rows reach event ${writtenThrough} only`)
  }

  function isNews({ writtenThrough, command }: WakeCall): boolean {
    const next = nextDeadline(process, state, policy)
    if (next && next.dueAt <= now()) return true
    return writtenThrough < state.version || (command !== undefined && !signals.knows(command.id))
  }

  function woken({ writtenThrough, command }: WakeCall): WakeAnswer<S, E> {
    updatesThisRun += 1
    measureRun()
    const settled = settle(process, state, policy, now(), 'at')
    isPressing ||= settled.events.length > 0
    adopt(settled.state, settled.events, 'wake')
    const refused = command && once(command, 'wake')
    ledger.written(writtenThrough)
    return { ...batch(writtenThrough), ...(refused && { refused }) }
  }

  function signalled(signal: unknown): void {
    measureRun()
    // Anybody with access to the server can send one; an error here would stop the process for ever.
    const parsed = signalledCommandSchema.safeParse(signal)
    if (!parsed.success) return log.warn('signal is no command', { reason: z.prettifyError(parsed.error) })
    once(parsed.data)
  }

  /** Carries it out unless it was before; why not, where it is refused. Who hears of that may tell it again. */
  function once({ id: signalId, command, input: given }: SignalledCommand, by?: 'wake'): Rejection | undefined {
    if (signals.knows(signalId)) return undefined
    const refused = bySystem(signalId, command, given, by)
    if (by === undefined || !refused) signals.remember(signalId)
    return refused
  }

  /** Carries out what the world answered; whether there was anything. */
  function carryOutAnswers(): boolean {
    const answers = asks.take()
    for (const { ask, reply } of answers) if (reply) bySystem(ask.id, reply.command, reply.input)
    return answers.length > 0
  }

  /** A command that nobody waits for: one that is refused, because the process has moved on, is only logged. */
  function bySystem(requestId: string, name: string, given: unknown, by?: 'wake'): Rejection | undefined {
    const command = process.commands.find((candidate) => candidate.name === name)
    // A line of the log is written by whoever gives the command, and nobody here seals.
    if (!command || command.kind === 'log' || command.sealed) {
      log.warn('there is no such command', { actId: requestId, command: name })
      return conflict('wrong-stage', { command: name, stage: state.stage, stages: [] })
    }
    const untold = by === 'wake' ? refusedToTell(command) : undefined
    if (untold) return untold
    const act = { requestId, actor: systemActor, directory: emptyDirectory, at: now() }
    const performed = perform(process, command, state, policy, act, given)
    if (!performed.ok) {
      log.warn('command by the system refused', { actId: requestId, command: name, code: performed.rejection.code })
      return performed.rejection
    }
    isPressing = true
    adopt(performed.state, performed.events, by)
    return undefined
  }

  function adopt(next: S, events: readonly Recorded<E>[], by?: Outcome | 'wake'): void {
    if (events.length === 0) return
    state = next
    for (const event of events) policy = process.amend(policy, event)
    lastAt = events.at(-1)?.at ?? lastAt
    ledger.add(events, by)
    asks.raise(events.flatMap(askedBy))
  }

  function askedBy(event: Recorded<E> | null): OpenAsk[] {
    return process.asks(event, state, policy).map((ask) => ({ ...ask, id: idOf(ask, event?.seq ?? state.version) }))
  }

  function idOf({ kind, target }: Ask, seq: number): string {
    return [id, seq, kind, ...(target === undefined ? [] : [target])].join('-')
  }

  /**
   * Looked at where something happens that history holds. A refused act wakes the workflow too and leaves no trace: a new
   * run begun because of it would make a history that never replays.
   */
  function measureRun(): void {
    runIsLong ||= workflowInfo().continueAsNewSuggested || updatesThisRun >= updatesPerRun
  }
}

interface Foreseen<S extends ProcessState, E extends Draft> {
  readonly requestId: string
  readonly before: S
  readonly at: Instant
  readonly performed: Extract<Performed<S, E>, { readonly ok: true }>
}

/** A server refuses the 2,001st Update of a run. Parallel ones share workflow tasks, so history length alone would come too late. */
const updatesPerRun = 1_000
/** How long an answer waits for its companions before it is written, and a new run for answers under way. */
const patienceMs = 2_000
/** How late, at most, the search attributes are after a quick succession of acts. */
const calmMs = 5_000
