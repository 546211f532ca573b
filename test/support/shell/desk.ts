import { fileURLToPath } from 'node:url'
import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { instantOf } from '../../../domain/instant.ts'
import { emptyDirectory, type Actor, type Directory } from '../../../domain/people.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import { keptBundle, sourceFolders, workflowInterceptorModules } from '../../../worker/bundle.ts'
import type { Draft, ProcessState } from '../../../workflows/process.ts'
import {
  rejectionType,
  wakeUpdate,
  type Batch,
  type ProcessInput,
  type StepAnswer,
  type StepCall,
  type WakeCall,
} from '../../../workflows/shell/protocol.ts'
import type { TicketEvent } from '../../../workflows/ticket/events.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import { begin } from '../../../workflows/engine.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { birth } from '../../../workflows/ticket/submission.ts'
import { bundleCache } from '../bundle-cache.ts'
import { recordHistories } from '../recording.ts'
import { everybody, lin, quietPolicy, teams, usual, type CommandName, type Input } from '../tickets.ts'
import { newCounter, type CounterEvent, type CounterState } from './counter.ts'
import { createRecorder, type Recorder, type Rows } from './recorder.ts'

/** A desk at which tests start processes and act on them, as the API's gateway does. */

export const taskQueue = 'shell'

export async function bundleShell(): Promise<WorkflowBundleWithSourceMap> {
  const silent = () => {}
  const logger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: console.error }
  const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url))
  const sources = { name: 'shell', folders: [...sourceFolders, 'test/support/shell'] }
  return keptBundle(bundleCache, sources, () => bundleWorkflowCode({ workflowsPath, workflowInterceptorModules, logger }))
}

export interface Hall {
  readonly env: TestWorkflowEnvironment
  readonly recorder: Recorder
  readonly bundle: WorkflowBundleWithSourceMap
  /** Numbers of the tickets started here. */
  readonly tickets: string[]
  stopWorker(): Promise<void>
  /** Starts another worker, which knows nothing of what the one before had in memory; with `cached: 0` it never will. */
  startWorker(memory?: { readonly cached: number }): Promise<void>
  close(): Promise<void>
}

/** A server with a worker. `cached: 0` makes the worker replay a workflow's whole history at every task. */
export async function openHall(
  startServer: () => Promise<TestWorkflowEnvironment>,
  { cached = 100 }: { readonly cached?: number } = {},
): Promise<Hall> {
  sayOnlyWhatIsWrong()
  const env = await startServer()
  const recorder = createRecorder(async ({ process, id, input }) => {
    await env.client.workflow
      .start(process, { taskQueue, workflowId: id, args: [input], workflowIdReusePolicy: 'REJECT_DUPLICATE' })
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      })
  })
  const bundle = await bundleShell()
  const tickets: string[] = []
  const histories = recordHistories({ client: env.client, numbers: async () => tickets })
  let running: { readonly worker: Worker; readonly done: Promise<void> } | undefined
  const startWorker = async (memory = { cached }) => {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      namespace: env.namespace ?? 'default',
      taskQueue,
      workflowBundle: bundle,
      activities: recorder.activities,
      maxCachedWorkflows: memory.cached,
      // Otherwise a stopped worker holds tasks for ten seconds.
      stickyQueueScheduleToStartTimeout: '1 second',
    })
    running = { worker, done: worker.run() }
  }
  const stopWorker = async () => {
    running?.worker.shutdown()
    await running?.done
    running = undefined
  }
  await startWorker()
  return {
    env,
    recorder,
    bundle,
    tickets,
    stopWorker,
    startWorker,
    async close() {
      await stopWorker()
      await histories.save()
      await env.teardown()
    },
  }
}

function sayOnlyWhatIsWrong(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR') })
  } catch {
    // Another file of this process has worked with Temporal before.
  }
}

/** Why a call came to nothing: the rejection's code, or that no workflow runs. */
export type Refused = { readonly refused: string; readonly params?: unknown }

/** One running process and what the rows hold of it. */
export class Desk<S extends ProcessState, E extends Draft> {
  readonly handle: WorkflowHandle
  readonly rows: Rows<S, E>
  readonly #directory: Directory
  #requests = 0

  constructor(handle: WorkflowHandle, rows: Rows<S, E>, directory: Directory = emptyDirectory) {
    this.handle = handle
    this.rows = rows
    this.#directory = directory
  }

