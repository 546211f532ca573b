import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { z } from 'zod'
import { writeFileAtomically } from './files.ts'
import { postgresAccount } from './postgres-account.ts'
import { postgresBinaries, sharedPlaces, type PostgresBinaries } from './postgres-binaries.ts'
import { role, serverEnvironment, stopLeftover } from './postgres-server.ts'
import type { Account } from './processes.ts'

/** The cluster on disk: where it lies, made once, found again. */

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
        `--username=${role}`,
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
        env: serverEnvironment(),
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

/** Deletes a stopped cluster and everything in it. */
export function removeCluster(cluster: Cluster): void {
  rmSync(dirname(cluster.directory), { recursive: true, force: true })
}
