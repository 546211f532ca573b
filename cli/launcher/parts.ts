import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { LauncherConfig } from '../../runtime/config.ts'
import { fastShutdown, startCluster, waitUntilReady } from '../../runtime/postgres-server.ts'
import type { Cluster } from '../../runtime/postgres-cluster.ts'
import { startProcess, type StartedProcess } from '../../runtime/processes.ts'
import { startDevServerProcess, waitUntilServing } from '../../runtime/temporal-dev-server.ts'
import type { Part } from './supervise.ts'

export function postgresPart(cluster: Cluster, port: number, logFile: string): Part {
  return {
    name: 'postgres',
    start: () => startCluster(cluster, port, logFile),
    ready: ({ identity }) => waitUntilReady(cluster, port, identity, logFile),
    stopSignal: fastShutdown,
    graceMs: 20_000,
  }
}

export type TemporalPlace = { port: number; uiHost: string; uiPort: number; metricsPort: number; uiCodecEndpoint?: string }

export function temporalPart(program: string, place: TemporalPlace, dbFile: string, config: LauncherConfig, logFile: string): Part {
  const namespace = config.temporalNamespace
  return {
    name: 'temporal',
    start: () => startDevServerProcess({ program, ...place, dbFile, namespace, logFile }),
    ready: ({ identity }) => waitUntilServing({ address: `127.0.0.1:${place.port}`, namespace, server: identity, logFile }),
    stopSignal: 'SIGTERM',
    graceMs: 8_000,
  }
}

/**
 * The worker: ready when it says so. `script` is the one that knows `worker` and `api` as commands: ours, or that of whoever
 * starts the product with process types of their own.
 */
export function workerPart(script: string, environment: () => NodeJS.ProcessEnv, logFile: string): Part {
  return {
    name: 'worker',
    start: () => startService(script, 'worker', environment(), logFile),
    ready: async (started) => {
      await saidReady(started, 'worker', logFile)
    },
    stopSignal: 'SIGTERM',
    graceMs: 30_000,
    ofSources: true,
  }
}

/** The API: ready when /ready answers. `listening` hears its URL at every start. */
export function apiPart(
  script: string,
  environment: () => Promise<NodeJS.ProcessEnv>,
  listening: (url: string) => void,
  logFile: string,
): Part {
  return {
    name: 'api',
    start: async () => startService(script, 'api', await environment(), logFile),
    ready: async (started) => {
      const url = await saidReady(started, 'api', logFile)
      await answersReady(url, started)
      listening(url)
    },
    stopSignal: 'SIGTERM',
    graceMs: 30_000,
    ofSources: true,
  }
}

/** A process of its own for each service, so that one can end, be killed or be run on another machine without the others. */
function startService(script: string, command: string, env: NodeJS.ProcessEnv, logFile: string): Promise<StartedProcess> {
  return startProcess({ command: process.execPath, args: [...process.execArgv, script, command], env, logFile, channel: true })
}

const readyMessage = z.object({ ready: z.string() })

function saidReady({ child, exited }: StartedProcess, name: string, logFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const parsed = readyMessage.safeParse(message)
      if (parsed.success) resolve(parsed.data.ready)
    })
    void exited.then((end) => reject(new Error(`${name} ended (${end}) before it was ready; see ${logFile}.`)))
  })
}

async function answersReady(url: string, { exited }: StartedProcess): Promise<void> {
  let ended: string | undefined
  void exited.then((end) => (ended = end))
  while (ended === undefined) {
    const answer = await fetch(new URL('/ready', url), { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`api ended (${ended}) before /ready answered.`)
}
