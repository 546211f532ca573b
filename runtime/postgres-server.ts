import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { endOf, writeFileAtomically } from './files.ts'
import { postgresAccount } from './postgres-account.ts'
import { postgresBinaries, sharedPlaces, type PostgresBinaries } from './postgres-binaries.ts'
import { commandLine, identify, startProcess, stopProcess, type Account, type ProcessIdentity, type StartedProcess } from './processes.ts'

/** A cluster on disk, ready to be started. */
export type Cluster = {
  directory: string
  /** The password of the role `bihuan`, which owns the cluster. */
  password: string
  binaries: PostgresBinaries
  account: Account | undefined
  throwaway: boolean
}

export type ClusterOptions = {
  /** Folder whose `postgres.json` names the cluster; the cluster itself lies in it when the account can reach it. */
  dataDir: string
  /** For tests: nothing is flushed to disk, so a crash of the machine may lose it. */
  throwaway?: boolean
  say?: (message: string) => void
  /** For tests: another place of the binary package. */
  packageFolder?: string
}

/** Postgres answers to `fast` (SIGINT) by ending sessions; to SIGTERM it waits for clients to leave, perhaps for ever. */
export const fastShutdown = 'SIGINT'

const ROLE = 'bihuan'

/**
 * Makes the cluster of a data folder, or finds the one made earlier, and stops a server that was left running on it.
 * Text is UTF-8 and sorts by code point: the same order of Chinese on every machine and after every update.
 * @throws Error when Postgres does not run here or the cluster cannot be made
 */
export async function prepareCluster(options: ClusterOptions): Promise<Cluster> {
  const say = options.say ?? (() => undefined)
  const throwaway = options.throwaway ?? false
  const recordPath = join(options.dataDir, 'postgres.json')
  const record = readRecord(recordPath)
  const account = postgresAccount(say, record?.directory)
  const binaries = postgresBinaries(account, say, options.packageFolder)
  if (record) {
    const cluster = { ...record, binaries, account, throwaway }
    await stopLeftover(cluster)
    return cluster
  }
  const directory = join(chooseFolder(options.dataDir, account, say), 'data')
  const password = randomBytes(24).toString('base64url')
  initdb({ directory, password, binaries, account, throwaway })
  // Written last: a record means a whole cluster.
  const place = relative(options.dataDir, directory)
  const kept = { directory: place.startsWith('..') ? directory : place, password }
  writeFileAtomically(recordPath, `${JSON.stringify(kept, null, 2)}\n`, 0o600)
  return { directory, password, binaries, account, throwaway }
}

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
    ...(cluster.throwaway ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'] : []),
  ]
  return startProcess({
    command: cluster.binaries.postgres,
    args: ['-D', cluster.directory, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    env: environment(),
    cwd: '/',
    logFile,
    account: cluster.account,
  })
}

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
  return `postgres://${ROLE}:${cluster.password}@127.0.0.1:${port}/${database}`
}

/** `directory` is relative to the data folder when it lies in it, so that the folder can be moved. */
const clusterRecord = z.object({ directory: z.string(), password: z.string() })

function readRecord(path: string): z.infer<typeof clusterRecord> | undefined {
  if (!existsSync(path)) return undefined
  const kept = clusterRecord.parse(JSON.parse(readFileSync(path, 'utf8')))
  const record = { ...kept, directory: resolve(dirname(path), kept.directory) }
  if (existsSync(join(record.directory, 'PG_VERSION'))) return record
  throw new Error(
    `${path} says that the database is in ${record.directory}, but it is not there. ` +
      `Bring the folder back, or delete ${path} to begin with an empty database.`,
  )
}

/** A folder in which the account can keep the cluster: below the data folder, else where only root and it can go. */
function chooseFolder(dataDir: string, account: Account | undefined, say: (message: string) => void): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const wished = join(dataDir, 'postgres')
  if (!account) return wished
  if (canKeep(wished, account)) return wished
  rmSync(wished, { recursive: true, force: true })
  for (const place of sharedPlaces) {
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 })
      const directory = mkdtempSync(join(place, 'postgres-'))
      if (canKeep(directory, account)) {
        say(`The account "${account.name}" cannot reach ${dataDir}: the database is kept in ${directory}.`)
        return directory
      }
      rmSync(directory, { recursive: true, force: true })
    } catch {
      // Not writable: try the next place.
    }
  }
  throw new Error(
    `The account "${account.name}", which Postgres runs as, can keep its data neither in ${wished} nor in ${sharedPlaces.join(' nor in ')}. ` +
      'Set BIHUAN_DATA to a folder it can reach, or DATABASE_URL to a Postgres of your own.',
  )
}

function canKeep(directory: string, account: Account): boolean {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  chownSync(directory, account.uid, account.gid)
  const tried = spawnSync('/bin/sh', ['-c', 'cd "$0" && : > .probe && rm .probe', directory], {
    cwd: '/',
    uid: account.uid,
    gid: account.gid,
    stdio: 'ignore',
  })
  return tried.status === 0
}

function initdb(cluster: Cluster): void {
  // What is there without a record is half a cluster: whoever was making it was killed.
  rmSync(cluster.directory, { recursive: true, force: true })
  mkdirSync(dirname(cluster.directory), { recursive: true, mode: 0o700 })
  const passwordFile = join(dirname(cluster.directory), 'password')
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600 })
  if (cluster.account) chownSync(passwordFile, cluster.account.uid, cluster.account.gid)
  try {
    runInitdb(cluster, passwordFile)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function runInitdb(cluster: Cluster, passwordFile: string): void {
  // A character type that knows Chinese lets trigrams work on it; not every system has one.
  let failure = ''
  for (const characterType of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const made = spawnSync(
      cluster.binaries.initdb,
      [
        `--pgdata=${cluster.directory}`,
        `--username=${ROLE}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        `--lc-ctype=${characterType}`,
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(cluster.throwaway ? ['--no-sync'] : []),
      ],
      {
        cwd: '/',
        env: environment(),
        encoding: 'utf8',
        ...(cluster.account && { uid: cluster.account.uid, gid: cluster.account.gid }),
      },
    )
    if (made.status === 0) return
    failure = made.error?.message ?? made.stderr.trim()
    if (!failure.includes('locale')) break
  }
  throw new Error(`The database cluster could not be made in ${cluster.directory}: ${failure}`)
}

/** A server that still runs on the cluster was left by a launcher that was killed. */
async function stopLeftover(cluster: Cluster): Promise<void> {
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

/** Deletes a stopped cluster and everything in it. */
export function removeCluster(cluster: Cluster): void {
  rmSync(dirname(cluster.directory), { recursive: true, force: true })
}

/** Only what Postgres needs: its own PG* variables and a foreign locale in our environment must not reach it. */
function environment(): NodeJS.ProcessEnv {
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
