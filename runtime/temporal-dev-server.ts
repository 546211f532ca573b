import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { endOf } from './files.ts'
import { isRunning, startProcess, type ProcessIdentity, type StartedProcess } from './processes.ts'

export type DevServerOptions = {
  /** The Temporal CLI. */
  program: string
  port: number
  /** Without it there is no UI. */
  uiPort?: number
  /** Where the UI listens; by default with the server, on 127.0.0.1. */
  uiHost?: string
  /** Where the UI has payloads decoded. */
  uiCodecEndpoint?: string
  metricsPort?: number
  /** The SQLite file that keeps everything over restarts; without it all is lost with the process. */
  dbFile?: string
  namespace: string
  logFile: string
  extraArgs?: readonly string[]
  env?: NodeJS.ProcessEnv
}

/** Starts Temporal's development server on loopback. It is ready when `waitUntilServing` returns. */
export async function startDevServerProcess(options: DevServerOptions): Promise<StartedProcess> {
  return startProcess({
    command: options.program,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port), '--namespace', options.namespace],
      ...(options.uiPort === undefined ? ['--headless'] : ['--ui-port', String(options.uiPort)]),
      ...(options.uiHost === undefined ? [] : ['--ui-ip', options.uiHost]),
      ...(options.uiCodecEndpoint === undefined ? [] : ['--ui-codec-endpoint', options.uiCodecEndpoint]),
      ...(options.metricsPort === undefined ? [] : ['--metrics-port', String(options.metricsPort)]),
      // Writing ahead flushes once a transaction and not several times; what is answered is on disk all the same.
      ...(options.dbFile === undefined ? [] : ['--db-filename', options.dbFile, '--sqlite-pragma', 'journal_mode=WAL']),
      ...['--log-format', 'json', '--log-level', 'warn'],
      // Neither the server nor its UI asks the outside world for news.
      ...['--dynamic-config-value', 'frontend.enableServerVersionCheck=false', '--ui-disable-news-fetch'],
      // Its HTTP API, which nothing of ours uses, answers no page whose name was made to lead here.
      ...['--dynamic-config-value', 'frontend.httpAllowedHosts=["localhost"]'],
      ...(options.extraArgs ?? []),
    ],
    env: options.env ?? process.env,
    logFile: options.logFile,
  })
}

/**
 * Waits until the server knows the namespace: it listens a little before it does.
 * @throws Error when the server has ended instead, or does not serve within `withinMs`
 */
export async function waitUntilServing(
  { address, namespace, server, logFile }: { address: string; namespace: string; server: ProcessIdentity; logFile: string },
  withinMs = 60_000,
): Promise<void> {
  const end = Date.now() + withinMs
  // A gRPC channel that was refused once waits a second before it tries again; asking the port first costs nothing.
  while (Date.now() < end && !(await listens(address))) {
    if (!isRunning(server)) throw endedEarly(logFile)
    await sleep(20)
  }
  const connection = Connection.lazy({ address })
  try {
    for (; Date.now() < end; await sleep(20)) {
      if (!isRunning(server)) throw endedEarly(logFile)
      const ready = await connection
        .withDeadline(Date.now() + 2_000, () => connection.workflowService.describeNamespace({ namespace }))
        .catch(() => undefined)
      if (ready) return
    }
    throw new Error(`Temporal at ${address} was not ready within ${withinMs / 1000} s; see ${logFile}.`)
  } finally {
    await connection.close()
  }
}

function endedEarly(logFile: string): Error {
  return new Error(`Temporal ended before it was ready. ${logFile} ends with:\n${endOf(logFile)}`)
}

function listens(address: string): Promise<boolean> {
  const [host = '', port = ''] = address.split(':')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) })
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
