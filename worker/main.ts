import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { createActivities } from '../activities/process.ts'
import { createReportActivities } from '../activities/reports.ts'
import { createGateway } from '../gateway/gateway.ts'
import { processes as ours } from '../processes/index.ts'
import type { Registry } from '../processes/hosting.ts'
import { createProfileReader } from '../processes/policies.ts'
import { createReadiness } from '../gateway/readiness.ts'
import { connect } from '../db/connect.ts'
import { keysOf } from '../db/contact-vault.ts'
import { fileTransport } from '../delivery/files.ts'
import { startDelivery } from '../delivery/loop.ts'
import { smtpTransport } from '../delivery/smtp.ts'
import { systemClock, type Clock } from '../runtime/clock.ts'
import { dataPaths, type Config } from '../runtime/config.ts'
import { temporalUnreachable } from '../runtime/connections.ts'
import type { Logger } from '../runtime/logging.ts'
import { createDataConverter } from '../runtime/payload-codec.ts'
import { workflowBundle } from './bundle.ts'
import { checkWorkflows } from './exported-workflows.ts'
import { listen } from './listener.ts'
import { sdkMetrics, workerFigures, type SdkMetrics } from './metrics.ts'
import { startReportSchedules } from './report-schedules.ts'
import { startRoundsOf } from './rounds.ts'
import type { SweepTimes } from './sweeper.ts'

/** A ticket in the cache costs memory, one outside it a replay of its history; most tickets sleep for hours. */
const cachedTickets = 2_000
/**
 * All of them share one thread. More would only make each take longer, after a start, when each begins with a replay, longer than the
 * ten seconds that the server gives it: then all of it is done again.
 */
const tasksAtOnce = 12
/** Each takes a place while it waits for a task; half of them for tickets that are not in the cache, which after a start are all. */
const pollsAtOnce = 6
const pollsForOthers = 0.5
/** So long an act waits for a worker that was killed and has its ticket in the cache; until then others leave it to that one. */
const lostWorker = '3 seconds'
const wakesEndWithinMs = 1_000
/** As long as an activity needs to write its rows. */
const drain = '10 seconds'

export interface WorkerOptions {
  /** What the waker, the sweeper and delivery go by. */
  readonly clock?: Clock
  /** Workflow code of another version, or of other processes. */
  readonly bundle?: WorkflowBundleWithSourceMap | undefined
  readonly processes?: Registry
  readonly sweepTimes?: SweepTimes
  /** From one look for what is to be reviewed to the next; absent: as often as is needed. */
  readonly reviewsEveryMs?: number
}

/**
 * Runs the worker: the workflows of all process types and their activities, the waker, the sweeper and delivery.
 * @throws Error naming the address and the remedy when Temporal does not answer
 * @throws RegistryError naming the types whose workflow is missing
 */
export async function runWorker(config: Config, log: Logger, options: WorkerOptions = {}): Promise<{ stop(): Promise<void> }> {
  const { clock = systemClock, bundle, processes = ours, sweepTimes, reviewsEveryMs } = options
  const { host, hosts, workerPort: port } = config
  const code = bundle ?? (await workflowBundle(join(config.dataDir, 'cache'), log))
  checkWorkflows(processes, code.code)
  const sdk = installRuntime(log, port === undefined ? undefined : await sdkMetrics())
  // What is sent is sealed and was deflated before: gzip would only cost time on both sides.
  const connection = await NativeConnection.connect({ address: config.temporalAddress, grpcCompression: { codec: 'none' } }).catch(
    (cause: unknown) => {
      throw temporalUnreachable(config.temporalAddress, cause)
    },
  )
  const db = connect(config.databaseUrl, {
    applicationName: 'bihuan-worker',
    onBrokenConnection: (error) => log.warn({ err: error }, 'a database connection broke; the next query opens another'),
  })
  const profileOf = createProfileReader(db)
  const keys = keysOf(...config.keys)
  const gateway = createGateway({ ...config, processes }, (message) => log.warn(message))
  const world = { db, keys, clock, log, profileOf, processes, gateway }
  const worker = await Worker.create({
    connection,
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    workflowBundle: code,
    dataConverter: createDataConverter(config),
    activities: { ...createActivities(world), ...createReportActivities(world) },
    maxCachedWorkflows: cachedTickets,
    stickyQueueScheduleToStartTimeout: lostWorker,
    maxConcurrentWorkflowTaskExecutions: tasksAtOnce,
    maxConcurrentWorkflowTaskPolls: pollsAtOnce,
    nonStickyToStickyPollRatio: pollsForOthers,
    shutdownGraceTime: drain,
  })
  const running = worker.run()
  let stopping = false
  // A worker that ends by itself leaves a process that looks alive and does nothing: end it, so that whoever supervises it starts another.
  running.catch((err: unknown) => {
    if (stopping) return
    log.fatal({ err }, 'the worker ended by itself')
    process.exit(1)
  })
  await gateway
    .findable()
    .catch((err: unknown) => log.warn({ err }, 'the search attributes could not be looked at; the first ticket tries again'))
  const rounds = startRoundsOf({ db, gateway, clock, profileOf, processes, keys, log }, { sweepTimes, reviewsEveryMs })
  const schedules = startReportSchedules({ db, schedules: gateway.schedules, clock, log })
  const delivery = startDelivery({
    db,
    processes,
    clock,
    log,
    profileOf,
    keys,
    sender: config.mailFrom,
    transport: config.smtpUrl === undefined ? fileTransport(dataPaths(config.dataDir).mail) : smtpTransport(config.smtpUrl),
  })
  const listener =
    port === undefined
      ? undefined
      : await listen(
          { host, hosts, port },
          { readiness: createReadiness({ db, processes, gateway, stopping: () => stopping }), figures: workerFigures({ db, clock }, sdk) },
          log,
        )
  return {
    async stop() {
      stopping = true
      // Wakes under way need a worker: as a rule they end in a moment, unless Temporal is away.
      const waking = rounds.stop()
      await Promise.race([waking, sleep(wakesEndWithinMs, undefined, { ref: false })])
      // At once: what this worker no longer takes, another one does.
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await Promise.all([
        running.catch((err: unknown) => log.warn({ err }, 'the worker did not end cleanly')),
        waking,
        schedules.stop(),
        delivery.stop(),
      ])
      await listener?.stop()
      await gateway.close()
      await connection.close()
      await db.destroy()
    },
  }
}

/** One runtime a process: its log lines join ours, and its figures where they are wanted. Undefined when it was there already. */
function installRuntime(log: Logger, sdk: SdkMetrics | undefined): SdkMetrics | undefined {
  const temporal = log.child({ part: 'temporal-sdk' })
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const
  try {
    Runtime.install({
      logger: new DefaultLogger('WARN', ({ level, message, meta }) => temporal[levels[level]](withError(meta), message)),
      // The launcher and the CLI decide when to end.
      shutdownSignals: [],
      ...(sdk && { telemetryOptions: sdk.telemetryOptions }),
    })
    return sdk
  } catch (err) {
    log[sdk ? 'warn' : 'debug']({ err }, 'the Temporal runtime is not ours: its log lines and figures go elsewhere')
    return undefined
  }
}

/** The SDK says `error` where our log looks for `err`, and would show of an error only what is not its message. */
function withError({ error, ...meta }: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return error === undefined ? meta : { ...meta, err: error }
}
