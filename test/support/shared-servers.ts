import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import {
  clusterUrl,
  ensureDatabase,
  fastShutdown,
  prepareCluster,
  removeCluster,
  startCluster,
  waitUntilReady,
} from '../../runtime/postgres-server.ts'
import { freePort } from '../../runtime/ports.ts'
import { identify, isRunning, stopProcess } from '../../runtime/processes.ts'
import { resolveTemporal, resolveTestServer } from '../../runtime/temporal-server.ts'

export type SharedServers = {
  provided: {
    /** The maintenance database of the throw-away cluster. */
    postgres: string
    /** A migrated database to copy from; nobody connects to it. */
    template: string
    /** Paths of the programs, or why they cannot be had. */
    temporalCli: Program
    testServer: Program
  }
  stop(): Promise<void>
}

export type Program = { path: string } | { missing: string }

/** One throw-away Postgres cluster and both Temporal programs, for every test of this run. */
export async function startSharedServers(): Promise<SharedServers> {
  await removeAbandoned()
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o711) // The account Postgres runs as must be able to enter.
  const say = (message: string) => console.log(message)
  const logFile = join(folder, 'postgres.log')
  const [cluster, temporalCli, testServer] = await Promise.all([
    prepareCluster({ dataDir: folder, throwaway: true, say }),
    // A server on TEMPORAL_ADDRESS is not for tests that kill and restart it.
    program(resolveTemporal({ env: { ...process.env, TEMPORAL_ADDRESS: undefined }, say })),
    program(resolveTestServer({ say })),
  ])
  const port = await freePort(0)
  const server = await startCluster(cluster, port, logFile)
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ owner: identify(process.pid), server: server.identity }))
  await waitUntilReady(cluster, port, server.identity, logFile)
  const template = 'bihuan_template'
  const url = await ensureDatabase(cluster, port, template)
  await migrate(url)
  return {
    provided: { postgres: clusterUrl(cluster, port, 'postgres'), template, temporalCli, testServer },
    async stop() {
      await stopProcess(server.identity, { signal: fastShutdown })
      removeCluster(cluster)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function migrate(url: string): Promise<void> {
  if (!existsSync(new URL('../../db/migrate.ts', import.meta.url))) return
  const { migrateToLatest } = await import('../../db/migrate.ts')
  await migrateToLatest(url)
}

async function program(found: Promise<{ path: string } | { kind: 'running' }>): Promise<Program> {
  try {
    const server = await found
    return 'path' in server ? { path: server.path } : { missing: 'TEMPORAL_ADDRESS is set' }
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) }
  }
}

const prefix = 'bihuan-test-'
const identity = z.object({ pid: z.number(), startedAt: z.string() })
const ownerFile = z.object({ owner: identity, server: identity })

/** A test run that was killed leaves its cluster running: the next one clears it away. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    const file = join(folder, 'owner.json')
    if (!existsSync(file)) continue
    const { owner, server } = ownerFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (isRunning(owner)) continue
    await stopProcess(server, { signal: fastShutdown })
    rmSync(folder, { recursive: true, force: true })
  }
}
