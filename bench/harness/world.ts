import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { msToTs } from '@temporalio/common/lib/time.js'
import { bringUpToDate } from '../../cli/bring-up-to-date.ts'
import { apiPart, postgresPart, temporalPart, workerPart } from '../../cli/launcher/parts.ts'
import { ensureDemoPeople } from '../../db/demo-people.ts'
import { dataPaths, readLauncherConfig } from '../../runtime/config.ts'
import { connectTemporal } from '../../runtime/connections.ts'
import { keysFromFile } from '../../runtime/key.ts'
import { freePort } from '../../runtime/ports.ts'
import { ensureDatabase } from '../../runtime/postgres-server.ts'
import { prepareCluster, removeCluster } from '../../runtime/postgres-cluster.ts'
import { resolveTemporal } from '../../runtime/temporal-server.ts'
import { Parts, type Running } from './parts.ts'
import { setQuietHours, type Notices } from './quiet-hours.ts'
import { profileOfBench } from './profile.ts'

/** Servers as `bihuan start` starts them, on a data folder that is thrown away, and what it takes to run our processes on them. */
export interface World {
  readonly temporalAddress: string
  readonly namespace: string
  readonly parts: Parts
  /** Log file of a part. */
  log(name: string): string
  /** A migrated database of its own, with the shipped profiles and the demo people. */
  database(name: string, notices?: Notices): Promise<Office>
  /** The product's API on a database. */
  api(office: Office): Promise<Api>
  /** The product's worker on a database. */
  worker(office: Office): Promise<Running>
  /** What the parts complained of, for whoever has to find out why a figure could not be taken. */
  complaints(): string[]
  stop(): Promise<void>
}

export interface Office {
  readonly databaseUrl: string
  /** A Temporal namespace of its own: tickets of different databases have the same numbers. */
  readonly namespace: string
  /** Tokens of the demo people, by role. */
  readonly tokens: Tokens
}

export interface Api extends Running {
  readonly url: string
}

export async function openWorld(say: (message: string) => void): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
  chmodSync(dataDir, 0o711) // The account Postgres runs as must be able to enter.
  const parts = new Parts()
  const config = readLauncherConfig({ BIHUAN_DATA: dataDir })
  const log = (name: string) => join(dataDir, `${name}.log`)

  const temporal = await resolveTemporal({ env: { ...process.env, TEMPORAL_ADDRESS: undefined }, say })
  if (temporal.kind === 'running') throw new Error('the benchmarks start a Temporal server of their own')
  const cluster = await prepareCluster({ dataDir, say })
  const postgresPort = await freePort(0)
  await parts.start(postgresPart(cluster, postgresPort, log('postgres')))
  const ports = { port: await freePort(0), uiHost: '127.0.0.1', uiPort: await freePort(0), metricsPort: await freePort(0) }
  await parts.start(temporalPart(temporal.path, ports, dataPaths(dataDir).temporal, config, log('temporal')))
  const temporalAddress = `127.0.0.1:${ports.port}`
  const { keys } = keysFromFile(dataPaths(dataDir).key)

  const environment = ({ databaseUrl, namespace }: Office): NodeJS.ProcessEnv => ({
    ...process.env,
    TEMPORAL_NAMESPACE: namespace,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    BIHUAN_KEY: keys.map((key) => key.toString('base64')).join(','),
    BIHUAN_DATA: dataDir,
  })

  return {
    temporalAddress,
    namespace: config.temporalNamespace,
    parts,
    log,
    async database(name, notices = 'sent') {
      const databaseUrl = await ensureDatabase(cluster, postgresPort, name)
      await bringUpToDate(databaseUrl)
      await setQuietHours(databaseUrl, profileOfBench, notices)
      const file = join(dataDir, `${name}-tokens.json`)
      await ensureDemoPeople(databaseUrl, file)
      const namespace = await addNamespace(temporalAddress, name)
      return { databaseUrl, namespace, tokens: tokensIn(file) }
    },
    async api(office) {
      const port = await freePort(0)
      let url = ''
      const part = apiPart(
        bihuan,
        async () => ({ ...environment(office), PORT: String(port) }),
        (listening) => (url = listening),
        log('api'),
      )
      return { ...(await parts.start(part)), url }
    },
    worker: (office) => parts.start(workerPart(bihuan, () => environment(office), log('worker'))),
    complaints: () =>
      ['api', 'worker', 'bare-worker', 'bare-routes'].flatMap((name) =>
        existsSync(log(name)) ? readFileSync(log(name), 'utf8').split('\n').filter(isComplaint).slice(-5) : [],
      ),
    async stop() {
      await parts.stop()
      removeCluster(cluster)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const bihuan = fileURLToPath(new URL('../../cli/bihuan.mjs', import.meta.url))

/** Returns when the server knows it. */
async function addNamespace(temporalAddress: string, namespace: string): Promise<string> {
  const connection = await connectTemporal({ temporalAddress })
  try {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') })
    for (;;) {
      const known = await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }).catch(() => undefined)
      if (known) return namespace
      await sleep(200)
    }
  } finally {
    await connection.close()
  }
}

const tokenFile = z.object({ agent: z.string(), engineer: z.string(), quality: z.string(), supervisor: z.string() })
type Tokens = z.output<typeof tokenFile>

function tokensIn(file: string): Tokens {
  return tokenFile.parse(JSON.parse(readFileSync(file, 'utf8')))
}

function isComplaint(line: string): boolean {
  return /error|warn|fatal|"level":[456]0/i.test(line)
}
