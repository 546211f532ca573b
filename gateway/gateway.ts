import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client'
import type { Rejection } from '../domain/rejection.ts'
import type { Secrets } from '../runtime/key.ts'
import { createDataConverter } from '../runtime/payload-codec.ts'
import { remembered } from '../runtime/remembered.ts'
import {
  batchQuery,
  nothingDueType,
  rejectionType,
  wakeUpdate,
  type Batch,
  type ProcessInput,
  type StepAnswer,
  type StepCall,
  type WakeAnswer,
  type WakeCall,
} from '../workflows/shell/protocol.ts'
import { attributePairs } from '../workflows/shell/attribute-pairs.ts'
import type { Draft, Process, ProcessState } from '../workflows/process.ts'
import { registerSearchAttributes } from './search-attributes.ts'
import { grpcCode, grpcCodeOf, troubleOf } from './grpc.ts'
import { rejectionSchema } from './rejection-schema.ts'
import { createReportSchedules, type ReportSchedules } from './report-schedules.ts'
import { createUpdates } from './updates.ts'

/** The way to the running workflows; the only user of Temporal's client outside the worker's own. */
export interface Gateway {
  /**
   * Makes the search attributes known to Temporal and tells by which of them processes will be found; the rest is warned of.
   * The first start does it too. Throws when Temporal is away.
   */
  findable(): Promise<readonly string[]>
  /** Starts the workflow of a process; one that runs or has run already stays as it is. Throws a {@link Trouble} when Temporal is away. */
  start(process: Startable, input: AnyInput, deadlineMs: number): Promise<void>
  /** Carries out a command; the same request id again joins the first attempt. Throws a {@link Trouble} when the outcome is unknown. */
  step(number: string, command: string, call: StepCall): Promise<StepResult>
  /**
   * Lets time pass on a process, and has it carry out a command by the system, once however often it is told. `id` joins attempts
   * at the same wake. Throws a {@link Trouble} when the outcome is unknown.
   */
  wake(number: string, id: string, call: WakeCall): Promise<WakeResult>
  /** What the rows lack; undefined when there is no workflow to ask. */
  batch(number: string, writtenThrough: number): Promise<Batch<ProcessState, Draft> | undefined>
  /** Whether Temporal answers; the reason when it does not. */
  reachable(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>
  /** The schedules of reports. */
  readonly schedules: ReportSchedules
  close(): Promise<void>
}

/** A process type, as far as starting one goes. */
export type Startable = Pick<Process<ProcessState, Draft, unknown>, 'name' | 'searchAttributes' | 'title'>
export type AnyInput = ProcessInput<ProcessState, Draft, unknown>

export type StepResult =
  | { readonly kind: 'accepted'; readonly answer: StepAnswer<ProcessState, Draft> }
  | { readonly kind: 'rejected'; readonly rejection: Rejection }
  /** No workflow of that number took it: it has ended, was never started, is just being continued in a new run, or Temporal lost its place. */
  | { readonly kind: 'not-running' }
  /** More is unwritten than the process may keep: the rows come first. */
  | { readonly kind: 'rows-behind' }

export type WakeResult =
  | { readonly kind: 'woken'; readonly batch: WakeAnswer<ProcessState, Draft> }
  /** Nothing is due and nothing is news; or it has ended, was never started, or the rows must catch up first. */
  | { readonly kind: 'nothing-due' | 'not-running' | 'rows-behind' }

export interface GatewayOptions {
  /** `host:port` */
  readonly temporalAddress: string
  readonly temporalNamespace: string
  readonly taskQueue: string
  /** What goes to Temporal is encrypted with them. */
  readonly keys: Secrets
  /** The types that will be started: their search attributes are made known. */
  readonly processes: readonly { readonly process: Startable }[]
  /** On a server that skips time nobody can wake processes: their own timers are to be exact. */
  readonly skipsTime?: boolean
}

/** Hears what an operator should know. */
export type Warn = (message: string) => void

/** Connects at the first call, so that the API serves what needs no Temporal while it is away. */
export function createGateway(options: GatewayOptions, warn: Warn = () => {}): Gateway {
  const { temporalAddress, temporalNamespace, taskQueue, keys, processes, skipsTime = false } = options
  const attributes = attributesOf(processes)
  const connection = Connection.lazy({ address: temporalAddress, channelArgs, interceptors: [makeGrpcRetryInterceptor(retries)] })
  const client = new Client({ connection, namespace: temporalNamespace, dataConverter: createDataConverter({ keys, temporalNamespace }) })
  const update = createUpdates(client, connection)
  const known = remembered(async () => {
    const { names, remedy } = await connection.withDeadline(Date.now() + registrationDeadlineMs, () =>
      registerSearchAttributes(connection.operatorService, temporalNamespace, attributes),
    )
    if (remedy !== undefined) warn(remedy)
    return { value: names, forMs: remedy === undefined ? Number.POSITIVE_INFINITY : askAgainMs }
  })

  return {
    findable: known,
    schedules: createReportSchedules(client, taskQueue),

    async start(process, input, deadlineMs) {
      const deadline = Date.now() + deadlineMs
      try {
        await connection.withDeadline(deadline, async () => {
          const names = await known()
          await startWith(process, input, names).catch((error: unknown) => {
            // A server of many machines learns of new attributes by and by: until then it takes tickets without.
            if (names.length === 0 || grpcCodeOf(error) !== grpcCode.invalidArgument) throw error
            warn(`${input.id} runs without search attributes, since Temporal refused them: ${String(error)}`)
            return startWith(process, input, [])
          })
        })
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return
        throw troubleOf(error, 'temporal-away')
      }
    },

    async step(number, command, call) {
      const done = await update<StepAnswer<ProcessState, Draft>>(number, command, call.requestId, call, stepDeadlineMs)
      switch (done.kind) {
        case 'done':
          return { kind: 'accepted', answer: done.answer }
        case 'failed':
          if (done.failure.type === rejectionType) return { kind: 'rejected', rejection: rejectionSchema.parse(done.failure.details?.[0]) }
          throw troubleOf(done.error, 'outcome-unknown')
        default:
          return done
      }
    },

    async wake(number, id, call) {
      const done = await update<WakeAnswer<ProcessState, Draft>>(number, wakeUpdate, id, call, wakeDeadlineMs)
      switch (done.kind) {
        case 'done':
          return { kind: 'woken', batch: done.answer }
        case 'failed':
          if (done.failure.type === nothingDueType) return { kind: 'nothing-due' }
          throw troubleOf(done.error, 'outcome-unknown')
        default:
          return done
      }
    },

    async batch(number, writtenThrough) {
      try {
        return await connection.withDeadline(Date.now() + queryDeadlineMs, () =>
          client.workflow.getHandle(number).query<Batch<ProcessState, Draft>, [number]>(batchQuery, writtenThrough),
        )
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined
        throw troubleOf(error, 'temporal-away')
      }
    },

    async reachable() {
      try {
        await connection.withDeadline(Date.now() + probeDeadlineMs, () =>
          connection.workflowService.describeNamespace({ namespace: temporalNamespace }),
        )
        return { ok: true }
      } catch (error) {
        return { ok: false, reason: error instanceof Error ? error.message : String(error) }
      }
    },

    close: () => connection.close(),
  }

  async function startWith(process: Startable, input: AnyInput, names: readonly string[]): Promise<void> {
    const { woken, ...rest } = input
    const { policy, state } = input
    const known = process.searchAttributes.filter(({ name }) => names.includes(name))
    await client.workflow.start(process.name, {
      workflowId: input.id,
      taskQueue,
      args: [{ ...rest, ...(woken && !skipsTime && { woken }), ...(names.length > 0 && { searchAttributes: names }) }],
      typedSearchAttributes: attributePairs(known, state, policy),
      staticSummary: process.title(state, policy),
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  }
}

/** Each attribute that some type has, once. */
function attributesOf(processes: GatewayOptions['processes']): Startable['searchAttributes'] {
  return [...new Map(processes.flatMap(({ process }) => process.searchAttributes.map((one) => [one.name, one] as const))).values()]
}

/** How often a server is asked again whether somebody has made what is missing. */
const askAgainMs = 60_000

/** Longer than a worker needs to come back from a deploy, shorter than a browser waits. */
export const stepDeadlineMs = 20_000
/** A wake without an answer is given again; until then it must not keep its place from others. */
const wakeDeadlineMs = 10_000
const queryDeadlineMs = 10_000
const registrationDeadlineMs = 5_000
const probeDeadlineMs = 2_000

/** The SDK tries ten times over twenty seconds; the caller, who holds an idempotency key, is better told soon. */
const retries = defaultGrpcRetryOptions({ maxAttempts: 4 })

/** gRPC waits up to two minutes between attempts to connect; a Temporal that is back must be found at once. */
const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1_000 }