  /** Sends an Update and does nothing with its answer: as a gateway that dies. */
  async send(
    actor: Actor,
    command: string,
    input: unknown = {},
    more: Partial<StepCall> & { readonly updateId?: string } = {},
  ): Promise<StepAnswer<S, E>> {
    const { updateId, ...changes } = more
    this.#requests += 1
    const requestId = changes.requestId ?? `${this.handle.workflowId}-${this.#requests}`
    const call: StepCall = { requestId, actor, input, directory: this.#directory, writtenThrough: this.rows.version, ...changes }
    return this.handle.executeUpdate<StepAnswer<S, E>, [StepCall]>(command, { args: [call], updateId: updateId ?? requestId })
  }

  /** Sends an Update and writes its answer into the rows. */
  async act(
    actor: Actor,
    command: string,
    input: unknown = {},
    more: Partial<StepCall> & { readonly updateId?: string } = {},
  ): Promise<StepAnswer<S, E>> {
    const answer = await this.send(actor, command, input, more)
    this.rows.write(answer.batch)
    return answer
  }

  /** Why an act is refused; fails when it is not. */
  async refusal(actor: Actor, command: string, input: unknown = {}, more: Partial<StepCall> = {}): Promise<Refused> {
    return this.send(actor, command, input, more).then(
      () => Promise.reject(new Error(`${command} was accepted`)),
      (error: unknown) => whyRefused(error),
    )
  }

  /** Wakes the process, and writes its answer into the rows. */
  async wake(call: Partial<WakeCall> = {}): Promise<Batch<S, E>> {
    const batch = await this.handle.executeUpdate<Batch<S, E>, [WakeCall]>(wakeUpdate, {
      args: [{ writtenThrough: this.rows.version, ...call }],
    })
    this.rows.write(batch)
    return batch
  }

  async batch(writtenThrough = this.rows.version): Promise<Batch<S, E>> {
    return this.handle.query<Batch<S, E>, [number]>('batch', writtenThrough)
  }

  async history() {
    const { events } = await this.handle.fetchHistory()
    return events ?? []
  }
}

export function whyRefused(error: unknown): Refused {
  if (error instanceof WorkflowNotFoundError) return { refused: 'not-running' }
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined
  if (!(cause instanceof ApplicationFailure)) throw error
  if (cause.type !== rejectionType) return { refused: cause.type ?? 'unknown' }
  const detail: unknown = cause.details?.[0]
  const params = typeof detail === 'object' && detail !== null && 'params' in detail ? detail.params : undefined
  return { refused: cause.message, ...(params === undefined ? {} : { params }) }
}

/** Replays the histories of a process, of all its runs or of the latest `most`; how many that were. */
export async function replay(hall: Hall, id: string, most = Number.POSITIVE_INFINITY): Promise<number> {
  const runs = await replayAll(hall, [id], most)
  return runs.get(id) ?? 0
}

/** The same for many processes: what most costs is a worker to replay with. How many runs of each that were. */
export async function replayAll(hall: Hall, ids: readonly string[], most = Number.POSITIVE_INFINITY): Promise<Map<string, number>> {
  const histories = await Promise.all(ids.map((id) => historiesOf(hall, id, most)))
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: hall.bundle }, histories.flat()))
    if (error) throw new Error(`${workflowId} does not replay`, { cause: error })
  return new Map(ids.map((id, at) => [id, histories[at]?.length ?? 0]))
}

async function historiesOf({ env }: Hall, id: string, most: number) {
  const histories: { workflowId: string; history: Awaited<ReturnType<WorkflowHandle['fetchHistory']>> }[] = []
  // The server that skips time lists nothing.
  const listed = env.supportsTimeSkipping ? [{ runId: undefined }] : env.client.workflow.list({ query: `WorkflowId = '${id}'` })
  for await (const { runId } of listed) {
    if (histories.length === most) break
    histories.push({ workflowId: id, history: await env.client.workflow.getHandle(id, runId).fetchHistory() })
  }
  return histories
}

/** A call that finds the process between two runs is made again with the same request. */
export async function patiently<T>(call: () => Promise<T>, onRetry: () => void = () => {}): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call()
    } catch (error) {
      const { refused } = whyRefused(error)
      if (attempt === 20 || (refused !== 'not-running' && refused !== 'AcceptedUpdateCompletedWorkflow')) throw error
      onRetry()
      await sleep(5 * attempt)
    }
  }
}

/** Waits in real time until something holds. */
export async function until(holds: () => Promise<boolean>, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it never came to be')
    await sleep(25)
  }
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** A ticket that was just registered, with its workflow. */
export async function startTicket({ env, recorder, tickets }: Hall, number: string, policy: Policy = quietPolicy()): Promise<TicketDesk> {
  const directory: Directory = {
    people: Object.fromEntries(everybody.map((person) => [person.id, { roles: person.roles, teams: person.teams }])),
    teams,
  }
  const at = instantOf(await env.currentTimeMs())
  const beginning = birth.of({ priority: 'medium', channel: 'phone', fields: {}, live: false })
  const act = { requestId: 'submission', actor: lin, at, directory }
  const { state } = begin(ticketProcess, number, beginning, { policy, act, parent: null })
  const input: ProcessInput<TicketState, TicketEvent, Policy> = { id: number, policy, state, recordedAt: at }
  const handle = await start(env.client, 'ticket', number, input)
  tickets.push(number)
  return new TicketDesk(handle, recorder.tickets(number), directory)
}

export class TicketDesk extends Desk<TicketState, TicketEvent> {
  /** Acts one after another with the usual input and the changes given. */
  async acts(...steps: readonly (readonly [Actor, CommandName, Input?])[]): Promise<this> {
    for (const [actor, name, changes] of steps) await this.act(actor, name, { ...usual[name], ...changes })
    return this
  }
}

export async function startCounter(
  { env, recorder }: Hall,
  id: string,
  more: Partial<Pick<ProcessInput<CounterState, CounterEvent, null>, 'woken' | 'state' | 'dealings'>> = {},
): Promise<Desk<CounterState, CounterEvent>> {
  const input: ProcessInput<CounterState, CounterEvent, null> = {
    id,
    policy: null,
    state: newCounter,
    recordedAt: instantOf(await env.currentTimeMs()),
    ...more,
  }
  return new Desk(await start(env.client, 'counter', id, input), recorder.counters(id))
}

async function start(client: Client, workflow: string, workflowId: string, input: unknown): Promise<WorkflowHandle> {
  await client.workflow.start(workflow, { taskQueue, workflowId, args: [input], workflowIdReusePolicy: 'REJECT_DUPLICATE' })
  // Without the id of the run: a process goes on in many.
  return client.workflow.getHandle(workflowId)
}
