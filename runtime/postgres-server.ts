import { existsSync, readFileSync, rmSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { endOf } from './files.ts'
import type { Cluster } from './postgres-cluster.ts'
import { commandLine, identify, startProcess, stopProcess, type ProcessIdentity, type StartedProcess } from './processes.ts'

/** The server of a cluster: started, waited for, stopped. */

/** Postgres answers to `fast` (SIGINT) by ending sessions; to SIGTERM it waits for clients to leave, perhaps for ever. */
export const fastShutdown = 'SIGINT'

/** Owns the cluster. */
export const role = 'bihuan'

/** Starts the server of a cluster on loopback, logging to `logFile`. It is ready when `waitUntilReady` returns. */
export async function startCluster(cluster: Cluster, port: number, logFile: string): Promise<StartedProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    // Statements and the values in them hold personal data, which does not belong in a log.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    ...(cluster.throwaway
      ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300']
      : [`shared_buffers=${sharedMegabytes(totalmem())}MB`]),
  ]
  return startProcess({
    command: cluster.binaries.postgres,
    args: ['-D', cluster.directory, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    env: serverEnvironment(),
    cwd: '/',
    logFile,
    account: cluster.account,
  })
}

/**
 * Room for pages that Postgres keeps itself. Of 100,000 tickets the figures of two months read some 475 MB: with less room each figure fetches it
 * from the system again, a third more work (docs/performance.md). Temporal, API and worker need the rest of the machine. Memory is taken page by page
 * as data comes, so a small database costs no more.
 */
export function sharedMegabytes(memoryBytes: number): number {
  const share = Math.floor(memoryBytes / 8 / 1024 ** 2)
  return Math.min(Math.max(share, leastShared), mostShared)
}

/** What Postgres would take by itself. */
const leastShared = 128
const mostShared = 1_024

/**
 * Waits until the server answers, however long it takes to recover from a crash.
 * @throws Error when the server has ended instead
 */
export async function waitUntilReady(cluster: Cluster, port: number, server: ProcessIdentity, logFile: string): Promise<void> {
  let ended = false
  while (!(await answers(clusterUrl(cluster, port, 'postgres')))) {
    if (ended) throw new Error(`Postgres ended before it was ready. ${logFile} ends with:\n${endOf(logFile)}`)
    // Ask once more after the end is seen: it may have answered in between.
    ended = identify(server.pid)?.startedAt !== server.startedAt
    await sleep(50)
  }
}

/** Makes the database when it is not there yet. */
export async function ensureDatabase(cluster: Cluster, port: number, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: clusterUrl(cluster, port, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
  return clusterUrl(cluster, port, name)
}

export function clusterUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://${role}:${cluster.password}@127.0.0.1:${port}/${database}`
}

/** A server that still runs on the cluster was left by a launcher that was killed. */
export async function stopLeftover(cluster: Cluster): Promise<void> {
  const pidFile = join(cluster.directory, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const server = identify(Number(readFileSync(pidFile, 'utf8').split('\n')[0]))
  if (server && commandLine(server.pid)?.includes(cluster.directory)) {
    await stopProcess(server, { signal: fastShutdown, graceMs: 20_000 })
    return
  }
  // Postgres would refuse to start if another program of the account had taken over the pid.
  rmSync(pidFile, { force: true })
}

/** Only what Postgres needs: its own PG* variables and a foreign locale in our environment must not reach it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_MESSAGES: 'C', TZ: 'UTC' }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
