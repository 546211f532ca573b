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
import { epochMs } from '../../domain/instant.ts'
import { nextDeadline } from '../engine.ts'
import { hasEnded, isForPeople, type Command, type Draft, type Process, type ProcessState } from '../process.ts'
import { Alarm } from './alarm.ts'
import type { FindOut } from './asks.ts'
import { detailsFrom } from './current-details.ts'
import { failure } from './failures.ts'
import {
  batchQuery,
  commandSignal,
  nothingDueType,
  signalledCommandSchema,
  wakeUpdate,
  type Batch,
  type ProcessInput,
  type StepAnswer,
  type StepCall,
  type WakeAnswer,
  type WakeCall,
} from './protocol.ts'
import { PublishedAttributes } from './published-attributes.ts'
import { RunningProcess } from './running-process.ts'
import { secondStringMs } from './second-string.ts'

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
  const running = new RunningProcess(process, input, findOut)
  const { ledger, asks } = running
  let updatesThisRun = 0
  let runIsLong = false
  const alarm = new Alarm()
  const ringsLateMs = input.woken ? secondStringMs(id) : 0
  let keptUpAt = Date.now()
  const published = new PublishedAttributes(process.searchAttributes.filter(({ name }) => input.searchAttributes?.includes(name)))

  for (const command of process.commands) {
    if (command.kind === 'log' || !isForPeople(command)) continue
    setHandler(defineUpdate<StepAnswer<S, E>, [StepCall]>(command.name), (call) => named(call, command, () => step(command, call)), {
      // Refusing here, before the handler, leaves no trace in history. Nothing may change here, and nothing does: the engine works on values.
      validator: (call: StepCall) => {
        running.checkRows(call)
        if (!ledger.outcomeOf(call.requestId)) named(call, command, () => running.foresee(command, call))
      },
      description: command.summary,
    })
  }
  setHandler(defineUpdate<WakeAnswer<S, E>, [WakeCall]>(wakeUpdate), woken, {
    validator: (call: WakeCall) => {
      running.checkRows(call)
      if (!running.isNews(call)) throw failure(nothingDueType, 'nothing is due')
    },
    description: 'Lets time pass: what has fallen due by now takes effect.',
  })
  setHandler(defineQuery<Batch<S, E>, [number]>(batchQuery), (writtenThrough) => running.batch(writtenThrough))
  setHandler(defineSignal<[unknown]>(commandSignal), signalled)

  detailsFrom(() => process.details(running.state, running.policy))

  // A process ends by its own commands only: cancelling its workflow would forget what was promised.
  await CancellationScope.nonCancellable(untilEnded)

  async function untilEnded(): Promise<void> {
    for (;;) {
      // An answer always comes before what follows from it: otherwise the order of the two in history would depend on
      // whether the worker still had the workflow in memory, and the history of one that had not would never replay.
      if (!allHandlersFinished()) await condition(allHandlersFinished)
      measureRun()
      running.letTimePass()
      const answered = running.carryOutAnswers()
      const { state } = running
      if (hasEnded(process, state)) ledger.owe(state.version)
      if (ledger.owes) {
        if (answered && asks.areUnderWay) {
          // What was asked at once is answered nearly at once, and then written at once.
          await condition(() => !asks.areUnderWay, patienceMs)
          continue
        }
        // The rows may be away for long; what is seen in Temporal does not wait for them.
        publish()
        const unwritten = running.batch(0)
        await project(unwritten, process.summary({ kind: 'write' }, running.policy))
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
      const seen = running.state
      keepUp()
      // Waiting for the answer here as well saves most acts a second wait, which costs a fifth of what the sandbox does for one.
      const goesOn = () => allHandlersFinished() && (running.state !== seen || alarm.hasRung || asks.areAnswered || runIsLong)
      const placeAt = asks.placeComesAt
      await (placeAt === undefined ? condition(goesOn) : condition(goesOn, Math.max(1, placeAt - Date.now())))
    }
    await condition(allHandlersFinished)
    publish()
  }

  function publish(): void {
    published.publish(running.state, running.policy)
  }

  /**
   * Sets the alarm for what comes next, and tells the search attributes. Both cost the server more than the act they follow,
   * so people who act quickly one after another wait for the last of them, though never longer than `calmMs`. Only what
   * history holds leads here: a refused act leaves no trace, and what followed from it would make a history that never replays.
   */
  function keepUp(): void {
    const now = Date.now()
    const { state, policy } = running
    const next = nextDeadline(process, state, policy)
    const dueAt = next && epochMs(next.dueAt)
    const forNext = () => process.summary(next ? { kind: 'sleep', until: next } : { kind: 'show' }, policy)
    const calmAt = keptUpAt + calmMs
    alarm.heard()
    if (running.isPressing || now >= calmAt || process.rests(state)) {
      publish()
      alarm.set(dueAt, forNext, ringsLateMs)
      running.isPressing = false
      keptUpAt = now
      return
    }
    const wakesWhenCalm = published.differs(state, policy) || alarm.at === calmAt
    if (wakesWhenCalm && (dueAt === undefined || calmAt < dueAt)) alarm.set(calmAt, () => process.summary({ kind: 'show' }, policy))
    else alarm.set(dueAt, forNext, ringsLateMs)
  }

  async function continueInNewRun(): Promise<void> {
    publish()
    const carried = running.carry()
    const { state, policy, lastAt } = running
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
    const outcome = ledger.outcomeOf(call.requestId) ?? running.carryOut(command, call)
    ledger.written(call.writtenThrough)
    return { outcome, batch: running.batch(call.writtenThrough) }
  }

  function woken({ writtenThrough, command }: WakeCall): WakeAnswer<S, E> {
    updatesThisRun += 1
    measureRun()
    running.letTimePass('wake')
    const refused = command && running.hear(command)
    ledger.written(writtenThrough)
    return { ...running.batch(writtenThrough), ...(refused && { refused }) }
  }

  function signalled(signal: unknown): void {
    measureRun()
    // Anybody with access to the server can send one; an error here would stop the process for ever.
    const parsed = signalledCommandSchema.safeParse(signal)
    if (!parsed.success) return log.warn('signal is no command', { reason: z.prettifyError(parsed.error) })
    running.obey(parsed.data)
  }

  /**
   * Looked at where something happens that history holds. A refused act wakes the workflow too and leaves no trace: a new
   * run begun because of it would make a history that never replays.
   */
  function measureRun(): void {
    runIsLong ||= workflowInfo().continueAsNewSuggested || updatesThisRun >= updatesPerRun
  }
}

/** A server refuses the 2,001st Update of a run. Parallel ones share workflow tasks, so history length alone would come too late. */
const updatesPerRun = 1_000
/** How long an answer waits for its companions before it is written, and a new run for answers under way. */
const patienceMs = 2_000
/** How late, at most, the search attributes are after a quick succession of acts. */
const calmMs = 5_000
