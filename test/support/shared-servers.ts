import { processes } from '../../processes/index.ts'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { migrateToLatest } from '../../db/migrate.ts'
import { clusterUrl, fastShutdown, startCluster, waitUntilReady } from '../../runtime/postgres-server.ts'
import { prepareCluster, removeCluster } from '../../runtime/postgres-cluster.ts'
import { freePort } from '../../runtime/ports.ts'
import { identify, isRunning, stopProcess } from '../../runtime/processes.ts'
import { resolveTemporal, resolveTestServer } from '../../runtime/temporal-server.ts'
import { migrateAndFurnish } from './furnishing.ts'
import { deleteNamespaces, givenServers, run, type GivenTemporal } from './given-servers.ts'
import { keepServers } from './server-keeper.ts'

export type SharedServers = {
  provided: {
    /** The maintenance database of the throw-away cluster, or of the server that was given. */
    postgres: string
    /** Migrated databases to copy from; nobody connects to them. One has the shipped profiles and the demo people. */
    templates: Templates
    /** Paths of the programs, or why they cannot be had. */
    temporalCli: Program
    testServer: Program
    /** Where more servers are had (`server-keeper.ts`). */
    keeper: string
    /** A Temporal server to use instead, where that does. */
    givenTemporal: GivenTemporal | undefined
  }
  stop(): Promise<void>
}

type Templates = { empty: string; furnished: string }

export type Program = { path: string } | { missing: string }

/** One Postgres and both Temporal programs, for every test of this run. */
export async function startSharedServers(): Promise<SharedServers> {
  const say = (message: string) => console.log(message)
  const given = givenServers()
  const [postgres, temporalCli, testServer] = await Promise.all([
    given.postgres === undefined ? throwawayPostgres(say) : givenPostgres(given.postgres),
    // A server on TEMPORAL_ADDRESS is not for tests that kill and restart it.
    program(resolveTemporal({ env: { ...process.env, TEMPORAL_ADDRESS: undefined }, say })),
    program(resolveTestServer({ say })),
  ])
  const keeper = await keepServers(temporalCli)
  return {
    provided: {
      postgres: postgres.url,
      templates: postgres.templates,
      temporalCli,
      testServer,
      keeper: keeper.url,
      givenTemporal: given.temporal,
    },
    async stop() {
      if (given.temporal) await deleteNamespaces(given.temporal)
      await Promise.all([keeper.stop(), postgres.stop()])
    },
  }
}

type TestPostgres = { url: string; templates: Templates; stop(): Promise<void> }

/** The databases of a server that was given, made and dropped beside whatever else it has. */
async function givenPostgres(url: string): Promise<TestPostgres> {
  const templates = await makeTemplates(url, `bihuan_template_${randomBytes(4).toString('hex')}`)
  return {
    url,
    templates,
    async stop() {
      for (const name of Object.values(templates)) await run(url, `drop database if exists ${name} with (force)`)
    },
  }
}

async function makeTemplates(postgres: string, empty: string): Promise<Templates> {
  const furnished = `${empty}_furnished`
  const urlOf = (name: string) => Object.assign(new URL(postgres), { pathname: `/${name}` }).href
  await run(postgres, `create database ${empty}`)
  await migrateToLatest(urlOf(empty), processes)
  await run(postgres, `create database ${furnished} template ${empty}`)
  await migrateAndFurnish(urlOf(furnished))
  return { empty, furnished }
}

async function throwawayPostgres(say: (message: string) => void): Promise<TestPostgres> {
  await removeAbandoned()
  const folder = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(folder, 0o711) // The account Postgres runs as must be able to enter.
  const logFile = join(folder, 'postgres.log')
  const cluster = await prepareCluster({ dataDir: folder, throwaway: true, say })
  const port = await freePort(0)
  const server = await startCluster(cluster, port, logFile)
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ owner: identify(process.pid), server: server.identity }))
  await waitUntilReady(cluster, port, server.identity, logFile)
  const url = clusterUrl(cluster, port, 'postgres')
  return {
    url,
    templates: await makeTemplates(url, 'bihuan_template'),
    async stop() {
      await stopProcess(server.identity, { signal: fastShutdown })
      removeCluster(cluster)
      rmSync(folder, { recursive: true, force: true })
    },
  }
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
